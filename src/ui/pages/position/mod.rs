//! Position: what the estate needs at its peak, product by product.

pub mod files;
pub mod model;
pub mod period;

use leptos::prelude::*;

use crate::browser::page;
use crate::model::evidence;
use crate::model::list::List;
use crate::model::message::Message;
use crate::model::message::Words;
use crate::model::screen::Screen;
use crate::ui::actions;
use crate::ui::components::action_button::ActionButton;
use crate::ui::components::blocks::{Blocks, arguments_of_address, blocks_of};
use crate::ui::components::empty::Empty;
use crate::ui::components::file_button::FileButton;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::components::issues::Issues;
use crate::ui::components::sheets::Sheets;
use crate::ui::reactive::{If, flag, part, text};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{PageWords, day, say, t};

/// The screen.
#[component]
pub fn Position() -> impl IntoView {
    let shared = Shared::here();
    let open = Memo::new(move |_| shared.has_content());
    view! {
        <div class="heading">
            <div>
                <h1>{t("page.screen.position.title")}</h1>
                <p class="note">{t("page.position.lead")}</p>
            </div>
            <If when=open>
                <div class="row no-print">
                    {actions::POSITION.into_iter().map(|action| view! { <ActionButton action=action /> }).map(IntoAny::into_any).collect_view()}
                </div>
            </If>
        </div>
        {part(move || match (open.get(), shared.opening.get()) {
            (true, _) => view! { <Content /> }.into_any(),
            (false, true) => view! { <p class="note" role="status">{t("page.opening")}</p> }.into_any(),
            (false, false) => view! { <Nothing /> }.into_any(),
        })}
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Empty glyph=Glyph::Screen(Screen::Position) title=t("page.position.empty") text=t("page.position.empty_text")>
            <FileButton label=t("page.start.choose") primary=true />
            <a class="button" href=Route::Demo.href()>{t("page.start.demo_open")}</a>
        </Empty>
    }
}

#[component]
fn Content() -> impl IntoView {
    let shared = Shared::here();
    let arguments = arguments_of_address();
    let blocks = blocks_of(Screen::Position, arguments);
    view! {
        <PrintHead />
        <Evidence />
        <period::PeriodChoice />
        <Blocks screen=Screen::Position blocks=blocks arguments=arguments />
        <If when=flag(move || shared.open.with(|open| model::owns_beyond(open)))>
            <p class="note"><a href=Route::to(Screen::Entitlements).href()>{t("page.owned.alias")}</a></p>
        </If>
        <If when=flag(move || shared.open.with(|open| model::may_assign_regions(open)))><Sheets lists=vec![List::Regions] /></If>
        <files::Files />
        <Issues issues=Signal::derive(move || shared.assessment(|assessment| assessment.issues.clone())) />
        <p class="note fine">{t("page.position.fine_print")}</p>
    }
}

/// What stands above the numbers on paper.
#[component]
fn PrintHead() -> impl IntoView {
    let shared = Shared::here();
    let line = move || {
        let name = crate::ui::words::named(shared.workspace(|workspace| workspace.name.clone()));
        shared.assessment(|assessment| {
            let table = Message::new("page.position.table_date").with("day", day(assessment.table_date));
            let period = assessment
                .period
                .map(|period| Message::new("page.position.period").with("from", period.from()).with("to", period.to()));
            let parts: Vec<String> = period.iter().chain([&table]).map(say).collect();
            format!("{name} · {}", parts.join(" · "))
        })
    };
    view! { <p class="print-only">{text(line)}</p> }
}

/// Says so before any number is read when the evidence is weak.
#[component]
fn Evidence() -> impl IntoView {
    let shared = Shared::here();
    let weaknesses = move || shared.assessment(evidence::weaknesses);
    let sentence = move || {
        // The findings are for the list further down; here their names say enough.
        let sentences: Vec<String> = weaknesses().iter().map(|(what, _)| PageWords.say(what)).collect();
        sentences.join(" ")
    };
    view! {
        <If when=flag(move || !weaknesses().is_empty())>
            <section class="banner" aria-labelledby="evidence-weak">
                <Icon glyph=Glyph::Warning />
                <div>
                    <h2 id="evidence-weak">{t("page.evidence.weak")}</h2>
                    <p>{text(sentence)}</p>
                </div>
                <button type="button" class="button no-print" on:click=move |_| page::scroll_into_view("files")>
                    {t("page.evidence.see")}
                </button>
            </section>
        </If>
    }
}
