//! What ILMT snapshots amount to.
