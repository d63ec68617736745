//! What an estate amounts to on one page: what to do, by money, what it needs and is entitled to, and what that rests on.

mod dates;
mod tiles;
mod to_do;

use super::{OpenWorkspace, position, volume_level};
use crate::model::assessment::FileReport;
use crate::model::evidence;
use crate::model::message::Message;
use crate::work::blocks::{Block, Section, Tiles};
use crate::work::cell::{Cell, CellRow};
use crate::work::screen_query::ScreenQuery;
pub(super) use to_do::explain;

const WEAK: [(&str, bool); 2] = [("page.overview.what", false), ("page.overview.why", false)];

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
    let nothing = || Block::Note(Message::new(to_do::nothing(open)));
    let mut blocks: Vec<Block> = vec![to_do::table(open, query).map_or_else(nothing, Block::Data)];
    let tiles = tiles::of(open, meter.as_ref(), query);
    blocks.push(Block::Tiles(Tiles { label: "page.overview.tiles".into(), tiles }));
    blocks.extend(dates::blocks(open, query));
    blocks.extend(position::estate_over_time(open).into_iter().map(Block::Chart));
    blocks.extend(weak_evidence(open).map(Block::Table));
    if !open.assessment.files.is_empty() {
        let rows = open.assessment.files.iter().map(file).collect();
        blocks.push(Block::Table(Section::new("page.overview.files", &FILES, rows)));
    }
    blocks.push(Block::Note(Message::new("page.overview.fine_print")));
    blocks
}

/// What is weak about the evidence; `None` where nothing is.
fn weak_evidence(open: OpenWorkspace<'_>) -> Option<Section> {
    let weaknesses = evidence::weaknesses(open.assessment).into_iter();
    let said = |message| Cell::Said(Vec::from_iter(message));
    let rows: Vec<CellRow> = weaknesses.map(|(what, why)| vec![said(Some(what)), said(why)]).collect();
    (!rows.is_empty()).then(|| Section::new("page.evidence.weak", &WEAK, rows))
}

fn file(file: &FileReport) -> CellRow {
    let is = Cell::Said(vec![file.kind.title()]);
    vec![file.name.as_str().into(), is, Some(file.rows).into(), Some(file.left_out).into()]
}
