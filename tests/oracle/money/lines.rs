//! 4: what is to be renewed.

use std::collections::BTreeMap;

use super::case::Case;
use super::days::Day;
use super::lists::Right;

/// A renewal line; its fields stand in the order by which lines are sorted, null last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    agreement: String,
    site: String,
    product: String,
    metric: String,
    kind: &'static str,
    status: &'static str,
    ends: Last<Day>,
    renewal_part: Last<String>,
    licence_part: Last<String>,
    currency: Last<String>,
}

/// Something, or nothing, which comes last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Last<T> {
    Some(T),
    None,
}

impl<T> Last<T> {
    fn of(value: Option<T>) -> Self {
        value.map_or(Self::None, Self::Some)
    }

    fn option(self) -> Option<T> {
        match self {
            Self::Some(value) => Some(value),
            Self::None => None,
        }
    }
}

/// A renewal line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) agreement: String,
    pub(crate) site: String,
    pub(crate) product: String,
    pub(crate) metric: String,
    /// `support` or `term`.
    pub(crate) kind: &'static str,
    pub(crate) status: &'static str,
    pub(crate) ends: Option<Day>,
    pub(crate) renewal_part: Option<String>,
    pub(crate) licence_part: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) units: i64,
}

/// Agreement, site, product, metric.
type Holding<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The two parts of a line: what renews it, what its licence is.
type Parts = (Option<String>, Option<String>);

pub(crate) fn lines(case: &Case<'_>) -> Vec<Line> {
    let mut holdings: BTreeMap<Holding<'_>, Vec<&Right>> = BTreeMap::new();
    for right in &case.rights {
        let holding = (right.agreement.as_str(), right.site.as_str(), right.product.as_str(), right.metric.as_str());
        holdings.entry(holding).or_default().push(right);
    }
    let mut units: BTreeMap<Key, i64> = BTreeMap::new();
    for (holding, rights) in holdings {
        for (mut key, more) in support(case, &rights).into_iter().chain(terms(case, &rights)) {
            (key.agreement, key.site) = (holding.0.to_owned(), holding.1.to_owned());
            (key.product, key.metric) = (holding.2.to_owned(), holding.3.to_owned());
            if more > 0 {
                *units.entry(key).or_default() += more;
            }
        }
    }
    let line = |(key, units): (Key, i64)| Line {
        agreement: key.agreement,
        site: key.site,
        product: key.product,
        metric: key.metric,
        kind: key.kind,
        status: key.status,
        ends: key.ends.option(),
        renewal_part: key.renewal_part.option(),
        licence_part: key.licence_part.option(),
        currency: key.currency.option(),
        units,
    };
    units.into_iter().map(line).collect()
}

fn renews(right: &Right) -> bool {
    matches!(right.kind.as_str(), "renewal" | "reinstatement")
}

/// Semantics 13: renewals, reinstatements and support options grant nothing.
fn grants(right: &Right) -> bool {
    !renews(right) && right.kind != "support_option"
}

fn perpetual(right: &Right) -> bool {
    grants(right) && right.licence_type == "perpetual"
}

/// Standing of a perpetual line: one ordered after `on` does not count, whatever its start.
fn counts(case: &Case<'_>, right: &Right) -> bool {
    right.ordered.is_none_or(|day| day <= case.on) && right.start.is_none_or(|day| day <= case.on)
}

/// 4.3 and 4.4.
fn support(case: &Case<'_>, rights: &[&Right]) -> Vec<(Key, i64)> {
    let licences: Vec<&Right> =
        rights.iter().copied().filter(|right| perpetual(right) && counts(case, right)).collect();
    let all: Vec<&Right> =
        rights.iter().copied().filter(|right| renews(right) || (perpetual(right) && counts(case, right))).collect();
    let records: Vec<&Right> = all.iter().copied().filter(|right| right.end >= Some(case.on)).collect();
    let owned = if licences.is_empty() { most(case, &records) } else { licences.iter().map(|right| right.units).sum() };
    let (mut found, taken) = taken(case, &records, owned, "support");
    let left = owned - taken;
    if left > 0 {
        let ends = all.iter().filter_map(|right| right.end).filter(|end| *end < case.on).max();
        let parts: Vec<Parts> = licences.iter().map(|right| support_parts(case, right)).collect();
        let renewal = parts.iter().find_map(|(renewal, _)| renewal.clone());
        let licence = parts.iter().find_map(|(_, licence)| licence.clone());
        let currency = currency(case, licences[0], renewal.as_deref(), licence.as_deref());
        let status = if ends.is_some() { "lapsed" } else { "unsupported" };
        found.push((key("support", status, ends, (renewal, licence), currency), left));
    }
    found
}

/// 4.5.
fn terms(case: &Case<'_>, rights: &[&Right]) -> Vec<(Key, i64)> {
    let terms = rights.iter().copied().filter(|right| grants(right) && !perpetual(right));
    let (ended, rest): (Vec<&Right>, Vec<&Right>) = terms.partition(|right| right.end.is_some_and(|end| end < case.on));
    let (open, records): (Vec<&Right>, Vec<&Right>) = rest.into_iter().partition(|right| right.end.is_none());
    let (mut found, _) = taken(case, &records, most(case, &records), "term");
    let counted = open.into_iter().filter(|right| counts(case, right)).map(|right| (right, "no_end"));
    for (right, status) in ended.into_iter().map(|right| (right, "ended")).chain(counted) {
        found.push((of(case, right, "term", status), right.units));
    }
    found
}

/// The most units of records on one day from `on` on.
fn most(case: &Case<'_>, records: &[&Right]) -> i64 {
    let (mut most, mut day) = (0, case.on);
    let Some(last) = records.iter().filter_map(|right| right.end).max() else { return 0 };
    while day <= last {
        let held =
            records.iter().filter(|right| right.start.is_none_or(|start| start <= day) && right.end >= Some(day));
        most = most.max(held.map(|right| right.units).sum());
        day = day.next();
    }
    most
}

/// Records taken, latest `ss_end` first, then support before perpetual, then by line, each with what is left of owned;
/// and how many units.
fn taken(case: &Case<'_>, records: &[&Right], owned: i64, kind: &'static str) -> (Vec<(Key, i64)>, i64) {
    let mut order: Vec<&Right> = records.to_vec();
    // Stable: lines stay in the order of the file.
    order.sort_by_key(|right| (std::cmp::Reverse(right.end), perpetual(right)));
    let (mut left, mut found) = (owned, Vec::new());
    for right in order {
        let units = right.units.min(left);
        left -= units;
        found.push((of(case, right, kind, "active"), units));
    }
    (found, owned - left)
}

/// The key of a line that one right makes.
fn of(case: &Case<'_>, right: &Right, kind: &'static str, status: &'static str) -> Key {
    let parts = if kind == "term" { (term_part(case, right), None) } else { support_parts(case, right) };
    let currency = currency(case, right, parts.0.as_deref(), parts.1.as_deref());
    key(kind, status, right.end, parts, currency)
}

fn key(
    kind: &'static str,
    status: &'static str,
    ends: Option<Day>,
    (renewal, licence): Parts,
    currency: Option<String>,
) -> Key {
    Key {
        agreement: String::new(),
        site: String::new(),
        product: String::new(),
        metric: String::new(),
        kind,
        status,
        ends: Last::of(ends),
        renewal_part: Last::of(renewal),
        licence_part: Last::of(licence),
        currency: Last::of(currency),
    }
}

/// 4.6.
fn support_parts(case: &Case<'_>, right: &Right) -> Parts {
    let own = right.part.clone();
    let like = |kind| case.of_kind(kind, right.part.as_deref(), &right.product, &right.metric);
    let named = own.clone().filter(|_| right.kind == "renewal");
    let renewal = right.renewal_part.clone().or(named).or_else(|| like("renewal"));
    let licence = own.filter(|_| right.kind == "license" || right.kind.is_empty()).or_else(|| like("license"));
    (renewal, licence)
}

/// 4.6, of a term.
fn term_part(case: &Case<'_>, right: &Right) -> Option<String> {
    let fixed = right.part.as_deref().and_then(|part| case.part(part)).filter(|_| right.kind == "fixed_term");
    let renewal = fixed.and_then(|part| case.of_kind_and_months("fixed_term_renewal", part));
    right.renewal_part.clone().or(renewal).or_else(|| right.part.clone())
}

/// 4.7: assumption, ledger, the only one among all rows of the renewal part, or of the licence part if that has none.
fn currency(case: &Case<'_>, right: &Right, renewal: Option<&str>, licence: Option<&str>) -> Option<String> {
    if let Some(currency) = case.of_agreement("currency", &right.agreement, case.on) {
        return Some(currency.to_owned());
    }
    if right.currency.is_some() {
        return right.currency.clone();
    }
    let of = |part: Option<&str>| -> Vec<&str> {
        let rows = case.prices.iter().filter(|price| Some(price.part.as_str()) == part);
        let mut found: Vec<&str> = rows.map(|price| price.currency.as_str()).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let mut found = of(renewal);
    if found.is_empty() {
        found = of(licence);
    }
    (found.len() == 1).then(|| found[0].to_owned())
}
