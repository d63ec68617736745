//! What the page shows of what is needed and what is entitled: figures, what is needed over time, the products.

mod bars;
mod beyond;
mod detail;
mod files;
mod picture;
mod products;
mod standing;
mod summary;
mod tiles;

pub(in crate::work) use summary::summary;

use super::OpenWorkspace;
use crate::model::assessment::{Assessment, Basis, ProductDemand};
use crate::model::evidence;
use crate::model::list::List;
use crate::model::message::Message;
use crate::model::position::{BalanceState, Position, ProductPosition};
use crate::model::region::Region;
use crate::model::screen::Screen;
use crate::work::blocks::{Block, Tile};
use crate::work::drawing::Chart;
use crate::work::screen_query::ScreenQuery;
use crate::work::{Quantity, Question};

/// The figures; none where no product is needed.
pub(super) fn figures(open: OpenWorkspace<'_>) -> Vec<Tile> {
    tiles::of(open.assessment, &lines(open), &unmeasured(open)).map(|tiles| tiles.tiles).unwrap_or_default()
}

/// What the whole estate needs, one drawing for each metric.
pub(super) fn estate_over_time(open: OpenWorkspace<'_>) -> Vec<Chart> {
    picture::of_estate(&open.assessment.products, &lines(open))
}

fn lines(open: OpenWorkspace<'_>) -> Vec<ProductLine<'_>> {
    open.assessment.products.iter().map(|demand| ProductLine::of(demand, open.position)).collect()
}

/// The products that are owned and that no file measures.
fn unmeasured(open: OpenWorkspace<'_>) -> Vec<&ProductPosition> {
    let is_measured = |one: &ProductPosition| open.assessment.products.iter().any(|product| one.is_of(product));
    open.position.products.iter().filter(|one| !is_measured(one)).collect()
}

/// The screen, from what is weak about the evidence to the files that all of it rests on.
pub(super) fn show(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let OpenWorkspace { workspace, assessment, position, .. } = open;
    let lines = lines(open);
    let mut blocks = Vec::new();
    // It is said before any number is read. The findings are for the files; here their names say enough.
    let weak: Vec<Message> = evidence::weaknesses(assessment).into_iter().map(|(what, _)| what).collect();
    if !weak.is_empty() {
        blocks.push(Block::WeakEvidence(weak));
    }
    blocks.extend(tiles::of(assessment, &lines, &unmeasured(open)).map(|mut tiles| {
        // What explains the only product of a sum stands in its row here.
        tiles.tiles.iter_mut().for_each(|tile| tile.question = None);
        Block::Tiles(tiles)
    }));
    blocks.extend(picture::of_estate(&assessment.products, &lines).into_iter().map(Block::Chart));
    if !lines.is_empty() {
        blocks.push(Block::Data(products::table(&lines, !position.products.is_empty(), query)));
    }
    if let Some(owned) = beyond::owned(position, assessment) {
        blocks.extend([
            Block::Table(owned),
            // It may be needed under another name.
            Block::Way(Message::new("page.owned.alias"), Screen::Entitlements),
        ]);
    }
    blocks.extend(beyond::cloud_paks(assessment).map(Block::Table));
    if may_assign_regions(assessment) || workspace.lists.len(List::Regions) > 0 {
        blocks.push(Block::Lists(Vec::new()));
    }
    if !assessment.files.is_empty() {
        blocks.push(Block::Files(files::cards(&assessment.files, &workspace.sources)));
    }
    blocks.push(Block::Issues(assessment.issues.clone()));
    blocks.push(Block::Note(Message::new("page.position.fine_print")));
    blocks
}

/// Whether a server of an estate template stands in no region.
fn may_assign_regions(assessment: &Assessment) -> bool {
    assessment
        .products
        .iter()
        .any(|one| one.basis.contains(&Basis::Estate) && one.regions.iter().any(|part| part.region == Region::Unknown))
}

/// A product that is needed, and what is entitled of it.
#[derive(Clone, Copy)]
struct ProductLine<'a> {
    demand: &'a ProductDemand,
    owned: Option<&'a ProductPosition>,
}

impl<'a> ProductLine<'a> {
    fn of(demand: &'a ProductDemand, position: &'a Position) -> Self {
        let key = (demand.product.as_str(), demand.metric.name());
        let found = position.products.binary_search_by(|one| (one.product.as_str(), one.metric.as_str()).cmp(&key));
        Self { demand, owned: found.ok().and_then(|index| position.products.get(index)) }
    }

    /// How it stands; `None` while nothing says what is entitled.
    fn state(&self) -> Option<BalanceState> {
        self.owned.map(|owned| BalanceState::of(owned.balance()))
    }

    fn ask(&self, quantity: Quantity) -> Question {
        let (product, metric) = (self.demand.product.clone(), self.demand.metric.name().to_owned());
        Question::Product { product, metric, quantity }
    }
}
