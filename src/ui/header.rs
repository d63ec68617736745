//! The header: what is open, whether it is kept, and the way to add files.

use leptos::prelude::*;

use super::actions::{BACKUP, FINDER, LEAVE_DEMO, RESET_DEMO, TOUR};
use super::components::file_button::FileButton;
use super::components::icon::{Glyph, Icon};
use super::dispatch::Dispatch;
use super::markup::{action, escaped, icon};
use super::reactive::{If, flag, text};
use super::route::Route;
use super::state::{SaveState, Shared};
use super::words::{say, t};
use super::workspaces::Workspaces;
use crate::browser::database::StorageError;
use crate::browser::intl;
use crate::edit::command::Command;
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::work::Overview;

/// The bar at the top of the page.
#[component]
pub fn Header() -> impl IntoView {
    let shared = Shared::here();
    // An empty workspace has a name, too, when there are others beside it.
    let named = flag(move || shared.has_content() || shared.kept.with(|kept| !kept.is_empty()));
    view! {
        <header class="bar">
            <a class="brand" href=Route::to(Screen::Start).href()>
                <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
                    <rect width="20" height="20" rx="5" />
                    <path d="M3.500 7h13M3.500 12q2.200-2.600 4.300 0t4.300 0 4.400-.3" />
                </svg>
                <span>"Highwater"</span>
            </a>
            <If when=named>
                <div class="workspace-name">
                    <WorkspaceName />
                    <Workspaces />
                </div>
            </If>
            <If when=shared.demo>
                <Demo />
            </If>
            <div class="find" inner_html=find()></div>
            // Who has undone everything may want it back.
            <If when=flag(move || shared.workspace(|workspace| workspace.undoes.is_some() || workspace.redoes.is_some()))>
                <Turn />
            </If>
            <If when=named>
                <Status />
                <FileButton label=t("page.action.add_files") primary=true />
            </If>
        </header>
    }
}

/// The name of the workspace, which can be changed where it stands.
#[component]
fn WorkspaceName() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let name = move || shared.workspace(|workspace| workspace.name.clone());
    view! {
        <label>
            <span class="unseen">{t("page.workspace.name")}</span>
            <input
                type="text"
                maxlength="120"
                autocomplete="off"
                placeholder=t("page.workspace.unnamed")
                prop:value=name
                on:change:target=move |event| {
                    let typed = event.target().value().trim().to_owned();
                    if typed.is_empty() {
                        event.target().set_value(&shared.workspace_untracked(|workspace| workspace.name.clone()));
                    } else {
                        dispatch.edit(Command::Rename(typed));
                    }
                }
            />
        </label>
    }
}

/// The field that opens the search, as markup.
fn find() -> String {
    let kbd = escaped(&t("page.keys.finder"));
    let label = escaped(&t("page.finder.open"));
    let drawing = icon(Glyph::Search);
    format!(
        "<button type=\"button\" aria-haspopup=\"dialog\" aria-keyshortcuts=\"Control+K\" data-action=\"{}\">\
         {drawing}<span>{label}</span><kbd aria-hidden=\"true\">{kbd}</kbd></button>",
        FINDER.id
    )
}

/// That this is the demo, and what can be done about it. The browser opens and closes the menu.
#[component]
fn Demo() -> impl IntoView {
    let actions = [TOUR, RESET_DEMO, LEAVE_DEMO].map(|one| action(&one, "button small")).concat();
    let badge = format!(
        "<button type=\"button\" class=\"badge warn\" popovertarget=\"demo-menu\">{}{}</button>\
         <div class=\"demo-menu\" id=\"demo-menu\" popover><p>{}</p><div class=\"row\">{actions}</div></div>",
        escaped(&t("page.demo.badge")),
        icon(Glyph::Unfold),
        escaped(&t("page.demo.ribbon"))
    );
    view! { <div class="demo" role="group" aria-label=t("page.demo.label") inner_html=badge></div> }
}

/// Undo and redo, each with what it would take back or do once more.
#[component]
pub fn Turn() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let button = move |glyph,
                       key: &'static str,
                       none: &'static str,
                       of: fn(&Overview) -> &Option<Message>,
                       act: fn(Dispatch)| {
        let what = move || shared.workspace(|workspace| of(workspace).clone());
        let label = move || what().map_or_else(|| t(none), |what| say(&Message::new(key).with("what", what)));
        let label = text(label);
        view! {
            <button type="button" class="plain-button" aria-label=label title=label
                disabled=flag(move || what().is_none()) on:click=move |_| act(dispatch)>
                <Icon glyph=glyph />
                <span>{label}</span>
            </button>
        }
    };
    view! {
        <div class="turn-back">
            {button(Glyph::Undo, "page.undo.undo", "page.undo.nothing", |workspace| &workspace.undoes, Dispatch::undo)}
            {button(Glyph::Redo, "page.undo.redo", "page.undo.nothing_again", |workspace| &workspace.redoes, Dispatch::redo)}
        </div>
    }
}

/// Whether the workspace is kept in the browser, and when the user last took a copy.
#[component]
pub fn Status(
    /// Whether it says nothing by itself: the one in the header does.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let failed = flag(move || shared.save_state.with(|save_state| matches!(save_state, SaveState::Failed(_))));
    let sentence = move || {
        let is_changing = shared.is_changing();
        let kept = shared.save_state.with(|save_state| say(&status(save_state, is_changing)));
        let backup = shared.last_backup.with(|at| {
            let at = at.as_deref().map_or_else(|| t("page.status.never"), intl::moment);
            say(&Message::new("page.status.backup").with("at", at))
        });
        format!("{kept} · {backup}")
    };
    view! {
        <div class="status" class:bad=failed>
            <If when=failed><Icon glyph=Glyph::Warning /></If>
            <span role=(!quiet).then_some("status") title=text(sentence)>{text(sentence)}</span>
            <If when=failed>
                <button type="button" class="button small" on:click=move |_| dispatch.save_again()>{t("page.status.retry")}</button>
                <button type="button" class="button small" on:click=move |_| (BACKUP.run)(dispatch)>{t(BACKUP.label)}</button>
            </If>
        </div>
    }
}

/// What the status says, before it has words. While a change is on its way what was saved is not what was done.
fn status(save_state: &SaveState, is_changing: bool) -> Message {
    match save_state {
        SaveState::Saved(_) if is_changing => Message::new("page.status.saving"),
        SaveState::Nothing => Message::new("page.status.nothing"),
        SaveState::Saving => Message::new("page.status.saving"),
        SaveState::Saved(at) => Message::new("page.status.saved").with("at", intl::moment(at)),
        SaveState::Failed(StorageError::Newer(_)) => Message::new("page.status.newer"),
        SaveState::Failed(error) => Message::new("page.status.failed").with("reason", error.to_string()),
    }
}
