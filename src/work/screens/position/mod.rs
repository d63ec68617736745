//! What the page shows of what is needed and what is entitled: figures, what is needed over time, the products.

mod beyond;
mod detail;
mod picture;
mod products;
mod standing;
mod tiles;

use super::OpenWorkspace;
use crate::model::assessment::ProductDemand;
use crate::model::position::{BalanceState, Position, ProductPosition};
use crate::work::blocks::{Block, Tile};
use crate::work::drawing::Chart;
use crate::work::screen_query::ScreenQuery;
use crate::work::{Quantity, Question};

/// The figures; none where no product is needed.
pub(super) fn figures(open: OpenWorkspace<'_>) -> Vec<Tile> {
    tiles::of(open.assessment, &lines(open)).map(|tiles| tiles.tiles).unwrap_or_default()
}

/// What the whole estate needs over time, one drawing for each metric.
pub(super) fn estate_over_time(open: OpenWorkspace<'_>) -> Vec<Chart> {
    picture::of_estate(&open.assessment.products)
}

fn lines(open: OpenWorkspace<'_>) -> Vec<ProductLine<'_>> {
    open.assessment.products.iter().map(|demand| ProductLine::of(demand, open.position)).collect()
}

/// The screen; nothing while nothing is needed and nothing entitled.
pub(super) fn show(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let OpenWorkspace { assessment, position, .. } = open;
    let lines = lines(open);
    let mut blocks = Vec::new();
    blocks.extend(tiles::of(assessment, &lines).map(Block::Tiles));
    blocks.extend(picture::of_estate(&assessment.products).into_iter().map(Block::Chart));
    if !lines.is_empty() {
        blocks.push(Block::Data(products::table(&lines, !position.products.is_empty(), query)));
    }
    blocks.extend(beyond::owned(position, assessment).map(Block::Table));
    blocks.extend(beyond::cloud_paks(assessment).map(Block::Table));
    blocks
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
