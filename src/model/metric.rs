//! The units in which products are licensed.

use serde::{Deserialize, Serialize};

/// The unit a product is licensed in. The order is that of reports: bytewise by the name of the metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Metric {
    /// Processor value unit: cores times the rate of the processor.
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
