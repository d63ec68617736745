//! What is wrong with the input or worth knowing, worst first, each with its place.

use leptos::prelude::*;

use super::model;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::ui::components::badge::Badge;
use crate::ui::components::notices::tone;
use crate::ui::components::table::{Column, Table};
use crate::ui::reactive::{If, flag, part};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::State;

/// Above so many rows, only those in sight are drawn.
const PLAIN: usize = 50;

/// The issues of something in the open workspace.
type Of = fn(&State) -> &Vec<Issue>;

/// All issues, grouped by how much they matter.
#[component]
pub fn Issues(
    /// Which of the open workspace.
    of: Of,
) -> impl IntoView {
    let shared = Shared::here();
    view! {
        <If when=flag(move || shared.open.with(|open| !of(open).is_empty()))>
            <section class="card" id="issues" aria-labelledby="issues-title">
                <header><h2 id="issues-title">{t("page.issues.title")}</h2></header>
                <Group of=of severity=Severity::Error title="page.issues.errors" />
                <Group of=of severity=Severity::Warning title="page.issues.warnings" />
                <Group of=of severity=Severity::Info title="page.issues.infos" />
            </section>
        </If>
    }
}

#[component]
fn Group(of: Of, severity: Severity, title: &'static str) -> impl IntoView {
    let shared = Shared::here();
    let issues = Memo::new(move |_| shared.open.with(|open| model::issues(of(open), severity)));
    let heading = move || say(&Message::new(title).with("count", issues.with(Vec::len)));
    view! {
        <If when=flag(move || !issues.with(Vec::is_empty))>
            <details class="issue-group" open=severity != Severity::Info>
                <summary><Badge tone=tone(severity) text=heading() /></summary>
                <List issues=issues label=heading() />
            </details>
        </If>
    }
}

#[component]
fn List(issues: Memo<Vec<Issue>>, label: String) -> impl IntoView {
    let columns = || {
        [
            ("page.issues.file", "file"),
            ("page.issues.row", "n"),
            ("page.issues.column", "column"),
            ("page.issues.message", "message"),
        ]
        .map(|(title, class)| Column { title: t(title), class })
        .to_vec()
    };
    let cells = Callback::new(move |place: usize| issues.with(|issues| issues.get(place).map(cells)).into_any());
    if issues.with_untracked(Vec::len) > PLAIN {
        return view! { <Table label=label columns=columns() count=Signal::derive(move || issues.with(Vec::len)) cells=cells /> }.into_any();
    }
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="table issues">
                <thead><tr>{columns().into_iter().map(|column| view! { <th scope="col" class=column.class>{column.title}</th> }).map(IntoAny::into_any).collect_view()}</tr></thead>
                <tbody>{part(move || issues.get().iter().map(|issue| view! { <tr>{cells_of(issue)}</tr> }).map(IntoAny::into_any).collect_view())}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cells(issue: &Issue) -> AnyView {
    cells_of(issue).into_any()
}

fn cells_of(issue: &Issue) -> impl IntoView + use<> {
    let sentence = say(&issue.message());
    view! {
        <td class="file" title=issue.file.clone()>{issue.file.clone()}</td>
        <td class="n">{issue.row.map_or_else(String::new, |row| row.to_string())}</td>
        <td class="column">{issue.column.clone().unwrap_or_default()}</td>
        <td class="message" title=sentence.clone()>{sentence.clone()}</td>
    }
}
