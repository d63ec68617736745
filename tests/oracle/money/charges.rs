//! 5: spans, coverages, charges.

use super::case::Case;
use super::days::{Day, next_anniversary};
use super::level::level;
use super::numbers::Fraction;
use super::prices::{Question, Quote, parts_per_million, quote};
use super::totals::decimals;

/// 5.1: years from S to T, T not included.
pub(crate) fn span(start: Day, end: Day, by_day: bool) -> Fraction {
    if !by_day {
        let mut months = 0;
        while start.months_later(months) < end {
            months += 1;
        }
        return Fraction::new(u128::try_from(months).unwrap(), 12);
    }
    let mut years = 0;
    while start.months_later(12 * (years + 1)) <= end {
        years += 1;
    }
    let begins = start.months_later(12 * years);
    let length = start.months_later(12 * (years + 1)).0 - begins.0;
    let days = years * length + (end.0 - begins.0);
    Fraction::new(u128::try_from(days).unwrap(), u128::try_from(length).unwrap())
}

/// A stretch that one charge pays.
#[derive(Clone, Debug)]
pub(crate) struct Coverage {
    pub(crate) from: Day,
    /// The day after it.
    pub(crate) next: Day,
    /// F.
    pub(crate) share: Fraction,
}

/// 5.2: the coverages from `start` on that begin up to `bound`, and one more.
pub(crate) fn coverages(case: &Case<'_>, agreement: &str, start: Day, bound: Day) -> Vec<Coverage> {
    let proration = case.proration(agreement);
    let anniversary = case.anniversary(agreement).filter(|_| proration != "none");
    let mut found: Vec<Coverage> = Vec::new();
    let mut number = 0;
    loop {
        let from = found.last().map_or(start, |last| last.next);
        let (next, share) = match anniversary {
            None => (start.months_later(12 * (number + 1)), Fraction::whole(1)),
            Some(anniversary) => {
                let next = next_anniversary(anniversary, from);
                let whole = next_anniversary(anniversary, from.previous()) == from;
                (next, if whole { Fraction::whole(1) } else { span(from, next, proration == "day") })
            }
        };
        number += 1;
        found.push(Coverage { from, next, share });
        if from > bound {
            return found;
        }
    }
}

/// What is charged for: a line, or what it becomes.
#[derive(Clone, Debug)]
pub(crate) struct Held<'a> {
    pub(crate) agreement: &'a str,
    /// The line's.
    pub(crate) product: &'a str,
    /// That of the units, which decides about packs.
    pub(crate) metric: String,
    pub(crate) currency: Option<&'a str>,
    pub(crate) renewal: Option<String>,
    pub(crate) licence: Option<String>,
    pub(crate) units: Fraction,
}

/// One charge.
#[derive(Clone, Debug)]
pub(crate) struct Charge {
    pub(crate) from: Day,
    /// Its last day.
    pub(crate) to: Day,
    pub(crate) kind: &'static str,
    pub(crate) part: Option<String>,
    pub(crate) level: String,
    pub(crate) quote: Option<Quote>,
    pub(crate) factor: Fraction,
    pub(crate) parts: i128,
    /// Low, expected, high, in the smallest units of the currency.
    pub(crate) amounts: Option<[i128; 3]>,
}

/// What sort of charge it is, and which prices it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Renewal,
    /// 5.3.
    Term,
    /// 8.3: the price is fixed, caps do not bind.
    NewTerm,
    Licence,
    Reinstatement,
    BackCharge,
}

impl Sort {
    fn name(self) -> &'static str {
        match self {
            Self::Renewal => "renewal",
            Self::Term | Self::NewTerm => "term",
            Self::Licence => "licence",
            Self::Reinstatement => "reinstatement",
            Self::BackCharge => "back_charge",
        }
    }
}

impl Held<'_> {
    /// The reinstatement part: from the first of licence, renewal part that the catalogue has, else as any.
    fn reinstatement_part(&self, case: &Case<'_>) -> Option<String> {
        let known = [self.licence.as_deref(), self.renewal.as_deref()].into_iter().flatten();
        let known = known.into_iter().find(|part| case.part(part).is_some());
        case.of_kind("reinstatement", known, self.product, &self.metric)
    }

    /// The price of one part on a day, if it is known, and the part that is told where it is not.
    pub(crate) fn quoted(&self, case: &Case<'_>, sort: Sort, day: Day) -> (Option<Quote>, Option<String>) {
        let capped = matches!(sort, Sort::Renewal | Sort::BackCharge | Sort::Term);
        let level = level(case, self.agreement, day);
        let question = self.currency.map(|currency| Question {
            agreement: self.agreement,
            product: self.product,
            currency,
            day,
            level: &level,
            capped,
        });
        let ask = |part: Option<&str>, rate| question.and_then(|question| quote(case, question, part, rate));
        let (renewal, licence) = (self.renewal.as_deref(), self.licence.as_deref());
        match sort {
            Sort::Renewal | Sort::BackCharge => (
                ask(renewal, None).or_else(|| ask(licence, Some(("ss_rate", 20)))),
                renewal.or(licence).map(str::to_owned),
            ),
            Sort::Term | Sort::NewTerm | Sort::Licence => (ask(renewal, None), renewal.map(str::to_owned)),
            Sort::Reinstatement => {
                let part = self.reinstatement_part(case);
                let found = ask(part.as_deref(), None);
                let found = found.or_else(|| ask(licence, Some(("reinstatement_rate", 60))));
                (found, part.or_else(|| licence.map(str::to_owned)))
            }
        }
    }

    /// 5.4: the charge of a coverage, at the price of `day`; of 0 parts there is none.
    pub(crate) fn charge(&self, case: &Case<'_>, sort: Sort, coverage: &Coverage, day: Day) -> Option<Charge> {
        let (quote, told) = self.quoted(case, sort, day);
        let part = quote.as_ref().map(|quote| quote.part.clone()).or(told);
        let pack = Fraction::whole(case.pack(part.as_deref(), &self.metric));
        let parts = self.units.over(&pack).rounded_up();
        if parts == 0 {
            return None;
        }
        let whole_price = matches!(sort, Sort::Reinstatement | Sort::Licence);
        let factor = match &quote {
            Some(quote) if !whole_price => {
                coverage.share.times(&Fraction::new(12, u128::try_from(quote.months).unwrap()))
            }
            Some(_) | None => Fraction::whole(1),
        };
        let mut amounts = None;
        if let (Some(quote), Some(currency)) = (&quote, self.currency) {
            let parts = Fraction::new(u128::try_from(parts).unwrap(), 1);
            let more = if sort == Sort::BackCharge { self.back_uplift(case, quote, day) } else { Some([0; 3]) };
            amounts = more.map(|more| {
                [0, 1, 2].map(|third| {
                    let exact = quote.each[third].times(&parts).times(&factor);
                    exact.times(&Fraction::millionths(1_000_000 + more[third])).rounded(decimals(currency))
                })
            });
        }
        Some(Charge {
            from: coverage.from,
            to: if sort == Sort::BackCharge { coverage.from } else { coverage.next.previous() },
            kind: sort.name(),
            part,
            level: level(case, self.agreement, day),
            quote,
            factor,
            parts,
            amounts,
        })
    }

    /// 8.2: `reinstatement_uplift` in millionths of the whole; none: null.
    fn back_uplift(&self, case: &Case<'_>, quote: &Quote, day: Day) -> Option<[i128; 3]> {
        let subject = super::case::Subject { agreement: self.agreement, product: self.product, part: &quote.part };
        let values = case.assumption("reinstatement_uplift", subject, day)?.values?;
        Some(values.map(parts_per_million))
    }
}
