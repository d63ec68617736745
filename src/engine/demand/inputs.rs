//! The cells that a step of a derivation has read, and the steps that start from cells.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::partitions::{HostServer, RowOnDay};
use crate::engine::steps;
use crate::model::day_number::DayNumber;
use crate::model::derivation::{Derivation, Input, Operation, RuleReference, Unit};
use crate::model::estate::{Estate, EstateRow};
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::quantity::Count;
use crate::model::technology::Technology;
use crate::rules::counting;

/// The rows behind a calculation, for those who want to see them.
pub(super) struct InputRows<'a> {
    pub(super) estate: &'a Estate,
}

impl InputRows<'_> {
    fn input(&self, row: &EstateRow, column: &'static str, value: impl Into<String>) -> Input {
        let file = self.estate.files.get(usize::from(row.origin.file)).cloned().unwrap_or_default();
        Input { file, row: row.origin.line, column: Cow::Borrowed(column), value: value.into() }
    }

    /// What a step about a row is called: the host itself, or its partition.
    fn label(&self, row: &EstateRow) -> Message {
        match row.partition {
            None => Message::new("label.host"),
            Some(partition) => {
                let partition = self.estate.names.text(partition);
                let technology = row.technology.name();
                Message::new("label.partition").with("partition", partition).with("technology", technology)
            }
        }
    }

    fn rule(row: &EstateRow) -> RuleReference {
        match row.technology {
            Technology::None => counting::host_all_cores(),
            Technology::Container => counting::container_limit(),
            Technology::Cloud => counting::cloud_vcpu(),
            Technology::Unknown => counting::default_subcapacity(),
            Technology::Vmware
            | Technology::HyperV
            | Technology::Kvm
            | Technology::Ahv
            | Technology::Xen
            | Technology::PowervmDedicated
            | Technology::PowervmCapped
            | Technology::PowervmUncapped
            | Technology::Zvm
            | Technology::SolarisZone => counting::partition_cores(),
        }
    }

    /// The cores of a partition as it counts on a day.
    pub(super) fn partition(&self, candidate: &RowOnDay<'_>) -> Derivation {
        let row = candidate.row;
        let cores = candidate.cores.unwrap_or_default();
        let mut derivation =
            steps::step(self.label(row), Some(cores.get()), Unit::Cores, Operation::Given, Self::rule(row));
        derivation.inputs = self.inputs(row);
        if let Some(stated) = row.partition_cores.filter(|&stated| stated != cores) {
            derivation.notes.push(Message::new("note.partition_rounded").with("stated", stated.get()));
        }
        derivation
    }

    /// Cores that nobody states: the quantity is not known.
    pub(super) fn unknown_cores(&self, metric: Metric, candidate: &RowOnDay<'_>) -> Derivation {
        let row = candidate.row;
        let mut derivation = steps::step(self.label(row), None, steps::unit(metric), Operation::Given, Self::rule(row));
        derivation.inputs = self.inputs(row);
        derivation.notes.push(Message::new("note.server_cores_unknown"));
        derivation
    }

    /// The activated cores of the server as the limit that they are.
    pub(super) fn server_cores(&self, candidates: &[RowOnDay<'_>], cores: Count) -> Derivation {
        let mut derivation = steps::server_cores(cores);
        derivation.inputs = self.cores_inputs(candidates);
        derivation
    }

    /// All activated cores of the server, as full capacity counts them.
    pub(super) fn full_server(&self, candidates: &[RowOnDay<'_>], cores: Count) -> Derivation {
        let mut derivation = steps::server_cores(cores);
        derivation.rule = counting::full_capacity();
        derivation.inputs = self.cores_inputs(candidates);
        derivation
    }

    /// The rate of a row on a day.
    pub(super) fn rate(&self, site: &HostServer<'_>, candidate: &RowOnDay<'_>, day: DayNumber) -> Derivation {
        let row = candidate.row;
        if row.technology == Technology::Container {
            return steps::container_rate(candidate.rate);
        }
        let (processor, _) = site.hardware(row, day);
        let processor = processor.map_or("", |name| self.estate.names.text(name));
        let mut derivation = steps::rate(candidate.rate, site.rated(row, day).as_deref(), processor);
        derivation.inputs = self.hardware_inputs(row);
        derivation
    }

    fn cores_inputs(&self, candidates: &[RowOnDay<'_>]) -> Vec<Input> {
        let stated = candidates.iter().find_map(|candidate| Some((candidate.row, candidate.row.cores?)));
        stated.map(|(row, cores)| self.input(row, "cores", cores.to_string())).into_iter().collect()
    }

    fn inputs(&self, row: &EstateRow) -> Vec<Input> {
        let mut inputs = Vec::new();
        if let Some(cores) = row.partition_cores {
            inputs.push(self.input(row, "partition_cores", Decimal::from(cores).to_string()));
        } else if let Some(cores) = row.cores {
            inputs.push(self.input(row, "cores", cores.to_string()));
        }
        inputs
    }

    /// What the row itself says of its processor; other rows of the server may say more.
    fn hardware_inputs(&self, row: &EstateRow) -> Vec<Input> {
        let text = |name| self.estate.names.text(name);
        let mut inputs = Vec::new();
        if let Some(processor) = row.processor {
            inputs.push(self.input(row, "processor", text(processor)));
        }
        if let Some(sockets) = row.sockets {
            inputs.push(self.input(row, "sockets", sockets.to_string()));
        }
        if let Some(os) = row.os {
            inputs.push(self.input(row, "os", text(os)));
        }
        inputs
    }
}
