//! Highwater: what an IBM Passport Advantage estate needs, with every number explained.
//!
//! # The domain in one page
//!
//! IBM licenses many programs by the **cores** they can use. Each core has a rate in **processor value units** (PVU)
//! that depends on its processor ([`rules::pvu_table`]): 70 for a two-socket Xeon, 120 for a large POWER. A program
//! needs, on each server, *cores times rate* PVU.
//!
//! - **Full capacity** counts every activated core of each server on which the program runs.
//! - **Sub-capacity** counts only the cores of the partitions (virtual machines, LPARs, containers) in which it runs,
//!   and never more than the server has: the lower of what is wanted and what is there ([`engine`]).
//! - Both are taken at their **peak** over a period, per region, and the regions are added ([`engine`]):
//!   the high-water mark that gives the product its name.
//! - Sub-capacity needs **evidence**: a tool, usually IBM's License Metric Tool (ILMT), that measures all the time.
//!   Its audit snapshot is the file that Highwater reads first ([`import`]).
//!
//! # The way of the data
//!
//! file → typed rows and issues ([`import`]) → workspace ([`edit`], [`persist`]) → assessment with derivations
//! ([`engine`], rules of the day from [`rules`]) → page, terminal, exports ([`ui`](../src/ui), [`report`]).
//!
//! # Who may know whom
//!
//! ```text
//! model <- rules <- engine <- report       what is true, and how it is told
//! model <- edit                            how it changes
//! model <- import, persist                 how it comes in and how it stays
//! model <- i18n                            how it is said
//! all of these <- work <- cli, worker      who runs it
//! model, edit, i18n, work <- browser, ui   who shows it, without knowing a rule or a format
//! ```
//!
//! The upper lines know no browser, no clock, no locale and no floating point; `tests/architecture.rs` reads the
//! `use` lines and fails on any other direction.

pub mod edit;
pub mod engine;
pub mod i18n;
pub mod import;
pub mod model;
pub mod persist;
pub mod report;
pub mod rules;
pub mod work;

#[cfg(feature = "cli")]
pub mod cli;

#[cfg(feature = "worker")]
pub mod worker;

#[cfg(feature = "web")]
pub mod browser;
#[cfg(feature = "web")]
pub mod ui;
