//! Every integration test in one program: it is linked once, and the helpers are compiled once.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may stop where a program may not"
)]
#![allow(clippy::struct_field_names, reason = "a case names its product as files of cases do")]

mod books;
#[path = "fixtures/ilmt/mod.rs"]
mod fixture;
mod generated;
mod kept;
mod oracle;
mod source;
mod terminal;

mod agreements;
mod amounts;
mod architecture;
mod archives;
mod arguments;
mod capabilities;
mod cases;
mod catalogue;
mod cli;
mod clusters;
mod example_prices;
mod figures;
mod files;
mod finding;
mod findings;
mod forecast_workbooks;
mod forecasts;
mod grid;
mod hostile;
mod journal;
mod kinds;
mod languages;
mod ledgers;
mod mapping;
mod mutations;
mod over_time;
mod overview;
mod packed;
mod parsed;
mod platforms;
mod prices;
mod properties;
mod proposals;
mod protocol;
mod quotes;
mod renewals;
mod reports;
mod results;
mod rights;
mod rsvp;
mod rule_tables;
mod screens;
mod shell;
mod snapshot;
mod tables;
mod tasks;
mod texts;
mod timelines;
mod twins;
mod unknown;
mod volume;
mod workbooks;
