//! The frame of the page: header, menu, the screen, the explanation beside it, and what stands above all of them.

use leptos::ev;
use leptos::prelude::*;

use super::actions;
use super::components::dialog::Dialog;
use super::components::drawer::Drawer;
use super::components::icon::{Glyph, Icon};
use super::components::mapping::MappingDialog;
use super::components::notices::Notices;
use super::components::progress::ProgressDialog;
use super::components::reminder::Reminder;
use super::components::term::Definition;
use super::dispatch::{Dispatch, WorkspaceStep};
use super::finder::Finder;
use super::header::Header;
use super::keys::{self, Keys};
use super::menu::{AllScreens, Menu, Places};
use super::pages::catalogue::Catalogue;
use super::pages::glossary::Glossary;
use super::pages::position::Position;
use super::pages::rate::Rate;
use super::pages::reports::Reports;
use super::pages::screen;
use super::pages::settings::Settings;
use super::pages::start::Start;
use super::paper::PaperHead;
use super::reactive::{If, later, part, text};
use super::route::Route;
use super::state::Shared;
use super::tour::{self, Tour};
use super::words::{named, say, t};
use crate::browser::{files, location, page, today};
use crate::model::message::Message;
use crate::model::screen::Screen;

/// The whole page.
#[component]
pub fn App(
    /// What had been typed into the shell's field for the processor.
    typed: Option<String>,
) -> impl IntoView {
    let shared = Shared::new(Route::parse(&location::fragment()));
    provide_context(shared);
    let dispatch = Dispatch::new(shared);
    provide_context(dispatch);
    follow_the_address(shared, dispatch);
    dispatch.start();

    let hovering = RwSignal::new(false);
    accept_drops(dispatch, hovering);
    keys::accept(dispatch);
    actions::accept(dispatch);
    accept_pastes(dispatch);

    view! {
        <div class="app">
            <a class="skip" href="#main" on:click=|event| { event.prevent_default(); page::focus("main"); }>
                {t("page.skip")}
            </a>
            <Header />
            <Menu />
            <PaperHead />
            <main class="page" id="main" tabindex="-1">
                <Definition />
                <Reminder />
                <Page typed=typed />
            </main>
            <Drawer />
            <div class="foot-notes"><Tour /><Notices /></div>
            <Places />
        </div>
        <If when=hovering>
            <div class="drop-overlay"><p><Icon glyph=Glyph::Upload />{t("page.drop_here")}</p></div>
        </If>
        <p class="unseen" role="status">{shared.spoken}</p>
        <If when=later()>
            <ProgressDialog />
            <ReplaceDialog />
            <MappingDialog />
            <AllScreens />
            <Finder />
            <Keys />
        </If>
    }
}

#[component]
#[expect(clippy::wildcard_enum_match_arm, reason = "every screen that is not drawn by hand is filled by the worker")]
fn Page(typed: Option<String>) -> impl IntoView {
    let shared = Shared::here();
    let screen = Memo::new(move |_| shared.route.with(Route::screen));
    part(move || match screen.get() {
        Screen::Rate => view! { <Rate /> }.into_any(),
        Screen::Position => view! { <Position /> }.into_any(),
        Screen::Catalogue => view! { <Catalogue /> }.into_any(),
        Screen::Reports => view! { <Reports /> }.into_any(),
        Screen::Settings => view! { <Settings /> }.into_any(),
        Screen::Glossary => view! { <Glossary /> }.into_any(),
        Screen::Start => view! { <Start typed=typed.clone().unwrap_or_default() /> }.into_any(),
        screen => view! { <screen::Screen screen=screen /> }.into_any(),
    })
}

/// Asks before a workspace file takes the place of the open workspace.
#[component]
fn ReplaceDialog() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let open = Signal::derive(move || shared.waiting.with(Option::is_some));
    let sentence = move || {
        let new = shared.waiting.get().unwrap_or_default();
        let old = shared.workspace(|workspace| workspace.name.clone());
        say(&Message::new("page.replace.text").with("new", named(new)).with("old", named(old)))
    };
    view! {
        <Dialog id="replace" title=Signal::derive(|| t("page.replace.title")) open=open leave=move |()| dispatch.decide(false)>
            <p>{text(sentence)}</p>
            <div class="row">
                <button type="button" class="button primary" on:click=move |_| dispatch.decide(true)>{t("page.replace.open")}</button>
                <button type="button" class="button" hidden=shared.demo on:click=move |_| dispatch.go(WorkspaceStep::KeepBoth)>{t("page.replace.both")}</button>
                <button type="button" class="button" on:click=move |_| (super::actions::BACKUP.run)(dispatch)>
                    {t("page.replace.backup_first")}
                </button>
                <button type="button" class="button" on:click=move |_| dispatch.decide(false)>{t("page.replace.keep")}</button>
            </div>
        </Dialog>
    }
}

/// Keeps route and address together, names the tab, and moves the focus as a new page would.
fn follow_the_address(shared: Shared, dispatch: Dispatch) {
    location::on_change(move |fragment| shared.route.set(Route::parse(&fragment)));
    let screen = Memo::new(move |_| shared.route.with(Route::screen));
    Effect::new(move |before: Option<Screen>| {
        let screen = screen.get();
        page::set_title(&format!("{} · Highwater", t(screen.title())));
        shared.lay(None);
        if before.is_some_and(|before| before != screen) {
            page::scroll_to_top();
            // On the tour what it says comes before what it shows.
            let is_tour = shared.frame.with_untracked(|frame| frame.tour.is_some());
            page::focus(if is_tour { tour::TITLE } else { "main" });
        }
        screen
    });
    Effect::new(move |_| {
        if shared.route.with(|route| *route == Route::Demo) {
            dispatch.enter_demo();
        }
    });
    // An explanation that the address asks for, as after a reload.
    Effect::new(move |_| {
        let question = shared.route.with(Route::question);
        let known = shared.explained.with(|known| known.as_ref().map(|known| known.question.clone()));
        let ready = !shared.opening.get() && shared.has_content();
        if let Some(question) = question.filter(|question| ready && known.as_ref() != Some(question)) {
            dispatch.explain(question);
        }
    });
    // What is explained belongs to one assessment.
    Effect::new(move |before: Option<()>| {
        shared.open.track();
        if before.is_some() {
            shared.explained.set(None);
            shared
                .spoken
                .set(shared.workspace_untracked(|workspace| workspace.summary.as_ref().map(say).unwrap_or_default()));
        }
    });
}

/// Rows of a spreadsheet may be pasted anywhere but in a field: they are a file without a name.
fn accept_pastes(dispatch: Dispatch) {
    window_event_listener(ev::paste, move |event| {
        if page::is_field(&event) {
            return;
        }
        if let Some(rows) = files::pasted(&event, &format!("Pasted {}", today::now())) {
            event.prevent_default();
            dispatch.take(vec![rows]);
        }
    });
}

/// Files may be let go anywhere on the page.
fn accept_drops(dispatch: Dispatch, hovering: RwSignal<bool>) {
    window_event_listener(ev::dragover, move |event| {
        if files::drags_files(&event) {
            event.prevent_default();
            if !hovering.get_untracked() {
                hovering.set(true);
            }
        }
    });
    window_event_listener(ev::dragleave, move |event| {
        // Leaving the window has no related target; moving between elements has one.
        if event.related_target().is_none() {
            hovering.set(false);
        }
    });
    window_event_listener(ev::drop, move |event| {
        if files::drags_files(&event) {
            event.prevent_default();
            hovering.set(false);
            dispatch.take(files::dropped(&event));
        }
    });
}
