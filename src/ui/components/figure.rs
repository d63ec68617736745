//! A number that explains itself.

use leptos::prelude::*;

use crate::model::message::Message;
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::mark;
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::{Quantity, Question};

/// The word for a quantity.
pub fn quantity_name(quantity: Quantity) -> String {
    t(match quantity {
        Quantity::SubCapacity => "page.quantity.sub_capacity",
        Quantity::FullCapacity => "page.quantity.full_capacity",
        Quantity::Difference => "page.quantity.difference",
        Quantity::Recoverable => "page.quantity.recoverable",
        Quantity::Entitled => "page.quantity.entitled",
        Quantity::Balance => "page.quantity.balance",
        Quantity::FullBalance => "page.quantity.full_balance",
        Quantity::Unbundled => "page.quantity.unbundled",
    })
}

/// What a number is called that opens its derivation.
pub fn figure_label(number: &str, question: &Question) -> String {
    say(&match question {
        Question::Product { product, quantity, .. } => Message::new("page.figure.label")
            .with("number", number)
            .with("quantity", quantity_name(*quantity))
            .with("product", product.as_str()),
        Question::Reported { .. }
        | Question::Bundle { .. }
        | Question::Term { .. }
        | Question::Renewal { .. }
        | Question::Finding { .. } => Message::new("page.figure.in_table").with("number", number),
    })
}

/// A number that opens its derivation: a link, so that Back closes it and a reload opens it again.
#[component]
pub fn Figure(
    /// What is asked when it is followed.
    question: Question,
    /// The number as it is shown.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let route = Route::Explained(question.clone());
    let label = figure_label(&text, &question);
    let open = {
        let route = route.clone();
        move || shared.route.with(|now| *now == route)
    };
    view! {
        <a
            class="figure"
            href=route.href()
            aria-label=label
            aria-current=mark("true", open)
            on:click=move |_| {
                if shared.explained.with_untracked(|known| known.as_ref().is_none_or(|known| known.question != question)) {
                    dispatch.explain(question.clone());
                }
            }
        >
            {text}
        </a>
    }
}
