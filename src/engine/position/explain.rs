//! How a position comes about: its lines, its packs, what is needed.

use rust_decimal::Decimal;

use super::Rights;
use crate::engine::Quantity;
use crate::engine::steps::{self, step};
use crate::model::derivation::{Derivation, Input, Operation, Unit};
use crate::model::entitlement::{Alias, Entitlement};
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::position::{Grant, Position, ProductPosition, Standing};
use crate::rules::rights;

/// How what is entitled, or a balance, comes about. `demand` is the derivation of what is needed: of sub-capacity, or
/// of full capacity for [`Quantity::FullBalance`]. `None` when the position has no such number.
pub fn explain(
    rights: Rights<'_>,
    position: &Position,
    product: &ProductPosition,
    quantity: Quantity,
    demand: Option<Derivation>,
) -> Option<Derivation> {
    let entitled = explain_entitled(rights, position, product);
    let (label, value, needed) = match quantity {
        Quantity::Entitled => return Some(entitled),
        Quantity::Balance => ("label.balance", product.balance(), product.needed?.sub_capacity),
        Quantity::FullBalance => ("label.full_balance", product.full_balance(), product.needed?.full_capacity),
        Quantity::SubCapacity | Quantity::FullCapacity | Quantity::Difference | Quantity::Recoverable => return None,
    };
    let unit = unit(&product.metric);
    let label = Message::new(label).with("product", product.product.as_str());
    let mut derivation = step(label, value, unit, Operation::Difference, rights::position());
    let demand = demand.unwrap_or_else(|| {
        let label = Message::new("label.needed").with("product", product.product.as_str());
        let mut given = step(label, needed.map(Decimal::from), unit, Operation::Given, rights::needed());
        if product.needed.is_some_and(|needed| !needed.found) {
            given.notes.push(Message::new("note.not_found_in_files"));
        }
        given
    });
    derivation.children = vec![entitled, demand];
    Some(derivation)
}

fn explain_entitled(rights: Rights<'_>, position: &Position, product: &ProductPosition) -> Derivation {
    let unit = unit(&product.metric);
    let label = Message::new("label.entitled").with("product", product.product.as_str());
    let mut derivation = step(label, Some(product.entitled), unit, Operation::Sum, rights::entitled());
    for (line, grant) in rights.ledger.iter().zip(&position.grants) {
        if (&grant.product, &grant.metric) != (&product.product, &product.metric) {
            continue;
        }
        if grant.standing == Standing::Counts {
            derivation.children.push(rights.explain_line(line, grant, unit));
        } else {
            let note = match grant.standing {
                Standing::SupportOnly | Standing::Counts => "note.support_only",
                Standing::Ended => "note.term_ended",
                Standing::NotYet => "note.not_yet",
            };
            derivation.notes.push(Message::new(note).with("row", line.row).with("units", grant.units));
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
        let given = |label, value, rule| step(label, Some(value), unit, Operation::Given, rule);
        let mut quantity = given(label, line.quantity, rights::quantity());
        quantity.inputs.push(input);
        if let Some(Alias { name, reason, .. }) = self.alias(line) {
            quantity.notes.push(Message::new("note.alias").with("name", name.as_str()).with("reason", reason.as_str()));
        }
        let Some(part) = self.part(line).filter(|_| grant.pack > 1) else { return quantity };
        let label = Message::new("label.entitlement_pack").with("part", part.number.as_str());
        let mut product = step(label, Some(grant.units), unit, Operation::Product, rights::pack());
        let pack = given(Message::new("label.pack"), grant.pack.into(), rights::part(part));
        product.children = vec![quantity, pack];
        product
    }
}

/// The unit of a metric, whatever it is.
fn unit(metric: &str) -> Unit {
    Metric::parse(metric).map_or(Unit::Units, steps::unit)
}
