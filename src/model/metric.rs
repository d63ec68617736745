//! The units in which products are licensed.

use serde::{Deserialize, Serialize};

/// The unit a product is licensed in. The order is that of reports: bytewise by the name of the metric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Metric {
    /// Processor value unit: cores times the rate of the processor. What a blank means (semantics, section 5).
    #[default]
    Pvu,
    /// Resource value unit for managed activated processor cores (MAPC): cores through tiers.
    Rvu,
    /// Virtual processor core: cores.
    Vpc,
}

impl Metric {
    /// The name as IBM and the files write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pvu => "PVU",
            Self::Rvu => "RVU",
            Self::Vpc => "VPC",
        }
    }

    /// Reads the name, whatever its case.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Pvu, Self::Rvu, Self::Vpc].into_iter().find(|metric| metric.name().eq_ignore_ascii_case(text))
    }
}

/// The code of any metric: `PVU`, `VPC` and `RVU` however they are written out, and for others the words in capitals,
/// such as `AUTHORIZED_USER`. Empty stays empty.
pub fn code(text: &str) -> String {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_uppercase)
        .collect();
    let known = |word: &str| Metric::parse(word).map(|metric| metric.name().to_owned());
    let joined = words.join("_");
    let written_out = match joined.trim_end_matches(['S']) {
        text if text.starts_with("PROCESSOR_VALUE_UNIT") => Some("PVU".to_owned()),
        text if text.starts_with("VIRTUAL_PROCESSOR_CORE") => Some("VPC".to_owned()),
        text if text.starts_with("RESOURCE_VALUE_UNIT") => Some("RVU".to_owned()),
        _ => None,
    };
    written_out.or_else(|| words.first().and_then(|first| known(first.trim_end_matches('S')))).unwrap_or(joined)
}

/// Codes of metrics: those of processor cores, and those in which parts are sold or bundles counted.
const KNOWN: [&str; 33] = [
    "APPLICATION_INSTANCE",
    "AUTHORIZED_USER",
    "CLIENT_DEVICE",
    "CONCURRENT_USER",
    "CONNECTION",
    "CURRENCY_VALUE_UNIT",
    "ENTITLEMENT",
    "ESTABLISHMENT",
    "FLEXPOINT",
    "FLOATING_USER",
    "INSTALL",
    "LIMITED_USE_SOCKET",
    "MANAGED_VIRTUAL_SERVER",
    "MILLION_UNITS",
    "MVS",
    "PROCESSOR",
    "PROCESSOR_DAY",
    "PVU",
    "RESOURCE_UNIT",
    "RVU",
    "SERVER",
    "SIMULTANEOUS_SESSION",
    "SOCKET",
    "STORAGE_CAPACITY_UNIT",
    "TERABYTE",
    "TOKEN",
    "USER",
    "UVU",
    "VIRTUAL_PROCESSOR_CORE",
    "VIRTUAL_SERVER",
    "VPC",
    "FLEXPOINTS",
    "CORE",
];

/// Whether somebody knows the metric that a text names: it is one of processor cores, or parts are sold in it.
pub fn is_known(text: &str) -> bool {
    KNOWN.contains(&code(text).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_has_one_code_however_it_is_written() {
        for text in ["PVU", "pvu", "PVUs", "Processor Value Unit", "PROCESSOR_VALUE_UNIT (PVU)", "PVU_SUB_CAP"] {
            assert_eq!(code(text), "PVU", "{text}");
        }
        for text in ["VPC", "Virtual Processor Cores", "VIRTUAL_PROCESSOR_CORE"] {
            assert_eq!(code(text), "VPC", "{text}");
        }
        assert_eq!(code("Authorized User"), "AUTHORIZED_USER");
        assert_eq!(code(" "), "");
    }
}
