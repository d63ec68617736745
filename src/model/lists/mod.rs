//! Which lists a workspace has: one row each, and a file of this folder for the type of its lines. A new list is its
//! file, its `mod` line and its row here, and its texts (CONTRIBUTING.md). What all lists have in common stands in
//! [`super::list`].
//!
//! The vocabulary does not tell these files apart from its others: `lists/paper.rs` is `model::paper`.

pub mod agreement;
pub mod alternative;
pub mod assumption;
pub mod bundle;
pub mod decision;
pub mod entitlement;
pub mod flexible;
pub mod header_shape;
pub mod listed_processor;
pub mod open_shift;
pub mod order;
pub mod paper;
pub mod part_points;
pub mod price;
pub mod quote_line;
pub mod record;
pub mod red_hat;
pub mod server_region;
pub mod supporting;
pub mod task;

use serde::{Deserialize, Serialize};

use super::list::{Lines, LinesOf, Listed, MergeOutcome, SharedLines, StoredLines, merge_outcomes, missing};
use super::screen::Screen;

/// Makes [`List`] and [`Lists`] of rows: `Name, name: storage of its lines, on Screen;`. The lines of a list with which
/// the engine calculates stand as what they are; those of others are [`StoredLines`]. `name` is the name of the list
/// in documents, in the keys of texts and in the names of files.
macro_rules! lists {
    (
        content { $($(#[$doc:meta])* $list:ident, $name:ident: $lines:ty, on $screen:ident;)+ }
        memory { $($(#[$more_doc:meta])* $more:ident, $more_name:ident: $more_lines:ty, on $more_screen:ident;)+ }
    ) => {
        /// The lists of a workspace.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum List {
            $($(#[$doc])* $list,)+
            $($(#[$more_doc])* $more,)+
        }

        impl List {
            /// All of them.
            pub const ALL: [Self; [$(stringify!($list),)+ $(stringify!($more),)+].len()] =
                [$(Self::$list,)+ $(Self::$more,)+];

            /// Those that people keep, and that a table can be.
            pub const CONTENT: [Self; [$(stringify!($list)),+].len()] = [$(Self::$list),+];

            /// Its name in documents, in the keys of texts and in the names of files.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$list => stringify!($name),)+
                    $(Self::$more => stringify!($more_name),)+
                }
            }

            /// The key of the words for it, as they stand within a sentence.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$list => concat!("list.", stringify!($name)),)+
                    $(Self::$more => concat!("list.", stringify!($more_name)),)+
                }
            }

            /// The key of the words for a number of its lines.
            pub const fn count_title(self) -> &'static str {
                match self {
                    $(Self::$list => concat!("edit.", stringify!($name)),)+
                    $(Self::$more => concat!("edit.", stringify!($more_name)),)+
                }
            }

            /// The screen that shows it.
            pub const fn screen(self) -> Screen {
                match self {
                    $(Self::$list => Screen::$screen,)+
                    $(Self::$more => Screen::$more_screen,)+
                }
            }
        }

        /// Lists that are typed, pasted or imported, and belong to the document. Copies share them: a copy costs little.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Lists {
            $($(#[$doc])* pub $name: $lines,)+
            $($(#[$more_doc])* pub $more_name: $more_lines,)+
        }

        impl Lists {
            /// The lines of a list.
            pub fn lines(&self, list: List) -> &dyn Lines {
                match list {
                    $(List::$list => &self.$name,)+
                    $(List::$more => &self.$more_name,)+
                }
            }

            /// The lines of a list, to change them.
            pub fn lines_mut(&mut self, list: List) -> &mut dyn Lines {
                match list {
                    $(List::$list => &mut self.$name,)+
                    $(List::$more => &mut self.$more_name,)+
                }
            }
        }

        $(impl Listed for <$lines as LinesOf>::Line {
            const LIST: List = List::$list;
        })+
        $(impl Listed for <$more_lines as LinesOf>::Line {
            const LIST: List = List::$more;
        })+
    };
}

lists! {
    content {
        /// The ledger of entitlements.
        Entitlements, entitlements: SharedLines<entitlement::Entitlement>, on Entitlements;
        /// To whom entitlements are given.
        Allocations, allocations: StoredLines<agreement::Allocation>, on Entitlements;
        /// Which owned product counts for which needed one.
        Aliases, aliases: SharedLines<entitlement::Alias>, on Entitlements;
        /// Agreements, each with its programme and its terms.
        Agreements, agreements: StoredLines<agreement::Agreement>, on Entitlements;
        /// The sites of agreements.
        Sites, sites: StoredLines<agreement::Site>, on Entitlements;
        /// The contacts of agreements.
        Contacts, contacts: StoredLines<agreement::Contact>, on Entitlements;
        /// Papers of agreements and proofs, with their checksums.
        Papers, papers: StoredLines<paper::Paper>, on Entitlements;
        /// What was done outside, with its day.
        Records, records: StoredLines<record::Record>, on Entitlements;
        /// The orders with their points.
        Orders, orders: SharedLines<order::OrderLine>, on VolumeLevel;
        /// What one unit of a part earns.
        PartPoints, part_points: SharedLines<part_points::PartPoints>, on VolumeLevel;
        /// Levels above H, which only the user can set.
        LevelsByHand, levels_by_hand: SharedLines<order::LevelByHand>, on VolumeLevel;
        /// Prices of parts at each level.
        Prices, prices: SharedLines<price::Price>, on Renewals;
        /// What is to become of which entitlement.
        Decisions, decisions: SharedLines<decision::Decision>, on Renewals;
        /// What a forecast assumes.
        Assumptions, assumptions: SharedLines<assumption::Assumption>, on Renewals;
        /// Quotes for renewals, to stand beside the forecast.
        Quotes, quotes: SharedLines<quote_line::QuoteLine>, on Renewals;
        /// Alternatives to renewals, by the user's own figures.
        Alternatives, alternatives: StoredLines<alternative::Alternative>, on Renewals;
        /// How far the tasks before renewals are.
        Tasks, tasks: StoredLines<task::TaskProgress>, on Renewals;
        /// What is deployed of the components of bundles.
        BundleParts, bundle_parts: SharedLines<bundle::BundlePart>, on Bundles;
        /// Which programs are used only in support of which principal.
        Supported, supported: StoredLines<supporting::SupportedBy>, on Bundles;
        /// What draws on the pool of which Flexible Bundle.
        Flexible, flexible: StoredLines<flexible::FlexibleComponent>, on Bundles;
        /// Whose work the cores of `OpenShift` clusters do.
        Clusters, clusters: StoredLines<open_shift::ClusterCores>, on Bundles;
        /// Subscriptions of Red Hat.
        RedHat, red_hat: StoredLines<red_hat::RedHatSubscription>, on Bundles;
        /// Regions of servers whose files give none.
        Regions, regions: StoredLines<server_region::ServerRegion>, on Position;
        /// Processors to be rated.
        Processors, processors: StoredLines<listed_processor::ListedProcessor>, on Rate;
    }
    // What is kept for the next table, and is no content of its own.
    memory {
        /// How the columns of tables were taken.
        HeaderShapes, header_shapes: StoredLines<header_shape::HeaderShape>, on Settings;
    }
}

impl List {
    /// The lists that a screen shows, the most important one first.
    pub fn of_screen(screen: Screen) -> impl Iterator<Item = Self> {
        Self::CONTENT.into_iter().filter(move |list| list.screen() == screen)
    }
}

impl Lists {
    /// Whether there is nothing in any of them; what is remembered of tables is nothing yet.
    pub fn is_empty(&self) -> bool {
        List::CONTENT.into_iter().all(|list| self.len(list) == 0)
    }

    /// How many lines a list has.
    pub fn len(&self, list: List) -> usize {
        self.lines(list).count()
    }

    /// Adds the lines that are not there yet: those of another file, even if they are alike.
    pub fn add(&mut self, other: &Self) {
        self.take(other, missing);
    }

    /// Takes the lines of files in: what is new is added, and what stands under a known key comes in its place
    /// (docs/decisions/0035-any-spreadsheet.md).
    pub fn merge(&mut self, other: &Self) {
        self.take(other, merge_outcomes);
    }

    fn take(&mut self, other: &Self, outcomes: fn(&dyn Lines, &dyn Lines) -> Vec<MergeOutcome>) {
        for list in List::ALL {
            let (mine, theirs) = (self.lines_mut(list), other.lines(list));
            for (from, outcome) in outcomes(mine, theirs).into_iter().enumerate() {
                let at = match outcome {
                    MergeOutcome::Known => continue,
                    MergeOutcome::Added => None,
                    MergeOutcome::Changed(index) => Some(index),
                };
                let (file, row) = theirs.origin(from).unwrap_or_default();
                // The values come from a line of the same list.
                let _ = mine.put(at, file, row, &theirs.values(from).unwrap_or_default());
            }
        }
    }

    /// Takes lines out of a list, by their indices in it.
    pub fn remove(&mut self, list: List, mut indices: Vec<usize>) {
        indices.sort_unstable();
        self.lines_mut(list).keep(&mut |index| indices.binary_search(&index).is_err());
    }
}
