//! The only way a workspace changes: a command is carried out wholly or not at all ([`command`]), can be taken back
//! exactly ([`history`]), and is kept as a step behind the document ([`journal`]).

pub mod command;
pub mod history;
pub mod journal;
