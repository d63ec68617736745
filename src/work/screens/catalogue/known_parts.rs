//! The part numbers that are known: those of the shipped table, and those that the open workspace names.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::engine::renewal::{PriceStanding, price_standings};
use crate::model::metric;
use crate::model::price::Price;
use crate::rules::parts::Part;
use crate::work::screens::OpenWorkspace;
use crate::work::screens::renewals::forecast_on;

/// A part number, and what is known of it.
#[derive(Default)]
pub(super) struct KnownPart<'a> {
    /// Its row of the shipped table.
    pub(super) shipped: Option<&'a Part>,
    /// The product that it is for; where the table has none, as the workspace calls it.
    pub(super) product: String,
    /// Its metric as people write it; empty where nobody says.
    pub(super) metric: String,
    /// Its prices, in the order of their list, each with how it stands on the day.
    pub(super) prices: Vec<(&'a Price, Option<PriceStanding>)>,
    /// How many lines of the ledger name it.
    pub(super) ledger_lines: usize,
    /// How many lines of the forecast are priced by it.
    pub(super) renewal_lines: usize,
}

impl KnownPart<'_> {
    /// Whether anything of the open workspace names it.
    pub(super) fn is_of_estate(&self) -> bool {
        self.own_prices().next().is_some() || self.ledger_lines > 0 || self.renewal_lines > 0
    }

    /// Its prices that are no examples.
    pub(super) fn own_prices(&self) -> impl Iterator<Item = &Price> {
        self.prices.iter().map(|(price, _)| *price).filter(|price| !price.is_example())
    }

    /// Its prices that stand so; examples only where no others do.
    pub(super) fn standing(&self, wanted: PriceStanding) -> Vec<&Price> {
        let those = self.prices.iter().filter(|(_, standing)| *standing == Some(wanted)).map(|(price, _)| *price);
        let (examples, others): (Vec<_>, Vec<_>) = those.partition(|price| price.is_example());
        if others.is_empty() { examples } else { others }
    }

    fn call(&mut self, product: &str, metric: &str) {
        if self.product.is_empty() {
            product.clone_into(&mut self.product);
        }
        if self.metric.is_empty() {
            self.metric = metric::written(metric);
        }
    }
}

/// All of them, by number.
pub(super) fn known_parts(open: OpenWorkspace<'_>, today: Option<Date>) -> BTreeMap<String, KnownPart<'_>> {
    let mut known: BTreeMap<String, KnownPart<'_>> = BTreeMap::new();
    for part in open.parts.iter() {
        let here = known.entry(part.number.clone()).or_default();
        here.shipped = Some(part);
        here.call(&part.product, &part.metric);
    }
    let lists = &open.workspace.lists;
    for line in lists.entitlements.iter() {
        let called = if line.product.is_empty() { &line.description } else { &line.product };
        for number in [&line.part_number, &line.renewal_part].map(|number| number.trim().to_ascii_uppercase()) {
            if !number.is_empty() {
                let here = known.entry(number).or_default();
                here.call(called, &metric::code(&line.metric));
                here.ledger_lines = here.ledger_lines.saturating_add(1);
            }
        }
    }
    let standings = today.map(|today| price_standings(&lists.prices, today));
    for (at, price) in lists.prices.iter().enumerate() {
        let here = known.entry(price.part()).or_default();
        here.call(&price.description, "");
        here.prices.push((price, standings.as_ref().and_then(|all| all.get(at)).copied()));
    }
    let forecast = forecast_on(open, today);
    for line in forecast.iter().flat_map(|forecast| &forecast.lines) {
        let charged = line.charges.iter().filter_map(|charge| charge.part.as_ref());
        let parts = line.key.renewal_part.0.iter().chain(&line.key.licence_part.0).chain(charged);
        let mut parts: Vec<&String> = parts.collect();
        parts.sort();
        parts.dedup();
        for part in parts {
            let here = known.entry(part.clone()).or_default();
            here.call(&line.key.product, &line.key.metric);
            here.renewal_lines = here.renewal_lines.saturating_add(1);
        }
    }
    known
}

/// How many of them hold every word of a search; without a search, all.
pub(in crate::work) fn count(open: OpenWorkspace<'_>, search: &str) -> usize {
    let words = search.to_lowercase();
    let holds = |(number, part): &(&String, &KnownPart<'_>)| {
        let text = format!("{number} {}", part.product).to_lowercase();
        words.split_whitespace().all(|word| text.contains(word))
    };
    known_parts(open, None).iter().filter(holds).count()
}
