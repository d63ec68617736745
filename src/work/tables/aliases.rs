//! What keeps aliases that are typed from standing: one name, one product, and no circle.

use std::sync::Arc;

use crate::engine::position::refused_aliases;
use crate::model::entitlement::Alias;
use crate::model::issue::Issue;
use crate::model::list::{Line, Value};
use crate::model::message::Message;

/// Why aliases among those that are put, each in the place of another one or at the end, cannot stand: the index of each
/// among those that are put. What is wrong already is nobody's fault who changes something else.
pub(super) fn refused(aliases: &[Arc<Alias>], put: &[(Option<usize>, Vec<Value>)]) -> Vec<(usize, Message)> {
    let mut next = aliases.to_vec();
    let mut indices = Vec::new();
    for (index, values) in put {
        let Some(alias) = Alias::of("", 0, values).map(Arc::new) else { continue };
        let slot = index.and_then(|index| next.get_mut(index).map(|slot| (index, slot)));
        if let Some((index, slot)) = slot {
            *slot = alias;
            indices.push(index);
        } else {
            indices.push(next.len());
            next.push(alias);
        }
    }
    let told = |issue: &Issue| issue.message().with("outcome", Message::new("page.table.unchanged"));
    let refused = refused_aliases(&next);
    let of_put =
        refused.iter().filter_map(|(at, issue)| Some((indices.iter().position(|index| index == at)?, told(issue))));
    of_put.collect()
}
