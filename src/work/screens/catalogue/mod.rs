//! Catalogue, as far as the open workspace has a part in it: part numbers with their prices, what differs between two
//! price lists, and from which day each of them holds. Rates, machine types and processors are looked up by the page
//! (`ui/pages/catalogue`).

mod changes;
mod detail;
mod known_parts;
mod part_table;
mod price_files;
mod price_lists;
mod published;

pub(in crate::work) use changes::compared;
pub(in crate::work) use known_parts::count as parts_found;

use rust_decimal::Decimal;

use super::OpenWorkspace;
use crate::model::money::Currency;
use crate::work::blocks::Block;
use crate::work::catalogue_view::CatalogueView;
use crate::work::cell::Cell;
use crate::work::screen_query::ScreenQuery;

/// The blocks of the view that is asked for.
pub(super) fn show(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    match CatalogueView::of(query) {
        CatalogueView::Rates => Vec::new(),
        CatalogueView::Parts => part_table::blocks(open, query),
        CatalogueView::Changes => changes::blocks(open, query),
    }
}

/// A price with all decimals of its currency, and more where it has more.
fn price(price: Decimal, currency: &Currency) -> Decimal {
    let mut price = price.normalize();
    price.rescale(price.scale().max(currency.decimals()));
    price
}

/// A price in a cell.
fn money(amount: Decimal, currency: &Currency) -> Cell {
    Cell::Money(Some(price(amount, currency)), None)
}
