//! What an estate amounts to on one page: what it needs and is entitled to, what that rests on, and what to look at first.

mod first;
mod tiles;

use super::{OpenWorkspace, position, volume_level};
use crate::model::assessment::FileReport;
use crate::model::message::Message;
use crate::work::blocks::{Block, Section, Tiles};
use crate::work::cell::{Cell, CellRow};
use crate::work::screen_query::ScreenQuery;

const FILES: [(&str, bool); 4] = [
    ("page.overview.file", false),
    ("page.overview.is", false),
    ("page.overview.rows", true),
    ("page.overview.left_out", true),
];

/// The screen; nothing while the estate is empty.
pub(super) fn show(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let has_products = !open.assessment.products.is_empty() || !open.position.products.is_empty();
    if !has_products && open.workspace.lists.orders.is_empty() {
        return Vec::new();
    }
    let meter = volume_level::meter(open, query);
    let mut blocks = vec![Block::Tiles(Tiles {
        label: "page.overview.tiles".into(),
        tiles: tiles::of(open, meter.as_ref(), query),
    })];
    blocks.extend(position::estate_over_time(open).into_iter().map(Block::Chart));
    blocks.push(Block::Table(first::table(open, meter.as_ref())));
    if !open.assessment.files.is_empty() {
        let rows = open.assessment.files.iter().map(file).collect();
        blocks.push(Block::Table(Section::new("page.overview.files", &FILES, rows)));
    }
    blocks.push(Block::Note(Message::new("page.overview.fine_print")));
    blocks
}

fn file(file: &FileReport) -> CellRow {
    let is = Cell::Said(vec![file.kind.title()]);
    vec![file.name.as_str().into(), is, Some(file.rows).into(), Some(file.left_out).into()]
}
