//! Workspaces that open for ever.

pub mod envelope;
