//! Which row counts for a partition on a day, with how many cores and at which rate.

use litemap::LiteMap;
use std::cmp::Reverse;
use std::rc::Rc;

use jiff::civil::Date;

use super::facts::ServerFacts;
use super::rates::{HostedRate, RateSetting, Rates};
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
#[derive(Clone, Debug)]
pub(super) struct RowOnDay<'a> {
    pub(super) row: &'a EstateRow,
    /// Cores as stated; `None` is not known.
    stated: Option<Cores>,
    /// Cores, rounded already where the technology asks for it; `None` is not known.
    pub(super) cores: Option<Cores>,
    /// PVU for each core; 1 for other metrics.
    pub(super) rate: u32,
    /// How the rate was found; `None` where no rate is needed.
    pub(super) rated: Option<Rc<HostedRate>>,
}

impl RowOnDay<'_> {
    /// Whether the server that the row names caps it.
    pub(super) const fn is_capped(&self) -> bool {
        !self.row.technology.is_uncapped()
    }

    /// Whether the rate may fall once the host is known.
    pub(super) fn host_unknown(&self) -> bool {
        self.rated.as_ref().is_some_and(|rated| rated.host_unknown)
    }
}

impl HostServer<'_> {
    /// The row that counts for a partition: the one with more cores as stated, then the higher rate; of equals uncapped
    /// before unpooled before pooled, then by the names of technology and pool.
    pub(super) fn choose<'r>(&self, rows: impl Iterator<Item = &'r EstateRow>, day: Date) -> Option<RowOnDay<'r>> {
        rows.map(|row| self.candidate(row, day)).max_by_key(|candidate| {
            let row = candidate.row;
            let freedom = if row.technology.is_uncapped() { 2 } else { u8::from(row.pool.is_none()) };
            let pool = row.pool.map_or("", |pool| self.names.text(pool));
            // An unknown number of cores may be any number: it goes before all that are known.
            let unknown = candidate.stated.is_none();
            let name = Reverse((row.technology.name(), pool));
            (unknown, candidate.stated, candidate.rate, freedom, name, Reverse(row.origin))
        })
    }

    fn candidate<'r>(&self, row: &'r EstateRow, day: Date) -> RowOnDay<'r> {
        let stated = match (row.technology, row.partition_cores) {
            (Technology::None, _) | (Technology::Container, None) => self.facts.cores.on(day).map(Cores::from),
            (_, stated) => stated,
        };
        let exact = row.technology.adds_fractions() && self.rounding == RoundingPlace::ServerAndProduct;
        let cores = stated.map(|cores| if exact { cores } else { cores.ceil() });
        let rated = (row.metric == Metric::Pvu).then(|| self.rated(row, day));
        let rate = rated.as_ref().map_or(1, |rated| rated.pvu_per_core);
        RowOnDay { row, stated, cores, rate, rated }
    }

    /// The rate of a row on a day. A POWER under Linux is an exception of the rate table itself.
    fn rated(&self, row: &EstateRow, day: Date) -> Rc<HostedRate> {
        let cloud = matches!(row.technology, Technology::Cloud | Technology::Container);
        let (processor, sockets) = self.hardware(row, day);
        self.rates.rate(processor, RateSetting { sockets, linux: row.linux, cloud })
    }

    /// Processor and sockets that a row is rated by.
    pub(super) fn hardware(&self, row: &EstateRow, day: Date) -> (Option<Name>, Option<Count>) {
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
