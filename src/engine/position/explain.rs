//! How a position comes about: its lines, its packs, what is needed.

use rust_decimal::Decimal;

use super::Rights;
use super::aliases::Aliases;
use super::lines::kind_name;
use super::platforms::platform_name;
use super::shown::unit;
use crate::engine::Quantity;
use crate::engine::steps::step;
use crate::model::derivation::{Derivation, Input, Operation, Unit};
use crate::model::entitlement::{Alias, Entitlement};
use crate::model::flexible::{Draw, Pool};
use crate::model::message::Message;
use crate::model::metric;
use crate::model::position::{Cover, Covering, Grant, KindFrom, LineStatus, Needed, Position, ProductPosition};
use crate::rules::rights;

/// How what is needed, what is entitled, or a balance comes about. `demand` is the derivation of what the estate needs,
/// whatever covers it (see [`super::ShownDemand::explain`]): of sub-capacity, or of full capacity for
/// [`Quantity::FullCapacity`] and [`Quantity::FullBalance`]; without it what the row says is given. What is not known
/// is explained like what is. `None` when the position has no such number.
pub fn explain(
    rights: Rights<'_>,
    position: &Position,
    product: &ProductPosition,
    quantity: Quantity,
    demand: Option<Derivation>,
) -> Option<Derivation> {
    let full = match quantity {
        Quantity::Entitled => return Some(explain_entitled(rights, position, product)),
        Quantity::SubCapacity | Quantity::Balance => false,
        Quantity::FullCapacity | Quantity::FullBalance => true,
        Quantity::Unbundled => return explain_unbundled(rights, position, product, false, demand),
        Quantity::Difference | Quantity::Recoverable => return None,
    };
    let demand = explain_demand(position, product, product.unbundled.or(product.needed), full, demand);
    let needed = explain_needed(position, product, full, demand);
    if matches!(quantity, Quantity::SubCapacity | Quantity::FullCapacity) {
        return Some(needed);
    }
    let value = if full { product.full_balance() } else { product.balance() };
    Some(difference(rights, position, product, (full, value), needed))
}

/// How the balance would come about if nothing were covered, as an auditor may read it: against sub-capacity, or
/// against full capacity. `demand` is the derivation of what the estate needs. `None` when covering changes nothing.
pub fn explain_unbundled(
    rights: Rights<'_>,
    position: &Position,
    product: &ProductPosition,
    full: bool,
    demand: Option<Derivation>,
) -> Option<Derivation> {
    let demand = explain_demand(position, product, Some(product.unbundled?), full, demand);
    let value = if full { product.unbundled_full_balance() } else { product.unbundled_balance() };
    let mut derivation = difference(rights, position, product, (full, value), demand);
    derivation.notes.push(Message::new("note.unbundled"));
    Some(derivation)
}

/// Entitled less needed, against full capacity or sub-capacity.
fn difference(
    rights: Rights<'_>,
    position: &Position,
    product: &ProductPosition,
    (full, value): (bool, Option<Decimal>),
    needed: Derivation,
) -> Derivation {
    let label = Message::new(if full { "label.full_balance" } else { "label.balance" });
    let label = label.with("product", product.product.as_str());
    let mut derivation = step(label, value, unit(&product.metric), Operation::Difference, rights::position());
    derivation.children = vec![explain_usable(rights, position, product, full, needed.value), needed];
    derivation
}

/// What is entitled and can be used: all of it, less what is for platforms on which less is needed.
fn explain_usable(
    rights: Rights<'_>,
    position: &Position,
    product: &ProductPosition,
    full: bool,
    needed: Option<Decimal>,
) -> Derivation {
    let entitled = explain_entitled(rights, position, product);
    let quantity = needed.and_then(|needed| u64::try_from(needed).ok());
    let needed = Needed { sub_capacity: quantity, full_capacity: quantity, found: true };
    let aside = product.left_aside(needed, full);
    if aside.is_zero() {
        return entitled;
    }
    let unit = unit(&product.metric);
    let label = |key| Message::new(key).with("product", product.product.as_str());
    let mut left = step(label("label.left_aside"), Some(aside), unit.clone(), Operation::Given, rights::platform());
    for one in &product.platforms {
        let at = product.at(full).iter().filter(|(index, _)| one.platform.covers(*index));
        let there = at.fold(0_u64, |sum, (_, quantity)| sum.saturating_add(quantity));
        let note = Message::new("note.for_platform").with("platform", platform_name(one.platform));
        left.notes.push(note.with("units", one.units).with("needed", there));
    }
    let value = Some(product.entitled.saturating_sub(aside));
    let mut usable = step(label("label.usable"), value, unit, Operation::Difference, rights::platform());
    usable.children = vec![entitled, left];
    usable
}

/// What a line says of its kind, its platform and its use, where that is more than its part says.
fn notes(grant: &Grant) -> Vec<Message> {
    let from = match grant.kind_from {
        KindFrom::Line => Some("note.kind_by_line"),
        KindFrom::Words => Some("note.kind_by_words"),
        KindFrom::PartNumber => Some("note.kind_by_number"),
        KindFrom::Part | KindFrom::Nothing => None,
    };
    let kind = from.map(|key| Message::keyed(key).with("kind", kind_name(grant.kind)));
    let platform = grant.platform.map(|one| Message::new("note.platform").with("platform", platform_name(one)));
    let use_ = grant.non_production.then(|| Message::new("note.non_production"));
    [kind, platform, use_].into_iter().flatten().collect()
}

/// What the estate needs, whatever covers it: as the demand explains it, else as it was read.
fn explain_demand(
    position: &Position,
    product: &ProductPosition,
    needed: Option<Needed>,
    full: bool,
    demand: Option<Derivation>,
) -> Derivation {
    // What the files do not name stands beside a pool as nothing.
    let demand = demand.filter(|_| needed.is_none_or(|needed| needed.found));
    // The bundle of a pool on which nothing draws needs nothing, whatever no file measures.
    let value = needed.and_then(|needed| capacity(needed, full)).map(Decimal::from);
    let idle = |demand: &Derivation| demand.value.is_none() && value.is_some() && pool_of(position, product).is_some();
    let demand = demand.filter(|demand| !idle(demand));
    demand.unwrap_or_else(|| {
        let mut given = given_need(product, needed.and_then(|needed| capacity(needed, full)));
        if needed.is_some_and(|needed| !needed.found) {
            given.notes.push(Message::new("note.not_found_in_files"));
        }
        given
    })
}

/// What is needed of the product's own entitlement: nothing when a principal covers it; for a principal, more by what
/// it covers and what counts.
fn explain_needed(position: &Position, product: &ProductPosition, full: bool, demand: Derivation) -> Derivation {
    let unit = unit(&product.metric);
    let label = Message::new("label.needed").with("product", product.product.as_str());
    let value = product.needed.and_then(|needed| capacity(needed, full)).map(Decimal::from);
    if let Some(cover) = &product.covered_by {
        let rule = match cover.covering {
            Covering::Principal => rights::covered(),
            Covering::Pool => rights::pooled(),
        };
        let mut needed = step(label.clone(), Some(Decimal::ZERO), unit.clone(), Operation::Given, rule);
        if !cover.reason.is_empty() {
            needed.notes.push(Message::new("note.covered").with("reason", cover.reason.as_str()));
        }
        if demand.value.is_some() {
            needed.operation = Operation::Difference;
            let covered = covered(product, cover, demand.value);
            needed.children = vec![demand, covered];
        }
        // What draws on it as a pool is needed of it all the same.
        let pool = pool_of(position, product).filter(|_| value != needed.value);
        return pool.map_or(needed.clone(), |pool| {
            let mut both = step(label, value, unit.clone(), Operation::Sum, rights::pooled());
            both.children = vec![needed, explain_pool(pool, unit, full)];
            both
        });
    }
    let counted = position.products.iter().filter(|one| {
        let of_it = |cover: &Cover| cover.counted && cover.name == product.product;
        one.metric == product.metric && one.covered_by.as_ref().is_some_and(of_it)
    });
    let counted = counted.filter_map(|one| {
        let value = one.unbundled.or(one.needed).and_then(|needed| capacity(needed, full)).map(Decimal::from);
        Some(covered(one, one.covered_by.as_ref()?, value))
    });
    let drawn = pool_of(position, product).map(|pool| explain_pool(pool, unit.clone(), full));
    let rule = if drawn.is_some() { rights::pooled() } else { rights::counted() };
    // What a bundle needs beside its pool is a part of it; one on which nothing draws leaves that as it is.
    let beside = product.unbundled.map_or(demand.value == value, |own| own.found);
    let own = (drawn.is_none() || beside).then_some(demand);
    let mut parts: Vec<Derivation> = own.into_iter().chain(counted).chain(drawn).collect();
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let mut needed = step(label, value, unit, Operation::Sum, rule);
    needed.children = parts;
    needed
}

/// The pool that a row is the bundle of.
fn pool_of<'a>(position: &'a Position, product: &ProductPosition) -> Option<&'a Pool> {
    position.pools.iter().find(|pool| pool.bundle == product.product && pool.metric == product.metric)
}

/// What a principal covers of a product, with the line that says so.
fn covered(product: &ProductPosition, cover: &Cover, value: Option<Decimal>) -> Derivation {
    let (column, rule) = match cover.covering {
        Covering::Principal => ("principal", cover.rule.clone().unwrap_or_else(rights::covered_by_word)),
        Covering::Pool => ("bundle", rights::pooled()),
    };
    let label = Message::new("label.covered").with("product", product.product.as_str());
    let label = label.with("principal", cover.name.as_str());
    let mut covered = step(label, value, unit(&product.metric), Operation::Given, rule);
    let (file, value) = (cover.file.clone(), cover.name.clone());
    covered.inputs.push(Input { file, row: cover.row, column: column.into(), value });
    covered
}

/// What the components of a pool draw: each what it needs times its points, all added and rounded up once.
pub(super) fn explain_pool(pool: &Pool, unit: Unit, full: bool) -> Derivation {
    let needed = if full { pool.full_capacity } else { pool.sub_capacity };
    let label = Message::new("label.pool_points").with("bundle", pool.bundle.as_str());
    let value = needed.map(Decimal::from);
    let mut together = step(label, value, unit.clone(), Operation::SumRoundedUp, rights::pool_points());
    together.children = pool.draws.iter().map(|draw| explain_draw(draw, unit.clone(), full)).collect();
    together
}

fn explain_draw(draw: &Draw, unit: Unit, full: bool) -> Derivation {
    let (needed, drawn) =
        if full { (draw.full_capacity, draw.full_points()) } else { (draw.sub_capacity, draw.sub_points()) };
    let named = |label: &'static str| Message::new(label).with("product", draw.component.as_str());
    let of_it = super::shown::unit(&draw.metric);
    let mut need = step(named("label.needed"), needed, of_it, Operation::Given, rights::needed());
    if needed.is_none() {
        need.notes.push(Message::new("note.not_measured").with("metric", metric::written(&draw.metric)));
    }
    let mut points = step(named("label.points"), draw.points, Unit::Units, Operation::Given, rights::points());
    let (file, value) = (draw.file.clone(), draw.points.map_or_else(String::new, |points| points.to_string()));
    points.inputs.push(Input { file, row: draw.row, column: "points".into(), value });
    if draw.points.is_none() {
        points.notes.push(Message::new("note.points_missing"));
    }
    let mut product = step(named("label.draw"), drawn, unit, Operation::Product, rights::pool_points());
    product.children = vec![need, points];
    product
}

fn given_need(product: &ProductPosition, value: Option<u64>) -> Derivation {
    let label = Message::new("label.needed").with("product", product.product.as_str());
    step(label, value.map(Decimal::from), unit(&product.metric), Operation::Given, rights::needed())
}

const fn capacity(needed: Needed, full: bool) -> Option<u64> {
    needed.of(full)
}

fn explain_entitled(rights: Rights<'_>, position: &Position, product: &ProductPosition) -> Derivation {
    let unit = unit(&product.metric);
    let label = Message::new("label.entitled").with("product", product.product.as_str());
    let mut derivation = step(label, Some(product.entitled), unit.clone(), Operation::Sum, rights::entitled());
    for (line, grant) in rights.ledger.iter().zip(&position.grants) {
        if (&grant.product, &grant.metric) != (&product.product, &product.metric) {
            continue;
        }
        if grant.standing == LineStatus::Counts {
            derivation.children.push(rights.explain_line(line, grant, unit.clone()));
        } else {
            let note = match grant.standing {
                LineStatus::SupportOnly | LineStatus::Counts => "note.support_only",
                LineStatus::OtherPlatform => "note.other_platform",
                LineStatus::Ended => "note.term_ended",
                LineStatus::NotYet => "note.not_yet",
            };
            derivation.notes.push(Message::new(note).with("row", line.row).with("units", grant.units));
            derivation.notes.extend(notes(grant));
        }
    }
    if derivation.children.is_empty() {
        derivation.operation = Operation::Given;
        derivation.notes.push(Message::new("note.nothing_entitled"));
    }
    derivation
}

impl Rights<'_> {
    fn explain_line(&self, line: &Entitlement, grant: &Grant, unit: Unit) -> Derivation {
        let input = Input {
            file: line.file.clone(),
            row: line.row,
            column: "quantity".into(),
            value: line.quantity.normalize().to_string(),
        };
        let label =
            Message::new("label.entitlement").with("part", line.part_number.as_str()).with("poe", line.poe.as_str());
        let given = |label, value, rule| step(label, Some(value), unit.clone(), Operation::Given, rule);
        let mut quantity = given(label, line.quantity, rights::quantity());
        quantity.inputs.push(input);
        for Alias { name, reason, .. } in Aliases::of(self.aliases).follow(self.owned_as(line)) {
            quantity.notes.push(Message::new("note.alias").with("name", name.as_str()).with("reason", reason.as_str()));
        }
        quantity.notes.extend(notes(grant));
        let Some(part) = self.part(line).filter(|_| grant.pack > 1) else { return quantity };
        let label = Message::new("label.entitlement_pack").with("part", part.number.as_str());
        let mut product = step(label, Some(grant.units), unit.clone(), Operation::Product, rights::pack());
        let pack = given(Message::new("label.pack"), grant.pack.into(), rights::part(part));
        product.children = vec![quantity, pack];
        product
    }
}
