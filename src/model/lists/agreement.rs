//! Agreements with IBM: their terms, their sites and the people who answer for them.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::list::{line, words};
use crate::model::region::Region;

/// An agreement, as its papers and its owner give it. What is blank is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// Its number.
    pub agreement: String,
    /// The company that signed it.
    pub customer: String,
    /// Its programme.
    pub programme: Option<Programme>,
    /// The country of the originating site.
    pub country: String,
    /// Currency of its prices, as ISO 4217 names it.
    pub currency: String,
    /// Day and month of the anniversary, in any year; `None` follows the first order.
    pub anniversary: Option<Date>,
    /// How many days before an audit IBM has to give notice.
    pub audit_notice_days: Option<Decimal>,
    /// How many months an audit may look back.
    pub look_back_months: Option<Decimal>,
    /// The most that prices may rise in a year, in percent.
    pub price_cap_percent: Option<Decimal>,
    /// Since when the terms for sub-capacity hold.
    pub sub_capacity_since: Option<Date>,
    /// Who answers for it.
    pub owner: String,
    /// Who stands in for the owner, a service provider for example.
    pub delegate: String,
    /// Where its papers are, or what else there is to know.
    pub note: String,
}

line! {
    Agreement from file row, detected by ["agreement", "programme"] | ["agreement", "anniversary"] | ["agreement", "customer"],
    keyed by ["agreement"];
    agreement: Required, customer, programme: LeaveBlank, country, currency, anniversary, audit_notice_days: LeaveBlank,
    look_back_months: LeaveBlank, price_cap_percent: LeaveBlank, sub_capacity_since: LeaveBlank, owner, delegate, note
}

/// The programme of an agreement (commercial facts, A3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Programme {
    /// Passport Advantage: many sites, points, one anniversary.
    PassportAdvantage,
    /// Passport Advantage Express: by transaction, always the base level.
    Express,
}

impl Programme {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::PassportAdvantage, Self::Express];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PassportAdvantage => "passport_advantage",
            Self::Express => "express",
        }
    }
}

words!(Programme);

/// A site of an agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// Number of its agreement.
    pub agreement: String,
    /// Its number.
    pub site: String,
    /// What it is called.
    pub name: String,
    /// Whether the agreement began with it.
    pub role: Option<SiteRole>,
    /// Its country.
    pub country: String,
    /// Its region, in which peaks are counted apart.
    pub region: Option<Region>,
    /// Whose prices it has.
    pub sector: Option<Sector>,
}

line! {
    Site from file row, detected by ["site", "sector"] | ["site", "role"] | ["site", "agreement", "country"],
    keyed by ["agreement", "site"];
    agreement, site: Required, name, role: LeaveBlank, country, region: LeaveBlank, sector: LeaveBlank
}

/// What a site is in its agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteRole {
    /// The agreement began with it.
    Originating,
    /// It joined later.
    Additional,
}

impl SiteRole {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Originating, Self::Additional];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Originating => "originating",
            Self::Additional => "additional",
        }
    }
}

words!(SiteRole);

/// Whose prices a site has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sector {
    /// Those of the volume level.
    Commercial,
    /// Those of governments (GV).
    Government,
    /// Those of schools and universities (ED).
    Academic,
}

impl Sector {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Commercial, Self::Government, Self::Academic];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Commercial => "commercial",
            Self::Government => "government",
            Self::Academic => "academic",
        }
    }
}

words!(Sector);
words!(Region);

/// Somebody who answers for an agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// Number of the agreement.
    pub agreement: String,
    /// The contact's name.
    pub contact: String,
    /// What the contact does: primary contact, technical contact, reseller.
    pub role: String,
    /// Address for mail.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// When somebody should see whether this still holds.
    pub review_on: Option<Date>,
}

line! {
    Contact from file row, detected by ["contact", "role"] | ["contact", "email"], keyed by ["agreement", "contact"];
    agreement, contact: Required, role, email, phone, review_on
}

/// So much of what is entitled is given to a site or a department.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allocation {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// The product, as the ledger and the demand name it.
    pub product: String,
    /// Its metric; empty when the product has only one.
    pub metric: String,
    /// The site that has it.
    pub site: String,
    /// The department that has it.
    pub department: String,
    /// How much, in units of the metric; 0 or more.
    pub quantity: Decimal,
    /// What else there is to know.
    pub note: String,
}

line! {
    Allocation from file row, detected by ["product", "department", "quantity"],
    keyed by ["product", "metric", "site", "department"];
    product: Required, metric, site, department, quantity: Required, note
}
