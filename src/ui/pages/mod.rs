//! The screens: one that the worker fills, and those that are drawn by hand.

pub mod catalogue;
pub mod glossary;
pub mod position;
pub mod rate;
pub mod reports;
pub mod screen;
pub mod settings;
pub mod start;
