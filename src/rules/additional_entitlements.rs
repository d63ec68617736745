//! Entitlements of other programs that come on top of a bundle, each row with its licence text.
//!
//! The `OpenShift` cores that come with a bundle stand with its ratios, in `bundles.csv`.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::ratio::Ratio;
use super::table::{self, RuleRow, TableProblem};
use crate::model::derivation::Confidence;

/// An additional entitlement of a bundle (commercial facts, D1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdditionalEntitlement {
    /// Name of the bundle.
    pub bundle: String,
    /// Version of the bundle whose licence text says so.
    pub version: String,
    /// IBM's number of the bundle, such as `5900-ABU`.
    pub program: String,
    /// Name of the program that is entitled on top.
    pub entitlement: String,
    /// What that is counted in.
    pub metric: String,
    /// How much.
    pub amount: AdditionalAmount,
    /// The text that says so.
    pub source: String,
    /// How sure the row is.
    pub confidence: Confidence,
    /// The day or year of the text, as known.
    pub as_of: String,
    /// What else the text says.
    pub note: String,
}

/// How much comes on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdditionalAmount {
    /// A fixed quantity, however much of the bundle there is.
    Flat(u64),
    /// So much for each unit of the bundle, entitlement : bundle.
    PerUnit(Ratio),
}

impl AdditionalEntitlement {
    /// What comes with so many units of the bundle: nothing with none of it. `None` when it is too large.
    pub fn quantity(&self, units: u64) -> Option<Decimal> {
        match self.amount {
            _ if units == 0 => Some(Decimal::ZERO),
            AdditionalAmount::Flat(quantity) => Some(quantity.into()),
            AdditionalAmount::PerUnit(ratio) => ratio.additional(units),
        }
    }
}

const FILE: &str = "src/rules/additional_entitlements.csv";

const HEADER: [&str; 13] = [
    "kind",
    "bundle",
    "version",
    "program",
    "entitlement",
    "metric",
    "quantity",
    "ratio_entitlement",
    "ratio_bundle",
    "source",
    "confidence",
    "as_of",
    "note",
];

static ENTITLEMENTS: LazyLock<(Vec<AdditionalEntitlement>, Vec<TableProblem>)> =
    LazyLock::new(|| table::read(FILE, include_str!("additional_entitlements.csv"), &HEADER, entitlement));

fn entitlement(row: &RuleRow<'_>) -> Result<AdditionalEntitlement, String> {
    let needed = ["bundle", "entitlement", "metric", "source", "as_of"];
    if let Some(column) = needed.into_iter().find(|column| row.get(column).is_empty()) {
        return Err(format!("{column}: blank"));
    }
    let above_zero = |column| match row.parse::<Decimal>(column)? {
        Some(number) if number > Decimal::ZERO => Ok(number),
        _ => Err(format!("{column}: not above 0")),
    };
    let amount = match row.get("kind") {
        "flat" => {
            AdditionalAmount::Flat(above_zero("quantity")?.try_into().map_err(|_| "quantity: not whole".to_owned())?)
        }
        "ratio" => AdditionalAmount::PerUnit(Ratio {
            component: above_zero("ratio_entitlement")?,
            bundle: above_zero("ratio_bundle")?,
        }),
        other => return Err(format!("kind: {other:?}")),
    };
    let text = |column| row.get(column).to_owned();
    Ok(AdditionalEntitlement {
        bundle: text("bundle"),
        version: text("version"),
        program: text("program"),
        entitlement: text("entitlement"),
        metric: text("metric"),
        amount,
        source: text("source"),
        confidence: row.confidence()?,
        as_of: text("as_of"),
        note: text("note"),
    })
}

/// What does not fit in the table. A test holds it empty.
pub fn problems() -> &'static [TableProblem] {
    &ENTITLEMENTS.1
}

/// All rows, in the order of the table: by bundle, then by program.
pub fn all() -> &'static [AdditionalEntitlement] {
    &ENTITLEMENTS.0
}

/// What comes on top of a version of a bundle, both as the catalogue names them.
pub fn with(bundle: &str, version: &str) -> impl Iterator<Item = &'static AdditionalEntitlement> {
    all().iter().filter(move |row| row.bundle == bundle && row.version == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STUDIO: &str = "IBM Watson Studio Premium Extension for IBM Cloud Pak for Data";

    #[test]
    fn every_line_of_the_table_fits() {
        assert_eq!(problems(), []);
        assert_eq!(all().len(), 10);
    }

    #[test]
    fn a_row_that_does_not_fit_is_reported_with_file_and_line() {
        let text =
            format!("{}\nflat,B,1,,E,VPC,0,,,LI,high,2020,\nmost,B,1,,E,VPC,1,,,LI,high,2020,\n", HEADER.join(","));
        let said: Vec<String> =
            table::read(FILE, &text, &HEADER, entitlement).1.iter().map(TableProblem::to_string).collect();
        assert_eq!(
            said,
            [
                "src/rules/additional_entitlements.csv:2: quantity: not above 0",
                "src/rules/additional_entitlements.csv:3: kind: \"most\"",
            ]
        );
    }

    #[test]
    fn a_ratio_of_additional_entitlements_may_be_a_fraction_and_is_no_conversion() {
        let cognos = "IBM Cognos Analytics Administrator Extension for IBM Cloud Pak for Data";
        let of = |units| with(cognos, "11.1.7").map(|row| row.quantity(units)).collect::<Vec<_>>();
        assert_eq!(of(5), ["0.10".parse().ok()]);
        let fci = "IBM Financial Crimes Insight with Watson, Private";
        let each: Vec<_> = with(fci, "6.6").map(|row| row.quantity(3)).collect();
        assert_eq!(each, [2, 280, 12, 3, 6, 18].map(|quantity: u64| Some(quantity.into())));
        assert!(super::super::bundles::conversions().iter().all(|row| row.bundle != fci && row.bundle != cognos));
    }

    #[test]
    fn a_flat_entitlement_is_the_same_for_any_quantity_and_none_comes_with_nothing() {
        let of = |units| {
            let each = with(STUDIO, "3.5").map(|row| (row.entitlement.as_str(), row.quantity(units)));
            each.collect::<Vec<_>>()
        };
        let (pak, linux) = ("IBM Cloud Pak for Data Enterprise Edition", "Red Hat Enterprise Linux");
        let whole = |pak_quantity: u64, linux_quantity: u64| {
            [(pak, Some(pak_quantity.into())), (linux, Some(linux_quantity.into()))]
        };
        assert_eq!(of(1), whole(38, 1));
        assert_eq!(of(500), whole(38, 500));
        assert_eq!(of(0), whole(0, 0));
    }
}
