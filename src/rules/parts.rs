//! Part numbers: what each sells, in which metric and in which pack.
//!
//! `parts.csv` holds the 7,103 parts of an export of ILMT of 2021, compared number by number; it holds no price. It is too large to
//! travel with every program: the terminal carries it (`shipped_parts`), the page's worker fetches it when it first meets a
//! part number (docs/decisions/0012-rights.md).

use litemap::LiteMap;

use super::table::{self, Problem};
use crate::model::derivation::Confidence;

/// What a part sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// Whether it only supports what is owned already.
    pub const fn is_support(self) -> bool {
        matches!(self, Self::Renewal | Self::Reinstatement)
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
    /// How many units of the metric one of it is.
    pub pack: u32,
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
    pub fn read(text: &str) -> (Self, Vec<Problem>) {
        let (rows, problems) = table::read("src/rules/parts.csv", text, &HEADER, |row| {
            let kind = match row.get("kind") {
                "" => None,
                text => Some(PartKind::parse(text).ok_or_else(|| format!("kind: cannot read {text:?}"))?),
            };
            let blank = |column: &str| format!("{column}: blank");
            let part = Part {
                number: row.get("part_number").to_owned(),
                product: row.get("product").to_owned(),
                metric: row.get("metric").to_owned(),
                kind,
                pack: row.parse("pack")?.unwrap_or(1),
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
    }

    #[test]
    fn a_part_is_found_however_it_is_spelt_with_its_pack_and_kind() {
        let (parts, _) = Parts::read(include_str!("parts.csv"));
        let part = parts.find(" d0i2sll ").unwrap();
        assert_eq!((part.metric.as_str(), part.pack, part.kind), ("PVU", 10, Some(PartKind::License)));
        assert_eq!(parts.find("D0I2TLL").unwrap().kind, Some(PartKind::Reinstatement));
        assert_eq!(parts.find("NOPART1"), None);
    }
}
