//! Published example prices: an estate has none until somebody adds them, and they leave as they came, in one step.

use std::sync::Arc;

use crate::edit::command::Command;
use crate::model::list::{List, SharedLines};
use crate::model::price::Price;
use crate::model::workspace::Lists;
use crate::rules::published_prices;

/// The text of the setting that adds them.
pub(super) const ADD: &str = "add";
/// The text of the setting that takes out those that are there.
pub(super) const REMOVE: &str = "remove";

/// The command that adds them or takes them out; `None` where the text says neither.
pub(super) fn command(text: &str, prices: &[Arc<Price>]) -> Option<Command> {
    match text {
        ADD => {
            let lists = Lists { prices: SharedLines::of(published_prices::all()), ..Lists::default() };
            Some(Command::Import { sources: Vec::new(), replaced: None, lists: Box::new(lists) })
        }
        REMOVE => {
            let examples = (0..).zip(prices).filter(|(_, price)| price.is_example()).map(|(place, _)| place);
            Some(Command::RemoveLines { list: List::Prices, indices: examples.collect() })
        }
        _ => None,
    }
}
