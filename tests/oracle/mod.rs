//! An independent count: slow, obvious, day by day, written from the specification and from nothing else.
//!
//! It reads the text of an estate template itself, knows a dozen processors by a table of its own, and shares no code
//! and no idea with the engine. Where both agree on hundreds of random estates, a mistake must have been made twice.
//!
//! | file | what it is |
//! |---|---|
//! | [`rows`] | the text of a template as rows, fields blank or invalid as section 5 of the semantics says |
//! | [`rates`] | the rates of the processors that the random estates use |
//! | [`count`] | sections 1 to 4 and 7, one day after the other |
//! | [`estates`] | random estates, each made from a number |
//! | [`adapter`] | the only file that knows the library |
//! | [`evaluate`] | a derivation, worked out again from its leaves |
//! | [`minimise`] | the smallest estate that still shows a failure |
//! | [`money`] | forecasts of renewals, sections 1 to 8 of the semantics of money, with numbers of its own |
//! | [`money_worlds`] | random ledgers, prices, orders, assumptions and decisions, each world made from a number |
//! | [`money_examples`] | the examples of that page, and what is true of every world |
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "each test binary uses a part of it, and a test may stop where a program may not"
)]

pub(crate) mod adapter;
pub(crate) mod count;
pub(crate) mod estates;
pub(crate) mod evaluate;
pub(crate) mod minimise;
pub(crate) mod money;
mod money_examples;
pub(crate) mod money_worlds;
pub(crate) mod rates;
pub(crate) mod rows;
