//! Assumptions of a forecast: what nobody can know yet, named, dated, and given a low, an expected and a high value
//! (semantics of money, section 7).

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::bound::Bound;
use crate::model::day;
use crate::model::list::{line, words};
use crate::model::money::Currency;
use crate::model::volume_level::VolumeLevel;

/// An assumption, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumption {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// What is assumed.
    pub name: AssumptionName,
    /// Of what: blank, `agreement:X`, `product:X`, `part:X`, or `USD/EUR` for a rate of exchange.
    pub scope: String,
    /// The first day on which it holds; `None` always has.
    pub from: Option<Date>,
    /// The value that makes the bill lowest; blank is as expected.
    pub low: String,
    /// The value that is expected.
    pub expected: String,
    /// The value that makes the bill highest; blank is as expected.
    pub high: String,
    /// Why.
    pub reason: String,
}

line! {
    Assumption from file row, detected by ["name", "expected"] | ["name", "scope", "low", "high"],
    keyed by ["name", "scope", "from"];
    name: Required, scope, from, low, expected: Required, high, reason; misfit
}

/// What does not fit its name: the field, and the code of the issue.
fn misfit(line: &Assumption) -> Option<(&'static str, &'static str)> {
    line.read().err()
}

/// What can be assumed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssumptionName {
    /// By how much prices rise with a year, in percent.
    #[default]
    Uplift,
    /// The most by which they rise in a year, in percent of the price at first.
    CapFixed,
    /// The most by which they rise in a year, in percent of the year before.
    CapCompounding,
    /// Yearly Subscription and Support (S&S), in percent of the licence's price, where its part has no price.
    SsRate,
    /// Reinstatement, in percent of the licence's price, where its part has no price.
    ReinstatementRate,
    /// What is added to S&S that is paid for a time gone by, in percent.
    ReinstatementUplift,
    /// Percent off.
    Discount,
    /// How a part of a year is paid.
    Proration,
    /// Day and month of the anniversary, in any year.
    Anniversary,
    /// The volume level.
    Level,
    /// The points of a later term.
    Points,
    /// The currency of lines.
    Currency,
    /// The currency into which totals are converted.
    ReportCurrency,
    /// What one unit of a currency is in another one.
    Fx,
    /// The part by whose price a missing licence is bought.
    LicencePart,
    /// The part by whose price its support is.
    SupportPart,
    /// Since when more is used than entitled.
    ExcessSince,
    /// For how many years support is charged back.
    BackYears,
    /// How many months an audit looks back.
    LookBackMonths,
    /// Whether a licence pays for its first year of support.
    LicenceIncludesYear,
}

impl AssumptionName {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Uplift,
        Self::CapFixed,
        Self::CapCompounding,
        Self::SsRate,
        Self::ReinstatementRate,
        Self::ReinstatementUplift,
        Self::Discount,
        Self::Proration,
        Self::Anniversary,
        Self::Level,
        Self::Points,
        Self::Currency,
        Self::ReportCurrency,
        Self::Fx,
        Self::LicencePart,
        Self::SupportPart,
        Self::ExcessSince,
        Self::BackYears,
        Self::LookBackMonths,
        Self::LicenceIncludesYear,
    ];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uplift => "uplift",
            Self::CapFixed => "cap_fixed",
            Self::CapCompounding => "cap_compounding",
            Self::SsRate => "ss_rate",
            Self::ReinstatementRate => "reinstatement_rate",
            Self::ReinstatementUplift => "reinstatement_uplift",
            Self::Discount => "discount",
            Self::Proration => "proration",
            Self::Anniversary => "anniversary",
            Self::Level => "level",
            Self::Points => "points",
            Self::Currency => "currency",
            Self::ReportCurrency => "report_currency",
            Self::Fx => "fx",
            Self::LicencePart => "licence_part",
            Self::SupportPart => "support_part",
            Self::ExcessSince => "excess_since",
            Self::BackYears => "back_years",
            Self::LookBackMonths => "look_back_months",
            Self::LicenceIncludesYear => "licence_includes_year",
        }
    }

    /// Of what it can be assumed.
    const fn scopes(self) -> Scopes {
        match self {
            Self::Proration | Self::Anniversary | Self::Level | Self::Points | Self::Currency => Scopes::Agreement,
            Self::ReportCurrency => Scopes::Everything,
            Self::Fx => Scopes::Currencies,
            Self::LicencePart | Self::SupportPart | Self::ExcessSince => Scopes::Product,
            Self::Uplift
            | Self::CapFixed
            | Self::CapCompounding
            | Self::SsRate
            | Self::ReinstatementRate
            | Self::ReinstatementUplift
            | Self::Discount
            | Self::BackYears
            | Self::LookBackMonths
            | Self::LicenceIncludesYear => Scopes::Any,
        }
    }

    /// Whether something other than an amount follows from it: what is renewed, when, or by which row of a price.
    pub const fn plans(self) -> bool {
        matches!(self, Self::Proration | Self::Anniversary | Self::Level | Self::Points | Self::Currency)
    }

    /// Whether it has a low and a high value beside the one that is expected.
    pub const fn is_range(self) -> bool {
        matches!(
            self,
            Self::Uplift | Self::SsRate | Self::ReinstatementRate | Self::ReinstatementUplift | Self::Discount
        )
    }
}

words!(AssumptionName);

/// Of what something can be assumed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scopes {
    /// Of everything alone.
    Everything,
    /// Of everything, or of one agreement.
    Agreement,
    /// Of one product.
    Product,
    /// Of two currencies.
    Currencies,
    /// Of everything, an agreement, a product or a part.
    Any,
}

/// Of what something is assumed, from the widest on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Of everything.
    Everything,
    /// Of an agreement, by its number.
    Agreement(String),
    /// Of a product, by its name.
    Product(String),
    /// Of a part, by its number in capitals.
    Part(String),
    /// Of one unit of a currency in another one.
    Currencies(Currency, Currency),
}

impl Scope {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::Everything);
        }
        if let Some((kind, name)) = text.split_once(':') {
            let name = name.trim();
            return match kind.trim().to_ascii_lowercase().as_str() {
                _ if name.is_empty() => None,
                "agreement" => Some(Self::Agreement(name.to_owned())),
                "product" => Some(Self::Product(name.to_owned())),
                "part" => Some(Self::Part(name.to_ascii_uppercase())),
                _ => None,
            };
        }
        let (from, to) = text.split_once('/')?;
        let (from, to) = (Currency::of(from), Currency::of(to));
        (!from.is_blank() && !to.is_blank()).then_some(Self::Currencies(from, to))
    }

    /// Whether something of this scope can be assumed under a name.
    fn fits(&self, name: AssumptionName) -> bool {
        match (self, name.scopes()) {
            (Self::Everything, Scopes::Everything | Scopes::Agreement | Scopes::Any)
            | (Self::Agreement(_), Scopes::Agreement | Scopes::Any)
            | (Self::Product(_), Scopes::Product | Scopes::Any)
            | (Self::Part(_), Scopes::Any)
            | (Self::Currencies(..), Scopes::Currencies) => true,
            (Self::Everything, Scopes::Product | Scopes::Currencies)
            | (Self::Agreement(_), Scopes::Everything | Scopes::Product | Scopes::Currencies)
            | (Self::Product(_), Scopes::Everything | Scopes::Agreement | Scopes::Currencies)
            | (Self::Part(_), Scopes::Everything | Scopes::Agreement | Scopes::Product | Scopes::Currencies)
            | (Self::Currencies(..), Scopes::Everything | Scopes::Agreement | Scopes::Product | Scopes::Any) => false,
        }
    }
}

/// A low, an expected and a high value, in the order of what they cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate<T> {
    /// The lowest cost.
    pub low: T,
    /// What is expected.
    pub expected: T,
    /// The highest cost.
    pub high: T,
}

impl<T> Estimate<T> {
    /// The same in all three.
    pub fn flat(value: T) -> Self
    where
        T: Clone,
    {
        Self { low: value.clone(), expected: value.clone(), high: value }
    }

    /// What a function makes of each.
    pub fn map<U>(self, mut of: impl FnMut(T) -> U) -> Estimate<U> {
        Estimate { low: of(self.low), expected: of(self.expected), high: of(self.high) }
    }

    /// What a function makes of each with that of another range.
    pub fn with<U, V>(self, other: Estimate<U>, mut of: impl FnMut(T, U) -> V) -> Estimate<V> {
        Estimate {
            low: of(self.low, other.low),
            expected: of(self.expected, other.expected),
            high: of(self.high, other.high),
        }
    }

    /// The three, where all are there.
    pub fn all<U>(self) -> Option<Estimate<U>>
    where
        T: Into<Option<U>>,
    {
        Some(Estimate { low: self.low.into()?, expected: self.expected.into()?, high: self.high.into()? })
    }
}

/// How a part of a year is paid (ours: IBM does not publish by which unit it prorates).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proration {
    /// By the month that has started.
    #[default]
    Month,
    /// By the day.
    Day,
    /// Not at all: each coverage is twelve months.
    None,
}

/// What is assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assumed {
    /// A percentage that may be lower or higher.
    Estimate(Estimate<Decimal>),
    /// A number.
    Number(Decimal),
    /// A day.
    Day(Date),
    /// A level.
    Level(VolumeLevel),
    /// How a part of a year is paid.
    Proration(Proration),
    /// A currency.
    Currency(Currency),
    /// A part, by its number in capitals.
    Part(String),
    /// Whether something is so.
    Truth(bool),
}

/// What an assumption says of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAssumption {
    /// Of what.
    pub scope: Scope,
    /// What.
    pub assumed: Assumed,
}

impl Assumption {
    /// The field that says a value of its estimate, and what stands there: where it is blank, as expected.
    pub fn told(&self, bound: Bound) -> (&'static str, &str) {
        let own = match bound {
            Bound::Low => ("low", self.low.trim()),
            Bound::Expected => ("expected", self.expected.trim()),
            Bound::High => ("high", self.high.trim()),
        };
        if own.1.is_empty() { ("expected", self.expected.trim()) } else { own }
    }

    /// What it says of what.
    ///
    /// # Errors
    /// The field that does not fit the name, and the code of the issue.
    pub fn read(&self) -> Result<ReadAssumption, (&'static str, &'static str)> {
        let scope = Scope::parse(&self.scope).filter(|scope| scope.fits(self.name));
        let scope = scope.ok_or(("scope", "assumption_scope"))?;
        if !self.name.is_range() {
            let beside = [("low", &self.low), ("high", &self.high)];
            if let Some((field, _)) = beside.into_iter().find(|(_, text)| !text.trim().is_empty()) {
                return Err((field, "assumption_has_no_range"));
            }
        }
        Ok(ReadAssumption { scope, assumed: self.assumed()? })
    }

    fn assumed(&self) -> Result<Assumed, (&'static str, &'static str)> {
        let value = self.expected.trim();
        let one = |read: Option<Assumed>| read.ok_or(("expected", "assumption_value"));
        match self.name {
            AssumptionName::Uplift
            | AssumptionName::SsRate
            | AssumptionName::ReinstatementRate
            | AssumptionName::ReinstatementUplift
            | AssumptionName::Discount => self.range().map(Assumed::Estimate),
            AssumptionName::CapFixed | AssumptionName::CapCompounding => {
                one(percent(value).filter(|cap| *cap >= Decimal::ZERO).map(Assumed::Number))
            }
            AssumptionName::Points | AssumptionName::BackYears | AssumptionName::LookBackMonths => {
                one(number(value).filter(|number| *number >= Decimal::ZERO).map(Assumed::Number))
            }
            AssumptionName::Fx => one(number(value).filter(|rate| *rate > Decimal::ZERO).map(Assumed::Number)),
            AssumptionName::Anniversary | AssumptionName::ExcessSince => one(day::parse(value).map(Assumed::Day)),
            AssumptionName::Level => one(VolumeLevel::parse(value).map(Assumed::Level)),
            AssumptionName::Currency | AssumptionName::ReportCurrency => {
                one(Some(Currency::of(value)).filter(|currency| !currency.is_blank()).map(Assumed::Currency))
            }
            AssumptionName::LicencePart | AssumptionName::SupportPart => {
                one(Some(Assumed::Part(value.to_ascii_uppercase())))
            }
            AssumptionName::Proration => one(match value.to_ascii_lowercase().as_str() {
                "month" => Some(Assumed::Proration(Proration::Month)),
                "day" => Some(Assumed::Proration(Proration::Day)),
                "none" => Some(Assumed::Proration(Proration::None)),
                _ => None,
            }),
            AssumptionName::LicenceIncludesYear => one(match value.to_ascii_lowercase().as_str() {
                "yes" => Some(Assumed::Truth(true)),
                "no" => Some(Assumed::Truth(false)),
                _ => None,
            }),
        }
    }

    /// The three percentages, in the order of what they cost.
    fn range(&self) -> Result<Estimate<Decimal>, (&'static str, &'static str)> {
        let least = if self.name == AssumptionName::Uplift { -Decimal::ONE_HUNDRED } else { Decimal::ZERO };
        let fits = |value: &Decimal| {
            *value >= least && (self.name != AssumptionName::Discount || *value <= Decimal::ONE_HUNDRED)
        };
        let read =
            |field, text: &str| percent(text.trim()).filter(|value| fits(value)).ok_or((field, "assumption_value"));
        let expected = read("expected", &self.expected)?;
        let beside = |field, text: &str| if text.trim().is_empty() { Ok(expected) } else { read(field, text) };
        let range = Estimate { low: beside("low", &self.low)?, expected, high: beside("high", &self.high)? };
        // The more is taken off, the less it costs.
        let is_discount = self.name == AssumptionName::Discount;
        let ((least, at_least), (most, at_most)) = if is_discount {
            ((range.high, "high"), (range.low, "low"))
        } else {
            ((range.low, "low"), (range.high, "high"))
        };
        if least > expected {
            return Err((at_least, "assumption_order"));
        }
        if most < expected {
            return Err((at_most, "assumption_order"));
        }
        Ok(range)
    }
}

/// A number as people write it in such a list: with a point, or with a comma that cannot be one of thousands.
fn number(text: &str) -> Option<Decimal> {
    let text = text.trim_end_matches('%').trim_end();
    if let Some((whole, decimals)) = text.split_once(',') {
        let is_decimal = decimals.len() != 3 && !decimals.contains([',', '.']) && !whole.contains('.');
        return is_decimal.then(|| format!("{whole}.{decimals}").parse().ok()).flatten();
    }
    text.parse().ok()
}

/// A percentage: at most four decimals.
fn percent(text: &str) -> Option<Decimal> {
    number(text).map(|number| number.normalize()).filter(|number| number.scale() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assumption(name: AssumptionName, scope: &str, values: [&str; 3]) -> Assumption {
        let [low, expected, high] = values.map(str::to_owned);
        Assumption { name, scope: scope.to_owned(), low, expected, high, ..Assumption::default() }
    }

    fn read(name: AssumptionName, scope: &str, values: [&str; 3]) -> Result<Assumed, (&'static str, &'static str)> {
        assumption(name, scope, values).read().map(|read| read.assumed)
    }

    #[test]
    fn a_blank_low_or_high_is_as_expected() {
        let range = |low: &str, expected: &str, high: &str| {
            Ok(Assumed::Estimate(Estimate { low, expected, high }.map(|text| text.parse().unwrap())))
        };
        assert_eq!(read(AssumptionName::Uplift, "", ["", "6", "9"]), range("6", "6", "9"));
        assert_eq!(read(AssumptionName::Uplift, "part:e1", ["-100", "5,55", ""]), range("-100", "5.55", "5.55"));
    }

    #[test]
    fn values_stand_in_the_order_of_what_they_cost() {
        assert_eq!(read(AssumptionName::Uplift, "", ["7", "6", ""]), Err(("low", "assumption_order")));
        assert_eq!(read(AssumptionName::Uplift, "", ["", "6", "5"]), Err(("high", "assumption_order")));
        assert!(read(AssumptionName::Discount, "", ["30", "20", "10"]).is_ok());
        assert_eq!(read(AssumptionName::Discount, "", ["10", "20", ""]), Err(("low", "assumption_order")));
        assert_eq!(read(AssumptionName::Discount, "", ["", "20", "30"]), Err(("high", "assumption_order")));
    }

    #[test]
    fn what_does_not_fit_its_name_is_refused_where_it_stands() {
        for (name, scope, value) in [
            (AssumptionName::Uplift, "", "-100.1"),
            (AssumptionName::Uplift, "", "1.12345"),
            (AssumptionName::Uplift, "", "1,250"),
            (AssumptionName::Discount, "", "101"),
            (AssumptionName::SsRate, "", "-1"),
            (AssumptionName::Proration, "", "week"),
            (AssumptionName::Level, "", "X"),
            (AssumptionName::Anniversary, "", "1 March"),
            (AssumptionName::Fx, "USD/EUR", "0"),
        ] {
            assert_eq!(read(name, scope, ["", value, ""]), Err(("expected", "assumption_value")), "{name:?} {value}");
        }
        for (name, scope, value) in [
            (AssumptionName::Level, "product:IBM MQ", "D"),
            (AssumptionName::Fx, "", "1"),
            (AssumptionName::LicencePart, "", "D1"),
            (AssumptionName::Uplift, "site:1", "3"),
            (AssumptionName::Uplift, "part:", "3"),
            (AssumptionName::ReportCurrency, "agreement:1", "EUR"),
        ] {
            assert_eq!(read(name, scope, ["", value, ""]), Err(("scope", "assumption_scope")), "{name:?} {scope}");
        }
        assert_eq!(read(AssumptionName::Level, "", ["D", "D", ""]), Err(("low", "assumption_has_no_range")));
    }
}
