//! What a name means: one of IBM's machine types, the processor of a server, or a processor.

use std::num::NonZeroU32;

use super::bare_numbers;
use super::machine_name::{self, NamedMachine};
use super::machine_types::MachineType;
use super::matching::{self, Match};
use super::processors::{self, Processor};
use super::pvu_row::{MatchDepth, PvuRow, RowKind};
use super::pvu_table::{CoresPerChip, PvuTable, TierBy};
use super::x86_servers;
use crate::model::derivation::Confidence;
use crate::model::message::Message;

/// What a folded name means.
pub(super) struct NameMeaning {
    /// The rows of the table.
    pub(super) found: Match,
    /// The architecture of all that is meant; `None` where it is not one.
    pub(super) architecture: Option<&'static str>,
    /// The machine types; one where the model is known.
    pub(super) machines: Vec<&'static MachineType>,
    /// Whether a server is named, and nothing that tells its processor.
    pub(super) only_a_server: bool,
    /// The most sockets of the machine, where the tier is by sockets.
    pub(super) most_sockets: Option<NonZeroU32>,
    /// How the name was read.
    pub(super) notes: Vec<Message>,
}

impl NameMeaning {
    /// What a name means, with its folded words, and with the cores of one chip where they are known.
    pub(super) fn of(name: &str, words: &[&str], cores: Option<CoresPerChip>) -> Self {
        let without = x86_servers::without(words);
        let is_server = without.is_some();
        if let Some(named) = machine_name::find(words).filter(|_| !is_server) {
            return Self::of_machine(named, cores);
        }
        let words = without.as_deref().unwrap_or(words);
        let xeons = bare_numbers::xeons(name, words);
        let found = if xeons.is_empty() { matching::rows(words, cores) } else { by_number(&xeons, cores) };
        Self {
            architecture: shared(found.rows.iter().map(|row| row.architecture.as_str())),
            only_a_server: is_server && found.rows.is_empty(),
            found,
            machines: Vec::new(),
            most_sockets: None,
            notes: number_note(&xeons, words).into_iter().collect(),
        }
    }

    fn of_machine(named: NamedMachine<'_>, cores: Option<CoresPerChip>) -> Self {
        let rest = matching::rows(&named.rest, cores);
        let mut machines = named.machines;
        let agrees = |machine: &&MachineType| machine.row.is_some_and(|row| rest.rows.contains(&row));
        let rows = if rest.level != MatchDepth::Architecture && machines.iter().any(agrees) {
            // The rest of the name tells which machine of the type it is.
            machines.retain(agrees);
            of_machines(&machines)
        } else {
            let mut rows = of_machines(&machines);
            if rest.level == MatchDepth::Model {
                // The rest of the name is another machine of IBM's table: both stand.
                rows.extend(rest.rows.iter().filter(|row| row.kind == RowKind::Processor));
            }
            rows
        };
        let mut notes: Vec<Message> = match machines.as_slice() {
            [machine] => vec![machine.note()],
            several => vec![several_note(several)],
        };
        notes.extend(named.unlisted.map(|(machine_type, model)| {
            let note = Message::new("rate.machine_model_unlisted").with("machine_type", machine_type);
            note.with("model", model.to_uppercase())
        }));
        let sockets = machines.iter().map(|machine| machine.max_sockets).max().flatten();
        let by_sockets = rows.iter().any(|row| row.tier_by == TierBy::Sockets);
        Self {
            architecture: shared(machines.iter().map(|machine| machine.architecture())),
            found: Match { rows, level: MatchDepth::Model, with_one_core: None },
            machines,
            only_a_server: false,
            most_sockets: sockets.filter(|_| by_sockets),
            notes,
        }
    }
}

/// The rows of machines, each once. Where some have a rate and others are not named by IBM's table, those count as ILMT
/// counts what it cannot identify; where none is named there is no row.
fn of_machines(machines: &[&'static MachineType]) -> Vec<&'static PvuRow> {
    let mut rows: Vec<&PvuRow> = Vec::new();
    if machines.iter().all(|machine| machine.row.is_none()) {
        return rows;
    }
    for row in machines.iter().filter_map(|machine| machine.row.or_else(|| PvuTable::get().fallback())) {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// The rows of several Xeons of one number, each once.
fn by_number(xeons: &[&'static Processor], cores: Option<CoresPerChip>) -> Match {
    let mut together = Match { rows: Vec::new(), level: MatchDepth::Model, with_one_core: None };
    for processor in xeons {
        let words: Vec<&str> = processor.words().collect();
        let found = matching::rows(&words, cores.or_else(|| processors::cores(&processor.name).map(CoresPerChip::of)));
        together.with_one_core = together.with_one_core.max(found.with_one_core);
        for row in found.rows {
            if !together.rows.contains(&row) {
                together.rows.push(row);
            }
        }
    }
    together
}

/// Says which processor a bare number is; nothing when the name is the processor's own.
fn number_note(xeons: &[&'static Processor], words: &[&str]) -> Option<Message> {
    let names: Vec<&str> = xeons.iter().map(|processor| processor.name.as_str()).collect();
    match xeons {
        [] => None,
        [one] if one.words().all(|word| word == "intel" || words.contains(&word)) => None,
        [one] => Some(Message::new("rate.number").with("processor", one.name.as_str())),
        _ => Some(Message::new("rate.number_of_several").with("processors", names.join("; "))),
    }
}

/// Says which machines a type without a model may be, with all sources and the weakest of their confidences.
fn several_note(machines: &[&'static MachineType]) -> Message {
    let (mut names, mut sources) = (Vec::new(), Vec::new());
    for machine in machines {
        for (text, texts) in [(machine.name.as_str(), &mut names), (&machine.source, &mut sources)] {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    let mut types: Vec<&str> = machines.iter().map(|machine| machine.machine_type.as_str()).collect();
    types.dedup();
    let confidence = machines.iter().map(|machine| machine.confidence).max().unwrap_or(Confidence::Low);
    Message::new("rate.machine_type_of_several")
        .with("machine", types.join("; "))
        .with("names", names.join("; "))
        .with("source", sources.join("; "))
        .with("confidence", Message::new(confidence.key()))
}

/// What all of them are; `None` when they differ, or there is none.
fn shared<'a>(mut all: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let first = all.next().filter(|first| !first.is_empty())?;
    all.all(|other| other == first).then_some(first)
}
