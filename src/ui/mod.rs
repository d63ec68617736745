//! The page: shows and dispatches, does not compute.
//!
//! [`app`] is the page around its screens: [`header`], [`menu`], [`finder`], [`keys`], [`paper`] and [`tour`]; [`route`] says which screen, [`state`] is what all screens share, [`dispatch`] is the only
//! way to change it, and [`storage`] keeps it. A screen is a folder of [`pages`]: `mod.rs` is the view, `model.rs` the plain functions behind it,
//! which are tested without a browser.

pub mod actions;
pub mod app;
pub mod components;
pub mod dispatch;
pub mod finder;
pub mod header;
pub mod keys;
pub mod markup;
pub mod menu;
pub mod pages;
pub mod paper;
pub mod query;
pub mod reactive;
pub mod route;
pub mod state;
pub mod storage;
pub mod tour;
pub mod words;
pub mod workspaces;
