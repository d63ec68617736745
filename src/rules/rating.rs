//! The rate of a processor: from the rows that its name means to one number.
//!
//! The rows of the table are the base rule. Two things go before it, each an exception with a row of its own: the flat
//! rate of a public cloud, and Linux on POWER. Where the name means several rows with different rates, the rate is
//! ambiguous, the highest counts, and all of them are shown: the order of the table decides nothing.

use std::num::NonZeroU32;

use super::folding::Folded;
use super::matching::{self, Match};
use super::meaning::NameMeaning;
use super::processors;
use super::pvu_row::MatchDepth;
use super::pvu_table::{CoresPerChip, PvuRow, PvuTable, RowKind, TierBy};
use super::{RateQuery, RateStatus, Rating};
use crate::model::message::Message;

/// The rate of a processor.
///
/// # Examples
///
/// ```rust
/// use std::num::NonZeroU32;
/// use highwater::rules::{RateQuery, RateStatus, rate};
///
/// // In a server with at most 2 sockets a Xeon is rated 70.
/// let query = RateQuery { processor: "Intel Xeon Gold 6130", sockets: NonZeroU32::new(2), ..RateQuery::default() };
/// assert_eq!(rate(&query).pvu_per_core, 70);
///
/// // Nobody knows the sockets: the highest tier of the family counts, that of more than 4.
/// let found = rate(&RateQuery { sockets: None, ..query });
/// assert_eq!((found.pvu_per_core, found.status), (120, RateStatus::HighestTier));
/// assert_eq!(found.lowest_tier, Some(70)); // So far it may fall once the sockets are known.
/// ```
pub fn rate(query: &RateQuery<'_>) -> Rating {
    let name = Folded::new(query.processor);
    let words: Vec<&str> = name.naming_words().collect();
    let meaning = NameMeaning::of(query.processor, &words, cores_per_chip(query, &words));
    // The exception for Linux that the table has for the architecture of the processor.
    let exception = meaning.architecture.and_then(|architecture| PvuTable::get().linux_exception(architecture));
    let in_cloud = query.cloud || meaning.found.rows.iter().any(|row| row.kind == RowKind::Cloud);
    let rating = match exception {
        _ if in_cloud => cloud(&meaning),
        Some(exception) if query.linux => under_linux(exception, &base(query, &words, &meaning)),
        _ => base(query, &words, &meaning),
    };
    let identified = !meaning.found.rows.is_empty() || !meaning.machines.is_empty();
    let notes = if in_cloud { rating.notes } else { [meaning.notes, rating.notes].concat() };
    Rating { power: exception.is_some(), identified, machines: meaning.machines, notes, ..rating }
}

/// A rating by a row, before anything is noted.
fn by_row(row: Option<&'static PvuRow>, status: RateStatus) -> Rating {
    let pvu_per_core = row.and_then(|row| row.pvu_per_core).unwrap_or_else(|| PvuTable::get().highest_rate());
    Rating {
        pvu_per_core,
        status,
        row,
        candidates: Vec::new(),
        lowest_tier: None,
        power: false,
        identified: false,
        machines: Vec::new(),
        notes: Vec::new(),
    }
}

/// Cores on the chip: as the user says, else as the list of processors or the name itself says.
fn cores_per_chip(query: &RateQuery<'_>, words: &[&str]) -> Option<CoresPerChip> {
    let known = query.cores_per_chip.map(NonZeroU32::get).or_else(|| processors::cores(query.processor));
    known.map(CoresPerChip::of).or_else(|| matching::cores_in_name(words))
}

/// The flat rate of a public cloud, whatever the processor.
fn cloud(meaning: &NameMeaning) -> Rating {
    let named = meaning.found.rows.iter().copied().find(|row| row.kind == RowKind::Cloud);
    let flat = named.or_else(|| PvuTable::get().cloud_rate(meaning.architecture.unwrap_or_default()));
    let rating = by_row(flat, RateStatus::Cloud);
    let note = Message::new("rate.cloud").with("rate", rating.pvu_per_core);
    Rating { notes: vec![note], ..rating }
}

/// A row left standing.
struct RemainingRow {
    row: &'static PvuRow,
    /// The tier was chosen without knowing the sockets.
    sockets_unknown: bool,
    /// More sockets than the top tier names.
    beyond: Option<u32>,
}

/// The rate by the table, before the exception for Linux.
fn base(query: &RateQuery<'_>, words: &[&str], meaning: &NameMeaning) -> Rating {
    let found = &meaning.found;
    if found.rows.is_empty() {
        let about = |key| Message::new(key).with("processor", query.processor.trim());
        return fallback(match meaning.machines.as_slice() {
            [] if words.is_empty() => Message::new("rate.no_processor"),
            [] if meaning.only_a_server => about("rate.only_a_server"),
            [] => about("rate.unidentified"),
            _ => Message::new("rate.machine_not_named"),
        });
    }
    let stated = query.sockets.map(NonZeroU32::get).or_else(|| matching::sockets_in_name(words));
    let assumed = meaning.most_sockets.map(NonZeroU32::get).filter(|_| stated.is_none());
    let sockets = stated.or(assumed);
    let mut standing = left_standing(found, sockets);
    standing.retain(|one| one.row.pvu_per_core.is_some());
    let Some(winner) = winner(&standing) else {
        let note = Message::new("rate.no_rate").with("row", found.rows.first().map_or("", |row| &row.name));
        return fallback(note);
    };

    let mut rating = by_row(Some(winner.row), RateStatus::Matched);
    let rate = rating.pvu_per_core;
    if standing.iter().any(|one| one.row.pvu_per_core != Some(rate)) {
        rating.status = RateStatus::Ambiguous;
        rating.candidates = standing.iter().map(|one| one.row).collect();
        rating.notes.push(Message::new("rate.ambiguous").with("count", standing.len()).with("rate", rate));
    } else if winner.sockets_unknown {
        rating.status = RateStatus::HighestTier;
    }
    if winner.row.tier_by == TierBy::Sockets {
        let tiers = PvuTable::get().tiers(winner.row);
        rating.lowest_tier = tiers.iter().filter_map(|tier| tier.pvu_per_core).min();
        if let (true, Some(lowest)) = (winner.sockets_unknown, tiers.first())
            && let (Some(lowest), Some(most)) =
                (lowest.pvu_per_core.filter(|lowest| *lowest < rate), lowest.sockets_max)
        {
            let note = Message::new("rate.highest_tier").with("rate", rate);
            rating.notes.push(note.with("lowest", lowest).with("sockets", most));
        }
    }
    if let Some(sockets) = assumed {
        rating.notes.push(Message::new("rate.machine_sockets").with("sockets", sockets));
    }
    if let Some(sockets) = winner.beyond {
        rating.notes.push(Message::new("rate.more_sockets").with("sockets", sockets).with("rate", rate));
    }
    if let Some(other) = found.with_one_core.filter(|other| *other != rate) {
        rating.notes.push(Message::new("rate.several_cores").with("rate", other));
    }
    if !winner.row.has_source() {
        rating.notes.push(Message::new("rate.no_source"));
    }
    rating
}

/// The rows that a name means, each family with tiers by sockets brought down to the tier that counts.
fn left_standing(found: &Match, sockets: Option<u32>) -> Vec<RemainingRow> {
    let mut standing: Vec<RemainingRow> = Vec::new();
    for &row in &found.rows {
        if row.tier_by != TierBy::Sockets {
            standing.push(RemainingRow { row, sockets_unknown: false, beyond: None });
            continue;
        }
        let one = tier(row, found, sockets);
        if standing.iter().all(|other| other.row != one.row) {
            standing.push(one);
        }
    }
    standing
}

/// The tier that counts in the family of a row.
fn tier(row: &'static PvuRow, found: &Match, sockets: Option<u32>) -> RemainingRow {
    let tiers = PvuTable::get().tiers(row);
    let chosen = |row, sockets_unknown, beyond| RemainingRow { row, sockets_unknown, beyond };
    let Some(sockets) = sockets else {
        // A model that names its own tier needs no sockets: a SPARC T4-4 holds four.
        let named: Vec<&'static PvuRow> = tiers.iter().copied().filter(|tier| found.rows.contains(tier)).collect();
        let own = found.level == MatchDepth::Model && (named.len() == 1 || named.len() < tiers.len());
        let highest = if own { named.last() } else { tiers.last() };
        return chosen(highest.copied().unwrap_or(row), !own || named.len() > 1, None);
    };
    match tiers.iter().find(|tier| tier.sockets_max.is_none_or(|most| sockets <= most)) {
        Some(tier) => chosen(tier, false, None),
        None => chosen(tiers.last().copied().unwrap_or(row), false, Some(sockets)),
    }
}

/// The row that decides: the highest rate, of the rows with a source where there are any; of several with that rate
/// the surest, then the first of the table.
fn winner(standing: &[RemainingRow]) -> Option<&RemainingRow> {
    let any_source = standing.iter().any(|one| one.row.has_source());
    standing
        .iter()
        .filter(|one| one.row.has_source() || !any_source)
        .min_by_key(|one| (std::cmp::Reverse(one.row.pvu_per_core), one.row.confidence, one.row.line))
}

/// The exception: under Linux a core of some architectures has a rate of its own, whatever the model.
fn under_linux(exception: &'static PvuRow, base: &Rating) -> Rating {
    let mut rating = by_row(Some(exception), RateStatus::Matched);
    if base.row != Some(exception) {
        let note = Message::new("rate.linux_on_power").with("rate", rating.pvu_per_core);
        rating.notes.push(note.with("other", base.pvu_per_core));
    }
    rating
}

/// What ILMT takes when it cannot tell: the row for it, labelled.
fn fallback(note: Message) -> Rating {
    let rating = by_row(PvuTable::get().fallback(), RateStatus::Fallback);
    let note = note.with("rate", rating.pvu_per_core);
    Rating { notes: vec![note], ..rating }
}
