//! The screens, each a word of the menu.

pub mod catalogue;
pub mod position;
pub mod rate;
pub mod settings;
pub mod start;
