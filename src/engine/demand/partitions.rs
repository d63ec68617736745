//! Which row counts for a partition on a day, with how many cores and at which rate.

use litemap::LiteMap;
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

use super::facts::ServerFacts;
use super::rates::{HostedRate, RateSetting, Rates};
use crate::model::day_number::DayNumber;
use crate::model::estate::EstateRow;
use crate::model::metric::Metric;
use crate::model::names::{Name, Names};
use crate::model::quantity::{Cores, Count};
use crate::model::region::Region;
use crate::model::technology::Technology;
use crate::model::workspace::RoundingPlace;

/// A server as its rows describe it, and the partitions on it whose host is not known.
pub(super) struct HostServer<'a> {
    pub(super) facts: ServerFacts,
    /// Partitions of unknown technology: each is a server of its own.
    pub(super) own: LiteMap<Option<Name>, ServerFacts>,
    pub(super) rates: &'a Rates<'a>,
    pub(super) names: &'a Names,
    pub(super) rounding: RoundingPlace,
}

/// A row as it counts on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowOnDay<'a> {
    pub(super) row: &'a EstateRow,
    /// Cores as stated; `None` is not known.
    stated: Option<Cores>,
    /// Cores, rounded already where the technology asks for it; `None` is not known.
    pub(super) cores: Option<Cores>,
    /// PVU for each core; 1 for other metrics.
    pub(super) rate: u32,
    /// Whether the rate may fall once the host is known.
    pub(super) host_unknown: bool,
}

impl RowOnDay<'_> {
    /// Whether the server that the row names caps it.
    pub(super) const fn is_capped(&self) -> bool {
        !self.row.technology.is_uncapped()
    }

    /// What decides between rows of one partition: the one with more cores as stated, then the higher rate; of equals
    /// uncapped before unpooled before pooled, then by the names of technology and pool. The row that counts is the
    /// greatest.
    fn compared(&self, other: &Self, names: &Names) -> Ordering {
        // An unknown number of cores may be any number: it goes before all that are known.
        let cores = |one: &Self| (one.stated.is_none(), one.stated, one.rate);
        let freedom = |row: &EstateRow| if row.technology.is_uncapped() { 2 } else { u8::from(row.pool.is_none()) };
        let name = |row: &EstateRow| Reverse((row.technology.name(), row.pool.map_or("", |pool| names.text(pool))));
        cores(self)
            .cmp(&cores(other))
            .then_with(|| freedom(self.row).cmp(&freedom(other.row)))
            .then_with(|| name(self.row).cmp(&name(other.row)))
            .then_with(|| other.row.origin.cmp(&self.row.origin))
    }
}

impl HostServer<'_> {
    /// The row that counts for a partition, of those that hold on a day.
    pub(super) fn choose<'r>(&self, rows: impl Iterator<Item = RowOnDay<'r>>) -> Option<RowOnDay<'r>> {
        rows.max_by(|one, other| one.compared(other, self.names))
    }

    /// A row as it counts on a day.
    pub(super) fn on_day<'r>(&self, row: &'r EstateRow, day: DayNumber) -> RowOnDay<'r> {
        let stated = match (row.technology, row.partition_cores) {
            (Technology::None, _) | (Technology::Container, None) => self.facts.cores.on(day).map(Cores::from),
            (_, stated) => stated,
        };
        let exact = row.technology.adds_fractions() && self.rounding == RoundingPlace::ServerAndProduct;
        let cores = stated.map(|cores| if exact { cores } else { cores.ceil() });
        let (rate, host_unknown) = self.rated(row, day).map_or((1, false), |it| (it.pvu_per_core, it.host_unknown));
        RowOnDay { row, stated, cores, rate, host_unknown }
    }

    /// How the rate of a row on a day is found; `None` where no rate is needed. A POWER under Linux is an exception of the
    /// rate table itself.
    pub(super) fn rated(&self, row: &EstateRow, day: DayNumber) -> Option<Rc<HostedRate>> {
        if row.metric != Metric::Pvu {
            return None;
        }
        let cloud = matches!(row.technology, Technology::Cloud | Technology::Container);
        let (processor, sockets) = self.hardware(row, day);
        Some(self.rates.rate(processor, RateSetting { sockets, linux: row.linux, cloud }))
    }

    /// Processor and sockets that a row is rated by.
    pub(super) fn hardware(&self, row: &EstateRow, day: DayNumber) -> (Option<Name>, Option<Count>) {
        if row.technology == Technology::Unknown {
            (self.own.get(&row.partition).and_then(|own| own.processor.on(day)), None)
        } else {
            (self.facts.processor.on(day), self.facts.sockets.on(day))
        }
    }

    /// The region in which a row counts.
    pub(super) fn region(&self, row: &EstateRow) -> Region {
        if row.technology == Technology::Unknown {
            self.own.get(&row.partition).map_or(Region::Unknown, |own| own.region)
        } else {
            self.facts.region
        }
    }
}
