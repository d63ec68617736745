//! One server: its rate, and what all of it amounts to.

use std::num::NonZeroU32;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{RatedServer, ServerQuery};
use crate::model::derivation::{Confidence, Derivation, Operation, RuleReference, Unit};
use crate::model::listed_processor::ListedProcessor;
use crate::model::message::Message;
use crate::model::operating_system::is_linux;
use crate::rules::{RateQuery, Rating, counting, processors};

/// Rates a server. Cores that nobody gave are those of sockets that are all filled.
pub fn rate(server: &ServerQuery) -> RatedServer {
    let rating = rating(server);
    let filled_cores = filled_cores(server);
    let cores = server.cores.map(NonZeroU32::get).or(filled_cores);
    RatedServer {
        pvu_per_core: rating.pvu_per_core,
        status: rating.status,
        row: rating.row.map(|row| row.name.clone()),
        candidates: rating.candidates.iter().map(|row| (row.name.clone(), row.pvu_per_core)).collect(),
        filled_cores,
        cores,
        total: total(&rating, cores),
        derivation: derive(&rating, cores, server),
    }
}

/// What a processor of a list is rated at: PVU for each core, the row that decided, and PVU of the whole server.
pub fn rate_listed(line: &ListedProcessor) -> (u32, Option<&'static str>, Option<u64>) {
    let whole = |number: Option<Decimal>| number.and_then(|number| number.to_u32()).and_then(NonZeroU32::new);
    let server = ServerQuery {
        processor: line.processor.clone(),
        sockets: whole(line.sockets),
        cores: whole(line.cores),
        linux: is_linux(&line.os),
        cloud: false,
    };
    let rating = rating(&server);
    let cores = server.cores.map(NonZeroU32::get).or_else(|| filled_cores(&server));
    (rating.pvu_per_core, rating.row.map(|row| row.name.as_str()), total(&rating, cores))
}

fn rating(server: &ServerQuery) -> Rating {
    crate::rules::rate(&RateQuery {
        processor: &server.processor,
        sockets: server.sockets,
        linux: server.linux,
        cloud: server.cloud,
        cores_per_chip: None,
    })
}

fn total(rating: &Rating, cores: Option<u32>) -> Option<u64> {
    cores.and_then(|cores| u64::from(cores).checked_mul(rating.pvu_per_core.into()))
}

/// The cores of a server whose sockets are all filled with this processor.
fn filled_cores(server: &ServerQuery) -> Option<u32> {
    let per_chip = processors::cores(&server.processor)?;
    server.sockets?.get().checked_mul(per_chip)
}

fn derive(rating: &Rating, cores: Option<u32>, server: &ServerQuery) -> Derivation {
    let per_core = Derivation {
        label: Message::new("page.rate.rate_of").with("processor", server.processor.trim()),
        value: Some(rating.pvu_per_core.into()),
        unit: Unit::PvuPerCore,
        operation: Operation::Given,
        rule: rating.rule(),
        inputs: Vec::new(),
        notes: rating.notes.clone(),
        children: Vec::new(),
        further: 0,
    };
    let Some(cores) = cores else { return per_core };
    let typed = server.cores.is_some();
    let counted = Derivation {
        label: Message::new(if typed { "page.rate.cores_typed" } else { "page.rate.cores_filled" }),
        value: Some(cores.into()),
        unit: Unit::Cores,
        operation: Operation::Given,
        rule: if typed { TYPED } else { FILLED },
        inputs: Vec::new(),
        notes: Vec::new(),
        children: Vec::new(),
        further: 0,
    };
    Derivation {
        label: Message::new("page.rate.whole_server"),
        value: Decimal::from(cores).checked_mul(rating.pvu_per_core.into()),
        unit: Unit::Pvu,
        operation: Operation::Product,
        rule: counting::cores_times_rate(),
        inputs: Vec::new(),
        notes: Vec::new(),
        children: vec![counted, per_core],
        further: 0,
    }
}

/// The cores of a server that is full.
const FILLED: RuleReference = ours("rate.sockets_filled", "page.rate.rule_filled");
/// The cores that the user typed.
const TYPED: RuleReference = ours("rate.cores_typed", "page.rate.rule_typed");

const fn ours(id: &'static str, title: &'static str) -> RuleReference {
    RuleReference::keyed(id, title, "", None, Confidence::Ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::RateStatus;

    fn server(processor: &str, sockets: u32, cores: u32) -> ServerQuery {
        ServerQuery {
            processor: processor.to_owned(),
            sockets: NonZeroU32::new(sockets),
            cores: NonZeroU32::new(cores),
            ..ServerQuery::default()
        }
    }

    #[test]
    fn cores_follow_the_sockets_until_they_are_typed() {
        // A Gold 6130 has 16 cores, and a Xeon with two sockets is rated 70.
        let name = "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz";
        assert_eq!(rate(&server(name, 2, 0)).total, Some(2 * 16 * 70));
        assert_eq!(rate(&server(name, 2, 20)).total, Some(20 * 70));
    }

    #[test]
    fn unknown_sockets_leave_the_total_open_and_the_rate_at_its_highest() {
        let rated = rate(&server("Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", 0, 0));
        assert_eq!((rated.pvu_per_core, rated.status, rated.total), (120, RateStatus::HighestTier, None));
    }

    #[test]
    fn the_whole_server_is_derived_from_cores_and_rate() {
        let rated = rate(&server("IBM POWER9 E980", 4, 48));
        let steps: Vec<_> = rated.derivation.children.iter().map(|step| step.value).collect();
        assert_eq!(steps, [Some(48.into()), Some(120.into())]);
        assert_eq!(rated.derivation.value, Some((48 * 120).into()));
    }

    #[test]
    fn a_cloud_needs_no_processor() {
        let machine = ServerQuery { cloud: true, cores: NonZeroU32::new(8), ..ServerQuery::default() };
        assert_eq!(rate(&machine).total, Some(560));
    }
}
