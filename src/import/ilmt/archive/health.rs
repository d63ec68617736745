//! How far the evidence of a snapshot can be relied on.
//!
//! ILMT says in `data_condition.txt` what its figures rest on. Each statement becomes a check. Where ILMT gives a
//! percentage of computers, more than [`TOLERATED`] percent is weak: IBM names no limit, and a computer or two in a
//! hundred is what maintenance looks like (ours).

use jiff::civil::Date;

use super::condition::percentage;
use super::days::day_in;
use crate::model::assessment::{HealthCheck, HealthStatus};
use crate::model::day;
use crate::model::message::Message;
use crate::model::snapshot::{Condition, Snapshot};

/// Percentage of computers up to which a shortcoming is tolerated (ours).
const TOLERATED: u32 = 5;

/// Months after which a PVU table is old (ours): IBM publishes new processors more often.
const TABLE_MONTHS: u32 = 12;

/// Words by which ILMT says that an import went well or badly, in the languages that are known.
const WENT_WELL: [&str; 7] =
    ["successfully", "erfolgreich", "pomyślnie", "con éxito", "correctamente", "avec succès", "con esito positivo"];
const WENT_BADLY: [&str; 5] = ["fail", "error", "fehl", "błęd", "échou"];

/// Every check of a snapshot, in the order of reports.
pub(super) fn checks(snapshot: &Snapshot) -> Vec<HealthCheck> {
    let nothing = Condition::default();
    let condition = snapshot.condition.as_ref().unwrap_or(&nothing);
    vec![
        period(snapshot, condition),
        days(snapshot),
        computers(condition),
        filters(snapshot, condition),
        import(condition),
        aggregation(condition),
        recalculation(snapshot, condition),
        share("disconnected", condition.disconnected.as_deref().and_then(percentage)),
        share("uploads", condition.accuracy.first().copied()),
        share("capacity_scans", condition.accuracy.get(1).copied()),
        share("software_scans", condition.accuracy.get(2).copied()),
        version(condition),
        pvu_table(condition),
    ]
}

fn check(check: &'static str, status: HealthStatus, finding: Message) -> HealthCheck {
    HealthCheck { check: check.to_owned(), status, finding }
}

fn unknown(name: &'static str) -> HealthCheck {
    check(name, HealthStatus::Unknown, Message::new("health.not_said"))
}

/// The period that `data_condition.txt` states, against that of the daily series.
fn period(snapshot: &Snapshot, condition: &Condition) -> HealthCheck {
    match (condition.period(), snapshot.daily_period()) {
        (Some(stated), Some(daily)) if stated != daily => check(
            "period",
            HealthStatus::Weak,
            Message::new("health.period_differs")
                .with("from", stated.from())
                .with("to", stated.to())
                .with("daily_from", daily.from())
                .with("daily_to", daily.to()),
        ),
        (Some(period), _) | (None, Some(period)) => {
            let finding = Message::new("health.period_is").with("from", period.from()).with("to", period.to());
            check("period", HealthStatus::Good, finding)
        }
        (None, None) => unknown("period"),
    }
}

/// Whether the daily series has every day between its first and its last one.
fn days(snapshot: &Snapshot) -> HealthCheck {
    let Some(period) = snapshot.daily_period() else { return unknown("days") };
    let mut days: Vec<Date> = snapshot.daily.iter().map(|row| row.day).collect();
    days.sort_unstable();
    days.dedup();
    let span = day::between(period.from(), period.to()) + 1;
    let gaps = span.saturating_sub(i64::try_from(days.len()).unwrap_or(i64::MAX));
    if gaps > 0 {
        check("days", HealthStatus::Weak, Message::new("health.days_missing").with("count", gaps))
    } else {
        check("days", HealthStatus::Good, Message::new("health.days_complete").with("count", span))
    }
}

fn computers(condition: &Condition) -> HealthCheck {
    let (id, group) = (condition.group_id.as_deref(), condition.group.as_deref());
    if id == Some("0") || group == Some("All Computers") {
        return check("computers", HealthStatus::Good, Message::new("health.computers_all"));
    }
    match group.or(id) {
        Some(group) => {
            check("computers", HealthStatus::Weak, Message::new("health.computers_group").with("group", group))
        }
        None => unknown("computers"),
    }
}

/// A filter quotes the name of a column, whatever the language; a remark that there is none does not.
fn filters(snapshot: &Snapshot, condition: &Condition) -> HealthCheck {
    if snapshot.condition.is_none() {
        return unknown("filters");
    }
    let filters: Vec<&str> =
        condition.filters.iter().map(String::as_str).filter(|filter| filter.contains(['"', '„', '«', '「'])).collect();
    if filters.is_empty() {
        check("filters", HealthStatus::Good, Message::new("health.filters_none"))
    } else {
        let finding = Message::new("health.filters_used").with("filters", filters.join("; "));
        check("filters", HealthStatus::Weak, finding)
    }
}

fn import(condition: &Condition) -> HealthCheck {
    let Some(said) = condition.import.as_deref() else { return unknown("import") };
    let words = said.to_lowercase();
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    let status = match (says(&WENT_BADLY), says(&WENT_WELL)) {
        (true, _) => HealthStatus::Weak,
        (false, true) => HealthStatus::Good,
        (false, false) => HealthStatus::Unknown,
    };
    check("import", status, Message::new("health.tool_says").with("text", said))
}

/// The metrics must be aggregated up to the end of the period.
fn aggregation(condition: &Condition) -> HealthCheck {
    let Some(said) = condition.aggregation.as_deref() else { return unknown("aggregation") };
    let finding = Message::new("health.tool_says").with("text", said);
    let status = match (day_in(said), condition.to) {
        (Some(day), Some(end)) if day < end => HealthStatus::Weak,
        (Some(_), Some(_)) => HealthStatus::Good,
        _ => HealthStatus::Unknown,
    };
    check("aggregation", status, finding)
}

fn recalculation(snapshot: &Snapshot, condition: &Condition) -> HealthCheck {
    let waiting = snapshot.usage.iter().filter(|row| row.recalculation_needed == Some(true)).count();
    if waiting > 0 {
        let finding = Message::new("health.recalculation_rows").with("count", waiting);
        return check("recalculation", HealthStatus::Weak, finding);
    }
    let Some(said) = condition.recalculation.as_deref() else { return unknown("recalculation") };
    let answered = snapshot.usage.iter().any(|row| row.recalculation_needed == Some(false));
    let status = match said.to_lowercase() {
        words if words.contains("not needed") || words.contains("not required") => HealthStatus::Good,
        words if words.contains("needed") || words.contains("required") => HealthStatus::Weak,
        // In another language the rows themselves tell.
        _ if answered => HealthStatus::Good,
        _ => HealthStatus::Unknown,
    };
    check("recalculation", status, Message::new("health.tool_says").with("text", said))
}

/// A percentage of computers that fall short of something.
fn share(name: &'static str, percent: Option<u32>) -> HealthCheck {
    let Some(percent) = percent else { return unknown(name) };
    let (status, key) = if percent > TOLERATED {
        (HealthStatus::Weak, "health.share_weak")
    } else {
        (HealthStatus::Good, "health.share_good")
    };
    check(name, status, Message::new(key).with("percent", percent).with("limit", TOLERATED))
}

fn version(condition: &Condition) -> HealthCheck {
    match condition.tool.as_deref() {
        Some(tool) => check("version", HealthStatus::Good, Message::new("health.version_is").with("tool", tool)),
        None => unknown("version"),
    }
}

fn pvu_table(condition: &Condition) -> HealthCheck {
    let Some(edition) = condition.pvu_table_on else { return unknown("pvu_table") };
    let used_on = condition.generated_on.or(condition.to);
    let old_on = day::a_year_after(edition);
    let is_old = used_on.zip(old_on).is_some_and(|(used, old)| used > old);
    let (status, key) =
        if is_old { (HealthStatus::Weak, "health.pvu_table_old") } else { (HealthStatus::Good, "health.pvu_table_is") };
    check("pvu_table", status, Message::new(key).with("date", edition).with("months", TABLE_MONTHS))
}
