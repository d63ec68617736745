//! Highwater: what an IBM Passport Advantage estate needs, with every number explained.
//!
//! This is the library behind the page, its workers and the terminal. It takes files as people have them and answers
//! what each product needs, what is owned against it, and how each number comes about. But for the modules of the
//! terminal and the page it opens no file and no connection and reads no clock: whoever calls it hands over bytes and
//! days, and gets data back.
//!
//! # A first example
//!
//! A server with two processors of 16 cores runs IBM MQ in two of its virtual machines. The estate comes in as text;
//! out come full capacity, sub-capacity, and the steps behind it.
//!
//! ```rust
//! use highwater::engine::{Quantity, Settings, assess, explain};
//! use highwater::i18n::Language;
//! use highwater::import::{Limits, Unwatched, template};
//! use highwater::model::derivation::Derivation;
//! use highwater::model::estate::Estate;
//! use highwater::model::message::Words;
//! use highwater::model::metric::Metric;
//!
//! /// A step on a line, and the steps that it follows from below it.
//! fn tree(step: &Derivation, depth: usize, words: &impl Words) -> String {
//!     let value = step.value.map_or("not known".to_owned(), |value| value.to_string());
//!     let line = format!("{}{value} {}\n", "  ".repeat(depth), words.say(&step.label));
//!     step.children.iter().fold(line, |lines, child| lines + &tree(child, depth + 1, words))
//! }
//!
//! let csv = "\
//! server,processor,sockets,cores,region,technology,partition,partition_cores,product,metric
//! s1,Intel Xeon Gold 6130,2,32,emea,vmware,vm1,8,IBM MQ,PVU
//! s1,Intel Xeon Gold 6130,2,32,emea,vmware,vm2,4,IBM MQ,PVU
//! ";
//! let mut estate = Estate::default();
//! let report = template::read(&mut estate, "estate.csv", csv.as_bytes(), &Limits::TERMINAL, &mut Unwatched).unwrap();
//! assert_eq!((report.rows, report.left_out), (2, 0));
//!
//! let settings = Settings::default();
//! let assessment = assess(&estate, &[], &settings).unwrap();
//! let mq = &assessment.products[0];
//! assert_eq!(mq.full_capacity, Some(2_240)); // 2 sockets x 16 cores x 70 PVU, the rate of a Xeon with two sockets.
//! assert_eq!(mq.sub_capacity, Some(840)); // 8 + 4 cores, which the server has, x 70 PVU.
//!
//! let derivation = explain(&estate, &[], &settings, "IBM MQ", Metric::Pvu, Quantity::SubCapacity).unwrap();
//! let printed = tree(&derivation, 0, &Language::english());
//! print!("{printed}");
//! assert_eq!(printed, "\
//! 840 IBM MQ: sub-capacity at its peak
//!   840 EMEA
//!     840 Server s1
//!       840 Cores times rate
//!         12 Cores counted: the lower of wanted and available
//!           12 Cores wanted by the partitions
//!             8 vm1 (vmware)
//!             4 vm2 (vmware)
//!           32 Activated cores of the server
//!         70 PVU per core
//! ");
//! ```
//!
//! Each step also has the rule that gives it, with its date and source, and the cells that it was read from
//! ([`model::derivation`]). [`work::sources::Sources`] does the same for several files of any kind, packed ones too where
//! it is given [what opens them](import::opened); what each column of the text means stands in `docs/estate-template.md`.
//!
//! # The domain in one page
//!
//! IBM licenses many programs by the **cores** they can use. Each core has a rate in **processor value units** (PVU)
//! that depends on its processor ([`rules::pvu_table`]): 70 for a two-socket Xeon, 120 for a large POWER. A program
//! needs, on each server, *cores times rate* PVU. Other programs need the cores themselves (VPC), or the cores of the
//! whole estate put through tiers (RVU, [`rules::rvu_tiers`]).
//!
//! - **Full capacity** counts every activated core of each server on which the program runs.
//! - **Sub-capacity** counts only the cores of the partitions (virtual machines, LPARs, containers) in which it runs,
//!   and never more than the server has: the lower of what is wanted and what is there ([`engine`]).
//! - Both are taken at their **peak** over a period, per region, and the regions are added ([`engine`]):
//!   the high-water mark that gives the product its name. The two peaks are the **demand**.
//! - Sub-capacity needs **evidence**: a tool, usually IBM's License Metric Tool (ILMT), that measures all the time.
//!   Its audit snapshot is read as it is exported ([`import::ilmt`]).
//! - What is owned stands in a ledger of **entitlements**. The **position** is entitled less demand: a surplus, or a
//!   shortfall ([`engine::position`]).
//! - Some programs are licensed through a **bundle** or a Cloud Pak, of which each component uses a part by its ratio
//!   ([`engine::bundles`]); others may be used in support of a principal, and need nothing of their own.
//! - What is ordered earns **points**, and the points of a term earn the level at which prices are taken
//!   ([`engine::volume`]).
//!
//! What is not known stays unknown: it is `None` and never 0, and what is wrong with a file is an
//! [issue](model::issue::Issue) with its row and column, never a panic. The words are listed in [`model`].
//!
//! # The way of the data
//!
//! file → typed rows and issues ([`import`]) → workspace ([`edit`], [`persist`]) → assessment with derivations
//! ([`engine`], rules of the day from [`rules`]) → page, terminal, exports ([`work`], [`report`], and words from
//! [`i18n`]).
//!
//! # Where to look first
//!
//! | what you want | where it is |
//! |---|---|
//! | read files of any kind and ask what they amount to | [`work::sources::Sources`] |
//! | tell what a file is | [`import::sniff::recognise`], then [`import::detection`] for its header |
//! | read one estate, one table, one list | [`import::template`], [`import::csv`], [`import::list`] |
//! | what each product needs, and how that comes about | [`engine::assess`], [`engine::explain`] |
//! | the period that is looked at | [`engine::Settings`] |
//! | the rate of a processor, or the name of one | [`rules::rate`], [`rules::processors::suggest`] |
//! | what is owned, less what is needed | [`engine::position::position`] |
//! | change a workspace, and take that back | [`edit::command::apply`], [`edit::history::History`] |
//! | keep a workspace with its files | [`persist::envelope::seal`], [`persist::envelope::open`] |
//! | say a message or an issue in words | [`i18n::Language`] |
//! | write tables | [`report::position`], [`report::forecast`], [`report::csv`] |
//! | an open workspace behind requests and answers | [`work::session::Session`] |
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | none | Rules and engine, with readers and writers of text. |
//! | `engine` | The open workspace, and files as they come (most of [`work`]). |
//! | `files` | Archives, workbooks and their signatures ([`import::opened`], [`work::files`]). |
//! | `cli` | The terminal, with both and the table of parts; on unless it is switched off. |
//! | `worker` | The loop of a web worker, for the programs `engine` and `files`. |
//! | `web` | The page: the modules `browser` and `ui`. |
//!
//! # Who may know whom
//!
//! ```text
//! model <- rules <- engine <- report       what is true, and how it is told
//! model <- edit                            how it changes
//! model <- import, persist                 how it comes in and how it stays
//! model <- i18n                            how it is said
//! all of these <- work <- cli, worker      who runs it
//! model, i18n, work <- browser             the door to the browser
//! the same, edit, persist <- ui            who shows it, without knowing a rule or a format
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
