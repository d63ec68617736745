//! What belongs to an agreement: its sites, orders and levels set by hand, and whose prices it has.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engine::volume::{Customer, VolumeQuery};
use crate::model::agreement::{Agreement, Programme, Sector, Site};
use crate::model::order::{LevelByHand, OrderLine, PriceTerms};

/// What belongs to an agreement.
#[derive(Default)]
pub struct Account<'a> {
    /// Its number; blank for orders of no agreement.
    pub agreement: &'a str,
    /// Its orders.
    pub orders: Vec<Arc<OrderLine>>,
    /// What is said of the estate as a whole, where that holds for it: for the only agreement, and for orders of none.
    pub terms: Option<PriceTerms>,
    pub(super) line: Option<&'a Agreement>,
    pub(super) sites: Vec<&'a Site>,
    pub(super) by_hand: Vec<Arc<LevelByHand>>,
    /// The last day on which a right shows an order or an active service.
    pub(super) served: Option<Date>,
}

impl<'l> Account<'l> {
    /// Nothing but what is said of the estate as a whole.
    pub fn of_estate(terms: PriceTerms) -> Self {
        Self { terms: Some(terms), ..Self::default() }
    }

    /// What is asked of its orders on a day; of all sites, some may have prices of their own.
    pub fn question<'a>(&'a self, sites: &'a [Site], on: Option<Date>) -> VolumeQuery<'a> {
        VolumeQuery { anniversary: self.anniversary(), on, customer: self.customer(), by_hand: &self.by_hand, sites }
    }

    /// Its line in the list of agreements, where it has one.
    pub const fn listed(&self) -> Option<&'l Agreement> {
        self.line
    }

    /// Day and month of its anniversary, where one is given.
    pub(super) fn anniversary(&self) -> Option<Date> {
        let own = self.line.and_then(|line| line.anniversary);
        own.or_else(|| self.terms.and_then(|terms| terms.anniversary))
    }

    /// Whose prices it has: those of its programme, else of the one sector of all its sites, else of the estate.
    pub(super) fn customer(&self) -> Customer {
        let of_estate = self.terms.unwrap_or_default().customer;
        let programme = self.line.and_then(|line| line.programme);
        if programme == Some(Programme::Express) {
            return Customer::Express;
        }
        let first = self.sites.first().and_then(|site| site.sector);
        match first.filter(|_| self.sites.iter().all(|site| site.sector == first)) {
            Some(Sector::Government) => Customer::Government,
            Some(Sector::Academic) => Customer::Academic,
            Some(Sector::Commercial) => Customer::Commercial,
            None if programme.is_some() && of_estate == Customer::Express => Customer::Commercial,
            None => of_estate,
        }
    }
}
