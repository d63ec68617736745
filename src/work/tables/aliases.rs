//! What keeps aliases that are typed from standing: one name, one product, and no circle.

use crate::engine::position::refused_aliases;
use crate::model::entitlement::Alias;
use crate::model::issue::Issue;
use crate::model::list::{Line, Value};
use crate::model::message::Message;

/// Why aliases among those that are put, each in the place of another one or at the end, cannot stand: the place of each
/// among those that are put. What is wrong already is nobody's fault who changes something else.
pub(super) fn refused(aliases: &[Alias], put: &[(Option<usize>, Vec<Value>)]) -> Vec<(usize, Message)> {
    let mut next = aliases.to_vec();
    let mut places = Vec::new();
    for (place, values) in put {
        let Some(alias) = Alias::of("", 0, values) else { continue };
        let slot = place.and_then(|place| next.get_mut(place).map(|slot| (place, slot)));
        if let Some((place, slot)) = slot {
            *slot = alias;
            places.push(place);
        } else {
            places.push(next.len());
            next.push(alias);
        }
    }
    let told = |issue: &Issue| issue.message().with("outcome", Message::new("page.table.unchanged"));
    let refused = refused_aliases(&next);
    let of_put =
        refused.iter().filter_map(|(at, issue)| Some((places.iter().position(|place| place == at)?, told(issue))));
    of_put.collect()
}
