//! Results as text for people at a terminal.

use std::io::{Result, Write};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::engine::allocation::named;
use crate::engine::open_shift::Reconciliation;
use crate::engine::red_hat;
use crate::engine::volume::OrderLedger;
use crate::engine::volume::merge::{Change, MergeComparison};
use crate::i18n::plain_number;
use crate::model::assessment::{Assessment, FileReport};
use crate::model::bundle::Rounding;
use crate::model::flexible::Pool;
use crate::model::issue::{Issue, Severity};
use crate::model::message::{Message, Words};
use crate::model::position::Position;
use crate::report::json::{BundleReport, RightsReport};
use crate::rules::Rating;
use crate::rules::bundles::Ratio;

/// One line: where, how bad, and what.
pub(super) fn issue(issue: &Issue, words: &impl Words) -> String {
    let severity = match issue.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let index = [
        Some(issue.file.clone()).filter(|file| !file.is_empty()),
        issue.row.map(|row| format!("row {row}")),
        issue.column.as_ref().map(|column| format!("column {column}")),
    ];
    let index: Vec<String> = index.into_iter().flatten().collect();
    let sentence = words.say(&issue.message());
    if index.is_empty() {
        format!("{severity}: {sentence}")
    } else {
        format!("{severity}: {}: {sentence}", index.join(", "))
    }
}

pub(super) fn rating(out: &mut dyn Write, rating: &Rating, notes: &[Message], words: &impl Words) -> Result<()> {
    writeln!(out, "{} PVU per core", rating.pvu_per_core)?;
    let status = serde_json::to_value(rating.status).ok().and_then(|status| status.as_str().map(str::to_owned));
    writeln!(out, "  {}", words.say(&Message::new("cli.status").with("status", status.unwrap_or_default())))?;
    if let Some(row) = rating.row {
        let rule = row.rule();
        writeln!(out, "  {}", row.name)?;
        writeln!(out, "  {}, {:?} confidence", since(rule.since), rule.confidence)?;
        writeln!(out, "  {}", rule.source)?;
    }
    for candidate in &rating.candidates {
        let rate = candidate.pvu_per_core.map_or_else(String::new, |rate| rate.to_string());
        writeln!(out, "  candidate: {rate:>3} {}", candidate.name)?;
    }
    for note in notes.iter().chain(&rating.notes) {
        writeln!(out, "  {}", words.say(note))?;
    }
    Ok(())
}

pub(super) fn since(day: Option<Date>) -> String {
    day.map_or_else(|| "start date not known".to_owned(), |day| format!("since {day}"))
}

pub(super) fn assessment(out: &mut dyn Write, assessment: &Assessment, words: &impl Words) -> Result<()> {
    if let Some(period) = assessment.period {
        writeln!(out, "{} to {}", period.from(), period.to())?;
    }
    let number =
        |number: Option<u64>| number.map_or_else(|| "unknown".to_owned(), |number| plain_number(number.into()));
    let optional = |number: Option<u64>| number.map_or_else(String::new, |number| plain_number(number.into()));
    let mut lines =
        vec![["product", "metric", "full", "sub", "peak on", "ILMT", "differs", "recoverable"].map(str::to_owned)];
    for product in &assessment.products {
        lines.push([
            product.product.clone(),
            product.metric.name().to_owned(),
            number(product.full_capacity),
            number(product.sub_capacity),
            product.peak_on.map_or_else(String::new, |day| day.to_string()),
            optional(product.reported),
            product.difference().map_or_else(String::new, |difference| difference.to_string()),
            product.recoverable.map_or_else(String::new, |range| format!("{} to {}", range.low, range.high)),
        ]);
    }
    columns(out, &lines, 2)?;
    if !assessment.cloud_paks.is_empty() {
        writeln!(out)?;
        let mut lines = vec![["Cloud Pak product", "of", "metric", "quantity", "contributes"].map(str::to_owned)];
        lines.extend(assessment.cloud_paks.iter().map(|pak| {
            [
                pak.product.clone(),
                pak.bundle.clone().unwrap_or_default(),
                pak.metric.clone(),
                plain_number(pak.quantity.into()),
                optional(pak.contribution),
            ]
        }));
        columns(out, &lines, 3)?;
    }
    for file in &assessment.files {
        writeln!(out)?;
        self::file(out, file, words)?;
    }
    if !assessment.issues.is_empty() {
        writeln!(out)?;
    }
    for found in &assessment.issues {
        writeln!(out, "{}", issue(found, words))?;
    }
    Ok(())
}

pub(super) fn position(out: &mut dyn Write, answer: &RightsReport<'_>, words: &impl Words) -> Result<()> {
    let position = answer.position;
    let number =
        |number: Option<u64>| number.map_or_else(|| "unknown".to_owned(), |number| plain_number(number.into()));
    let balance = |balance: Option<Decimal>| match balance {
        None => "unknown".to_owned(),
        Some(over) if over > Decimal::ZERO => format!("+{}", plain_number(over)),
        Some(short) => plain_number(short),
    };
    if let Some(day) = position.on {
        writeln!(out, "rights on {day}")?;
    }
    let mut lines = vec![["product", "metric", "entitled", "full", "balance", "sub", "balance"].map(str::to_owned)];
    for product in &position.products {
        lines.push([
            product.product.clone(),
            product.metric.clone(),
            plain_number(product.entitled),
            number(product.needed.and_then(|needed| needed.full_capacity)),
            balance(product.full_balance()),
            number(product.needed.and_then(|needed| needed.sub_capacity)),
            balance(product.balance()),
        ]);
    }
    columns(out, &lines, 2)?;
    for product in position.products.iter().filter(|one| !one.reasons.is_empty()) {
        let reasons: Vec<String> = product.reasons.iter().map(|reason| words.say(reason)).collect();
        writeln!(out, "{}: {}", named(&product.product, &product.metric), reasons.join(" "))?;
    }
    beside(out, position)?;
    let covered = position.products.iter().filter(|one| one.unbundled.is_some());
    let mut lines = vec![["if nothing were covered", "metric", "sub", "balance", "covered by"].map(str::to_owned)];
    lines.extend(covered.map(|one| {
        [
            one.product.clone(),
            one.metric.clone(),
            number(one.unbundled.and_then(|needed| needed.sub_capacity)),
            balance(one.unbundled_balance()),
            one.covered_by.as_ref().map_or_else(String::new, |cover| cover.name.clone()),
        ]
    }));
    if lines.len() > 1 {
        writeln!(out)?;
        columns(out, &lines, 2)?;
    }
    for pool in &position.pools {
        self::pool(out, pool)?;
    }
    if !answer.allocations.is_empty() {
        allocations(out, answer)?;
    }
    if !answer.issues.is_empty() {
        writeln!(out)?;
    }
    for found in answer.issues {
        writeln!(out, "{}", issue(found, words))?;
    }
    Ok(())
}

/// What of rights is for another platform or not for productive use, product by product.
fn beside(out: &mut dyn Write, position: &Position) -> Result<()> {
    let mut lines = vec![["of what is entitled", "metric", "non-production", "left aside"].map(str::to_owned)];
    for one in &position.products {
        let aside = one.needed.map_or(Decimal::ZERO, |needed| one.left_aside(needed, false));
        if !(aside.is_zero() && one.non_production.is_zero()) {
            let (use_, aside) = (plain_number(one.non_production), plain_number(aside));
            lines.push([one.product.clone(), one.metric.clone(), use_, aside]);
        }
    }
    if lines.len() > 1 {
        writeln!(out)?;
        columns(out, &lines, 2)?;
    }
    Ok(())
}

/// To whom rights are given, how much of that is held, and what is left of each product.
fn allocations(out: &mut dyn Write, answer: &RightsReport<'_>) -> Result<()> {
    let mut lines = vec![["allocated to", "department", "product", "metric", "quantity", "held"].map(str::to_owned)];
    lines.extend(answer.allocations.iter().zip(&answer.allocated.lines).map(|(line, held)| {
        let held = held.map_or_else(|| "unknown".to_owned(), |held| plain_number(held.quantity));
        let texts = [&line.site, &line.department, &line.product, &line.metric].map(String::clone);
        let [site, department, product, metric] = texts;
        [site, department, product, metric, plain_number(line.quantity), held]
    }));
    writeln!(out)?;
    columns(out, &lines, 4)?;
    let shares = answer.allocated.shares.iter().filter(|share| share.allocated > Decimal::ZERO);
    for share in shares {
        let (left, product) = (plain_number(share.left()), named(&share.product, &share.metric));
        writeln!(out, "{left} of {product} left to allocate")?;
    }
    Ok(())
}

/// A pool: its points, and what each component draws and could still add.
fn pool(out: &mut dyn Write, pool: &Pool) -> Result<()> {
    let number = |number: Option<Decimal>| number.map_or_else(|| "unknown".to_owned(), plain_number);
    let (needed, entitled) = (number(pool.sub_capacity.map(Decimal::from)), plain_number(pool.entitled));
    writeln!(out)?;
    writeln!(out, "pool of {}: {needed} of {entitled} points, {} left", pool.bundle, number(pool.balance()))?;
    let mut lines = vec![["  component", "metric", "needed", "points", "draws", "could add"].map(str::to_owned)];
    lines.extend(pool.draws.iter().map(|draw| {
        [
            format!("  {}", draw.component),
            draw.metric.clone(),
            number(draw.sub_capacity),
            number(draw.points),
            number(draw.sub_points()),
            number(draw.room.map(Decimal::from)),
        ]
    }));
    columns(out, &lines, 2)
}

pub(super) fn bundles(out: &mut dyn Write, answer: &BundleReport<'_>, words: &impl Words) -> Result<()> {
    for one in answer.uses {
        let version = one.version.as_deref().unwrap_or("version not named");
        let total = one.total.map_or_else(|| "unknown".to_owned(), |total| plain_number(total.into()));
        writeln!(out, "{}, {version}: {}", one.bundle, [total.as_str(), &one.unit].join(" ").trim_end())?;
        for reason in one.reasons() {
            writeln!(out, "  not known: {}", words.say(&reason))?;
        }
        if let Some(cores) = one.open_shift {
            writeln!(out, "  with {} OpenShift cores, for its own workload only", plain_number(cores.into()))?;
        }
        for more in one.additional() {
            let quantity = more.quantity.map_or_else(|| "unknown".to_owned(), plain_number);
            writeln!(out, "  with {quantity} {} of {}", more.row.metric, more.row.entitlement)?;
        }
        let lines: Vec<[String; 6]> = one
            .components
            .iter()
            .map(|part| {
                [
                    format!("  {}", part.component),
                    part.environment.name().to_owned(),
                    plain_number(part.quantity),
                    part.metric.clone(),
                    part.ratio().map_or_else(|| "no ratio".to_owned(), Ratio::text),
                    match one.rounding {
                        Rounding::Each => part.contribution.map(|used| plain_number(used.into())),
                        Rounding::Once => part.exact.map(|exact| exact.to_string()),
                    }
                    .unwrap_or_else(|| "unknown".to_owned()),
                ]
            })
            .collect();
        columns(out, &lines, 2)?;
        writeln!(out)?;
    }
    if let Some(found) = answer.clusters {
        clusters(out, found)?;
    }
    if let Some(ledger) = answer.red_hat {
        red_hat(out, ledger, answer.clusters)?;
    }
    for found in answer.issues {
        writeln!(out, "{}", issue(found, words))?;
    }
    Ok(())
}

/// What comes with bundles against the cores of clusters.
fn clusters(out: &mut dyn Write, found: &Reconciliation) -> Result<()> {
    let number = |number: Option<Decimal>| number.map_or_else(|| "unknown".to_owned(), plain_number);
    let mut lines = vec![["OpenShift cores", "granted", "used", "covered", "not covered"].map(str::to_owned)];
    lines.extend(found.bundles.iter().map(|one| {
        let granted = number(one.granted.map(Decimal::from));
        [one.bundle.clone(), granted, plain_number(one.used), number(one.covered()), number(one.uncovered())]
    }));
    let other = plain_number(found.other);
    lines.push(["other work".to_owned(), String::new(), other.clone(), String::new(), other]);
    columns(out, &lines, 1)?;
    writeln!(out, "{} cores need subscriptions of Red Hat", number(found.uncovered()))?;
    writeln!(out)
}

/// The subscriptions of Red Hat in force, each in its own unit.
fn red_hat(out: &mut dyn Write, ledger: &red_hat::SubscriptionLedger, clusters: Option<&Reconciliation>) -> Result<()> {
    let mut lines = vec![["subscription", "unit", "quantity"].map(str::to_owned)];
    let held = ledger.held.iter();
    lines.extend(held.map(|one| [one.product.clone(), one.unit.name().to_owned(), plain_number(one.quantity)]));
    columns(out, &lines, 2)?;
    if let Some((_, found)) = ledger.open_shift_cores.zip(clusters) {
        let balance = ledger.balance(found.uncovered()).map_or_else(|| "unknown".to_owned(), plain_number);
        writeln!(out, "{balance} cores of subscriptions less cores that need them")?;
    }
    writeln!(out)
}

pub(super) fn ledger(out: &mut dyn Write, ledger: &OrderLedger, issues: &[Issue], words: &impl Words) -> Result<()> {
    levels(out, ledger)?;
    for found in issues {
        writeln!(out, "{}", issue(found, words))?;
    }
    Ok(())
}

/// Two agreements by the names of their files, and what they are once the second is merged into the first.
pub(super) fn merge(
    out: &mut dyn Write,
    names: &[String; 2],
    merge: &MergeComparison,
    issues: &[Issue],
    words: &impl Words,
) -> Result<()> {
    for (name, alone) in names.iter().zip(&merge.alone) {
        writeln!(out, "{name}, by itself")?;
        levels(out, &alone.ledger)?;
        writeln!(out)?;
    }
    writeln!(out, "{}, merged", names.join(" and "))?;
    levels(out, &merge.merged)?;
    for (name, alone) in names.iter().zip(&merge.alone) {
        let than = match alone.change {
            Change::Higher => "higher than",
            Change::Same => "the same as",
            Change::Lower => "lower than",
        };
        writeln!(out, "{than} level {} of {name} by itself", alone.ledger.level.name())?;
    }
    for found in issues {
        writeln!(out, "{}", issue(found, words))?;
    }
    Ok(())
}

/// Orders, terms, and the level that the next order finds.
fn levels(out: &mut dyn Write, ledger: &OrderLedger) -> Result<()> {
    let mut lines = vec![["ordered", "site", "points", "SVP", "RSVP", "applied"].map(str::to_owned)];
    lines.extend(ledger.orders.iter().map(|order| {
        [
            order.date.to_string(),
            order.site.clone(),
            plain_number(order.points),
            order.svp.name().to_owned(),
            order.rsvp.name().to_owned(),
            order.applied.name().to_owned(),
        ]
    }));
    columns(out, &lines, 2)?;
    writeln!(out)?;
    let mut lines = vec![["term from", "to", "points", "earned", "after reset"].map(str::to_owned)];
    lines.extend(ledger.terms.iter().map(|term| {
        [
            term.start.to_string(),
            term.end.to_string(),
            plain_number(term.points),
            term.earned.name().to_owned(),
            term.after_reset.name().to_owned(),
        ]
    }));
    columns(out, &lines, 2)?;
    writeln!(out)?;
    let anniversary = ledger.anniversary.map_or_else(|| "not known yet".to_owned(), |day| day.to_string());
    writeln!(out, "level {}, next anniversary {anniversary}", ledger.level.name())
}

/// Columns as wide as their widest cell: the first so many to the start, the others to the end.
pub(super) fn columns<const N: usize>(out: &mut dyn Write, lines: &[[String; N]], to_start: usize) -> Result<()> {
    let mut widths = [0_usize; N];
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for line in lines {
        let mut text = String::new();
        for (index, (width, cell)) in widths.iter().zip(line).enumerate() {
            let padding = " ".repeat(width.saturating_sub(cell.chars().count()));
            if index > 0 {
                text.push_str("  ");
            }
            if index < to_start {
                text.push_str(cell);
                text.push_str(&padding);
            } else {
                text.push_str(&padding);
                text.push_str(cell);
            }
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}

fn file(out: &mut dyn Write, file: &FileReport, words: &impl Words) -> Result<()> {
    let kind = words.say(&file.kind.title());
    writeln!(out, "{} ({kind}): {} rows, {} left out", file.name, plain_number(file.rows.into()), file.left_out)?;
    if let Some(integrity) = &file.integrity {
        let signature = serde_json::to_value(integrity.signature).ok();
        let signature = signature.as_ref().and_then(|status| status.as_str()).unwrap_or_default();
        writeln!(out, "  signature of the checksums: {signature}")?;
        if let Some(key) = &integrity.key_fingerprint {
            writeln!(out, "  public key (SHA-256): {key}")?;
        }
        for (name, status) in &integrity.files {
            let status = serde_json::to_value(status).ok();
            let status = status.as_ref().and_then(|status| status.as_str()).unwrap_or_default().replace('_', " ");
            writeln!(out, "  {status:<10}  {name}")?;
        }
    }
    for check in &file.health {
        let mark = match check.status {
            crate::model::assessment::HealthStatus::Good => "ok  ",
            crate::model::assessment::HealthStatus::Weak => "weak",
            crate::model::assessment::HealthStatus::Unknown => "?   ",
        };
        let title = words.say(&Message::keyed(format!("health.{}", check.check)));
        writeln!(out, "  {mark}  {title}: {}", words.say(&check.finding))?;
    }
    Ok(())
}

pub(super) fn import(out: &mut dyn Write, report: &FileReport, issues: &[Issue], words: &impl Words) -> Result<()> {
    file(out, report, words)?;
    for (header, field) in &report.columns {
        writeln!(out, "  {header} -> {}", field.as_deref().unwrap_or("(kept, not used)"))?;
    }
    for found in issues {
        writeln!(out, "{}", issue(found, words))?;
    }
    Ok(())
}
