//! Programs that are used only in support of another one, as the user says.

use crate::model::list::line;

/// A needed product that runs in support of a principal: only the user knows, and says why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportedBy {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// Name of the supporting program, as it is needed.
    pub product: String,
    /// Name of the product or bundle that covers it while that is in use, as it is needed or owned.
    pub principal: String,
    /// Whether what it needs counts against the entitlement of the principal; `None` when the user does not say.
    /// Licence texts count it unless they list the program among the components that are not used for establishing
    /// the required entitlements (commercial facts, D1).
    pub counts: Option<bool>,
    /// Why the principal covers it.
    pub reason: String,
}

line! {
    SupportedBy from file row, detected by ["product", "principal", "reason"],
    keyed by ["product", "principal"];
    product: Required, principal: Required, counts, reason: Required
}
