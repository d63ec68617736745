//! How the price of a charge comes about: its row, what it has risen by since, and what the contract allows.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::ChargeSteps;
use super::steps::{cell, given, least, product, rounded_product, sum, whole};
use crate::engine::renewal::{LevelBasis, PriceBasis, Priced, example_said};
use crate::model::assumption::AssumptionName;
use crate::model::derivation::{Derivation, RuleReference, Unit};
use crate::model::message::Message;
use crate::model::price::Price;
use crate::rules::renewals;
use crate::rules::volume_levels::VolumeLevel;

/// How many decimals an index is rounded to.
const INDEX: (Unit, u32) = (Unit::NUMBER, 6);

impl ChargeSteps<'_> {
    /// The price of the row with its index, and no more than the contract allows.
    pub(super) fn price_then(&self, priced: &Priced) -> Derivation {
        let year = self.charge.priced_on.year();
        let label = |key| Message::new(key).with("year", year.to_string());
        let factors = vec![self.row(priced), self.index(priced, year)];
        let price = product(label("label.price_then"), self.money.clone(), renewals::price_of_year(), factors);
        let limits = self.limits(priced, year);
        if limits.is_empty() {
            return price;
        }
        least(label("label.price_bound"), renewals::limit(), price, limits)
    }

    /// The row of the price, with all that makes it the one.
    fn row(&self, priced: &Priced) -> Derivation {
        let row = &*priced.offered.row;
        let label =
            Message::new("label.price_row").with("part", self.part()).with("level", priced.offered.level.name());
        let mut price = self.price(label, row);
        price.notes.push(self.level());
        if priced.offered.basis == PriceBasis::Rate {
            price.notes.push(Message::new("note.price_of_licence"));
        }
        if priced.offered.level != self.charge.level {
            let points = self.known.points.on(self.part(), self.charge.priced_on);
            price.notes.push(if points.is_some_and(|points| points.entitled_discount == Some(false)) {
                Message::new("note.price_without_level")
            } else {
                price.rule = renewals::price_of_lower_level();
                let note = Message::new("note.price_of_lower_level").with("level", priced.offered.level.name());
                note.with("wanted", self.charge.level.name())
            });
        }
        let ended = row.valid_to.filter(|end| *end < self.charge.priced_on);
        price.notes.extend(ended.map(|day| Message::new("note.price_ended").with("day", day)));
        if row.is_own() {
            price.notes.push(Message::new("note.price_own").with("reason", row.reason.as_str()));
        }
        if row.is_example() {
            price.rule = renewals::example();
            price.notes.push(example_said(row));
        }
        if priced.offered.is_tied {
            price.notes.push(Message::new("note.price_tied"));
        }
        price.notes.push(if priced.offered.months_known {
            Message::new("note.price_months").with("months", priced.offered.months.get())
        } else {
            Message::new("note.price_year_assumed")
        });
        price
    }

    fn price(&self, label: Message, row: &Price) -> Derivation {
        let mut price = given(label, row.price, self.money.clone(), renewals::price());
        price.inputs.extend(cell(&row.file, row.row, "price", row.price.to_string()));
        price
    }

    /// The level, and what it rests on.
    fn level(&self) -> Message {
        let note = match self.charge.level_basis {
            LevelBasis::Assumed => "note.level_assumed",
            LevelBasis::Orders => "note.level_by_orders",
            LevelBasis::PointsRepeated => "note.level_points_repeated",
            LevelBasis::NoOrders => "note.level_without_orders",
            LevelBasis::Considered => "note.level_considered",
        };
        Message::new(note).with("level", VolumeLevel::name(self.charge.level))
    }

    /// What has become of a price of the row's year, year by year.
    fn index(&self, priced: &Priced, year: i16) -> Derivation {
        let base = priced.offered.base_year;
        let label = |key, year: i16| Message::new(key).with("year", year.to_string());
        let first = given(label("label.index_base", base), 1, Unit::NUMBER, renewals::price_of_year());
        (base.saturating_add(1)..=year).fold(first, |before, year| {
            let growth = growth(year, self.uplift(priced, year));
            let grown = rounded_product(label("label.index", year), INDEX, renewals::index(), vec![before, growth]);
            let Some(cap) = priced.assumed.caps.fixed else { return grown };
            let most = self.growth_at_once(cap, year.saturating_sub(base));
            least(label("label.index_bound", year), renewals::cap(), grown, vec![most])
        })
    }

    /// By how much prices rise with a year.
    fn uplift(&self, priced: &Priced, year: i16) -> Derivation {
        let label = |key| Message::new(key).with("year", year.to_string());
        let value = self.known.assumptions.uplift(self.about(), year).of(self.bound);
        let new_year = Date::new(year, 1, 1).unwrap_or(self.charge.priced_on);
        let (name, rule) = (AssumptionName::Uplift, renewals::uplift_of(year));
        let uplift = self.assumed(label("label.uplift"), Some(value), (name, new_year), rule);
        match priced.assumed.caps.compounding {
            Some(cap) => least(label("label.uplift_bound"), renewals::cap(), uplift, vec![self.cap(cap)]),
            None => uplift,
        }
    }

    /// The cap of the rise from year to year: the user's, else that of the agreement.
    fn cap(&self, cap: Decimal) -> Derivation {
        let name = AssumptionName::CapCompounding;
        let mut cap = self.capped("label.cap", cap, name);
        if self.known.assumptions.line(name, self.about(), self.known.on).is_none()
            && let Some(line) = self.known.terms.listed(&self.line.key.agreement)
        {
            let value = line.price_cap_percent.unwrap_or_default().to_string();
            cap.inputs.extend(cell(&line.file, line.row, "price_cap_percent", value));
        }
        cap
    }

    fn capped(&self, label: &'static str, cap: Decimal, name: AssumptionName) -> Derivation {
        let cap = self.assumed(Message::new(label), Some(cap), (name, self.known.on), renewals::cap());
        Derivation { rule: renewals::cap(), ..cap }
    }

    /// What a price may be after so many years, by a cap of the price at first.
    fn growth_at_once(&self, cap: Decimal, years: i16) -> Derivation {
        let years = i64::from(years);
        let cap = self.capped("label.cap_fixed", cap, AssumptionName::CapFixed);
        let count = given(Message::new("label.years"), years, Unit::NUMBER, renewals::cap());
        let caps = product(Message::new("label.cap_of_years"), Unit::NUMBER, renewals::cap(), vec![cap, count]);
        let label = Message::new("label.growth_of_cap").with("count", years);
        sum(label, Unit::NUMBER, renewals::cap(), vec![at_first(), caps])
    }

    /// The same by a cap of the rise from year to year.
    fn growth_by_years(&self, cap: Decimal, years: i16) -> Derivation {
        (1..=years).fold(at_first(), |before, count| {
            let growth = growth(self.known.on.year().saturating_add(count), self.cap(cap));
            let label = Message::new("label.growth_of_cap").with("count", i64::from(count));
            rounded_product(label, INDEX, renewals::cap(), vec![before, growth])
        })
    }

    /// The most that the contract lets the price be.
    fn limits(&self, priced: &Priced, year: i16) -> Vec<Derivation> {
        let Some(first) = &priced.offered.first else { return Vec::new() };
        let years = year.saturating_sub(self.known.on.year());
        let compounding = priced.assumed.caps.compounding.map(|cap| self.growth_by_years(cap, years));
        let fixed = priced.assumed.caps.fixed.map(|cap| self.growth_at_once(cap, years));
        let limit = |growth| {
            let label = Message::new("label.price_at_first").with("part", self.part()).with("day", self.known.on);
            let factors = vec![self.price(label, first), growth];
            product(Message::new("label.price_limit"), self.money.clone(), renewals::limit(), factors)
        };
        compounding.into_iter().chain(fixed).map(limit).collect()
    }

    /// A percentage that the user may have assumed on a day; else the rule gives it.
    pub(super) fn assumed(
        &self,
        label: Message,
        value: Option<Decimal>,
        (name, day): (AssumptionName, Date),
        rule: RuleReference,
    ) -> Derivation {
        let mut percent = Derivation { value, ..given(label, 0, Unit::PERCENT, rule) };
        if let Some(line) = self.known.assumptions.line(name, self.about(), day) {
            percent.rule = renewals::assumed();
            let (column, text) = line.told(self.bound);
            percent.inputs.extend(cell(&line.file, line.row, column, text));
            if !line.reason.is_empty() {
                percent.notes.push(Message::new("note.assumption_reason").with("reason", line.reason.as_str()));
            }
        }
        percent
    }
}

/// The prices of a year in those of the year before.
fn growth(year: i16, rise: Derivation) -> Derivation {
    let label = Message::new("label.growth").with("year", year.to_string());
    let before = whole("label.prices_before", renewals::index());
    sum(label, Unit::PERCENT, renewals::index(), vec![before, rise])
}

fn at_first() -> Derivation {
    given(Message::new("label.prices_at_first"), 1, Unit::NUMBER, renewals::limit())
}
