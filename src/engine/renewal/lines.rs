//! What there is to renew: the lines of the ledger, each unit once, with the day on which it ends (semantics of money,
//! section 4).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::assumed::AssumptionBook;
use super::catalogue::PartBook;
use super::prices::PriceBook;
use crate::engine::agreements::Owners;
use crate::engine::position::ReadLine;
use crate::model::entitlement::{Entitlement, LineKind};
use crate::model::money::Currency;
use crate::model::position::{KindFrom, LineStatus};
use crate::rules::parts::PartKind;

/// What is renewed: the support of a licence for ever, or a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RenewalKind {
    /// Subscription and Support (S&S).
    Support,
    /// A licence for a term.
    Term,
}

impl RenewalKind {
    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Term => "term",
        }
    }
}

/// How it stands on the day of the forecast; in the order of the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RenewalStatus {
    /// It runs, and has an end.
    Active,
    /// A term that is over.
    Ended,
    /// Support that is over.
    Lapsed,
    /// A term that states no end.
    NoEnd,
    /// A licence whose lines state no support.
    Unsupported,
}

impl RenewalStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Active, Self::Lapsed, Self::Unsupported, Self::Ended, Self::NoEnd];

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Ended => "ended",
            Self::Lapsed => "lapsed",
            Self::NoEnd => "no_end",
            Self::Unsupported => "unsupported",
        }
    }
}

/// What tells one line of a forecast from another, in the order in which they stand; what is not known stands last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RenewalKey {
    /// Number of the agreement; blank for none.
    pub agreement: String,
    /// The site.
    pub site: String,
    /// The product.
    pub product: String,
    /// Code of the metric.
    pub metric: String,
    /// What is renewed.
    pub kind: RenewalKind,
    /// How it stands.
    pub status: RenewalStatus,
    /// Its last day.
    pub ends: NoneLast<Date>,
    /// Number of the part by whose price it is renewed, in capitals.
    pub renewal_part: NoneLast<String>,
    /// Number of the part of its licence, in capitals.
    pub licence_part: NoneLast<String>,
    /// Its currency.
    pub currency: NoneLast<Currency>,
}

/// A value that may not be known; one that is not stands behind all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoneLast<T>(pub Option<T>);

impl<T: Ord> Ord for NoneLast<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0.is_none(), &self.0).cmp(&(other.0.is_none(), &other.0))
    }
}

impl<T: Ord> PartialOrd for NoneLast<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// So many units of what is renewed, and the lines of the ledger that say so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renewable {
    /// Units of the metric.
    pub units: Decimal,
    /// The lines.
    pub lines: Vec<Arc<Entitlement>>,
}

/// What the lines are made with.
#[derive(Clone, Copy)]
pub(super) struct LineSources<'a> {
    pub(super) owners: &'a Owners<'a>,
    pub(super) parts: &'a PartBook<'a>,
    pub(super) prices: &'a PriceBook<'a>,
    pub(super) assumptions: &'a AssumptionBook<'a>,
    pub(super) on: Date,
}

/// Agreement, site, product and metric.
type HoldingKey<'a> = (&'a str, &'a str, &'a str, &'a str);

/// What there is to renew, in its order.
pub(super) fn lines(read: &[ReadLine], sources: LineSources<'_>) -> BTreeMap<RenewalKey, Renewable> {
    let mut holdings: BTreeMap<HoldingKey<'_>, Vec<&ReadLine>> = BTreeMap::new();
    for line in read {
        let agreement = sources.owners.of_right(&line.line);
        let key = (agreement, line.line.site.as_str(), line.grant.product.as_str(), line.grant.metric.as_str());
        holdings.entry(key).or_default().push(line);
    }
    let mut lines = BTreeMap::new();
    for (key, of_it) in &holdings {
        let mut holding = Holding { key: *key, sources, lines: &mut lines };
        holding.support(of_it);
        holding.terms(of_it);
    }
    lines
}

struct Holding<'a, 'm> {
    key: HoldingKey<'a>,
    sources: LineSources<'a>,
    lines: &'m mut BTreeMap<RenewalKey, Renewable>,
}

/// By which parts something is priced, and in which currency.
struct PricedBy {
    renewal_part: Option<String>,
    licence_part: Option<String>,
    currency: Option<Currency>,
}

impl Holding<'_, '_> {
    /// The support of licences for ever (4.3 and 4.4).
    fn support(&mut self, lines: &[&ReadLine]) {
        let is_licence = |line: &&&ReadLine| {
            line.is_perpetual && !line.grant.kind.is_support() && line.grant.standing == LineStatus::Counts
        };
        let perpetual: Vec<&ReadLine> = lines.iter().filter(is_licence).copied().collect();
        let renews = |line: &&&ReadLine| matches!(line.grant.kind, LineKind::Renewal | LineKind::Reinstatement);
        let renewals = lines.iter().filter(renews).copied();
        // Where two end on one day, support goes before a licence's own year; then the order of files and lines holds.
        let of_support: Vec<&ReadLine> = renewals.chain(perpetual.iter().copied()).collect();
        let ends_later = |line: &&&ReadLine| line.line.ss_end.is_some_and(|end| end >= self.sources.on);
        let records: Vec<&ReadLine> = of_support.iter().filter(ends_later).copied().collect();
        let owned = if perpetual.is_empty() {
            most_on_one_day(&records, self.sources.on)
        } else {
            perpetual.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.grant.units))
        };
        let left = self.take(records, owned, RenewalKind::Support);
        if left > Decimal::ZERO {
            let ended = of_support.iter().filter_map(|line| line.line.ss_end).filter(|end| *end < self.sources.on);
            let ends = ended.max();
            let status = if ends.is_some() { RenewalStatus::Lapsed } else { RenewalStatus::Unsupported };
            let priced = perpetual.iter().map(|line| priced_parts(self.sources.parts, line, RenewalKind::Support));
            let (mut renewal_part, mut licence_part) = (None, None);
            for (renewal, licence) in priced {
                renewal_part = renewal_part.or(renewal);
                licence_part = licence_part.or(licence);
            }
            let stated = perpetual.first().map_or("", |line| line.line.currency.as_str());
            let currency = self.currency(stated, renewal_part.as_deref(), licence_part.as_deref());
            let lines = perpetual.iter().map(|line| Arc::clone(&line.line)).collect();
            let by = PricedBy { renewal_part, licence_part, currency };
            self.add(RenewalKind::Support, status, ends, by, left, lines);
        }
    }

    /// Terms (4.5).
    fn terms(&mut self, lines: &[&ReadLine]) {
        let mut records = Vec::new();
        for line in lines.iter().filter(|line| is_term(line)) {
            let ends = line.line.ss_end;
            let told = match line.grant.standing {
                LineStatus::Ended => Some(RenewalStatus::Ended),
                LineStatus::Counts | LineStatus::OtherPlatform if ends.is_none() => Some(RenewalStatus::NoEnd),
                LineStatus::Counts | LineStatus::OtherPlatform | LineStatus::NotYet => None,
                LineStatus::SupportOnly => continue,
            };
            if let Some(status) = told {
                let by = self.priced_by(line, RenewalKind::Term);
                self.add(RenewalKind::Term, status, ends, by, line.grant.units, vec![Arc::clone(&line.line)]);
            } else if ends.is_some_and(|end| end >= self.sources.on) {
                records.push(*line);
            }
        }
        let owned = most_on_one_day(&records, self.sources.on);
        self.take(records, owned, RenewalKind::Term);
    }

    /// Takes records, the one that ends last first, each with what is left of what is owned; that which is left then.
    fn take(&mut self, mut records: Vec<&ReadLine>, owned: Decimal, kind: RenewalKind) -> Decimal {
        records.sort_by_key(|line| std::cmp::Reverse(line.line.ss_end));
        let mut left = owned;
        for record in records {
            let units = record.grant.units.min(left);
            left = left.saturating_sub(units);
            let by = self.priced_by(record, kind);
            let lines = vec![Arc::clone(&record.line)];
            self.add(kind, RenewalStatus::Active, record.line.ss_end, by, units, lines);
        }
        left
    }

    fn add(
        &mut self,
        kind: RenewalKind,
        status: RenewalStatus,
        ends: Option<Date>,
        by: PricedBy,
        units: Decimal,
        lines: Vec<Arc<Entitlement>>,
    ) {
        if units.is_zero() {
            return;
        }
        let (agreement, site, product, metric) = self.key;
        let key = RenewalKey {
            agreement: agreement.to_owned(),
            site: site.to_owned(),
            product: product.to_owned(),
            metric: metric.to_owned(),
            kind,
            status,
            ends: NoneLast(ends),
            renewal_part: NoneLast(by.renewal_part),
            licence_part: NoneLast(by.licence_part),
            currency: NoneLast(by.currency),
        };
        let known = self.lines.entry(key).or_default();
        known.units = known.units.saturating_add(units);
        known.lines.extend(lines);
    }

    fn priced_by(&self, line: &ReadLine, kind: RenewalKind) -> PricedBy {
        let (renewal_part, licence_part) = priced_parts(self.sources.parts, line, kind);
        let currency = self.currency(&line.line.currency, renewal_part.as_deref(), licence_part.as_deref());
        PricedBy { renewal_part, licence_part, currency }
    }

    /// The currency: as assumed, else as the ledger states it, else the only one of the prices (4.7).
    fn currency(&self, stated: &str, renewal_part: Option<&str>, licence_part: Option<&str>) -> Option<Currency> {
        let (agreement, ..) = self.key;
        let assumed = self.sources.assumptions.currency(agreement).cloned();
        let stated = Some(Currency::of(stated)).filter(|currency| !currency.is_blank());
        let priced = || self.sources.prices.only_currency(renewal_part.into_iter().chain(licence_part)).cloned();
        assumed.or(stated).or_else(priced)
    }
}

/// The parts by whose prices a line is renewed, and licensed anew (4.6).
pub(super) fn priced_parts(
    parts: &PartBook<'_>,
    line: &ReadLine,
    kind: RenewalKind,
) -> (Option<String>, Option<String>) {
    let named = |number: &str| Some(number.trim().to_ascii_uppercase()).filter(|number| !number.is_empty());
    let own = named(&line.line.part_number);
    let given = named(&line.line.renewal_part);
    let (product, metric) = line.grant.key();
    let of_kind = |kind| parts.of_kind(kind, &line.line.part_number, product, metric).map(|part| part.number.clone());
    match kind {
        RenewalKind::Term => {
            let part = parts.find(&line.line.part_number).filter(|part| part.kind == Some(PartKind::FixedTerm));
            let next = || part.and_then(|part| parts.next_term(part)).map(|part| part.number.clone());
            (given.or_else(next).or(own), None)
        }
        RenewalKind::Support => {
            let renews = own.clone().filter(|_| line.grant.kind == LineKind::Renewal);
            let renewal = given.or(renews).or_else(|| of_kind(PartKind::Renewal));
            let licence = own.filter(|_| is_licence(line, parts)).or_else(|| of_kind(PartKind::License));
            (renewal, licence)
        }
    }
}

/// Whether the part of a line is that of its licence: where its kind is that, or is not known.
fn is_licence(line: &ReadLine, parts: &PartBook<'_>) -> bool {
    let of_part = parts.find(&line.line.part_number).and_then(|part| part.kind);
    let says_so = line.grant.kind_from != KindFrom::Part || of_part == Some(PartKind::License);
    line.grant.kind == LineKind::Licence && says_so
}

/// Whether a line grants something for a term.
pub(super) const fn is_term(line: &ReadLine) -> bool {
    !line.is_perpetual && !line.grant.kind.is_support()
}

/// The most units of lines on one day, from a day on; what states no beginning always has begun.
fn most_on_one_day(lines: &[&ReadLine], on: Date) -> Decimal {
    let begins = lines.iter().filter_map(|line| line.line.ss_start).filter(|start| *start > on);
    let on_day = |day: Date| {
        let holds = |line: &&&ReadLine| {
            line.line.ss_start.is_none_or(|start| start <= day) && line.line.ss_end.is_none_or(|end| day <= end)
        };
        lines.iter().filter(holds).fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.grant.units))
    };
    begins.chain([on]).map(on_day).max().unwrap_or_default()
}
