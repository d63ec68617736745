//! The sheet of assumptions: what the user assumes, and what holds where nobody says otherwise.

use rust_decimal::Decimal;

use super::index::source;
use super::{ForecastBook, text};
use crate::model::assumption::{Assumed, Assumption, AssumptionName, Estimate};
use crate::model::bound::Bound;
use crate::model::derivation::{RuleReference, Title};
use crate::model::message::{Message, Words};
use crate::report::{ReportCell, ReportTable};
use crate::rules::renewals;

const COLUMNS: [&str; 8] = [
    "page.renewals.assumption",
    "column.scope",
    "page.renewals.from",
    "page.renewals.low",
    "page.renewals.expected",
    "page.renewals.high",
    "column.reason",
    "page.renewals.source",
];

impl<W: Words> ForecastBook<'_, W> {
    /// The user's own, then the defaults that none of them replaces for everything.
    pub(super) fn assumptions(&self) -> ReportTable {
        let own = self.forecast.assumptions.iter().map(|line| self.own(line));
        let rows = own.chain(self.defaults()).collect();
        ReportTable { kept_columns: 1, ..self.table("report.assumptions", &COLUMNS, rows) }
    }

    fn own(&self, line: &Assumption) -> Vec<ReportCell> {
        let [low, expected, high] = match line.read().map(|read| read.assumed) {
            Ok(Assumed::Estimate(range)) => Bound::ALL.map(|bound| ReportCell::Percent(range.of(bound))),
            Ok(Assumed::Number(number)) => {
                let is_percent = matches!(line.name, AssumptionName::CapFixed | AssumptionName::CapCompounding);
                one(if is_percent { ReportCell::Percent(number) } else { ReportCell::Number(number) })
            }
            Ok(Assumed::Day(day)) => one(ReportCell::Day(day)),
            Ok(
                Assumed::Level(_) | Assumed::Proration(_) | Assumed::Currency(_) | Assumed::Part(_) | Assumed::Truth(_),
            )
            | Err(_) => one(line.expected.as_str().into()),
        };
        let scope = self.scope(&line.scope);
        let (from, source) = (line.from.into(), self.source(line).into());
        vec![line.name.name().into(), scope, from, low, expected, high, text(&line.reason), source]
    }

    fn defaults(&self) -> Vec<Vec<ReportCell>> {
        let is_set = |name: AssumptionName| {
            let mut own = self.forecast.assumptions.iter();
            own.any(|line| line.name == name && line.scope.trim().is_empty() && line.from.is_none())
        };
        let percents = |range: Estimate<Decimal>| Bound::ALL.map(|bound| ReportCell::Percent(range.of(bound)));
        let mut rows = Vec::new();
        let mut add = |name: AssumptionName, from, values, rule: &RuleReference| {
            if !is_set(name) {
                rows.push(self.default_row(name, from, values, rule));
            }
        };
        for year in self.forecast.on.year().saturating_add(1)..=self.forecast.to.year() {
            let values = percents(renewals::uplift(year));
            add(AssumptionName::Uplift, ReportCell::Year(year), values, &renewals::uplift_of(year));
        }
        let always = ReportCell::default;
        let flat = |percent| percents(Estimate::flat(percent));
        add(AssumptionName::SsRate, always(), flat(renewals::SUPPORT_RATE), &renewals::support_rate());
        let reinstatement = flat(renewals::REINSTATEMENT_RATE);
        add(AssumptionName::ReinstatementRate, always(), reinstatement, &renewals::reinstatement_rate());
        add(AssumptionName::Discount, always(), flat(Decimal::ZERO), &renewals::charge());
        let by_month = one(self.word("page.renewals.by_month"));
        add(AssumptionName::Proration, always(), by_month, &renewals::proration());
        rows
    }

    fn default_row(
        &self,
        name: AssumptionName,
        from: ReportCell,
        [low, expected, high]: [ReportCell; 3],
        rule: &RuleReference,
    ) -> Vec<ReportCell> {
        let title = match &rule.title {
            Title::Key(key) => self.words.say(&Message::keyed(key.clone())),
            Title::Words(words) => words.clone(),
        };
        vec![name.name().into(), self.scope(""), from, low, expected, high, title.into(), source(rule)]
    }
}

/// Of what has no range: as expected.
fn one(value: ReportCell) -> [ReportCell; 3] {
    [ReportCell::Blank, value, ReportCell::Blank]
}
