//! Regions that the user assigns to servers whose files give none.

use crate::model::list::line;
use crate::model::region::Region;

/// Where a server stands, by the user's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerRegion {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// Name of the server, as the estate names it.
    pub server: String,
    /// Its region.
    pub region: Region,
    /// Why, or how it is known; empty when not given.
    pub reason: String,
}

line! {
    ServerRegion from file row, detected by ["server", "region", "reason"], keyed by ["server"];
    server: Required, region: Required, reason
}
