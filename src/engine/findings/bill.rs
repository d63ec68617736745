//! What something is worth on the bill: what it costs now less what it would cost instead.

use rust_decimal::Decimal;

use crate::engine::renewal::{ChargeKind, CostItem, Costing};
use crate::engine::steps::step;
use crate::model::derivation::{Derivation, Operation, Unit};
use crate::model::message::Message;
use crate::model::money::Currency;
use crate::model::number;
use crate::rules::renewals;

/// What something costs now, and what it would cost instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bill {
    /// What it costs now.
    pub(super) now: Vec<CostItem>,
    /// What it would cost instead.
    pub(super) instead: Vec<CostItem>,
    /// How many lines are on neither, as nobody knows what they cost.
    pub(super) unknown: usize,
}

/// What something is worth, as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worth {
    /// An amount of money.
    Known {
        /// Its currency.
        currency: Currency,
        /// How much.
        amount: Decimal,
        /// Whether it comes again each year; else once.
        is_yearly: bool,
        /// How many lines are not in it, as nobody knows what they cost.
        unknown: usize,
    },
    /// Not known, and what is missing.
    Unknown(Message),
}

impl Bill {
    /// Whether nothing of it is on the bill.
    pub(super) const fn is_empty(&self) -> bool {
        self.now.is_empty() && self.instead.is_empty()
    }

    fn items(&self) -> impl Iterator<Item = &CostItem> {
        self.now.iter().chain(&self.instead)
    }

    /// What lines cost now and instead, as far as both are known; all of them where none is.
    pub(super) fn of_lines(lines: Vec<[CostItem; 2]>, costing: &Costing<'_>) -> Self {
        let is_known = |item: &CostItem| item.charge.amount.is_some() && !costing.is_of_lower_level(item);
        let all = lines.len();
        let (known, unknown): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|[now, instead]| is_known(now) && is_known(instead));
        let left_out = if known.is_empty() { 0 } else { all.saturating_sub(known.len()) };
        let lines = if known.is_empty() { unknown } else { known };
        let (now, instead) = lines.into_iter().map(|[now, instead]| (now, instead)).unzip();
        Self { now, instead, unknown: left_out }
    }

    /// What it would save.
    pub(super) fn worth(&self, costing: &Costing<'_>) -> Worth {
        if let Some(item) = self.items().find(|item| item.charge.amount.is_none()) {
            let missing = item.line.what_is_missing(&item.charge);
            return missing.map_or_else(|| unknown("note.amount_too_large"), Worth::Unknown);
        }
        if let Some(item) = self.items().find(|item| costing.is_of_lower_level(item)) {
            let part = item.charge.part.as_deref().unwrap_or_default();
            let missing = Message::new("note.level_price_missing").with("part", part);
            return Worth::Unknown(missing.with("level", item.charge.level.name()));
        }
        let mut currencies = self.items().map(|item| item.line.key.currency.0.as_ref());
        let first = currencies.next().flatten();
        let Some(currency) = first.filter(|first| currencies.all(|other| other == Some(*first))) else {
            return unknown("note.currencies_differ");
        };
        let difference = sum(&self.now).zip(sum(&self.instead)).and_then(|(now, instead)| number::sum(now, -instead));
        let Some(amount) = difference else { return unknown("note.amount_too_large") };
        let amount = currency.in_full(amount);
        let is_yearly = self.items().all(|item| matches!(item.charge.kind, ChargeKind::Renewal | ChargeKind::Term));
        Worth::Known { currency: currency.clone(), amount, is_yearly, unknown: self.unknown }
    }

    /// How that comes about.
    pub(super) fn explain(&self, label: Message, costing: &Costing<'_>) -> Derivation {
        let worth = self.worth(costing);
        let (unit, value) = match &worth {
            Worth::Known { currency, amount, .. } => (Unit::Money(currency.clone()), Some(*amount)),
            Worth::Unknown(_) => (Unit::Money(Currency::default()), None),
        };
        let side = |label, items: &[CostItem]| {
            let value = sum(items);
            let mut side = step(Message::new(label), value, unit.clone(), Operation::Sum, renewals::total());
            side.children = items.iter().map(|item| costing.explain(item)).collect();
            if items.is_empty() {
                side.operation = Operation::Given;
            }
            side
        };
        let now = side("label.costs_now", &self.now);
        let instead = side("label.costs_instead", &self.instead);
        let mut difference = step(label, value, unit.clone(), Operation::Difference, renewals::total());
        difference.children = vec![now, instead];
        match worth {
            Worth::Unknown(missing) => difference.notes.push(missing),
            Worth::Known { unknown: 0, .. } => {}
            Worth::Known { unknown, .. } => {
                difference.notes.push(Message::new("note.charges_unknown").with("count", unknown));
            }
        }
        difference
    }
}

fn unknown(key: &'static str) -> Worth {
    Worth::Unknown(Message::new(key))
}

/// What items come to, as expected; `None` where one of them is not known.
fn sum(items: &[CostItem]) -> Option<Decimal> {
    items.iter().try_fold(Decimal::ZERO, |sum, item| number::sum(sum, item.charge.amount?.expected))
}
