//! Entitlements: what is owned, proof by proof, and what each grants; agreements, and who has what.

use leptos::prelude::*;

use crate::browser::today::today;
use crate::model::workspace::List;
use crate::ui::components::icon::Glyph;
use crate::ui::components::lead::{Beginning, Lead};
use crate::ui::components::sheets::Sheets;
use crate::ui::pages::position::issues::Issues;
use crate::ui::reactive::flag;
use crate::ui::state::Shared;
use crate::work::table::Subject;

/// The lists of the screen.
const LISTS: &[List] = &[
    List::Entitlements,
    List::Allocations,
    List::Aliases,
    List::Agreements,
    List::Sites,
    List::Contacts,
    List::Papers,
    List::Records,
];

const WORDS: Beginning = Beginning {
    title: "page.entitlements.title",
    lead: "page.entitlements.lead",
    add: "page.entitlements.add_file",
    glyph: Glyph::Entitlements,
    empty: "page.entitlements.empty",
    empty_text: "page.entitlements.empty_text",
    template: "page.entitlements.template",
    file: "entitlements-template.csv",
};

/// The screen.
#[component]
pub fn Entitlements() -> impl IntoView {
    let shared = Shared::here();
    let any = flag(move || shared.workspace(|workspace| workspace.lines_of(List::Entitlements) > 0));
    view! {
        <Lead words=&WORDS any=any />
        <Sheets lists=LISTS calculated=vec![Subject::Use, Subject::BySite, Subject::Agreements { today: today() }] />
        <Issues of=|open| &open.position.issues />
    }
}
