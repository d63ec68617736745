//! What stands below a task while its row is open: how far it is, what it is for, who says so, and where it is done.

use jiff::civil::Date;

use crate::engine::renewal::work_list::WorkItem;
use crate::model::list::List;
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::model::task::{TaskKind, TaskState};
use crate::work::blocks::{Block, FieldInput, Form, FormField, Section, Sets};
use crate::work::cell::Cell;
use crate::work::hits::LIST;
use crate::work::setting::Setting;
use crate::work::task_field::TaskField;

/// The most characters of a note.
const NOTE: u8 = 200;

const COLUMNS: [(&str, bool); 3] =
    [("page.tasks.what_for", false), ("page.tasks.source", false), ("page.to_do.where", false)];

/// Who says that there is a cycle; its months are ours.
const CYCLE: &str = "Twelve-month renewal cycle of a buyers' white paper; the months are Highwater's own";

/// The blocks below a task.
pub(super) fn of(item: &WorkItem, today: Option<Date>) -> Vec<Block> {
    let kind = item.task.key.kind;
    let why = Message::keyed(format!("task.{}.text", kind.name()));
    let (screen, arguments) = place(kind);
    let row = vec![Cell::Said(vec![why]), Cell::Source(source(kind).to_owned()), Cell::Screen(screen, arguments)];
    let recorded = item.is_recorded.then(|| Block::Note(Message::new("page.tasks.recorded")));
    std::iter::once(Block::Form(form(item, today)))
        .chain(recorded)
        .chain([Block::Table(Section::new("page.tasks.about", &COLUMNS, vec![row]))])
        .collect()
}

/// What is said of it. What a record has closed is opened by the record.
fn form(item: &WorkItem, today: Option<Date>) -> Form {
    let field = |label: &'static str, input, value, what| FormField {
        label: label.into(),
        input,
        value,
        sets: Sets::Setting(Setting::Task(Box::new(item.task.key.clone()), what)),
    };
    let states = TaskState::ALL.map(|state| (state.name().to_owned(), Cell::Word(state.word().into())));
    let mut fields = Vec::new();
    if !item.is_recorded {
        let state = item.state.name().to_owned();
        fields.push(field("column.state", FieldInput::Choice(states.into()), state, TaskField::State(today)));
        if item.state == TaskState::Done {
            let done_on = item.done_on.map(|day| day.to_string()).unwrap_or_default();
            fields.push(field("column.done_on", FieldInput::Day, done_on, TaskField::DoneOn));
        }
    }
    fields.push(field("column.note", FieldInput::Text(NOTE), item.note.clone(), TaskField::Note));
    Form { title: None, fields, answer: Vec::new() }
}

/// Who says that it is to be done, or when.
const fn source(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Entitlements
        | TaskKind::Ilmt
        | TaskKind::Bundles
        | TaskKind::MigrationPaths
        | TaskKind::PriceRise
        | TaskKind::Anchor
        | TaskKind::Order => CYCLE,
        TaskKind::Contacts => {
            "IBM, renewal of Software Subscription and Support: contacts are asked for 120 days ahead"
        }
        TaskKind::Quote | TaskKind::QuoteLate => {
            "IBM, quotes 75 to 90 days ahead: http://www-01.ibm.com/software/ph/subscription/rysas.html"
        }
        TaskKind::Notice | TaskKind::LastNotice => {
            "Cancel 30, better 60 days ahead: https://www.software-express.de/glossar/reinstatement-ibm/"
        }
        TaskKind::ProofOfLess => "Passport Advantage Agreement, version 11, as samtoa.de reports it",
        TaskKind::Versions => "Downloads stop at the end: https://www.origina.com/services/ibm-entitlement-repository",
        TaskKind::NewPrices => "Price letters of IBM: 318-013, 322-015, 324-653",
    }
}

/// Where it is done: a screen, and what it begins with.
fn place(kind: TaskKind) -> (Screen, Vec<(String, String)>) {
    let list = |list: List| (list.screen(), vec![(LIST.to_owned(), list.name().to_owned())]);
    match kind {
        TaskKind::Entitlements => list(List::Entitlements),
        TaskKind::Ilmt | TaskKind::ProofOfLess => (Screen::Position, Vec::new()),
        TaskKind::Bundles => (Screen::Bundles, Vec::new()),
        TaskKind::MigrationPaths => list(List::Decisions),
        TaskKind::PriceRise | TaskKind::Anchor => list(List::Assumptions),
        TaskKind::Contacts => list(List::Contacts),
        TaskKind::Quote => list(List::Quotes),
        TaskKind::QuoteLate | TaskKind::Notice | TaskKind::LastNotice | TaskKind::Versions => list(List::Records),
        TaskKind::Order => list(List::Orders),
        TaskKind::NewPrices => list(List::Prices),
    }
}
