//! The only way a workspace changes: a command is carried out wholly or not at all ([`command`]), and can be taken back
//! exactly ([`history`]).

pub mod command;
pub mod history;
