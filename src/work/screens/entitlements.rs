//! What is owned: the ledger and what is calculated from it.

use super::OpenWorkspace;
use crate::work::blocks::Block;
use crate::work::screen_query::ScreenQuery;
use crate::work::table::Subject;

/// The screen.
pub(super) fn show(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let calculated = vec![Subject::Use, Subject::BySite, Subject::Agreements { today: query.today }];
    let issues = open.position.issues.clone();
    let mut blocks = vec![Block::Lists(calculated)];
    if !issues.is_empty() {
        blocks.push(Block::Issues(issues));
    }
    blocks
}
