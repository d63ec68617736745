//! The parts that screens are made of, on the browser's own elements.

pub mod action_button;
pub mod badge;
pub mod blocks;
pub mod chart;
pub mod combobox;
pub mod data_table;
pub mod derivation;
pub mod dialog;
pub mod drawer;
pub mod empty;
pub mod figure;
pub mod file_button;
pub mod file_cards;
pub mod form;
pub mod icon;
pub mod issues;
pub mod listing;
pub mod mapping;
pub mod notes;
pub mod notices;
pub mod progress;
pub mod sheet;
pub mod sheets;
pub mod source;
pub mod table;
pub mod term;
