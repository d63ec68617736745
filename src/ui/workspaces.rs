//! The user's workspaces: which one is open, and the way to the others.

use leptos::prelude::*;

use super::actions::{BEGIN, DUPLICATE};
use super::components::action_button::ActionButton;
use super::components::dialog::Dialog;
use super::components::icon::{Glyph, Icon};
use super::dispatch::{Dispatch, LIST_BUTTON, WorkspaceStep};
use super::reactive::part;
use super::state::{Layer, Shared};
use super::words::{named, say, t};
use crate::browser::database::WorkspaceEntry;
use crate::browser::intl;
use crate::model::message::Message;

/// A button beside the name of the workspace, and the list that it opens. The demo has one workspace only.
#[component]
pub fn Workspaces() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let close = move || shared.lay(None);
    let open = shared.has_open(Layer::Workspaces);
    view! {
        <button
            type="button"
            class="plain-button"
            id=LIST_BUTTON
            aria-haspopup="dialog"
            aria-label=t("page.workspaces.title")
            title=t("page.workspaces.title")
            hidden=shared.demo
            on:click=move |_| dispatch.choose_workspace()
        >
            <Icon glyph=Glyph::Unfold />
        </button>
        <Dialog id="estates" title=Signal::derive(|| t("page.workspaces.title")) open=open leave=move |()| close()>
            <ul class="estates">{part(move || shared.kept.get().into_iter().map(row).map(IntoAny::into_any).collect_view())}</ul>
            <div class="row">
                <ActionButton action=BEGIN />
                <ActionButton action=DUPLICATE />
                <button type="button" class="button push" autofocus on:click=move |_| close()>{t("page.workspaces.close")}</button>
            </div>
        </Dialog>
    }
}

fn row(mut entry: WorkspaceEntry) -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let open = dispatch.has_open(&entry);
    if open {
        // It may have another name since it was saved.
        entry.name = shared.workspace(|workspace| workspace.name.clone());
    }
    let name = named(entry.name.clone());
    let delete = say(&Message::new("page.workspaces.delete").with("name", name.as_str()));
    let saved = Message::new(if open { "page.workspaces.saved_open" } else { "page.workspaces.saved" });
    let saved = say(&saved.with("at", intl::moment(&entry.saved_at)));
    let key = entry.key.clone();
    view! {
        <li>
            <button type="button" aria-current=open.then_some("true") on:click=move |_| dispatch.go(WorkspaceStep::Open(key.clone()))>
                <b>{name}</b><span class="note">{saved}</span>
            </button>
            <button type="button" class="plain-button" aria-label=delete on:click=move |_| dispatch.go(WorkspaceStep::Delete(entry.clone()))>
                <Icon glyph=Glyph::Delete />
            </button>
        </li>
    }
}
