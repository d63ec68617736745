//! How the numbers of a snapshot come about, cell by cell.

use rust_decimal::Decimal;

use super::checks::{cores_available, cores_wanted};
use super::evidence::Evidence;
use super::product::{FigureSource, Product, StatedServer, SummaryFigure};
use super::recoverable::{at_stake, prospect};
use super::{demand, references, series_explained};
use crate::engine::{Quantity, Settings, steps};
use crate::model::assessment::CloudPakUse;
use crate::model::derivation::{Derivation, Input, Operation, RuleReference, Unit};
use crate::model::message::Message;
use crate::model::metric::{self, Metric};
use crate::model::snapshot::{SnapshotColumn, SnapshotTable, TableKind, UsageRow};

/// One number of a product of one snapshot; `None` when there is no such number.
pub(super) fn explain(
    evidence: &Evidence<'_>,
    product: &Product<'_>,
    settings: &Settings,
    quantity: Quantity,
) -> Option<Derivation> {
    match (quantity, &product.source) {
        (Quantity::SubCapacity, FigureSource::Rows(_)) => Some(sub_capacity(evidence, product)),
        (Quantity::SubCapacity, FigureSource::Stated(stated)) => Some(as_stated(evidence, product, *stated)),
        (Quantity::SubCapacity, FigureSource::Series) => {
            Some(series_explained::peak(product, product.counted_series()?))
        }
        (Quantity::FullCapacity, FigureSource::Series) => {
            Some(series_explained::peak(product, product.full_series.as_ref()?))
        }
        (Quantity::FullCapacity, FigureSource::Rows(_)) => Some(full_capacity(evidence, product)),
        (Quantity::FullCapacity, FigureSource::Stated(stated)) => {
            let full = as_stated(evidence, product, *stated);
            Some(if stated.is_full { full } else { full_not_stated(product, full) })
        }
        (Quantity::Difference, _) => difference(evidence, product, settings),
        (Quantity::Recoverable, _) => recoverable(evidence, product),
        (Quantity::Entitled | Quantity::Balance | Quantity::FullBalance | Quantity::Unbundled, _) => None,
    }
}

/// The higher of the derivations of one group of computers in different periods, each with the name of its file.
pub(super) fn highest(of_periods: Vec<(&str, Derivation)>, product: &str) -> Option<Derivation> {
    let greatest = |values: &mut dyn Iterator<Item = Decimal>| values.max();
    combined(of_periods, product, Operation::Greatest, references::highest_period(), greatest)
}

/// The sum of the derivations of different computers.
pub(super) fn sum(of_groups: Vec<Derivation>, product: &str) -> Option<Derivation> {
    let add = |values: &mut dyn Iterator<Item = Decimal>| Some(values.fold(Decimal::ZERO, Decimal::saturating_add));
    let of_groups = of_groups.into_iter().map(|derivation| ("", derivation)).collect();
    combined(of_groups, product, Operation::Sum, references::snapshots_added(), add)
}

fn combined(
    mut parts: Vec<(&str, Derivation)>,
    product: &str,
    operation: Operation,
    rule: RuleReference,
    combine: fn(&mut dyn Iterator<Item = Decimal>) -> Option<Decimal>,
) -> Option<Derivation> {
    if parts.len() < 2 {
        return parts.pop().map(|(_, derivation)| derivation);
    }
    let values: Option<Vec<Decimal>> = parts.iter().map(|(_, derivation)| derivation.value).collect();
    let unit = parts.first().map_or(Unit::Pvu, |(_, derivation)| derivation.unit.clone());
    let value = values.and_then(|values| combine(&mut values.into_iter()));
    let mut whole = steps::step(label("snapshot.files_together", product), value, unit, operation, rule);
    for (file, mut derivation) in parts {
        if !file.is_empty() {
            derivation.notes.push(Message::new("snapshot.from_file").with("file", file));
        }
        whole.children.push(derivation);
    }
    Some(whole)
}

fn sub_capacity(evidence: &Evidence<'_>, product: &Product<'_>) -> Derivation {
    let counted = || product.servers().iter().filter(|server| server.counts());
    let value = counted().map(StatedServer::pvu).fold(0, u64::saturating_add);
    let rule = if counted().next().is_some() { references::servers_added() } else { references::excluded() };
    let mut total = pvu(label("snapshot.sub_capacity", product.name), value, Operation::Sum, rule);
    total.children = counted().map(|server| of_server(evidence, server)).collect();
    if let Some(table) = evidence.table(TableKind::Usage) {
        if let Some((_, row)) = product.reported() {
            let note = Message::new("snapshot.reported_on_row").with("row", row.line);
            total.notes.extend(row.peak_on.map(|day| note.with("day", day)));
        }
        for row in product.rows().filter(|row| row.exclusion.is_some()) {
            total.inputs.push(cell(evidence, table, row, SnapshotColumn::ExclusionComment));
            let reason = row.exclusion.zip(evidence.usage).map_or("", |(name, snapshot)| snapshot.text(name));
            total.notes.push(Message::new("snapshot.excluded_row").with("row", row.line).with("reason", reason));
        }
    }
    if let Some((quantity, day)) = product.daily_peak() {
        let note = if quantity == value { "snapshot.daily_confirms" } else { "snapshot.daily_says" };
        total.notes.push(Message::new(note).with("quantity", quantity).with("day", day));
    }
    if total.children.is_empty() {
        total.operation = Operation::Given;
    }
    total
}

/// The PVU of a server: its cores times their rate.
fn of_server(evidence: &Evidence<'_>, server: &StatedServer<'_>) -> Derivation {
    let rule = references::cores_times_rate();
    let label = Message::new("snapshot.server").with("server", server.name);
    let mut total = pvu(label, server.pvu(), Operation::Product, rule);
    total.children = vec![server_cores(evidence, server), rate(evidence, server)];
    if let Some(table) = evidence.table(TableKind::Usage) {
        total.inputs.push(cell(evidence, table, server.row, SnapshotColumn::PvuSubcapacity));
    }
    total
}

/// The cores of a server that count. Where the partitions and the limit lead to what ILMT states, they are shown.
fn server_cores(evidence: &Evidence<'_>, server: &StatedServer<'_>) -> Derivation {
    let stated = Message::new("snapshot.server_cores");
    let mut counted = cores(stated, server.row.cores.into(), Operation::Given, references::stated());
    let Some(table) = evidence.table(TableKind::Usage) else { return counted };
    counted.inputs.push(cell(evidence, table, server.row, SnapshotColumn::CoreSubcapacity));
    let partitions: Vec<Derivation> = server
        .partitions
        .iter()
        .filter_map(|row| {
            let name = row.computer.or(row.layer).zip(evidence.usage).map_or("", |(name, from)| from.text(name));
            let label = Message::new("snapshot.partition").with("partition", name);
            let mut derivation = cores(label, row.partition_cores?.get(), Operation::Given, references::stated());
            derivation.inputs.push(cell(evidence, table, row, SnapshotColumn::PartitionCores));
            Some(derivation)
        })
        .collect();
    match cores_wanted(server) {
        Some(wanted) if cores_available(server) == Some(server.row.cores) => {
            counted.rule = references::lower_of_both();
            counted.operation = Operation::Least;
            let label = Message::new("snapshot.partitions_want");
            let sum = if wanted.is_whole() { Operation::Sum } else { Operation::SumRoundedUp };
            let mut wants = cores(label, wanted.ceil().get(), sum, references::lower_of_both());
            wants.children = partitions;
            counted.children.push(wants);
            if let Some(limit) = server.row.core_limit {
                counted.children.push(core_limit(evidence, server, limit));
            }
        }
        _ => {
            counted.inputs.extend(partitions.into_iter().flat_map(|partition| partition.inputs));
            counted.notes.push(Message::new("snapshot.partitions_disagree"));
        }
    }
    counted
}

fn core_limit(evidence: &Evidence<'_>, server: &StatedServer<'_>, limit: u64) -> Derivation {
    let mut derivation =
        cores(Message::new("snapshot.server_limit"), limit.into(), Operation::Given, references::limit_at_peak());
    if let Some(table) = evidence.table(TableKind::Usage) {
        derivation.inputs.push(cell(evidence, table, server.row, SnapshotColumn::CoreLimit));
    }
    derivation
}

/// The rate of a server as ILMT states it.
fn rate(evidence: &Evidence<'_>, server: &StatedServer<'_>) -> Derivation {
    let rule = if server.row.host_known { references::stated() } else { references::host_unknown() };
    let value = Some(Decimal::from(server.row.pvu_per_core));
    let label = Message::new("snapshot.rate");
    let mut derivation = steps::step(label, value, Unit::PvuPerCore, Operation::Given, rule);
    if let Some(table) = evidence.table(TableKind::Usage) {
        for column in [
            SnapshotColumn::PvuPerCore,
            SnapshotColumn::Processor,
            SnapshotColumn::ProcessorBrand,
            SnapshotColumn::Comment,
        ] {
            let input = cell(evidence, table, server.row, column);
            if !input.value.is_empty() {
                derivation.inputs.push(input);
            }
        }
    }
    if !server.row.host_known {
        derivation.notes.push(Message::new("snapshot.rate_host_unknown"));
    }
    if server.row.rate_changed == Some(true) {
        derivation.notes.push(Message::new("snapshot.rate_changed"));
    }
    derivation
}

fn full_capacity(evidence: &Evidence<'_>, product: &Product<'_>) -> Derivation {
    let mut children = Vec::new();
    let mut value = Some(0_u64);
    for server in product.servers().iter().filter(|server| server.counts()) {
        let full = server.full_pvu();
        value = value.zip(full).map(|(sum, full)| sum.saturating_add(full));
        let label = Message::new("snapshot.server").with("server", server.name);
        let total = full.map(Decimal::from);
        let mut of_server = steps::step(label, total, Unit::Pvu, Operation::Product, references::cores_times_rate());
        of_server.children.extend(server.row.core_limit.map(|limit| core_limit(evidence, server, limit)));
        of_server.children.push(rate(evidence, server));
        if full.is_none() {
            of_server.operation = Operation::Given;
            of_server.notes.push(Message::new("snapshot.limit_unknown"));
        }
        children.push(of_server);
    }
    let value = value.map(Decimal::from);
    let name = label("snapshot.full_capacity", product.name);
    let operation = if children.is_empty() { Operation::Given } else { Operation::Sum };
    let mut total = steps::step(name, value, Unit::Pvu, operation, references::limit_at_peak());
    total.notes.push(Message::new("snapshot.full_at_peak"));
    total.children = children;
    total
}

/// ILMT's own figure, for a product that has no rows.
fn as_stated(evidence: &Evidence<'_>, product: &Product<'_>, stated: SummaryFigure) -> Derivation {
    let name = label("snapshot.stated_quantity", product.name);
    let value = Some(Decimal::from(stated.quantity));
    let mut total = steps::step(name, value, steps::unit(product.metric), Operation::Given, references::stated());
    if let Some(table) = evidence.table(TableKind::Summary) {
        total.inputs.push(input(table, stated.line, SnapshotColumn::MetricQuantity, stated.quantity.to_string()));
    }
    total.notes.push(Message::new("snapshot.no_rows"));
    total
}

/// Full capacity of a product of which nothing but a figure at sub-capacity is stated.
fn full_not_stated(product: &Product<'_>, stated: Derivation) -> Derivation {
    let name = label("snapshot.full_capacity", product.name);
    let mut total = steps::step(name, None, steps::unit(product.metric), Operation::Given, references::limit_at_peak());
    total.notes.push(Message::new("note.full_not_stated"));
    total.inputs = stated.inputs;
    total
}

/// What ILMT reports of a Cloud Pak, or of a component of one.
pub(super) fn reported(pak: &CloudPakUse) -> Derivation {
    let name = label("snapshot.stated_quantity", &pak.product);
    let unit = Metric::parse(&metric::code(&pak.metric)).map_or(Unit::Units, steps::unit);
    let value = Some(Decimal::from(pak.quantity));
    let mut total = steps::step(name, value, unit, Operation::Given, references::stated());
    let (file, column) = (pak.file.clone(), pak.column.clone().into());
    total.inputs.push(Input { file, row: pak.row, column, value: pak.quantity.to_string() });
    total
}

fn difference(evidence: &Evidence<'_>, product: &Product<'_>, settings: &Settings) -> Option<Derivation> {
    let (demand, _) = demand::of(evidence, product, settings);
    let ours = explain(evidence, product, settings, Quantity::SubCapacity)?;
    let reported = Decimal::from(demand.reported?);
    let value = ours.value.map(|ours| ours.saturating_sub(reported));
    let mut theirs = Derivation { value: Some(reported), ..as_reported(evidence, product) };
    theirs.unit = ours.unit.clone();
    let name = label("snapshot.difference", product.name);
    let mut total = steps::step(name, value, ours.unit.clone(), Operation::Difference, references::difference());
    total.notes = demand.reasons;
    total.children = vec![ours, theirs];
    Some(total)
}

/// The cell in which ILMT states the quantity of a product.
fn as_reported(evidence: &Evidence<'_>, product: &Product<'_>) -> Derivation {
    if let (FigureSource::Series, Some(series)) = (&product.source, product.counted_series()) {
        return series_explained::peak(product, series);
    }
    let name = label("snapshot.stated_quantity", product.name);
    let mut theirs = pvu(name, 0, Operation::Given, references::stated());
    if let Some(((quantity, row), table)) = product.reported().zip(evidence.table(TableKind::Usage)) {
        theirs.inputs.push(input(table, row.line, SnapshotColumn::MetricQuantity, quantity.to_string()));
    } else if let Some(((quantity, line), table)) = product.summary.zip(evidence.table(TableKind::Summary)) {
        theirs.inputs.push(input(table, line, SnapshotColumn::MetricQuantity, quantity.to_string()));
    }
    theirs
}

/// What may fall away at best: what rests on unknown hosts now, less the same at the lowest tier of each processor.
fn recoverable(evidence: &Evidence<'_>, product: &Product<'_>) -> Option<Derivation> {
    let servers: Vec<&StatedServer<'_>> = at_stake(product.servers()).collect();
    if servers.is_empty() {
        return None;
    }
    let mut now = pvu(Message::new("snapshot.now"), 0, Operation::Sum, references::host_unknown());
    let mut best = pvu(Message::new("snapshot.at_best"), 0, Operation::Sum, references::lowest_tier());
    for server in servers {
        now.children.push(of_server(evidence, server));
        best.children.push(at_best(evidence, server));
    }
    for part in [&mut now, &mut best] {
        let values = part.children.iter().filter_map(|child| child.value);
        part.value = Some(values.fold(Decimal::ZERO, Decimal::saturating_add));
    }
    let value = now.value.zip(best.value).map(|(now, best)| now.saturating_sub(best));
    let name = label("snapshot.recoverable", product.name);
    let mut total = steps::step(name, value, Unit::Pvu, Operation::Difference, references::recoverable());
    total.notes.push(Message::new("snapshot.recoverable_how"));
    total.children = vec![now, best];
    Some(total)
}

fn at_best(evidence: &Evidence<'_>, server: &StatedServer<'_>) -> Derivation {
    let prospect = prospect(evidence, server);
    let value = Some(Decimal::from(prospect.best));
    let label = Message::new("snapshot.lowest_rate");
    let rule = prospect.rule.clone().unwrap_or_else(references::lowest_tier);
    let mut rate = steps::step(label, value, Unit::PvuPerCore, Operation::Given, rule);
    if let Some(table) = evidence.table(TableKind::Usage) {
        rate.inputs.push(cell(evidence, table, server.row, SnapshotColumn::ProcessorBrand));
    }
    if prospect.rule.is_none() {
        rate.notes.push(Message::new("snapshot.best_assumed").with("rate", prospect.best));
    }
    let label = Message::new("snapshot.server").with("server", server.name);
    let quantity = StatedServer::at_rate(server.row.cores, prospect.best);
    let mut total = pvu(label, quantity, Operation::Product, references::cores_times_rate());
    let counted = Message::new("snapshot.server_cores");
    let mut counted = cores(counted, server.row.cores.into(), Operation::Given, references::stated());
    if let Some(table) = evidence.table(TableKind::Usage) {
        counted.inputs.push(cell(evidence, table, server.row, SnapshotColumn::CoreSubcapacity));
    }
    total.children = vec![counted, rate];
    total
}

pub(super) fn label(key: &'static str, product: &str) -> Message {
    Message::new(key).with("product", product)
}

fn pvu(label: Message, value: u64, operation: Operation, rule: RuleReference) -> Derivation {
    steps::step(label, Some(value.into()), Unit::Pvu, operation, rule)
}

fn cores(label: Message, value: Decimal, operation: Operation, rule: RuleReference) -> Derivation {
    steps::step(label, Some(value), Unit::Cores, operation, rule)
}

/// A cell of a row as it was read.
fn cell(evidence: &Evidence<'_>, table: &SnapshotTable, row: &UsageRow, column: SnapshotColumn) -> Input {
    let text = |name: Option<_>| name.zip(evidence.usage).map_or("", |(name, from)| from.text(name)).to_owned();
    let number = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    let values = [
        (SnapshotColumn::CoreSubcapacity, row.cores.to_string()),
        (SnapshotColumn::CoreLimit, number(row.core_limit)),
        (SnapshotColumn::PvuPerCore, row.pvu_per_core.to_string()),
        (SnapshotColumn::PvuSubcapacity, number(row.pvu)),
        (SnapshotColumn::PartitionCores, row.partition_cores.map_or_else(String::new, |cores| cores.get().to_string())),
        (SnapshotColumn::Processor, text(row.processor)),
        (SnapshotColumn::ProcessorBrand, text(row.brand)),
        (SnapshotColumn::Comment, text(row.comment)),
        (SnapshotColumn::ExclusionComment, text(row.exclusion)),
    ];
    let value = values.into_iter().find(|(known, _)| *known == column).map_or_else(String::new, |(_, value)| value);
    input(table, row.line, column, value)
}

pub(super) fn input(table: &SnapshotTable, line: u32, column: SnapshotColumn, value: String) -> Input {
    Input { file: table.file.clone(), row: line, column: table.header(column).to_owned().into(), value }
}
