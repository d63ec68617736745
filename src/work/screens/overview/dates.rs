//! The next days on which something is to be done before a renewal.

use jiff::civil::Date;

use super::super::OpenWorkspace;
use crate::engine::renewal::work_list::{Urgency, WorkItem, work_list};
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::model::task::TaskKind;
use crate::report::calendar::{about, title};
use crate::work::blocks::{Block, Section};
use crate::work::cell::{Cell, CellRow};
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::renewals::{forecast_at_hand, tasks};

/// So many days are shown; Renewals has all of them.
const SHOWN: usize = 6;

const COLUMNS: [(&str, bool); 4] = [
    ("page.renewals.on_day", false),
    ("page.dates.when", false),
    ("page.renewals.to_do", false),
    ("page.dates.whose", false),
];

/// What waits from the day on, by day, and the way to all of it; nothing where there is nothing to renew, or nobody has
/// looked at the renewals of a long ledger.
pub(super) fn blocks(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let Some(forecast) = forecast_at_hand(open, query.today) else { return Vec::new() };
    let items = work_list(&forecast, &open.workspace.lists);
    let on = forecast.on;
    let is_ahead = |item: &&WorkItem| matches!(item.urgency(on), Urgency::Soon | Urgency::Later);
    let rows: Vec<CellRow> = items.iter().filter(is_ahead).take(SHOWN).map(|item| row(item, on)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let overdue = items.iter().filter(|item| item.urgency(on) == Urgency::Overdue).count();
    let way = if overdue == 0 {
        Message::new("page.dates.all")
    } else {
        Message::new("page.dates.overdue").with("count", overdue)
    };
    vec![Block::Table(Section::new("page.dates.title", &COLUMNS, rows)), Block::Way(way, Screen::Renewals)]
}

fn row(item: &WorkItem, on: Date) -> CellRow {
    let task = &item.task;
    let whose = match task.key.kind {
        // IBM does these; the others wait for the reader.
        TaskKind::Quote | TaskKind::NewPrices => Cell::Text("IBM".to_owned()),
        TaskKind::Entitlements
        | TaskKind::Ilmt
        | TaskKind::Bundles
        | TaskKind::MigrationPaths
        | TaskKind::PriceRise
        | TaskKind::Anchor
        | TaskKind::Contacts
        | TaskKind::QuoteLate
        | TaskKind::Notice
        | TaskKind::LastNotice
        | TaskKind::ProofOfLess
        | TaskKind::Order
        | TaskKind::Versions => Cell::Word("page.dates.needs_you".into()),
    };
    vec![
        task.on.into(),
        Cell::Said(vec![tasks::distance(task.on, on)]),
        Cell::Said(vec![title(task), about(task)]),
        whose,
    ]
}
