//! Which part renews, reinstates or licenses what another part is for (semantics of money, 2.7).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::fraction::Fraction;
use crate::rules::parts::{Part, PartKind, Parts};

/// The parts that are known, by what they sell of which product in which metric.
pub(super) struct PartBook<'a> {
    parts: &'a Parts,
    of_kind: BTreeMap<(PartKind, &'a str, &'a str), Vec<&'a Part>>,
}

impl<'a> PartBook<'a> {
    pub(super) fn of(parts: &'a Parts) -> Self {
        let mut of_kind: BTreeMap<_, Vec<&Part>> = BTreeMap::new();
        for part in parts.iter() {
            if let Some(kind) = part.kind {
                of_kind.entry((kind, part.product.as_str(), part.metric.as_str())).or_default().push(part);
            }
        }
        Self { parts, of_kind }
    }

    /// The part with this number.
    pub(super) fn find(&self, number: &str) -> Option<&'a Part> {
        self.parts.find(number)
    }

    /// The part of a kind that belongs to another part: for the same product, metric, platform, environment and pack.
    /// Where the catalogue does not have that part, the one for a product and metric, on any platform and in production.
    /// `None` where there is none, or where there are several.
    pub(super) fn of_kind(&self, kind: PartKind, from: &str, product: &str, metric: &str) -> Option<&'a Part> {
        if let Some(from) = self.find(from) {
            return only(self.all(kind, &from.product, &from.metric).filter(|part| is_sibling(part, from)));
        }
        let plain = |part: &&Part| part.platform.is_none() && !part.non_production;
        only(self.all(kind, product, metric).filter(plain))
    }

    /// The part that renews a fixed term for as many months.
    pub(super) fn next_term(&self, from: &Part) -> Option<&'a Part> {
        let siblings = self.all(PartKind::FixedTermRenewal, &from.product, &from.metric);
        only(siblings.filter(|part| is_sibling(part, from) && part.months == from.months))
    }

    fn all(&self, kind: PartKind, product: &str, metric: &str) -> impl Iterator<Item = &'a Part> + use<'a> {
        self.of_kind.get(&(kind, product, metric)).cloned().unwrap_or_default().into_iter()
    }

    /// How many units of a metric one of a part is.
    pub(super) fn pack(&self, part: &str, metric: &str) -> u32 {
        self.find(part).filter(|part| part.metric == metric).map_or(1, |part| part.pack)
    }
}

fn is_sibling(part: &Part, other: &Part) -> bool {
    (part.platform, part.non_production, part.pack) == (other.platform, other.non_production, other.pack)
}

/// The only one.
fn only<'a>(mut parts: impl Iterator<Item = &'a Part>) -> Option<&'a Part> {
    let first = parts.next()?;
    parts.next().is_none().then_some(first)
}

/// How many parts so many units are, rounded up; `None` when they are too many.
pub(super) fn parts_of(units: Fraction, pack: u32) -> Option<u64> {
    units.quotient(Fraction::of(pack.into(), Decimal::ONE)?)?.ceil()
}
