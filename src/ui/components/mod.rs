//! The parts that screens are made of, on the browser's own elements.

pub mod action_button;
pub mod badge;
pub mod combobox;
pub mod derivation;
pub mod dialog;
pub mod drawer;
pub mod empty;
pub mod figure;
pub mod file_button;
pub mod icon;
pub mod lead;
pub mod listing;
pub mod mapping;
pub mod notes;
pub mod notices;
pub mod progress;
pub mod sections;
pub mod sheet;
pub mod sheets;
pub mod source;
pub mod table;
