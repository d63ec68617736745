//! Which report is in sight.

use super::screen_query::ScreenQuery;

/// The argument of the screen that names the report in sight.
pub const VIEW: &str = "report";

/// A report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportView {
    /// What renewals that begin in a year would cost a customer.
    #[default]
    Proposal,
    /// What ends within 180 days.
    Ahead,
    /// Licences for a term.
    Terms,
    /// Agreements with their sites, and what they renew.
    Customers,
    /// What was ordered.
    Orders,
    /// What can be offered.
    Opportunities,
    /// Prices that begin later.
    PriceNotices,
    /// What is used of subscriptions above what is entitled.
    Overage,
}

impl ReportView {
    /// All of them, as they stand beside each other.
    pub const ALL: [Self; 8] = [
        Self::Proposal,
        Self::Ahead,
        Self::Opportunities,
        Self::Orders,
        Self::Customers,
        Self::Terms,
        Self::PriceNotices,
        Self::Overage,
    ];

    /// Its name in addresses and in the names of files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Ahead => "180-days",
            Self::Terms => "terms",
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::Opportunities => "opportunities",
            Self::PriceNotices => "price-notices",
            Self::Overage => "overage",
        }
    }

    /// The key of its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Proposal => "report.proposal",
            Self::Ahead => "page.reports.ahead",
            Self::Terms => "page.reports.terms",
            Self::Customers => "page.reports.customers",
            Self::Orders => "page.reports.orders",
            Self::Opportunities => "page.reports.opportunities",
            Self::PriceNotices => "page.reports.price_notices",
            Self::Overage => "page.reports.overage",
        }
    }

    /// The one with this name, else the first one.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.name() == name).unwrap_or_default()
    }

    /// The one that a screen is asked for.
    pub fn of(query: &ScreenQuery) -> Self {
        Self::named(query.argument(VIEW))
    }
}
