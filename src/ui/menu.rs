//! The ways through the screens: the menu at the side, the bar at the foot of a narrow page, and all screens at once.
//! They are markup (docs/decisions/0009-the-page-is-thin.md); the shell in index.html has the same.

use leptos::prelude::*;

use super::actions::{KEYS, SCREENS};
use super::components::dialog::Dialog;
use super::components::icon::Glyph;
use super::header::{Status, Turn};
use super::markup::{action, escaped, icon};
use super::reactive::{If, flag, text};
use super::route::Route;
use super::state::{Layer, Shared};
use super::words::t;
use crate::model::screen::{Group, Screen};

/// The menu at the side. Beside an open explanation it is a rail of drawings, which keep their names.
#[component]
pub fn Menu() -> impl IntoView {
    let here = here();
    let links = move || {
        let promise =
            format!("<p class=\"foot\">{}<span>{}</span></p>", icon(Glyph::Lock), escaped(&t("page.menu.promise")));
        groups(here.get()) + &promise
    };
    view! { <nav class="menu" aria-label=t("page.menu.label") inner_html=text(links)></nav> }
}

/// The bar at the foot of a narrow page: the first screens, and the way to all of them.
#[component]
pub fn Places() -> impl IntoView {
    let here = here();
    let links = move || {
        let links: String = Screen::places().map(|screen| link(screen, here.get(), false)).collect();
        links + &action(&SCREENS, "")
    };
    view! { <nav class="places" aria-label=t("page.menu.places") inner_html=text(links)></nav> }
}

/// All screens, and what the header of a narrow page cannot hold.
#[component]
pub fn AllScreens() -> impl IntoView {
    let shared = Shared::here();
    let here = here();
    let close = move || shared.lay(None);
    let open = shared.has_open(Layer::Screens);
    view! {
        <Dialog id="screens" title=text(|| t("page.menu.all_screens")) open=open leave=move |()| close()>
            <If when=open>
                <div class="groups" on:click=move |_| close() inner_html=text(move || groups(here.get()))></div>
                <div class="stack" hidden=flag(move || !shared.has_content())><Turn /><Status quiet=true /></div>
                <div inner_html=action(&KEYS, "button")></div>
                <button type="button" class="button" on:click=move |_| close()>{t("page.menu.close")}</button>
            </If>
        </Dialog>
    }
}

/// The screen that the menus mark. One server is rated behind a door of Start.
fn here() -> Memo<Screen> {
    let shared = Shared::here();
    Memo::new(move |_| {
        let screen = shared.route.with(Route::screen);
        if screen == Screen::Rate { Screen::Start } else { screen }
    })
}

/// The groups of the menu; one without a screen is not shown.
fn groups(here: Screen) -> String {
    let group = |group: Group| {
        let links: String = group.screens().map(|screen| link(screen, here, true)).collect();
        let opened = group.heading().map_or_else(
            || "<div>".to_owned(),
            |key| {
                let label = escaped(&t(key));
                format!("<div role=\"group\" aria-label=\"{label}\"><p aria-hidden=\"true\">{label}</p>")
            },
        );
        if links.is_empty() { links } else { format!("{opened}{links}</div>") }
    };
    Group::ALL.into_iter().map(group).collect()
}

fn link(screen: Screen, here: Screen, is_titled: bool) -> String {
    let title = escaped(&t(screen.title()));
    let hint = if is_titled { format!(" title=\"{title}\"") } else { String::new() };
    let current = if screen == here { " aria-current=\"page\"" } else { "" };
    let drawing = icon(Glyph::Screen(screen));
    format!("<a href=\"{}\"{hint}{current}>{drawing}<span>{title}</span></a>", Route::to(screen).href())
}
