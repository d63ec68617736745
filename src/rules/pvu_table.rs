//! The PVU table: the rate of each processor, with its source.

/// One row of the PVU table.
#[derive(Clone, Debug)]
pub struct PvuRow {}
