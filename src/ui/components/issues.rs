//! What is wrong with the input or worth knowing, worst first, each with its index.

use leptos::prelude::*;

use super::badge::Badge;
use super::listing::{ListingHead, contents, table};
use super::notices::tone;
use super::table::{Table, TableColumn};
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::ui::markup::escaped;
use crate::ui::reactive::{If, flag, part};
use crate::ui::words::{say, t};
use crate::work::cell::{Cell, CellRow};

/// Above so many rows, only those in sight are drawn.
const PLAIN: usize = 50;

/// All issues, grouped by how much they matter.
#[component]
pub fn Issues(
    /// The issues.
    #[prop(into)]
    issues: Signal<Vec<Issue>>,
) -> impl IntoView {
    view! {
        <If when=flag(move || issues.with(|issues| !issues.is_empty()))>
            <section class="card" id="issues" aria-labelledby="issues-title">
                <header><h2 id="issues-title">{t("page.issues.title")}</h2></header>
                <Group issues=issues severity=Severity::Error title="page.issues.errors" />
                <Group issues=issues severity=Severity::Warning title="page.issues.warnings" />
                <Group issues=issues severity=Severity::Info title="page.issues.infos" />
            </section>
        </If>
    }
}

#[component]
fn Group(issues: Signal<Vec<Issue>>, severity: Severity, title: &'static str) -> impl IntoView {
    let of_severity = move |issues: &Vec<Issue>| -> Vec<Issue> {
        issues.iter().filter(|issue| issue.severity == severity).cloned().collect()
    };
    let issues = Memo::new(move |_| issues.with(of_severity));
    let heading = move || say(&Message::new(title).with("count", issues.with(Vec::len)));
    view! {
        <If when=flag(move || !issues.with(Vec::is_empty))>
            <details class="issue-group" open=severity != Severity::Info>
                <summary><Badge tone=tone(severity) text=heading() /></summary>
                {part(move || list(issues.get(), heading()))}
            </details>
        </If>
    }
}

const COLUMNS: [(&str, &str); 4] = [
    ("page.issues.file", "file"),
    ("page.issues.row", "n"),
    ("page.issues.column", "column"),
    ("page.issues.message", "message"),
];

fn list(issues: Vec<Issue>, label: String) -> AnyView {
    let count = issues.len();
    if count > PLAIN {
        let columns = COLUMNS.map(|(title, class)| TableColumn { title: t(title), class }).to_vec();
        let cells = Callback::new(move |index: usize| issues.get(index).map(cells).unwrap_or_default());
        return view! { <Table label=label columns=columns count=count cells=cells /> }.into_any();
    }
    let heads = COLUMNS.map(|(title, class)| ListingHead { words: t(title), term: None, class });
    let rows: Vec<CellRow> = issues.iter().map(|issue| texts(issue).map(Cell::Text).into()).collect();
    table(label, "table listing issues", contents(&heads, &rows))
}

/// What stands in the columns.
fn texts(issue: &Issue) -> [String; COLUMNS.len()] {
    let row = issue.row.map_or_else(String::new, |row| row.to_string());
    [issue.file.clone(), row, issue.column.clone().unwrap_or_default(), say(&issue.message())]
}

fn cells(issue: &Issue) -> String {
    let cell = |(text, (_, class)): (String, (&str, &str))| {
        let text = escaped(&text);
        format!("<td class=\"{class}\" title=\"{text}\">{text}</td>")
    };
    texts(issue).into_iter().zip(COLUMNS).map(cell).collect()
}
