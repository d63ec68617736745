//! What each site owns, product by product.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::entitlement::Entitlement;
use crate::model::position::{Grant, LineStatus};

/// What a site owns of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedAt<'a> {
    /// The agreement, as the ledger writes it; blank when it does not say.
    pub agreement: &'a str,
    /// The site; blank when the ledger does not say.
    pub site: &'a str,
    /// Name of the product.
    pub product: &'a str,
    /// Code of the metric.
    pub metric: &'a str,
    /// What its lines grant together.
    pub entitled: Decimal,
    /// The last day on which any of them is under Subscription and Support; `None` when none says.
    pub supported_until: Option<Date>,
}

impl OwnedAt<'_> {
    fn key(&self) -> (&str, &str, &str, &str) {
        (self.agreement, self.site, self.product, self.metric)
    }
}

/// What each site owns by the lines that count, sorted by agreement, site, product and metric.
pub fn inventory<'a>(ledger: &'a [Arc<Entitlement>], grants: &'a [Grant]) -> Vec<OwnedAt<'a>> {
    let counted = ledger.iter().zip(grants).filter(|(_, grant)| grant.standing == LineStatus::Counts);
    let mut owned: Vec<OwnedAt<'_>> = counted
        .map(|(line, grant)| OwnedAt {
            agreement: &line.agreement,
            site: &line.site,
            product: &grant.product,
            metric: &grant.metric,
            entitled: grant.units,
            supported_until: line.ss_end,
        })
        .collect();
    owned.sort_by(|one, other| one.key().cmp(&other.key()));
    owned.dedup_by(|next, kept| {
        let same = next.key() == kept.key();
        if same {
            kept.entitled = kept.entitled.saturating_add(next.entitled);
            kept.supported_until = kept.supported_until.max(next.supported_until);
        }
        same
    });
    owned
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::list::SharedLines;

    #[test]
    fn a_site_owns_what_its_lines_grant_together_and_lines_that_do_not_count_grant_nothing() {
        let line = |site: &str, ss_end| Entitlement { site: site.to_owned(), ss_end, ..Entitlement::default() };
        let grant = |units: i64, standing| Grant {
            product: "Db2".to_owned(),
            metric: "PVU".to_owned(),
            pack: 1,
            units: units.into(),
            standing,
            ..Grant::default()
        };
        let ledger = SharedLines::of(&[
            line("Rome", None),
            line("Oslo", Some(date(2026, 6, 30))),
            line("Rome", Some(date(2027, 1, 1))),
            line("Rome", None),
        ]);
        let grants = [
            grant(5, LineStatus::Counts),
            grant(7, LineStatus::Counts),
            grant(1, LineStatus::Counts),
            grant(9, LineStatus::Ended),
        ];
        let seen = inventory(&ledger, &grants);
        let seen: Vec<_> = seen.iter().map(|one| (one.site, one.entitled, one.supported_until)).collect();
        assert_eq!(seen, [("Oslo", 7.into(), Some(date(2026, 6, 30))), ("Rome", 6.into(), Some(date(2027, 1, 1)))]);
    }
}
