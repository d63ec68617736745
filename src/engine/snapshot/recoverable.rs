//! What may fall away once the hosts are known.
//!
//! Where ILMT does not know the host of a partition, it rates its cores as if the host held the most sockets that any
//! server with that processor holds, or at 120 when it does not know the processor. Connecting the VM manager shows
//! the real host; the figure can then only fall
//! (<https://www.ibm.com/docs/en/license-metric-tool?topic=managers-default-subcapacity-counting>).

use std::num::NonZeroU32;

use super::evidence::Evidence;
use super::product::StatedServer;
use crate::model::assessment::Recoverable;
use crate::model::derivation::RuleReference;
use crate::rules::{self, RateQuery, RateStatus, Rating, socket_limit};

/// The rate that is assumed at best for a processor that cannot be identified: most servers have two sockets (ours).
const BEST_UNIDENTIFIED: u32 = 70;

/// The rates that the cores of an unknown host may turn out to have; both at most what ILMT takes now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prospect {
    /// On the smallest host that holds the processor.
    pub(super) best: u32,
    /// On the largest one.
    pub(super) worst: u32,
    /// The row of the table that gives the best rate; `None` when that rate is an assumption, because the processor
    /// is not identified.
    pub(super) rule: Option<RuleReference>,
}

/// What may fall away of a product; `None` when all its hosts are known.
pub(super) fn of(evidence: &Evidence<'_>, servers: &[StatedServer<'_>]) -> Option<Recoverable> {
    let mut range: Option<Recoverable> = None;
    for server in at_stake(servers) {
        let prospect = prospect(evidence, server);
        let now = server.pvu();
        let falls_to = |rate| now.saturating_sub(StatedServer::at_rate(server.row.cores, rate));
        let sum = range.get_or_insert(Recoverable { low: 0, high: 0, at_stake: 0 });
        sum.low = sum.low.saturating_add(falls_to(prospect.worst));
        sum.high = sum.high.saturating_add(falls_to(prospect.best));
        sum.at_stake = sum.at_stake.saturating_add(now);
    }
    range
}

/// The servers of a product that count and whose host is not known.
pub(super) fn at_stake<'s, 'a>(servers: &'s [StatedServer<'a>]) -> impl Iterator<Item = &'s StatedServer<'a>> {
    servers.iter().filter(|server| server.counts() && !server.row.host_known)
}

/// The rates that a server may turn out to have.
pub(super) fn prospect(evidence: &Evidence<'_>, server: &StatedServer<'_>) -> Prospect {
    let now = server.row.pvu_per_core;
    let names = [server.row.brand, server.row.processor].into_iter().flatten();
    let names = names.filter_map(|name| Some(evidence.usage?.text(name)));
    for processor in names {
        let rating = rate(processor, None);
        if rating.status == RateStatus::Fallback {
            continue;
        }
        let best = rating.lowest_tier.unwrap_or(rating.pvu_per_core).min(now);
        let worst = socket_limit::most_sockets(processor).map(|sockets| rate(processor, Some(sockets)).pvu_per_core);
        let smallest = rate(processor, Some(NonZeroU32::MIN));
        let rule = if smallest.pvu_per_core == best { smallest.rule() } else { rating.rule() };
        return Prospect { best, worst: worst.unwrap_or(now).clamp(best, now), rule: Some(rule) };
    }
    Prospect { best: BEST_UNIDENTIFIED.min(now), worst: now, rule: None }
}

fn rate(processor: &str, sockets: Option<NonZeroU32>) -> Rating {
    rules::rate(&RateQuery { processor, sockets, ..RateQuery::default() })
}
