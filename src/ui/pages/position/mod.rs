//! Position: what the estate needs at its peak, product by product.

pub mod period;

use leptos::prelude::*;

use crate::model::screen::Screen;
use crate::ui::actions;
use crate::ui::components::action_button::ActionButton;
use crate::ui::components::blocks::{Blocks, arguments_of_address, blocks_of};
use crate::ui::components::empty::Empty;
use crate::ui::components::file_button::FileButton;
use crate::ui::components::icon::Glyph;
use crate::ui::reactive::{If, part};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::t;

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
    let arguments = arguments_of_address();
    let shown = blocks_of(Screen::Position, arguments);
    view! {
        <period::PeriodChoice />
        <Blocks screen=Screen::Position shown=shown arguments=arguments />
    }
}
