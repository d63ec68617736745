//! Prices that begin later: what they are against those of today, and which charges they change.

use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::engine::renewal::price_changes::PriceKey;
use crate::engine::renewal::{Charge, ChargePlace, ChargeScope, Forecast, charge_totals};
use crate::model::price::Price;
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};
use crate::work::screens::OpenWorkspace;
use crate::work::screens::renewals::total_money;

const COLUMNS: [(&str, bool); 9] = [
    ("column.valid_from", false),
    ("column.part_number", false),
    ("column.description", false),
    ("column.level", false),
    ("column.currency", false),
    ("page.reports.price_today", true),
    ("page.reports.price_then", true),
    ("report.percent", true),
    ("page.reports.charged_by_it", true),
];

/// The prices, the next first.
pub(super) fn sections(open: OpenWorkspace<'_>, forecast: &Forecast) -> Vec<Section> {
    let prices = &open.workspace.lists.prices;
    let mut later: Vec<&Arc<Price>> =
        prices.iter().filter(|price| price.valid_from.is_some_and(|from| from > forecast.on)).collect();
    later.sort_by_key(|price| (price.valid_from, PriceKey::of(price)));
    if later.is_empty() {
        return Vec::new();
    }
    let rows = later.into_iter().map(|price| row(price, prices, forecast)).collect();
    vec![Section::new("page.reports.price_notices", &COLUMNS, rows)]
}

fn row(later: &Arc<Price>, prices: &[Arc<Price>], forecast: &Forecast) -> CellRow {
    let of = PriceKey::of(later);
    let on = forecast.on;
    let holds = |price: &&Arc<Price>| {
        !price.is_example()
            && PriceKey::of(price) == of
            && price.valid_from.is_none_or(|from| from <= on)
            && price.valid_to.is_none_or(|to| on <= to)
    };
    let today = prices.iter().filter(holds).max_by_key(|price| price.valid_from).map(|price| price.price);
    let percent = today.and_then(|today| {
        let percent = later.price.checked_sub(today)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(today)?;
        Some(percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    });
    let is_by_it =
        |charge: &Charge| charge.priced.as_ref().is_some_and(|priced| Arc::ptr_eq(&priced.offered.row, later));
    let by_it = forecast.charges().filter(|(_, _, charge)| is_by_it(charge));
    let places: Vec<ChargePlace> = by_it.clone().map(|(place, _, _)| place).collect();
    let totals = charge_totals(by_it.map(|(_, line, charge)| (&line.key.currency, charge)));
    // A price has one currency.
    let charged = match totals.as_slice() {
        [total] => total_money(forecast, total, None, ChargeScope::Charges(places)),
        _ => Cell::Word("page.reports.no_charge".into()),
    };
    vec![
        Cell::Day(later.valid_from),
        of.part_number.as_str().into(),
        later.description.as_str().into(),
        of.level.name().into(),
        of.currency.code().into(),
        today.map_or(Cell::Word("page.not_known".into()), |price| Cell::Money(Some(price), None)),
        Cell::Money(Some(later.price), None),
        percent.map_or(Cell::Unknown, Cell::Number),
        charged,
    ]
}
