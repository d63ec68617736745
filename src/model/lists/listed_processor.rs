//! A list of processors to be rated at once.

use rust_decimal::Decimal;

use crate::model::list::line;

/// A processor of a list, with what is known of the server that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedProcessor {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// Brand string or IBM model.
    pub processor: String,
    /// The most sockets that the server can hold; `None` when not known.
    pub sockets: Option<Decimal>,
    /// Activated cores of the server; `None` follows sockets and processor.
    pub cores: Option<Decimal>,
    /// Operating system; on POWER a Linux has a rate of its own.
    pub os: String,
    /// What else there is to say.
    pub note: String,
}

line! {
    ListedProcessor from file row, detected by ["processor"], keyed by ["processor", "sockets", "cores", "os"];
    processor: Required, sockets: LeaveBlank, cores: LeaveBlank, os, note
}
