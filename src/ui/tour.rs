//! A tour of the demo in six steps. It stands beside what it shows, and can be left at any time.

use leptos::prelude::*;

use super::components::icon::Glyph;
use super::dispatch::Dispatch;
use super::markup::{escaped, icon};
use super::reactive::{on_key, text};
use super::route::Route;
use super::state::Shared;
use super::words::{say, t};
use crate::browser::{location, page};
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::work::{Quantity, Question};

/// Names the heading of a step, which has the focus when a step begins.
pub const TITLE: &str = "tour-title";

/// A step: its words, and where it leads.
struct TourStep {
    title: &'static str,
    text: &'static str,
    route: fn() -> Route,
}

/// A number of the demo, explained. Where the explanation would stand above the page and the tour, the reader is shown
/// how to open it.
fn number() -> Route {
    if !page::has_room_beside() {
        return Route::to(Screen::Position);
    }
    let (product, metric) = ("IBM SPSS Modeler Server".to_owned(), "PVU".to_owned());
    Route::Explained(Question::Product { product, metric, quantity: Quantity::SubCapacity })
}

const STEPS: [TourStep; 6] = [
    TourStep { title: "page.tour.position", text: "page.tour.position_text", route: || Route::to(Screen::Position) },
    TourStep { title: "page.tour.number", text: "page.tour.number_text", route: number },
    TourStep { title: "page.tour.rights", text: "page.tour.rights_text", route: || Route::to(Screen::Entitlements) },
    TourStep { title: "page.tour.bundles", text: "page.tour.bundles_text", route: || Route::to(Screen::Bundles) },
    TourStep { title: "page.tour.level", text: "page.tour.level_text", route: || Route::to(Screen::VolumeLevel) },
    TourStep { title: "page.tour.own", text: "page.tour.own_text", route: || Route::to(Screen::Start) },
];

impl Dispatch {
    /// Opens the demo, which is a store of its own, and begins the tour.
    pub fn take_tour(self) {
        let is_there = self.begin_tour();
        location::go(&if is_there { Route::to(Screen::Position) } else { Route::Demo }.to_string());
    }
}

/// The tour, while it is taken.
#[component]
pub fn Tour() -> impl IntoView {
    let shared = Shared::here();
    let leave = move || {
        shared.show_tour(None);
        page::focus("main");
    };
    // Buttons say which step they lead to; behind the last one, and before the first, is no step.
    let go = move |event: leptos::ev::MouseEvent| {
        let Some(number) = page::marked_number(&event, "data-step") else { return };
        let Some(step) = STEPS.get(number) else { return leave() };
        shared.show_tour(Some(number));
        location::go(&(step.route)().to_string());
    };
    // Until the demo is open there is nothing that a step could show, and the address is still to change.
    let is_open = move || shared.demo.get() && shared.route.with(|route| *route != Route::Demo);
    let at = Memo::new(move |_| shared.frame.with(|frame| frame.tour).filter(|_| is_open()));
    // The heading is read after the page has moved the focus for the screen.
    Effect::new(move |_| {
        if at.get().is_some() {
            leptos::task::spawn_local(async move {
                page::next_frame().await;
                page::focus(TITLE);
            });
        }
    });
    // An explanation beside the page is closed first, unless the focus is in the tour.
    on_key(move |event| {
        let is_first =
            page::is_within(event, "tour") || shared.route.with_untracked(|route| route.question().is_none());
        if event.key() == "Escape" && is_first && at.get_untracked().is_some() && !page::has_layer() {
            event.prevent_default();
            leave();
        }
    });
    let words = move || at.get().and_then(|number| Some(step(number, STEPS.get(number)?))).unwrap_or_default();
    view! {
        <section class="tour" id="tour" aria-label=t("page.tour.label") hidden=Signal::derive(move || at.get().is_none()) on:click=go inner_html=text(words)></section>
    }
}

/// A step as markup.
fn step(number: usize, step: &TourStep) -> String {
    let count = Message::new("page.tour.step").with("number", number.saturating_add(1)).with("all", STEPS.len());
    let next = number.saturating_add(1);
    let back = number.checked_sub(1);
    let word = if next < STEPS.len() { "page.tour.next" } else { "page.tour.end" };
    let button = |class: &str, to: usize, word: &'static str, more: &str| {
        format!(
            "<button type=\"button\" class=\"button small {class}\" data-step=\"{to}\">{more}{}</button>",
            escaped(&t(word))
        )
    };
    let leave = button("", usize::MAX, "page.tour.leave", &icon(Glyph::Close));
    let back = back.map_or_else(String::new, |back| button("", back, "page.tour.back", ""));
    let next = button("primary", next, word, "");
    format!(
        "<p class=\"note\">{}</p><h2 id=\"{TITLE}\" tabindex=\"-1\">{}</h2><p>{}</p>\
         <div class=\"row\">{leave}<span class=\"push\"></span>{back}{next}</div>",
        escaped(&say(&count)),
        escaped(&t(step.title)),
        escaped(&t(step.text))
    )
}
