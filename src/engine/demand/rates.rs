//! The rates of the processors of one estate, each looked up once.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::model::names::{Name, Names};
use crate::model::quantity::Count;
use crate::rules::{self, RateQuery, RateStatus, Rating, socket_limit};

/// How a host that is not known is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum HostRating {
    /// As IBM's tool does: the highest tier of the family, else 120.
    AsPublished,
    /// At best: the lowest tier of the family, what the estate would need if the hosts were found to be small.
    AtBest,
    /// For certain: the tier of the largest server that the processor fits, where its name says so.
    ForCertain,
}

/// What decides the rate of a partition besides its processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct RateSetting {
    pub(super) sockets: Option<Count>,
    pub(super) linux: bool,
    /// Flat rate of public clouds, which containers share.
    pub(super) cloud: bool,
}

/// What a rate hangs on.
type RateKey = (Option<Name>, RateSetting);

/// The rates that were asked for already.
type KnownRates = FxHashMap<RateKey, Rc<HostedRate>>;

/// Rates by processor and setting.
pub(super) struct Rates<'a> {
    names: &'a Names,
    host: HostRating,
    known: RefCell<KnownRates>,
    /// The one that was asked for last: most rows of a server have one processor.
    last: RefCell<Option<(RateKey, Rc<HostedRate>)>>,
}

/// A rate, and whether it rests on a host that is not known.
#[derive(Debug)]
pub(in crate::engine) struct HostedRate {
    pub(in crate::engine) rating: Rating,
    /// PVU for each core, as the host is to be rated.
    pub(in crate::engine) pvu_per_core: u32,
    /// Whether the rate may fall once the host is known.
    pub(in crate::engine) host_unknown: bool,
}

/// The best case of a processor that nobody names: the lowest tier of a current server, as an assumption.
pub(super) const BEST_WITHOUT_PROCESSOR: u32 = 70;

impl<'a> Rates<'a> {
    pub(super) fn new(names: &'a Names, host: HostRating) -> Self {
        Self { names, host, known: RefCell::default(), last: RefCell::default() }
    }

    /// The rate of a processor; none named is the fallback.
    pub(super) fn rate(&self, processor: Option<Name>, setting: RateSetting) -> Rc<HostedRate> {
        let key = (processor, setting);
        let mut last = self.last.borrow_mut();
        if let Some((asked, rated)) = &*last
            && *asked == key
        {
            return rated.clone();
        }
        let mut known = self.known.borrow_mut();
        let rated = known.entry(key).or_insert_with(|| Rc::new(self.look_up(processor, setting))).clone();
        *last = Some((key, rated.clone()));
        rated
    }

    /// What orders the processors of a server: the rate not under Linux, that under Linux, then the name, so that the
    /// first of equals by name comes last.
    pub(super) fn rank(&self, processor: Name, sockets: Option<Count>) -> (u32, u32, Reverse<&'a str>) {
        let rate = |linux| self.rate(Some(processor), RateSetting { sockets, linux, cloud: false }).pvu_per_core;
        (rate(false), rate(true), Reverse(self.names.text(processor)))
    }

    fn look_up(&self, processor: Option<Name>, setting: RateSetting) -> HostedRate {
        let text = processor.map_or("", |name| self.names.text(name));
        let query = RateQuery {
            processor: text,
            sockets: setting.sockets,
            linux: setting.linux,
            cloud: setting.cloud,
            cores_per_chip: None,
        };
        let rating = rules::rate(&query);
        let published = rating.pvu_per_core;
        let best = match rating.status {
            RateStatus::HighestTier => rating.lowest_tier.unwrap_or(published),
            RateStatus::Fallback if text.is_empty() => BEST_WITHOUT_PROCESSOR,
            RateStatus::Fallback | RateStatus::Matched | RateStatus::Ambiguous | RateStatus::Cloud => published,
        };
        let pvu_per_core = match self.host {
            HostRating::AtBest => best.min(published),
            HostRating::ForCertain if rating.status == RateStatus::HighestTier => {
                let sockets = socket_limit::most_sockets(text);
                let fits = sockets.map(|_| rules::rate(&RateQuery { sockets, ..query }).pvu_per_core);
                fits.unwrap_or(published).min(published)
            }
            HostRating::AsPublished | HostRating::ForCertain => published,
        };
        HostedRate { rating, pvu_per_core, host_unknown: best < published }
    }
}
