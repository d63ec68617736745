//! Takes one typed proof into the ledger, by the same reader as a file.

use leptos::prelude::*;

use crate::browser::files::Document;
use crate::browser::today;
use crate::model::message::Message;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::dispatch::Dispatch;
use crate::ui::pages::rate::add::quoted;
use crate::ui::reactive::flag;
use crate::ui::words::t;

/// The fields: their names in the ledger, and the keys of their words.
const FIELDS: [(&str, &str); 6] = [
    ("part_number", "page.entitlements.part"),
    ("product", "page.products.product"),
    ("metric", "page.products.metric"),
    ("quantity", "page.entitlements.quantity"),
    ("ss_end", "page.entitlements.ss_end"),
    ("poe", "page.entitlements.poe"),
];

/// The questions that a line needs.
#[component]
pub fn AddForm() -> impl IntoView {
    let dispatch = Dispatch::here();
    let typed = RwSignal::new(FIELDS.map(|_| String::new()));
    let ready = move || typed.with(is_ready);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if ready() {
            let text = typed.with_untracked(ledger);
            // The moment tells what is typed twice from what was added twice by mistake.
            let name = format!("Typed in {}", today::now());
            match Document::from_text(&name, "text/csv", &text) {
                Ok(file) => {
                    dispatch.take(vec![file]);
                    typed.set(FIELDS.map(|_| String::new()));
                }
                Err(refusal) => dispatch.warn(Message::new("page.notice.unreadable").with("reason", refusal.0)),
            }
        }
    };
    let field = move |(place, (name, label)): (usize, (&'static str, &'static str))| {
        let id = format!("right-{name}");
        view! {
            <div class="field">
                <label for=id.clone()>{t(label)}</label>
                <input type=if name == "ss_end" { "date" } else { "text" } id=id autocomplete="off" maxlength="200"
                    prop:value=move || typed.with(|typed| typed.get(place).cloned().unwrap_or_default())
                    on:input:target=move |event| typed.update(|typed| {
                        if let Some(cell) = typed.get_mut(place) {
                            *cell = event.target().value();
                        }
                    }) />
            </div>
        }
    };
    view! {
        <form class="card padded add-form no-print" aria-labelledby="add-right" on:submit=add>
            <h2 id="add-right">{t("page.entitlements.add")}</h2>
            <p class="note">{t("page.entitlements.add_text")}</p>
            <div class="fields">{FIELDS.into_iter().enumerate().map(field).map(IntoAny::into_any).collect_view()}</div>
            <div class="row">
                <button type="submit" class="button" disabled=flag(move || !ready())><Icon glyph=Glyph::Add />{t("page.add.add")}</button>
                <span class="note" hidden=flag(ready)>{t("page.entitlements.add_missing")}</span>
            </div>
        </form>
    }
}

/// Whether enough is typed: a part or a product, and a quantity.
fn is_ready(typed: &[String; 6]) -> bool {
    let [part, product, _, quantity, ..] = typed;
    let given = |text: &String| !text.trim().is_empty();
    (given(part) || given(product)) && given(quantity)
}

/// A ledger of the one typed line.
fn ledger(typed: &[String; 6]) -> String {
    let header = FIELDS.map(|(name, _)| name).join(",");
    let line: Vec<String> = typed.iter().map(|cell| quoted(cell.trim())).collect();
    format!("{header}\n{}\n", line.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(cells: [&str; 6]) -> [String; 6] {
        cells.map(str::to_owned)
    }

    #[test]
    fn a_typed_line_is_a_ledger_of_its_own() {
        let cells = typed(["D0I2SLL", "Storage, \"all\"", "", " 5 ", "2026-12-31", ""]);
        assert_eq!(
            ledger(&cells),
            "part_number,product,metric,quantity,ss_end,poe\nD0I2SLL,\"Storage, \"\"all\"\"\",,5,2026-12-31,\n"
        );
    }

    #[test]
    fn a_line_needs_a_quantity_and_what_it_is_for() {
        assert!(is_ready(&typed(["D1", "", "", "5", "", ""])) && is_ready(&typed(["", "MQ", "", "5", "", ""])));
        assert!(!is_ready(&typed(["D1", "MQ", "", " ", "", ""])) && !is_ready(&typed(["", "", "PVU", "5", "", ""])));
    }
}
