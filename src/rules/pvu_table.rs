//! The PVU table: the rate of each processor, with its source.

use crate::model::derivation::RuleReference;

/// One row of the PVU table.
#[derive(Clone, Debug)]
pub struct PvuRow {
    /// Vendor.
    pub vendor: String,
    /// Family.
    pub family: String,
    /// Models.
    pub models: String,
    /// Rate.
    pub pvu_per_core: Option<u32>,
}

impl PvuRow {
    /// Its name.
    pub fn name(&self) -> String {
        self.family.clone()
    }
    /// Its sockets.
    pub fn sockets_text(&self) -> String {
        String::new()
    }
    /// Its rule.
    pub fn rule(&self) -> RuleReference {
        super::counting::cores_times_rate()
    }
}

/// Newest edition of the table.
pub const fn table_date() -> jiff::civil::Date {
    jiff::civil::date(2026, 1, 9)
}
