//! The screens, each a word of the menu.

pub mod bundles;
pub mod catalogue;
pub mod entitlements;
pub mod position;
pub mod rate;
pub mod settings;
pub mod start;
pub mod volume_level;
