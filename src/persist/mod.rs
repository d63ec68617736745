//! Workspaces that open for ever.
