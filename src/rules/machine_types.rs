//! IBM's machine types: which machine each is, and which row of the PVU table names that machine.
//!
//! Systems of the Power and Z lines know themselves by type and model alone: `IBM,9009-42A` is a Power S924.
//! `machine_types.csv` holds one row for each model, or one with `*` for all models of its type. A row without a
//! `rate_row` is a machine that IBM's table does not name.

use std::num::NonZeroU32;
use std::sync::LazyLock;

use super::folding::Folded;
use super::matching;
use super::pvu_table::{PvuRow, PvuTable};
use super::table::{self, RuleRow, TableProblem};
use crate::model::derivation::Confidence;
use crate::model::message::Message;

/// A model of one of IBM's machine types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineType {
    /// The type: four digits.
    pub machine_type: String,
    /// The model; `None` stands for all models of the type.
    pub model: Option<String>,
    /// What the machine is called.
    pub name: String,
    /// Its processor; empty where no source says.
    pub family: String,
    /// The most sockets that it can hold; `None` where no source says.
    pub max_sockets: Option<NonZeroU32>,
    /// The row of the PVU table that names it; `None` where none does.
    pub row: Option<&'static PvuRow>,
    /// Who says which machine it is.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// The line in `machine_types.csv`, the header being line 1.
    pub line: u32,
}

const FILE: &str = "src/rules/machine_types.csv";

const HEADER: [&str; 8] =
    ["machine_type", "model", "name", "family", "max_sockets", "rate_row", "source", "confidence"];

static MACHINE_TYPES: LazyLock<(Vec<MachineType>, Vec<TableProblem>)> =
    LazyLock::new(|| table::read(FILE, include_str!("machine_types.csv"), &HEADER, read));

fn read(row: &RuleRow<'_>) -> Result<MachineType, String> {
    let blank = ["model", "name", "source"].into_iter().find(|column| row.get(column).is_empty());
    if let Some(column) = blank {
        return Err(format!("{column}: blank"));
    }
    let machine_type = row.get("machine_type");
    if machine_type.len() != 4 || !machine_type.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("machine_type: {machine_type:?} is not four digits"));
    }
    let rate_row = match row.get("rate_row") {
        "" => None,
        name => Some(PvuTable::get().named(name).ok_or_else(|| format!("rate_row: pvu_table.csv has no {name:?}"))?),
    };
    Ok(MachineType {
        machine_type: machine_type.to_owned(),
        model: Some(row.get("model")).filter(|model| *model != "*").map(str::to_owned),
        name: row.get("name").to_owned(),
        family: row.get("family").to_owned(),
        max_sockets: row.parse("max_sockets")?,
        row: rate_row,
        source: row.get("source").to_owned(),
        confidence: row.confidence()?,
        line: row.line,
    })
}

impl MachineType {
    /// Type and model as IBM writes them: `9009-42A`, or the type alone.
    pub fn number(&self) -> String {
        self.model.as_ref().map_or_else(|| self.machine_type.clone(), |model| format!("{}-{model}", self.machine_type))
    }

    /// The architecture of its processor, as the PVU table names it; empty where nothing says.
    pub(super) fn architecture(&self) -> &'static str {
        if let Some(row) = self.row {
            return &row.architecture;
        }
        let family = Folded::new(&self.family);
        let rows = matching::rows(&family.words().collect::<Vec<_>>(), None).rows;
        rows.first().map_or("", |row| &row.architecture)
    }

    /// Which machine it is, who says so and how sure that is.
    pub fn note(&self) -> Message {
        Message::new("rate.machine_type")
            .with("machine", self.number())
            .with("name", self.name.as_str())
            .with("source", self.source.as_str())
            .with("confidence", Message::new(self.confidence.key()))
    }
}

/// All rows, in the order of the table: by line of machines, the newest first.
pub fn all() -> &'static [MachineType] {
    &MACHINE_TYPES.0
}

/// What does not fit in the table. A test holds it empty.
pub fn problems() -> &'static [TableProblem] {
    &MACHINE_TYPES.1
}

/// The rows of a type, in the order of the table; none when it is not known.
pub(super) fn of_type(machine_type: &str) -> Vec<&'static MachineType> {
    all().iter().filter(|machine| machine.machine_type == machine_type).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_fits() {
        assert_eq!(problems(), []);
        assert_eq!(all().len(), 215);
    }

    #[test]
    fn a_machine_that_the_table_does_not_name_still_has_an_architecture() {
        let machine = |number: &str| all().iter().find(|machine| machine.number() == number).unwrap();
        assert_eq!((machine("9183-22X").row, machine("9183-22X").architecture()), (None, "power"));
        assert_eq!((machine("9176-ME2").row, machine("9176-ME2").architecture()), (None, "z"));
        assert_eq!(machine("8412-EAD").architecture(), "");
    }
}
