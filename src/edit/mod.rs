//! The only way a workspace changes.

pub mod command;
pub mod history;
