//! What is to be done before the renewals of the next year.

use crate::engine::renewal::Forecast;
use crate::engine::renewal::tasks::{Task, tasks};
use crate::model::day;
use crate::report::calendar::{about, title};
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};

const COLUMNS: [(&str, bool); 3] =
    [("page.renewals.on_day", false), ("page.renewals.to_do", false), ("page.renewals.of_what", false)];

/// The tasks of the next twelve months, by day; the calendar file has those of all years.
pub(super) fn table(forecast: &Forecast) -> Section {
    let last = day::a_year_after(forecast.on).unwrap_or(forecast.to);
    let tasks = tasks(forecast);
    let rows = tasks.iter().filter(|task| task.on <= last).map(row).collect();
    Section::new("page.renewals.tasks", &COLUMNS, rows)
}

fn row(task: &Task) -> CellRow {
    vec![Cell::Day(Some(task.on)), Cell::Said(vec![title(task)]), Cell::Said(vec![about(task)])]
}
