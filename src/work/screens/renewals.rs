//! What renewals will cost.

use super::OpenWorkspace;
use crate::work::blocks::Block;
use crate::work::screen_query::ScreenQuery;

/// The forecast.
pub(super) fn show(_open: OpenWorkspace<'_>, _query: &ScreenQuery) -> Vec<Block> {
    vec![Block::Lists(Vec::new())]
}
