//! The sheet of charges: each a product of the cells of its row, and of an index.

use std::num::NonZeroU32;

use rust_decimal::Decimal;

use super::index::{allowed, indexed};
use super::words::charge_word;
use super::{CHARGES, ForecastBook, LineCharge, code, numbered, only_table, text};
use crate::engine::renewal::{ChargeKind, PriceBasis, Priced, example_said};
use crate::model::assumption::Estimate;
use crate::model::bound::Bound;
use crate::model::message::{Message, Words};
use crate::model::money::Currency;
use crate::model::price::Price;
use crate::report::formula::{CellPlace, CellRange, Formula};
use crate::report::{ReportCell, ReportTable};

/// What a column says of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChargeColumn {
    Line,
    Product,
    Kind,
    From,
    To,
    Year,
    Agreement,
    Site,
    Metric,
    Currency,
    Part,
    Description,
    Level,
    PriceLevel,
    Basis,
    Price,
    BaseYear,
    Index(Bound),
    FirstPrice,
    Limit,
    Rate(Bound),
    Discount(Bound),
    Added(Bound),
    Parts,
    Numerator,
    Denominator,
    Decimals,
    Amount(Bound),
    Notes,
}

impl ChargeColumn {
    const ALL: [Self; 39] = [
        Self::Line,
        Self::Product,
        Self::Kind,
        Self::From,
        Self::To,
        Self::Year,
        Self::Agreement,
        Self::Site,
        Self::Metric,
        Self::Currency,
        Self::Part,
        Self::Description,
        Self::Level,
        Self::PriceLevel,
        Self::Basis,
        Self::Price,
        Self::BaseYear,
        Self::Index(Bound::Low),
        Self::Index(Bound::Expected),
        Self::Index(Bound::High),
        Self::FirstPrice,
        Self::Limit,
        Self::Rate(Bound::Low),
        Self::Rate(Bound::Expected),
        Self::Rate(Bound::High),
        Self::Discount(Bound::Low),
        Self::Discount(Bound::Expected),
        Self::Discount(Bound::High),
        Self::Added(Bound::Low),
        Self::Added(Bound::Expected),
        Self::Added(Bound::High),
        Self::Parts,
        Self::Numerator,
        Self::Denominator,
        Self::Decimals,
        Self::Amount(Bound::Low),
        Self::Amount(Bound::Expected),
        Self::Amount(Bound::High),
        Self::Notes,
    ];

    /// Those that stay in view: line, product and what it is for.
    const KEPT: u16 = 3;

    const fn header(self) -> &'static str {
        match self {
            Self::Line => "page.renewals.line",
            Self::Product => "column.product",
            Self::Kind => "page.renewals.type",
            Self::From => "page.renewals.from",
            Self::To => "page.renewals.to",
            Self::Year => "page.renewals.year",
            Self::Agreement => "column.agreement",
            Self::Site => "column.site",
            Self::Metric => "column.metric",
            Self::Currency => "column.currency",
            Self::Part => "column.part_number",
            Self::Description => "column.description",
            Self::Level => "column.level",
            Self::PriceLevel => "report.price_level",
            Self::Basis => "report.basis",
            Self::Price => "column.price",
            Self::BaseYear => "report.base_year",
            Self::Index(Bound::Low) => "report.index_low",
            Self::Index(Bound::Expected) => "report.index_expected",
            Self::Index(Bound::High) => "report.index_high",
            Self::FirstPrice => "report.first_price",
            Self::Limit => "report.price_limit",
            Self::Rate(Bound::Low) => "report.rate_low",
            Self::Rate(Bound::Expected) => "report.rate_expected",
            Self::Rate(Bound::High) => "report.rate_high",
            Self::Discount(Bound::Low) => "report.discount_low",
            Self::Discount(Bound::Expected) => "report.discount_expected",
            Self::Discount(Bound::High) => "report.discount_high",
            Self::Added(Bound::Low) => "report.added_low",
            Self::Added(Bound::Expected) => "report.added_expected",
            Self::Added(Bound::High) => "report.added_high",
            Self::Parts => "page.renewals.parts",
            Self::Numerator => "report.numerator",
            Self::Denominator => "report.denominator",
            Self::Decimals => "report.decimals",
            Self::Amount(Bound::Low) => "page.renewals.low",
            Self::Amount(Bound::Expected) => "page.renewals.expected",
            Self::Amount(Bound::High) => "page.renewals.high",
            Self::Notes => "report.notes",
        }
    }

    /// Its place among the columns.
    fn place(self) -> usize {
        Self::ALL.into_iter().take_while(|column| *column != self).count()
    }

    /// Its cell in a row of a sheet of charges.
    fn cell(self, sheet: usize, row: usize) -> CellPlace {
        only_table(sheet).cell(row, self.place())
    }

    /// All of its cells on a sheet with so many charges; `None` where there are none.
    pub(super) fn cells(self, sheet: usize, rows: usize) -> Option<CellRange> {
        only_table(sheet).column(self.place(), rows)
    }
}

impl<W: Words> ForecastBook<'_, W> {
    /// A sheet of charges.
    pub(super) fn charges(&self, sheet: usize, title: &'static str, charges: &[LineCharge<'_>]) -> ReportTable {
        let rows = charges.iter().enumerate().map(|(row, charge)| {
            let row = ChargeRow { book: self, sheet, row, of: *charge };
            ChargeColumn::ALL.into_iter().map(|column| row.cell(column)).collect()
        });
        let table = self.table(title, &ChargeColumn::ALL.map(ChargeColumn::header), rows.collect());
        ReportTable { kept_columns: ChargeColumn::KEPT, ..table }
    }
}

/// The row of a charge.
struct ChargeRow<'a, W> {
    book: &'a ForecastBook<'a, W>,
    /// The place of its sheet.
    sheet: usize,
    /// Its place there.
    row: usize,
    of: LineCharge<'a>,
}

impl<W: Words> ChargeRow<'_, W> {
    fn cell(&self, column: ChargeColumn) -> ReportCell {
        let LineCharge { place, line, charge, .. } = self.of;
        let key = &line.key;
        let priced = charge.priced.as_ref();
        let of = |cell: fn(&Priced) -> ReportCell| priced.map_or(ReportCell::Blank, cell);
        let range = |of: fn(&Priced) -> Option<Estimate<Decimal>>, bound: Bound| {
            let percent = priced.and_then(of).map(|range| ReportCell::Percent(range.of(bound)));
            percent.map_or(ReportCell::Blank, |percent| self.changeable(percent, column))
        };
        match column {
            ChargeColumn::Line => numbered(place),
            ChargeColumn::Product => key.product.as_str().into(),
            ChargeColumn::Kind => self.book.word(charge_word(charge.kind)),
            ChargeColumn::From => ReportCell::Day(charge.from),
            ChargeColumn::To => ReportCell::Day(charge.to),
            ChargeColumn::Year => ReportCell::Year(charge.from.year()),
            ChargeColumn::Agreement => text(&key.agreement),
            ChargeColumn::Site => text(&key.site),
            ChargeColumn::Metric => text(&key.metric),
            ChargeColumn::Currency => code(key.currency.0.as_ref()),
            ChargeColumn::Part => charge.part.as_deref().map_or(ReportCell::Blank, text),
            ChargeColumn::Description => of(|priced| text(&priced.offered.row.description)),
            ChargeColumn::Level => charge.level.name().into(),
            ChargeColumn::PriceLevel => of(|priced| priced.offered.level.name().into()),
            ChargeColumn::Basis => self.book.word(match priced.map(|priced| priced.offered.basis) {
                Some(PriceBasis::Part) => "report.basis_part",
                Some(PriceBasis::Rate) => "report.basis_rate",
                None => "report.not_known",
            }),
            ChargeColumn::Price => {
                priced.map_or_else(|| self.missing(), |priced| self.price(priced.offered.row.price, column))
            }
            ChargeColumn::BaseYear => of(|priced| ReportCell::Year(priced.offered.base_year)),
            ChargeColumn::Index(bound) => self.index(bound),
            ChargeColumn::FirstPrice => {
                self.bound_by().map_or(ReportCell::Blank, |first| self.price(first.price, column))
            }
            ChargeColumn::Limit => self.limit().unwrap_or_default(),
            ChargeColumn::Rate(bound) => range(|priced| Some(priced.assumed.rate), bound),
            ChargeColumn::Discount(bound) => range(|priced| Some(priced.assumed.discount), bound),
            ChargeColumn::Added(_) if charge.kind != ChargeKind::BackCharge => ReportCell::Blank,
            ChargeColumn::Added(_) if priced.is_some_and(|priced| priced.assumed.added.is_none()) => self.missing(),
            ChargeColumn::Added(bound) => range(|priced| priced.assumed.added, bound),
            ChargeColumn::Parts => ReportCell::from(Some(charge.parts)).changeable(),
            ChargeColumn::Numerator => self.factor().map_or(ReportCell::Blank, |(parts, _)| whole(parts)),
            ChargeColumn::Denominator => self.factor().map_or(ReportCell::Blank, |(_, of)| whole(of)),
            ChargeColumn::Decimals => ReportCell::Number(self.decimals().into()),
            ChargeColumn::Amount(bound) => self.amount(bound),
            ChargeColumn::Notes => text(&self.notes()),
        }
    }

    fn decimals(&self) -> u32 {
        self.of.line.key.currency.0.as_ref().map_or(2, Currency::decimals)
    }

    fn price(&self, price: Decimal, column: ChargeColumn) -> ReportCell {
        self.changeable(ReportCell::money(price, self.of.line.key.currency.0.as_ref()), column)
    }

    /// A value that may be changed; where another charge is priced alike, it is changed there.
    fn changeable(&self, value: ReportCell, column: ChargeColumn) -> ReportCell {
        match self.of.like {
            Some(row) => value.by(column.cell(CHARGES, row).into()),
            None => value.changeable(),
        }
    }

    /// Not known, and why.
    fn missing(&self) -> ReportCell {
        let why = self.of.line.what_is_missing(self.of.charge).unwrap_or(Message::new("report.too_large"));
        ReportCell::Unknown(self.book.words.say(&why))
    }

    /// What has become of the price's year, as the index has it.
    fn index(&self, bound: Bound) -> ReportCell {
        let Some(priced) = &self.of.charge.priced else { return ReportCell::Blank };
        let year = self.of.charge.priced_on.year();
        let place = self.of.index.and_then(|series| indexed(self.book.rises, series, year, bound));
        let result = priced.assumed.index.map(|index| ReportCell::Fixed { number: index.of(bound), decimals: 6 });
        result.zip(place).map_or_else(|| self.missing(), |(result, place)| result.by(place.into()))
    }

    /// The price on the day of the forecast, where caps bind a later one to it.
    fn bound_by(&self) -> Option<&Price> {
        self.of.charge.priced.as_ref().filter(|priced| priced.offered.is_capped)?.offered.first.as_deref()
    }

    /// The most that the price may be, from what it is on the day of the forecast.
    fn limit(&self) -> Option<ReportCell> {
        self.bound_by()?;
        let priced = self.of.charge.priced.as_ref()?;
        let caps = self.book.rises.indexes.get(self.of.index?)?.caps?;
        let allowed = allowed(&self.book.query, caps, self.of.charge.priced_on.year())?;
        let formula = (Formula::from(self.place(ChargeColumn::FirstPrice)) * allowed).unless_blank(allowed);
        let currency = self.of.line.key.currency.0.as_ref();
        let result = priced.limit().map(|limit| ReportCell::money(limit, currency));
        Some(result.unwrap_or_default().by(formula))
    }

    fn place(&self, column: ChargeColumn) -> CellPlace {
        column.cell(self.sheet, self.row)
    }

    /// How much of a price is paid, as two numbers: months covered of months paid, or days of a year, where it is that.
    fn factor(&self) -> Option<(u128, u128)> {
        let priced = self.of.charge.priced.as_ref()?;
        if matches!(self.of.charge.kind, ChargeKind::Licence | ChargeKind::Reinstatement) {
            return Some((1, 1));
        }
        let of = [priced.offered.months, YEAR, LEAP_YEAR].map(|parts| u128::from(NonZeroU32::get(parts)));
        let fits = |of: &u128| priced.offered.factor.common_denominator(*of) == Some(*of);
        let of = of.into_iter().find(fits).unwrap_or(priced.offered.factor.denominator());
        Some((priced.offered.factor.in_parts(of)?, of))
    }

    fn amount(&self, bound: Bound) -> ReportCell {
        let LineCharge { line, charge, .. } = self.of;
        let Some(amount) = charge.amount else { return self.missing() };
        let cell = |column| Formula::from(self.place(column));
        let one = || Formula::from(1_u32);
        let mut price = cell(ChargeColumn::Price) * self.place(ChargeColumn::Index(bound));
        if self.bound_by().is_some() {
            price = price.at_most([self.place(ChargeColumn::Limit)]);
        }
        let mut price = price * self.place(ChargeColumn::Rate(bound)) * (one() - cell(ChargeColumn::Discount(bound)));
        if charge.kind == ChargeKind::BackCharge {
            price = price * (one() + cell(ChargeColumn::Added(bound)));
        }
        let parts = price * self.place(ChargeColumn::Parts) * self.place(ChargeColumn::Numerator);
        let formula = (parts / self.place(ChargeColumn::Denominator)).rounded(self.place(ChargeColumn::Decimals));
        ReportCell::money(amount.of(bound), line.key.currency.0.as_ref()).by(formula)
    }

    /// What is to be known of it.
    fn notes(&self) -> String {
        let LineCharge { line, charge, .. } = self.of;
        let mut notes: Vec<Message> = Vec::new();
        if charge.amount.is_none() {
            notes.extend(line.what_is_missing(charge));
        }
        if let Some(priced) = &charge.priced {
            if priced.offered.level != charge.level {
                let note = Message::new("note.price_of_lower_level").with("level", priced.offered.level.name());
                notes.push(note.with("wanted", charge.level.name()));
            }
            if priced.offered.row.is_example() {
                notes.push(example_said(&priced.offered.row));
            }
            if priced.offered.row.is_own() {
                notes.push(Message::new("note.price_own").with("reason", priced.offered.row.reason.as_str()));
            }
        }
        notes.iter().map(|note| self.book.words.say(note)).collect::<Vec<_>>().join(" ")
    }
}

const YEAR: NonZeroU32 = NonZeroU32::MIN.saturating_add(364);
const LEAP_YEAR: NonZeroU32 = NonZeroU32::MIN.saturating_add(365);

fn whole(number: u128) -> ReportCell {
    let number = i128::try_from(number).ok().and_then(|number| Decimal::try_from_i128_with_scale(number, 0).ok());
    number.map_or(ReportCell::Blank, |number| ReportCell::Number(number).changeable())
}
