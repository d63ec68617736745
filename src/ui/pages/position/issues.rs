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

/// Above so many rows, only those in sight are drawn.
const PLAIN: usize = 50;

/// All issues, grouped by how much they matter.
#[component]
pub fn Issues() -> impl IntoView {
    let shared = Shared::here();
    let any = Memo::new(move |_| shared.assessment.with(|assessment| !assessment.issues.is_empty()));
    view! {
        <If when=any>
            <section class="card" id="issues" aria-labelledby="issues-title">
                <header><h2 id="issues-title">{t("page.issues.title")}</h2></header>
                <Group severity=Severity::Error title="page.issues.errors" />
                <Group severity=Severity::Warning title="page.issues.warnings" />
                <Group severity=Severity::Info title="page.issues.infos" />
            </section>
        </If>
    }
}

#[component]
fn Group(severity: Severity, title: &'static str) -> impl IntoView {
    let shared = Shared::here();
    let issues = Memo::new(move |_| shared.assessment.with(|assessment| model::issues(assessment, severity)));
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
                <thead><tr>{columns().into_iter().map(|column| view! { <th scope="col" class=column.class>{column.title}</th> }).collect_view()}</tr></thead>
                <tbody>{part(move || issues.get().iter().map(|issue| view! { <tr>{cells_of(issue)}</tr> }).collect_view())}</tbody>
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
