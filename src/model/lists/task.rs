//! How far the tasks of the renewal cycle are: what is in work, done or not needed, and what there is to say of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::day;
use crate::model::list::{line, words};

/// How far one task before one anniversary is. A task without a line is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskProgress {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// Number of the agreement; blank for none.
    pub agreement: String,
    /// The site; blank for the whole agreement.
    pub site: String,
    /// Name of the product; blank for all of them.
    pub product: String,
    /// The day before which it is to be done: the same task before the next anniversary is another one.
    pub anniversary: Date,
    /// What is to be done.
    pub task: TaskKind,
    /// How far it is; `None` is open.
    pub state: Option<TaskState>,
    /// When it was done.
    pub done_on: Option<Date>,
    /// What there is to say of it.
    pub note: String,
}

impl TaskProgress {
    /// What is said of a task that nobody has said anything of.
    pub fn none_of(key: TaskKey) -> Self {
        let TaskKey { kind: task, agreement, site, product, anniversary } = key;
        let blank = String::new;
        let (file, row, note) = (blank(), 0, blank());
        Self { file, row, agreement, site, product, anniversary, task, state: None, done_on: None, note }
    }

    /// The task that it is about.
    pub fn key(&self) -> TaskKey {
        let Self { agreement, site, product, anniversary, task: kind, .. } = self;
        let (agreement, site, product) = (agreement.clone(), site.clone(), product.clone());
        TaskKey { kind: *kind, agreement, site, product, anniversary: *anniversary }
    }

    /// Whether it says nothing.
    pub fn is_blank(&self) -> bool {
        self.state.unwrap_or_default() == TaskState::Open && self.done_on.is_none() && self.note.is_empty()
    }
}

line! {
    TaskProgress from file row, detected by ["anniversary", "task"],
    keyed by ["task", "anniversary", "agreement", "site", "product"];
    agreement, site, product, anniversary: Required, task: Required, state, done_on, note
}

/// What tells a task from all others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TaskKey {
    /// What.
    pub kind: TaskKind,
    /// Of which agreement; blank for none.
    pub agreement: String,
    /// Of which site; blank for the whole agreement.
    pub site: String,
    /// Of which product; blank for all of them.
    pub product: String,
    /// Before which day.
    #[serde(deserialize_with = "day::read")]
    pub anniversary: Date,
}

/// Something to be done; in the order of the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TaskKind {
    /// Look through what is owned.
    Entitlements,
    /// See that ILMT proves sub-capacity.
    Ilmt,
    /// Look at bundles and what they cover.
    Bundles,
    /// Look at what could come in the place of what there is.
    MigrationPaths,
    /// Look at how prices rise.
    PriceRise,
    /// Set the anchor and the best alternative (ours).
    Anchor,
    /// See that the contacts are still those that IBM writes to.
    Contacts,
    /// The window opens and the quote comes.
    Quote,
    /// A quote that has not come by now is late.
    QuoteLate,
    /// The comfortable day for a notice against automatic renewal.
    Notice,
    /// The last day for a notice against automatic renewal.
    LastNotice,
    /// The proof that less is used.
    ProofOfLess,
    /// Order (ours).
    Order,
    /// Download the versions of what lapses.
    Versions,
    /// IBM tells the prices of the next year.
    NewPrices,
}

impl TaskKind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Entitlements,
        Self::Ilmt,
        Self::Bundles,
        Self::MigrationPaths,
        Self::PriceRise,
        Self::Anchor,
        Self::Contacts,
        Self::Quote,
        Self::QuoteLate,
        Self::Notice,
        Self::LastNotice,
        Self::ProofOfLess,
        Self::Order,
        Self::Versions,
        Self::NewPrices,
    ];

    /// The name in files, in calendars and in keys of texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entitlements => "entitlements",
            Self::Ilmt => "ilmt",
            Self::Bundles => "bundles",
            Self::MigrationPaths => "migration_paths",
            Self::PriceRise => "price_rise",
            Self::Anchor => "anchor",
            Self::Contacts => "contacts",
            Self::Quote => "quote",
            Self::QuoteLate => "quote_late",
            Self::Notice => "notice",
            Self::LastNotice => "last_notice",
            Self::ProofOfLess => "proof_of_less",
            Self::Order => "order",
            Self::Versions => "versions",
            Self::NewPrices => "new_prices",
        }
    }
}

words!(TaskKind);

/// How far a task is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TaskState {
    /// Nobody has begun it.
    #[default]
    Open,
    /// Somebody is at it.
    InWork,
    /// It is done.
    Done,
    /// It need not be done this time.
    NotNeeded,
}

impl TaskState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::InWork, Self::Done, Self::NotNeeded];

    /// The name in files and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InWork => "in_work",
            Self::Done => "done",
            Self::NotNeeded => "not_needed",
        }
    }

    /// Key of its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "page.tasks.open",
            Self::InWork => "page.tasks.in_work",
            Self::Done => "page.tasks.done",
            Self::NotNeeded => "page.tasks.not_needed",
        }
    }

    /// Whether it still waits for somebody.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Open | Self::InWork)
    }
}

words!(TaskState);
