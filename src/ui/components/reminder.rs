//! What presses before the next renewals, above the page and never over it. Dismissed, it rests until tomorrow.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::today::today;
use crate::browser::{page, preferences};
use crate::model::screen::Screen;
use crate::ui::query::query;
use crate::ui::reactive::{If, flag, text};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::{Request, Response};

/// Name of the day on which it was dismissed last.
const DISMISSED: &str = "reminded";

/// The reminder; nothing in the demo, where nothing is the reader's to do.
#[component]
pub fn Reminder() -> impl IntoView {
    let shared = Shared::here();
    let day = move || today().map(|day| day.to_string()).unwrap_or_default();
    let rests = RwSignal::new(preferences::get(DISMISSED).is_some_and(|dismissed| dismissed == day()));
    let wanted =
        Memo::new(move |_| !rests.get() && !shared.opening.get() && !shared.demo.get() && shared.has_content());
    // It follows the screens, and on Renewals, where tasks are done, each change. No edit of a list waits for it.
    let follows = Memo::new(move |_| {
        let screen = shared.route.with(Route::screen);
        (screen, (screen == Screen::Renewals).then(|| shared.workspace(|workspace| workspace.revision)))
    });
    let answer = query(move || {
        let _ = follows.get();
        wanted.get().then(|| Request::Remind(today()))
    });
    let sentence = move || {
        answer.with(|answer| match answer.response() {
            Some(Response::Reminder(Some(message))) => say(message),
            _ => String::new(),
        })
    };
    let dismiss = move |_| {
        preferences::set(DISMISSED, &day());
        rests.set(true);
        page::focus("main");
    };
    view! {
        <If when=flag(move || wanted.get() && !sentence().is_empty())>
            <aside class="reminder no-print" aria-label=t("page.remind.label")>
                <Icon glyph=Glyph::Info />
                <p>{text(sentence)}" "<a href=Route::to(Screen::Renewals).href()>{t("page.remind.see")}</a></p>
                <button type="button" class="plain-button" aria-label=t("page.remind.dismiss") on:click=dismiss>
                    <Icon glyph=Glyph::Close />
                </button>
            </aside>
        </If>
    }
}
