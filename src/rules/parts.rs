//! Part numbers: what each sells, in which metric and in which pack.
//!
//! `parts.csv` holds the 7,103 parts of an export of ILMT of 2021, compared number by number; it holds no price. It is too large to
//! travel with every program: the terminal carries it (`shipped_parts`), the page's worker fetches it when it first meets a
//! part number (docs/decisions/0012-rights.md).

use std::num::NonZeroU32;

use litemap::LiteMap;

use super::table::{self, TableProblem};
use crate::model::bundle::Environment;
use crate::model::derivation::Confidence;
use crate::model::entitlement::LineKind;
use crate::model::metric;
use crate::model::platform::Platform;

/// What a part sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// A perpetual licence, with twelve months of Subscription and Support (S&S).
    License,
    /// A perpetual licence in the place of another one, which ends.
    TradeUp,
    /// A licence by the month.
    Monthly,
    /// A licence for a fixed term.
    FixedTerm,
    /// One more fixed term.
    FixedTermRenewal,
    /// S&S for one more year: it grants no licence.
    Renewal,
    /// S&S after a gap: it grants no licence.
    Reinstatement,
}

impl PartKind {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "license" => Self::License,
            "trade_up" => Self::TradeUp,
            "monthly" => Self::Monthly,
            "fixed_term" => Self::FixedTerm,
            "fixed_term_renewal" => Self::FixedTermRenewal,
            "renewal" => Self::Renewal,
            "reinstatement" => Self::Reinstatement,
            _ => return None,
        })
    }

    /// What a line of the ledger with such a part sells.
    pub const fn sells(self) -> LineKind {
        match self {
            Self::License | Self::Monthly | Self::FixedTerm | Self::FixedTermRenewal => LineKind::Licence,
            Self::TradeUp => LineKind::TradeUp,
            Self::Renewal => LineKind::Renewal,
            Self::Reinstatement => LineKind::Reinstatement,
        }
    }
}

/// What IBM's shape of part numbers says that a part sells of which nothing else is known; `None` where it says nothing.
/// `E…` are annual renewals. `X` and `Z` with four more letters or digits and the ending of IBM's parts are Extended and
/// Advanced Support. Derived from lists of parts, of which a few differ: whoever uses it says so.
pub fn sold_by_number(number: &str) -> Option<LineKind> {
    let number = number.trim().to_ascii_uppercase();
    let ibm = number.len() == 7
        && number.bytes().all(|letter| letter.is_ascii_alphanumeric())
        && (number.ends_with("LL") || number.ends_with("ZX"));
    match number.bytes().next()? {
        b'E' => Some(LineKind::Renewal),
        b'X' | b'Z' if ibm => Some(LineKind::SupportOption),
        _ => None,
    }
}

/// A part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part number, in capitals.
    pub number: String,
    /// The product that it is for.
    pub product: String,
    /// The code of its metric, such as `PVU` or `AUTHORIZED_USER`; empty where no source says.
    pub metric: String,
    /// What it sells; `None` where no source says.
    pub kind: Option<PartKind>,
    /// How many months one of it pays; `None` where no source says.
    pub months: Option<NonZeroU32>,
    /// How many units of the metric one of it is.
    pub pack: u32,
    /// The platform that its licences are for; `None` for any, or where no source says.
    pub platform: Option<Platform>,
    /// Whether its licences are not for productive use.
    pub non_production: bool,
    /// Line in `parts.csv`, the header being line 1.
    pub line: u32,
}

/// The parts that are known.
#[derive(Clone, Debug, Default)]
pub struct Parts(LiteMap<String, Part>);

/// Where all rows come from.
pub const SOURCE: &str = "part_numbers.csv of the 2021 ILMT export, compared number by number";

/// How sure all rows are.
pub const CONFIDENCE: Confidence = Confidence::Medium;

const HEADER: [&str; 8] = ["part_number", "product", "metric", "kind", "months", "platform", "environment", "pack"];

impl Parts {
    /// Reads the table, and tells what does not fit in it.
    pub fn read(text: &str) -> (Self, Vec<TableProblem>) {
        let (rows, problems) = table::read("src/rules/parts.csv", text, &HEADER, |row| {
            let kind = match row.get("kind") {
                "" => None,
                text => Some(PartKind::parse(text).ok_or_else(|| format!("kind: cannot read {text:?}"))?),
            };
            let platform = match row.get("platform") {
                "" => None,
                text => {
                    let known = Platform::ALL.into_iter().find(|platform| platform.name() == text);
                    Some(known.ok_or_else(|| format!("platform: cannot read {text:?}"))?)
                }
            };
            let environment = match row.get("environment") {
                "" => None,
                text => Some(Environment::parse(text).ok_or_else(|| format!("environment: cannot read {text:?}"))?),
            };
            let blank = |column: &str| format!("{column}: blank");
            let part = Part {
                number: row.get("part_number").to_owned(),
                product: row.get("product").to_owned(),
                metric: metric::code(row.get("metric")),
                kind,
                months: row.parse("months")?,
                pack: row.parse("pack")?.unwrap_or(1),
                platform,
                non_production: environment == Some(Environment::NonProduction),
                line: row.line,
            };
            if part.number.is_empty() || part.pack == 0 {
                return Err(blank(if part.pack == 0 { "pack" } else { "part_number" }));
            }
            if part.product.is_empty() { Err(blank("product")) } else { Ok((part.number.clone(), part)) }
        });
        (Self(rows.into_iter().collect()), problems)
    }

    /// The part with this number, however it is spelt.
    pub fn find(&self, number: &str) -> Option<&Part> {
        self.0.get(&number.trim().to_ascii_uppercase())
    }

    /// All of them, by number.
    pub fn iter(&self) -> impl Iterator<Item = &Part> {
        self.0.values()
    }

    /// How many parts there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_fits() {
        let (parts, problems) = Parts::read(include_str!("parts.csv"));
        assert_eq!(problems, []);
        assert_eq!(parts.len(), 7_103);
        let metrics = parts.0.values().map(|part| &part.metric).filter(|metric| !metric.is_empty());
        let unknown: Vec<_> = metrics.filter(|word| !metric::is_known(word)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn a_part_is_found_however_it_is_spelt_with_its_pack_and_kind() {
        let (parts, _) = Parts::read(include_str!("parts.csv"));
        let part = parts.find(" d0i2sll ").unwrap();
        assert_eq!((part.metric.as_str(), part.pack, part.kind), ("PVU", 10, Some(PartKind::License)));
        assert_eq!(parts.find("D0I2TLL").unwrap().kind, Some(PartKind::Reinstatement));
        assert_eq!(parts.find("NOPART1"), None);
    }

    #[test]
    fn a_part_knows_the_platform_and_the_use_that_its_licences_are_for() {
        let (parts, _) = Parts::read(include_str!("parts.csv"));
        assert_eq!(parts.find("D55WQLL").unwrap().platform, Some(Platform::LinuxOnZ));
        assert!(parts.find("E0NNZLL").unwrap().non_production);
        let mq = parts.find("D55V1LL").unwrap();
        assert_eq!((mq.platform, mq.non_production), (None, false));
        let unknown = "part_number,product,metric,kind,months,platform,environment,pack\nD1,MQ,PVU,license,12,moon,,\n";
        assert_eq!(Parts::read(unknown).1.len(), 1);
    }
}
