//! To which agreements sites, orders and rights belong.

use std::sync::Arc;

use litemap::LiteMap;

use crate::model::agreement::{Agreement, Site};
use crate::model::entitlement::Entitlement;

/// To which agreements sites belong (docs/decisions/0034-agreements.md).
pub struct Owners<'a> {
    of_site: LiteMap<&'a str, &'a str>,
    /// The only agreement that is named.
    only: Option<&'a str>,
    /// The agreement of a site that nobody names; blank for none.
    home: &'a str,
}

impl<'a> Owners<'a> {
    /// What the lists of agreements and of sites and the ledger say: where two agreements name one site, the first does.
    pub(super) fn of(agreements: &'a [Agreement], sites: &'a [Site], ledger: &'a [Arc<Entitlement>]) -> Self {
        let mut of_site: LiteMap<&str, &str> = LiteMap::new();
        for site in sites {
            of_site.entry(site.site.as_str()).or_insert(site.agreement.as_str());
        }
        let numbers = agreements.iter().map(|line| line.agreement.as_str());
        let numbers =
            numbers.chain(of_site.values().copied()).chain(ledger.iter().map(|right| right.agreement.as_str()));
        let mut named = numbers.filter(|number| !number.is_empty());
        let first = named.next();
        let only = first.filter(|first| named.all(|other| other == *first));
        Self { home: only.filter(|_| sites.is_empty()).unwrap_or_default(), of_site, only }
    }

    /// The only agreement that is named.
    pub(super) const fn only(&self) -> Option<&'a str> {
        self.only
    }

    /// The agreement of a site; blank where none is known.
    pub fn of_site(&self, site: &str) -> &'a str {
        self.of_site.get(site).copied().unwrap_or(self.home)
    }

    /// The agreement of a line of the ledger: the one that it names, else that of its site.
    pub fn of_right<'r>(&self, right: &'r Entitlement) -> &'r str
    where
        'a: 'r,
    {
        if right.agreement.is_empty() { self.of_site(&right.site) } else { &right.agreement }
    }
}
