//! The sheet of indexes: uplifts and caps as values, and what follows from them year by year.

use rust_decimal::Decimal;

use super::{ForecastBook, INDEX, numbered, text};
use crate::engine::renewal::{CapsInForce, IndexSeries, PriceRises, RenewalQuery, UpliftOfYear};
use crate::model::bound::Bound;
use crate::model::derivation::RuleReference;
use crate::model::message::Words;
use crate::report::formula::{CellPlace, Formula, TablePlace};
use crate::report::{ReportCell, ReportSheet, ReportTable};
use crate::rules::renewals;

const UPLIFTS: TablePlace = TablePlace { sheet: INDEX, table: 0 };
const CAPS: TablePlace = TablePlace { sheet: INDEX, table: 1 };
const ALLOWED: TablePlace = TablePlace { sheet: INDEX, table: 2 };
const INDEXES: TablePlace = TablePlace { sheet: INDEX, table: 3 };

const UPLIFT_COLUMNS: [&str; 6] = [
    "page.renewals.year",
    "column.scope",
    "page.renewals.low",
    "page.renewals.expected",
    "page.renewals.high",
    "page.renewals.source",
];
const CAP_COLUMNS: [&str; 5] =
    ["report.caps_number", "column.scope", "report.cap_fixed", "report.cap_compounding", "page.renewals.source"];
const ALLOWED_COLUMNS: [&str; 5] =
    ["report.caps_number", "page.renewals.year", "report.growth_compounding", "report.growth_fixed", "report.growth"];
const INDEX_COLUMNS: [&str; 11] = [
    "report.series",
    "report.base_year",
    "page.renewals.year",
    "report.caps_number",
    "report.uplift_low",
    "report.uplift_expected",
    "report.uplift_high",
    "report.index_limit",
    "report.index_low",
    "report.index_expected",
    "report.index_high",
];

/// The place of an uplift in its row.
fn uplift(place: usize, bound: Bound) -> CellPlace {
    UPLIFTS.cell(place, by_bound(2, bound))
}

/// What the index table says of a year of a series.
const INDEX_LIMIT: usize = 7;

/// The cell with the index of a series in a year.
pub(super) fn indexed(rises: &PriceRises, series: usize, year: i16, bound: Bound) -> Option<CellPlace> {
    let before: usize = rises.indexes.iter().take(series).map(rows_of).sum();
    let since = usize::try_from(year.checked_sub(rises.indexes.get(series)?.base_year)?).ok()?;
    Some(INDEXES.cell(before.checked_add(since)?, by_bound(8, bound)))
}

/// The cell with what caps let a price grow to in a year, from what it is on the day of the forecast.
pub(super) fn allowed(query: &RenewalQuery<'_>, caps: usize, year: i16) -> Option<CellPlace> {
    let of_year = usize::try_from(year.checked_sub(query.on.year())?).ok()?;
    let years = usize::try_from(query.years.checked_add(1)?).ok()?;
    Some(ALLOWED.cell(caps.checked_mul(years)?.checked_add(of_year)?, 4))
}

fn rows_of(series: &IndexSeries) -> usize {
    series.years.len().saturating_add(1)
}

/// One of three columns from a first one on.
const fn by_bound(first: usize, bound: Bound) -> usize {
    first.saturating_add(match bound {
        Bound::Low => 0,
        Bound::Expected => 1,
        Bound::High => 2,
    })
}

impl<W: Words> ForecastBook<'_, W> {
    pub(super) fn index(&self) -> ReportSheet {
        let uplifts = self.rises.uplifts.iter().map(|uplift| self.uplift(uplift)).collect();
        let caps = self.rises.caps.iter().enumerate().map(|(place, caps)| self.caps(place, caps)).collect();
        let tables = vec![
            self.table("report.uplifts", &UPLIFT_COLUMNS, uplifts),
            self.table("report.caps", &CAP_COLUMNS, caps),
            self.table("report.allowed", &ALLOWED_COLUMNS, self.allowed_rows()),
            self.indexes(),
        ];
        ReportSheet { title: self.say("report.index"), tables }
    }

    fn uplift(&self, uplift: &UpliftOfYear) -> Vec<ReportCell> {
        let [low, expected, high] = Bound::ALL.map(|bound| ReportCell::Percent(uplift.percent.of(bound)).changeable());
        let (scope, source) = match &uplift.assumed_by {
            Some(line) => (self.scope(&line.scope), self.source(line).into()),
            None => (self.scope(""), source(&renewals::uplift_of(uplift.year))),
        };
        vec![ReportCell::Year(uplift.year), scope, low, expected, high, source]
    }

    /// Of what something is assumed.
    pub(super) fn scope(&self, scope: &str) -> ReportCell {
        if scope.trim().is_empty() { self.word("report.everything") } else { scope.into() }
    }

    fn caps(&self, place: usize, caps: &CapsInForce) -> Vec<ReportCell> {
        let lines = [&caps.fixed_by, &caps.compounding_by].map(Option::as_deref);
        let scopes = lines.iter().flatten().map(|line| line.scope.clone()).filter(|scope| !scope.trim().is_empty());
        let scopes: Vec<String> = scopes.chain(caps.agreement.clone()).collect();
        let sources = lines.into_iter().flatten().map(|line| self.source(line));
        let of_terms = caps.agreement.is_some().then(|| self.say("report.terms"));
        let sources: Vec<String> = sources.chain(of_terms).collect();
        // One that is not agreed may be typed in.
        let percent = |cap: Option<Decimal>| cap.map_or(ReportCell::Blank, ReportCell::Percent).changeable();
        vec![
            numbered(place),
            self.scope(&scopes.join(", ")),
            percent(caps.caps.fixed),
            percent(caps.caps.compounding),
            if sources.is_empty() { self.word("page.renewals.none_agreed") } else { text(&sources.join(", ")) },
        ]
    }

    /// For each of the caps the years of the forecast, and what a price may have grown to by then.
    fn allowed_rows(&self) -> Vec<Vec<ReportCell>> {
        let caps = (0_usize..).zip(&self.rises.caps);
        caps.flat_map(|(place, caps)| (0..=self.query.years).filter_map(move |since| self.allowed(place, caps, since)))
            .collect()
    }

    fn allowed(&self, place: usize, caps: &CapsInForce, since: i16) -> Option<Vec<ReportCell>> {
        let year = self.query.on.year().saturating_add(since);
        let row = allowed(&self.query, place, year)?.row;
        let [fixed, compounding] = [2, 3].map(|column| CAPS.cell(place, column));
        let by_years = match row.checked_sub(1).filter(|_| since > 0) {
            Some(before) => (Formula::from(ALLOWED.cell(before, 2)) * (one() + compounding)).rounded(6_u32),
            None => one(),
        };
        let at_once = one() + Formula::from(fixed) * Decimal::from(since);
        let growth = [caps.caps.growth_by_years(since), caps.caps.growth_at_once(since)];
        Some(vec![
            numbered(place),
            ReportCell::Year(year),
            factor(growth[0]).by(by_years.unless_blank(compounding)),
            factor(growth[1]).by(at_once.unless_blank(fixed)),
            factor(growth.into_iter().flatten().min())
                .by(Formula::LeastKnown(vec![ALLOWED.cell(row, 2), ALLOWED.cell(row, 3)])),
        ])
    }

    fn indexes(&self) -> ReportTable {
        let mut rows = Vec::new();
        for (place, series) in self.rises.indexes.iter().enumerate() {
            let start = |year| {
                let caps = series.caps.map_or(ReportCell::Blank, numbered);
                vec![numbered(place), ReportCell::Year(series.base_year), ReportCell::Year(year), caps]
            };
            let one = factor(Some(Decimal::ONE));
            let blanks = std::iter::repeat_n(ReportCell::Blank, 4);
            rows.push([start(series.base_year), blanks.chain(std::iter::repeat_n(one, 3)).collect()].concat());
            for of_year in &series.years {
                let row = rows.len();
                let percent = self.rises.uplifts.get(of_year.uplift).map(|uplift| uplift.percent);
                let uplifts = Bound::ALL.map(|bound| {
                    let percent = percent.map(|percent| ReportCell::Percent(percent.of(bound)));
                    percent.unwrap_or_default().by(uplift(of_year.uplift, bound).into())
                });
                let since = of_year.year.saturating_sub(series.base_year);
                let most = series.caps.map_or(ReportCell::Blank, |caps| self.index_limit(caps, since));
                let indexes = Bound::ALL.map(|bound| {
                    let Some(index) = of_year.index else { return self.unknown("report.too_large") };
                    factor(Some(index.of(bound))).by(index_formula(row, series.caps, bound))
                });
                rows.push(start(of_year.year).into_iter().chain(uplifts).chain([most]).chain(indexes).collect());
            }
        }
        self.table("report.indexes", &INDEX_COLUMNS, rows)
    }

    /// The most that an index may be so many years after its first, by a cap of the price at first.
    fn index_limit(&self, caps: usize, since: i16) -> ReportCell {
        let most = self.rises.caps.get(caps).and_then(|caps| caps.caps.growth_at_once(since));
        let cell = CAPS.cell(caps, 2);
        factor(most).by((one() + Formula::from(cell) * Decimal::from(since)).unless_blank(cell))
    }
}

/// The index of a row: that of the row above, a year later.
fn index_formula(row: usize, caps: Option<usize>, bound: Bound) -> Formula {
    let before = INDEXES.cell(row.saturating_sub(1), by_bound(8, bound));
    let uplift = INDEXES.cell(row, by_bound(4, bound));
    let rise = match caps {
        // Of what is empty a spreadsheet takes no least.
        Some(caps) => Formula::from(uplift).at_most([CAPS.cell(caps, 3)]),
        None => uplift.into(),
    };
    let grown = (Formula::from(before) * (one() + rise)).rounded(6_u32);
    if caps.is_some() { grown.at_most([INDEXES.cell(row, INDEX_LIMIT)]) } else { grown }
}

fn one() -> Formula {
    1_u32.into()
}

/// A factor of prices, to six decimals; nothing where there is none.
fn factor(number: Option<Decimal>) -> ReportCell {
    number.map_or(ReportCell::Blank, |number| ReportCell::Fixed { number, decimals: 6 })
}

/// Where a rule is from.
pub(super) fn source(rule: &RuleReference) -> ReportCell {
    rule.source.as_ref().into()
}
