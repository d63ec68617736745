//! Results as JSON, in the shapes that `docs/cli.md` describes. Quantities are numbers when whole and decimal strings
//! when not; what is unknown is null.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::engine::agreements::{Activity, AgreementOnDay};
use crate::engine::allocation::{self, Allocated};
use crate::engine::bundles::{Additional, BundleUse, ComponentUse};
use crate::engine::open_shift::{BundleCores, Cluster, Reconciliation};
use crate::engine::red_hat::{self, HeldSubscription};
use crate::engine::volume::merge::MergeComparison;
use crate::engine::volume::{OrderLedger, PricedOrder, Term};
use crate::model::agreement::{Allocation, Programme};
use crate::model::assessment::{Assessment, FileReport, ProductDemand};
use crate::model::derivation::{Derivation, RuleReference, Title};
use crate::model::entitlement::Entitlement;
use crate::model::flexible::{Draw, Pool};
use crate::model::issue::Issue;
use crate::model::message::{Message, Words};
use crate::model::period::Period;
use crate::model::platform::Platform;
use crate::model::position::{Grant, Position, ProductPosition};
use crate::rules::bundles::Ratio;
use crate::rules::pvu_table::PvuRow;
use crate::rules::{RateStatus, Rating};

/// An assessment.
pub fn assessment(assessment: &Assessment, words: &impl Words) -> Value {
    json!({
        "period": assessment.period.map(|period| json!({"from": period.from(), "to": period.to()})),
        "products": assessment.products.iter().map(product).collect::<Vec<_>>(),
        "cloud_paks": assessment.cloud_paks,
        "files": assessment.files.iter().map(file).collect::<Vec<_>>(),
        "issues": issues(&assessment.issues, words),
        "rules": {"table_date": assessment.table_date},
    })
}

fn product(product: &ProductDemand) -> Value {
    let regions: Vec<Value> = product
        .regions
        .iter()
        .map(|region| {
            json!({
                "region": region.region.name(),
                "sub_capacity": region.sub_capacity,
                "full_capacity": region.full_capacity,
                "peak_on": region.peak_on,
                "full_peak_on": region.full_peak_on,
            })
        })
        .collect();
    json!({
        "product": product.product,
        "metric": product.metric.name(),
        "sub_capacity": product.sub_capacity,
        "full_capacity": product.full_capacity,
        "peak_on": product.peak_on,
        "full_peak_on": product.full_peak_on,
        "regions": regions,
        "reported": product.reported,
        "reported_on": product.reported_on,
        "difference": product.difference(),
        "excluded": product.excluded,
        "recoverable": product.recoverable.map(|range| json!({"low": range.low, "high": range.high})),
        "basis": product.basis,
    })
}

fn file(file: &FileReport) -> Value {
    let mut shape = Map::new();
    shape.insert("name".to_owned(), json!(file.name));
    shape.insert("kind".to_owned(), json!(file.kind.name()));
    shape.insert("rows".to_owned(), json!(file.rows));
    shape.insert("left_out".to_owned(), json!(file.left_out));
    if let Some(integrity) = &file.integrity {
        let files: Map<String, Value> =
            integrity.files.iter().map(|(name, status)| (name.clone(), json!(status))).collect();
        shape.insert("integrity".to_owned(), Value::Object(files));
        shape.insert("signature".to_owned(), json!(integrity.signature));
        shape.insert("key_fingerprint".to_owned(), json!(integrity.key_fingerprint));
    }
    Value::Object(shape)
}

/// Issues with their sentences.
pub fn issues(issues: &[Issue], words: &impl Words) -> Vec<Value> {
    issues
        .iter()
        .map(|issue| {
            json!({
                "file": issue.file,
                "row": issue.row,
                "column": issue.column,
                "code": issue.code,
                "severity": issue.severity,
                "message": words.say(&issue.message()),
            })
        })
        .collect()
}

/// What was made of one file.
pub fn import(report: &FileReport, found: &[Issue], words: &impl Words) -> Value {
    let columns: Vec<Value> =
        report.columns.iter().map(|(header, field)| json!({"header": header, "field": field})).collect();
    json!({
        "file": report.name,
        "kind": report.kind.name(),
        "language": report.language,
        "rows": report.rows,
        "taken": report.rows.saturating_sub(report.left_out),
        "left_out": report.left_out,
        "columns": columns,
        "issues": issues(found, words),
    })
}

/// A rate and how it was found.
pub fn rating(rating: &Rating, notes: &[Message], words: &impl Words) -> Value {
    let rule = rating.row.map(PvuRow::rule);
    json!({
        "pvu_per_core": rating.pvu_per_core,
        "status": rating.status,
        "row": rating.row.filter(|_| rating.status != RateStatus::Fallback).map(row),
        "confidence": rule.as_ref().map(|rule| rule.confidence),
        "source": rule.as_ref().map(|rule| rule.source.clone()),
        "since": rule.as_ref().and_then(|rule| rule.since),
        "candidates": rating.candidates.iter().map(|candidate| row(candidate)).collect::<Vec<_>>(),
        "notes": notes.iter().chain(&rating.notes).map(|note| words.say(note)).collect::<Vec<_>>(),
    })
}

fn row(row: &PvuRow) -> Value {
    let sockets = row.sockets_text();
    json!({
        "vendor": row.vendor,
        "family": row.family,
        "models": row.models,
        "sockets": sockets,
        "pvu_per_core": row.pvu_per_core,
    })
}

/// What is known of bundles.
#[derive(Clone, Copy, Debug)]
pub struct BundleReport<'a> {
    /// What their components use.
    pub uses: &'a [BundleUse],
    /// What comes with them against the cores of clusters; `None` when no cores were given.
    pub clusters: Option<&'a Reconciliation>,
    /// The subscriptions of Red Hat; `None` when none were given.
    pub red_hat: Option<&'a red_hat::SubscriptionLedger>,
    /// What is wrong or worth knowing.
    pub issues: &'a [Issue],
}

/// Bundles, what their components use of them, and the cores that come with them.
pub fn bundles(answer: &BundleReport<'_>, words: &impl Words) -> Value {
    let component = |one: &ComponentUse| {
        json!({
            "component": one.component,
            "environment": one.environment.name(),
            "metric": one.metric,
            "quantity": quantity(one.quantity),
            "ratio": one.ratio().map(Ratio::text),
            "exact": one.exact.map(|exact| exact.to_string()),
            "contribution": one.contribution,
            "source": one.conversion.map(|row| row.source.as_str()),
            "as_of": one.conversion.map(|row| row.as_of.as_str()),
            "note": one.note(),
        })
    };
    let bundle = |one: &BundleUse| {
        json!({
            "bundle": one.bundle,
            "version": one.version,
            "unit": Some(one.unit.as_str()).filter(|unit| !unit.is_empty()),
            "total": one.total,
            "reasons": one.reasons().iter().map(|reason| words.say(reason)).collect::<Vec<_>>(),
            "rounding": one.rounding.name(),
            "openshift": one.open_shift,
            "additional": one.additional().iter().map(additional).collect::<Vec<_>>(),
            "components": one.components.iter().map(component).collect::<Vec<_>>(),
        })
    };
    json!({
        "bundles": answer.uses.iter().map(bundle).collect::<Vec<_>>(),
        "clusters": answer.clusters.map(clusters),
        "red_hat": answer.red_hat.map(|ledger| red_hat(ledger, answer.clusters)),
        "issues": issues(answer.issues, words),
    })
}

/// An entitlement of another program that comes on top of a bundle.
fn additional(one: &Additional) -> Value {
    json!({
        "entitlement": one.row.entitlement,
        "metric": one.row.metric,
        "quantity": one.quantity.map(quantity),
        "source": one.row.source,
        "as_of": one.row.as_of,
        "note": Some(one.row.note.as_str()).filter(|note| !note.is_empty()),
    })
}

/// What comes with bundles against the cores of clusters.
fn clusters(found: &Reconciliation) -> Value {
    let bundle = |one: &BundleCores| {
        json!({
            "bundle": one.bundle,
            "granted": one.granted,
            "used": quantity(one.used),
            "covered": one.covered().map(quantity),
            "uncovered": one.uncovered().map(quantity),
            "unused": one.unused().map(quantity),
        })
    };
    let cluster = |one: &Cluster| json!({"cluster": one.cluster, "of_bundles": quantity(one.of_bundles), "other": quantity(one.other)});
    json!({
        "bundles": found.bundles.iter().map(bundle).collect::<Vec<_>>(),
        "clusters": found.clusters.iter().map(cluster).collect::<Vec<_>>(),
        "other": quantity(found.other),
        "uncovered": found.uncovered().map(quantity),
    })
}

/// The subscriptions of Red Hat that are in force, and how far they go.
fn red_hat(ledger: &red_hat::SubscriptionLedger, clusters: Option<&Reconciliation>) -> Value {
    let held = |one: &HeldSubscription| json!({"product": one.product, "unit": one.unit.name(), "quantity": quantity(one.quantity)});
    json!({
        "held": ledger.held.iter().map(held).collect::<Vec<_>>(),
        "standings": ledger.standings,
        "openshift_cores": ledger.open_shift_cores.map(quantity),
        "balance": ledger.balance(clusters.and_then(Reconciliation::uncovered)).map(quantity),
    })
}

/// What is known of rights.
#[derive(Clone, Copy, Debug)]
pub struct RightsReport<'a> {
    /// The position.
    pub position: &'a Position,
    /// The ledger behind it.
    pub ledger: &'a [Arc<Entitlement>],
    /// To whom rights are given.
    pub allocations: &'a [Allocation],
    /// What is held of these.
    pub allocated: &'a Allocated,
    /// The assessed period.
    pub period: Option<Period>,
    /// What is wrong or worth knowing.
    pub issues: &'a [Issue],
}

/// The position, the ledger behind it, and to whom its rights are given.
pub fn position(answer: &RightsReport<'_>, words: &impl Words) -> Value {
    let position = answer.position;
    let product = |one: &ProductPosition| {
        json!({
            "product": one.product,
            "metric": one.metric,
            "entitled": quantity(one.entitled),
            "sub_capacity": one.needed.and_then(|needed| needed.sub_capacity),
            "full_capacity": one.needed.and_then(|needed| needed.full_capacity),
            "found": one.needed.is_some_and(|needed| needed.found),
            "reasons": one.reasons.iter().map(|reason| words.say(reason)).collect::<Vec<_>>(),
            "balance": {
                "sub_capacity": one.balance().map(quantity),
                "full_capacity": one.full_balance().map(quantity),
            },
            "other_platform": {
                "sub_capacity": quantity(aside(one, false)),
                "full_capacity": quantity(aside(one, true)),
            },
            "non_production": quantity(one.non_production),
            "supported": one.supported.map(quantity),
            "support_not_stated": quantity(one.support_not_stated),
            "covered_by": one.covered_by.as_ref().map(|cover| cover.name.as_str()),
            "unbundled": unbundled(one),
        })
    };
    let line = |(line, grant): (&Arc<Entitlement>, &Grant)| {
        json!({
            "file": line.file,
            "row": line.row,
            "part_number": line.part_number,
            "product": grant.product,
            "metric": grant.metric,
            "quantity": quantity(line.quantity),
            "pack": grant.pack,
            "entitled": quantity(grant.units),
            "standing": grant.standing,
            "kind": grant.kind,
            "kind_from": grant.kind_from,
            "platform": grant.platform.map(Platform::name),
            "non_production": grant.non_production,
            "poe": line.poe,
        })
    };
    let allocation = |(line, held): (&Allocation, &Option<allocation::HeldQuantity>)| {
        json!({
            "file": line.file,
            "row": line.row,
            "product": line.product,
            "metric": line.metric,
            "site": line.site,
            "department": line.department,
            "quantity": quantity(line.quantity),
            "held": held.map(|held| quantity(held.quantity)),
        })
    };
    json!({
        "period": answer.period.map(|period| json!({"from": period.from(), "to": period.to()})),
        "on": position.on,
        "products": position.products.iter().map(product).collect::<Vec<_>>(),
        "pools": position.pools.iter().map(pool).collect::<Vec<_>>(),
        "entitlements": answer.ledger.iter().zip(&position.grants).map(line).collect::<Vec<_>>(),
        "allocations": answer.allocations.iter().zip(&answer.allocated.lines).map(allocation).collect::<Vec<_>>(),
        "issues": issues(answer.issues, words),
    })
}

/// What of a product is left aside in a balance: rights for platforms on which less is needed.
fn aside(one: &ProductPosition, full: bool) -> Decimal {
    one.needed.map_or(Decimal::ZERO, |needed| one.left_aside(needed, full))
}

/// The position of a product if nothing were covered, and by how much its balances differ; null where nothing does.
fn unbundled(one: &ProductPosition) -> Option<Value> {
    let needed = one.unbundled?;
    let (sub_capacity, full_capacity) = (one.unbundled_balance(), one.unbundled_full_balance());
    let less = |one: Option<Decimal>, other: Option<Decimal>| Some(quantity(one? - other?));
    Some(json!({
        "sub_capacity": needed.sub_capacity,
        "full_capacity": needed.full_capacity,
        "balance": {"sub_capacity": sub_capacity.map(quantity), "full_capacity": full_capacity.map(quantity)},
        "difference": {
            "sub_capacity": less(sub_capacity, one.balance()),
            "full_capacity": less(full_capacity, one.full_balance()),
        },
    }))
}

/// The pool of a Flexible Bundle.
fn pool(pool: &Pool) -> Value {
    let draw = |draw: &Draw| {
        json!({
            "component": draw.component,
            "metric": draw.metric,
            "points": draw.points.map(quantity),
            "sub_capacity": draw.sub_capacity.map(quantity),
            "full_capacity": draw.full_capacity.map(quantity),
            "drawn": {
                "sub_capacity": draw.sub_points().map(quantity),
                "full_capacity": draw.full_points().map(quantity),
            },
            "room": draw.room,
            "file": draw.file,
            "row": draw.row,
        })
    };
    json!({
        "bundle": pool.bundle,
        "metric": pool.metric,
        "entitled": quantity(pool.entitled),
        "sub_capacity": pool.sub_capacity,
        "full_capacity": pool.full_capacity,
        "balance": {
            "sub_capacity": pool.balance().map(quantity),
            "full_capacity": pool.full_balance().map(quantity),
        },
        "components": pool.draws.iter().map(draw).collect::<Vec<_>>(),
    })
}

/// Agreements as they stand.
pub fn agreements(agreements: &[AgreementOnDay], found: &[Issue], words: &impl Words) -> Value {
    let agreement = |one: &AgreementOnDay| {
        json!({
            "agreement": one.agreement,
            "customer": one.customer,
            "programme": one.programme.map(Programme::name),
            "country": one.country,
            "sites": one.sites,
            "anniversary": one.anniversary,
            "level": one.level.name(),
            "points": quantity(one.points),
            "first_order": one.first_order,
            "last_order": one.last_order,
            "inactive_on": one.inactive_on,
            "status": one.activity.map(Activity::name),
        })
    };
    json!({
        "agreements": agreements.iter().map(agreement).collect::<Vec<_>>(),
        "issues": issues(found, words),
    })
}

/// Orders and terms with their levels.
pub fn ledger(ledger: &OrderLedger, found: &[Issue], words: &impl Words) -> Value {
    let mut shape = levels(ledger);
    shape.insert("issues".to_owned(), json!(issues(found, words)));
    Value::Object(shape)
}

/// The ledger of an agreement, with what it would be once another one is merged into it.
pub fn merge(merge: &MergeComparison, found: &[Issue], words: &impl Words) -> Value {
    let MergeComparison { alone: [kept, other], merged } = merge;
    let mut after = levels(merged);
    after.insert("before".to_owned(), json!([kept.ledger.level.name(), other.ledger.level.name()]));
    after.insert("change".to_owned(), json!([kept.change.name(), other.change.name()]));
    let mut shape = levels(&kept.ledger);
    shape.insert("merged".to_owned(), Value::Object(after));
    shape.insert("issues".to_owned(), json!(issues(found, words)));
    Value::Object(shape)
}

fn levels(ledger: &OrderLedger) -> Map<String, Value> {
    let order = |order: &PricedOrder| {
        json!({
            "date": order.date,
            "site": order.site,
            "points": quantity(order.points),
            "svp": order.svp.name(),
            "rsvp": order.rsvp.name(),
            "applied": order.applied.name(),
        })
    };
    let term = |term: &Term| {
        json!({
            "start": term.start,
            "end": term.end,
            "points": quantity(term.points),
            "earned": term.earned.name(),
            "after_reset": term.after_reset.name(),
        })
    };
    let mut shape = Map::new();
    shape.insert("orders".to_owned(), ledger.orders.iter().map(order).collect());
    shape.insert("terms".to_owned(), ledger.terms.iter().map(term).collect());
    shape.insert("level".to_owned(), json!(ledger.level.name()));
    shape.insert("anniversary".to_owned(), json!(ledger.anniversary));
    shape
}

/// A derivation.
pub fn derivation(node: &Derivation, words: &impl Words) -> Value {
    json!({
        "label": words.say(&node.label),
        "value": node.value.map(quantity),
        "unit": node.unit,
        "operation": node.operation,
        "rule": rule(&node.rule, words),
        "inputs": node.inputs,
        "notes": node.notes.iter().map(|note| words.say(note)).collect::<Vec<_>>(),
        "children": node.children.iter().map(|child| derivation(child, words)).collect::<Vec<_>>(),
    })
}

/// A rule with its title in words.
fn rule(rule: &RuleReference, words: &impl Words) -> Value {
    json!({
        "id": rule.id,
        "title": title(&rule.title, words),
        "source": rule.source,
        "since": rule.since,
        "confidence": rule.confidence,
    })
}

/// The title of a rule in words.
pub fn title(title: &Title, words: &impl Words) -> String {
    match title {
        Title::Key(key) => words.say(&Message::keyed(key.clone())),
        Title::Words(text) => text.clone(),
    }
}

/// A number when whole, else a decimal string.
pub fn quantity(number: Decimal) -> Value {
    let number = number.normalize();
    match i64::try_from(number) {
        Ok(whole) if number.is_integer() => json!(whole),
        _ => json!(number.to_string()),
    }
}
