//! The figures over the products. What is short is never netted against a surplus, nor one metric against another.

use rust_decimal::Decimal;

use super::ProductLine;
use super::standing;
use crate::model::assessment::Assessment;
use crate::model::headline::{Headline, Total, headlines};
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::position::{BalanceState, ProductPosition};
use crate::work::blocks::{Tile, Tiles};
use crate::work::cell::Cell;
use crate::work::{Quantity, Question};

/// The tiles; `None` where no product is needed. `unmeasured` are the products that no file measures.
pub(super) fn of(assessment: &Assessment, lines: &[ProductLine<'_>], unmeasured: &[&ProductPosition]) -> Option<Tiles> {
    let headlines = headlines(assessment);
    let (main, others) = headlines.split_first()?;
    let has_rights = lines.iter().any(|line| line.owned.is_some());
    let mut tiles = vec![Tile { question: of_one(lines, main.metric), ..needed(main, others, has_rights) }];
    if !has_rights {
        tiles.push(full_capacity(main, others));
    }
    let balances = balances(lines, unmeasured);
    tiles.extend(balance(&balances, BalanceState::Shortfall));
    tiles.extend(balance(&balances, BalanceState::Surplus));
    tiles.extend(saving(lines));
    tiles.extend(agreement(lines));
    Some(Tiles { label: "page.tiles.label".into(), tiles })
}

/// What explains the number of the only product of a metric: a sum needs no explanation but its products.
fn of_one(lines: &[ProductLine<'_>], metric: Metric) -> Option<Question> {
    let mut of_metric = lines.iter().filter(|line| line.demand.metric == metric);
    of_metric.next().filter(|_| of_metric.next().is_none()).map(|line| line.ask(Quantity::SubCapacity))
}

fn tile(title: &'static str, amount: Cell, unit: &'static str, texts: Vec<Message>) -> Tile {
    Tile { title: title.into(), amount, unit: unit.into(), question: None, texts, screen: None }
}

/// What is known of a total.
fn amount(total: Total) -> Cell {
    match total {
        _ if total.is_unknown() => Cell::Word("page.not_known".into()),
        Total { known, unknown: 0 } => Cell::Number(known.into()),
        Total { known, .. } => Cell::Said(vec![Message::new("page.tiles.at_least").with("known", known)]),
    }
}

/// The totals of further metrics, and what is not known of the first one.
fn besides(main: Total, others: &[Headline], pick: fn(&Headline) -> Total) -> Vec<Message> {
    let other = |one: &Headline| {
        let total = pick(one);
        let key = match total {
            _ if total.is_unknown() => "page.tiles.and_unknown",
            Total { unknown: 0, .. } => "page.tiles.and",
            Total { .. } => "page.tiles.and_at_least",
        };
        Message::new(key).with("known", total.known).with("metric", one.metric.name())
    };
    let unknown = (main.unknown > 0).then(|| Message::new("page.tiles.unknown").with("count", main.unknown));
    others.iter().map(other).chain(unknown).collect()
}

fn needed(main: &Headline, others: &[Headline], has_rights: bool) -> Tile {
    let mut texts = besides(main.sub_capacity, others, |one| one.sub_capacity);
    if has_rights {
        texts.push(match main.full_capacity {
            Total { known, unknown: 0 } => Message::new("page.tiles.full").with("known", known),
            Total { .. } => Message::new("page.tiles.full_unknown"),
        });
    } else {
        let products = others.iter().fold(main.products, |sum, one| sum.saturating_add(one.products));
        texts.push(Message::new("page.tiles.products").with("count", products));
    }
    tile("page.tiles.sub_capacity", amount(main.sub_capacity), main.metric.name(), texts)
}

fn full_capacity(main: &Headline, others: &[Headline]) -> Tile {
    let mut texts = besides(main.full_capacity, others, |one| one.full_capacity);
    let tenths = main.times().and_then(|tenths| i64::try_from(tenths).ok());
    texts.extend(tenths.map(|tenths| Message::new("page.tiles.times").with("times", Decimal::new(tenths, 1))));
    tile("page.tiles.full_capacity", amount(main.full_capacity), main.metric.name(), texts)
}

/// A balance: the code of its metric, how much is over or short, and what explains it.
struct Balance<'a> {
    metric: &'a str,
    units: Decimal,
    question: Question,
}

/// The balances of all products: of those that are measured, and of those whose need follows from lists, such as Cloud Paks.
fn balances<'a>(lines: &'a [ProductLine<'_>], unmeasured: &'a [&ProductPosition]) -> Vec<Balance<'a>> {
    let measured = lines.iter().filter_map(|line| {
        let units = line.owned?.balance()?;
        Some(Balance { metric: line.demand.metric.name(), units, question: line.ask(Quantity::Balance) })
    });
    let others = unmeasured.iter().filter_map(|one| {
        let (product, metric) = (one.product.clone(), one.metric.clone());
        let question = Question::Product { product, metric, quantity: Quantity::Balance };
        Some(Balance { metric: &one.metric, units: one.balance()?, question })
    });
    measured.chain(others).collect()
}

/// What is short, or over, in each metric by itself; `None` where nothing is.
fn balance(balances: &[Balance<'_>], state: BalanceState) -> Option<Tile> {
    let mut metrics = vec![Metric::Pvu.name(), Metric::Rvu.name(), Metric::Vpc.name()];
    for balance in balances {
        if !metrics.contains(&balance.metric) {
            metrics.push(balance.metric);
        }
    }
    let of = |metric: &str| {
        let fits = |one: &&Balance<'_>| one.metric == metric && BalanceState::of(Some(one.units)) == state;
        let found: Vec<_> = balances.iter().filter(fits).collect();
        let sum = found.iter().fold(Decimal::ZERO, |sum, one| sum.saturating_add(one.units));
        let question = if let [one] = found.as_slice() { Some(one.question.clone()) } else { None };
        (!found.is_empty()).then(|| (metric.to_owned(), sum, found.len(), question))
    };
    let found: Vec<_> = metrics.into_iter().filter_map(of).collect();
    let ((metric, sum, count, question), others) = found.split_first()?;
    let signed = |key: [&'static str; 2], sum: Decimal| {
        let key = if state == BalanceState::Shortfall { key[0] } else { key[1] };
        Message::new(key).with("units", sum.abs())
    };
    let mut texts = vec![Message::new("page.tiles.products").with("count", *count)];
    let keys = ["page.tiles.and_short", "page.tiles.and_over"];
    texts.extend(others.iter().map(|(metric, sum, ..)| signed(keys, *sum).with("metric", metric.as_str())));
    texts.extend((state == BalanceState::Surplus).then(|| Message::new("page.tiles.offsets_nothing")));
    let amount = Cell::Said(vec![signed(["page.amount.short", "page.amount.over"], *sum)]);
    Some(Tile { question: question.clone(), unit: metric.clone().into(), ..tile(state.word(), amount, "", texts) })
}

/// What may be saved in PVU over all products; `None` when nothing rests on an unknown host.
fn saving(lines: &[ProductLine<'_>]) -> Option<Tile> {
    let parts: Vec<_> = lines.iter().filter_map(|line| line.demand.recoverable).collect();
    let sum =
        |part: fn(&crate::model::assessment::Recoverable) -> u64| parts.iter().map(part).fold(0, u64::saturating_add);
    let (low, high, at_stake) = (sum(|one| one.low), sum(|one| one.high), sum(|one| one.at_stake));
    let text = Message::new("page.tiles.at_stake").with("at_stake", at_stake);
    let amount = Cell::Said(vec![standing::saving(low, high)]);
    (!parts.is_empty()).then(|| tile("page.products.saving", amount, Metric::Pvu.name(), vec![text]))
}

/// Of the products that ILMT reports too: how many agree; `None` when none is reported.
fn agreement(lines: &[ProductLine<'_>]) -> Option<Tile> {
    let differences: Vec<i64> = lines.iter().filter_map(|line| line.demand.difference()).collect();
    let agreed = differences.iter().filter(|difference| **difference == 0).count();
    let of = Message::new("page.tiles.of").with("agreed", agreed).with("all", differences.len());
    let text = if agreed == differences.len() { "page.tiles.agree" } else { "page.tiles.disagree" };
    let tile = || tile("page.tiles.against_ilmt", Cell::Said(vec![of]), "", vec![Message::new(text)]);
    (!differences.is_empty()).then(tile)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::model::assessment::{ProductDemand, Recoverable};
    use crate::model::message::Words;
    use crate::model::position::Needed;

    fn said(products: Vec<ProductDemand>, owned: &[Option<i64>]) -> Vec<(String, String)> {
        let owned: Vec<Option<ProductPosition>> = products
            .iter()
            .zip(owned)
            .map(|(demand, entitled)| {
                let needed = Needed { sub_capacity: demand.sub_capacity, ..Needed::default() };
                let entitled = Decimal::from((*entitled)?);
                Some(ProductPosition { entitled, needed: Some(needed), ..ProductPosition::default() })
            })
            .collect();
        let assessment = Assessment { products, ..Assessment::default() };
        let lines: Vec<ProductLine<'_>> = assessment
            .products
            .iter()
            .zip(&owned)
            .map(|(demand, owned)| ProductLine { demand, owned: owned.as_ref() })
            .collect();
        let language = Language::english();
        let tiles = of(&assessment, &lines, &[]).unwrap().tiles;
        let word = |tile: &Tile| {
            if let Cell::Said(said) = &tile.amount { language.say(&said[0]) } else { format!("{:?}", tile.amount) }
        };
        tiles.iter().map(|tile| (tile.title.to_string(), word(tile))).collect()
    }

    fn product(sub: Option<u64>) -> ProductDemand {
        ProductDemand { sub_capacity: sub, full_capacity: sub, ..ProductDemand::default() }
    }

    fn of_title<'t>(tiles: &'t [(String, String)], title: &str) -> Option<&'t str> {
        tiles.iter().find(|(known, _)| known == title).map(|(_, amount)| amount.as_str())
    }

    #[test]
    fn what_is_short_is_not_netted_against_what_is_over() {
        let tiles =
            said(vec![product(Some(100)), product(Some(100)), product(Some(100))], &[Some(40), Some(70), Some(500)]);
        assert_eq!(of_title(&tiles, "page.state.shortfall"), Some("−90"));
        assert_eq!(of_title(&tiles, "page.state.surplus"), Some("+400"));
    }

    #[test]
    fn what_no_file_measures_is_short_and_over_in_its_own_metric() {
        let of = |metric: &str, entitled: i64, needed: u64| ProductPosition {
            metric: metric.to_owned(),
            entitled: entitled.into(),
            needed: Some(Needed { sub_capacity: Some(needed), ..Needed::default() }),
            ..ProductPosition::default()
        };
        let (pak, users, more) = (of("VPC", 6, 10), of("Authorized User", 5, 8), of("VPC", 9, 6));
        let unmeasured = [&pak, &users, &more];
        let language = Language::english();
        let texts = |state| {
            let tile = balance(&balances(&[], &unmeasured), state).unwrap();
            let Cell::Said(amount) = &tile.amount else { panic!("no amount") };
            let said: Vec<String> = amount.iter().chain(&tile.texts).map(|text| language.say(text)).collect();
            (tile.unit.to_string(), said)
        };
        let (unit, short) = texts(BalanceState::Shortfall);
        assert_eq!((unit.as_str(), short[0].as_str()), ("VPC", "−4"));
        assert!(short.iter().any(|text| text.contains("−3") && text.contains("Authorized User")), "{short:?}");
        assert_eq!(texts(BalanceState::Surplus).1[0], "+3");
    }

    #[test]
    fn a_figure_that_says_nothing_is_not_there() {
        let tiles = said(vec![product(Some(100))], &[None]);
        let titles: Vec<&str> = tiles.iter().map(|(title, _)| title.as_str()).collect();
        assert_eq!(titles, ["page.tiles.sub_capacity", "page.tiles.full_capacity"]);
    }

    #[test]
    fn what_may_be_saved_is_added_over_the_products() {
        let part = |low, high, at_stake| ProductDemand {
            recoverable: Some(Recoverable { low, high, at_stake }),
            ..product(Some(670))
        };
        let tiles = said(vec![part(0, 250, 600), part(10, 50, 120), product(Some(1))], &[None, None, None]);
        assert_eq!(of_title(&tiles, "page.products.saving"), Some("10 to 300"));
    }

    #[test]
    fn agreement_counts_only_products_that_are_reported() {
        let reported = |sub, reported| ProductDemand { reported, ..product(sub) };
        let all = vec![
            reported(Some(70), Some(70)),
            reported(Some(70), Some(71)),
            reported(Some(70), None),
            reported(None, Some(70)),
        ];
        assert_eq!(of_title(&said(all, &[None; 4]), "page.tiles.against_ilmt"), Some("1 of 2"));
    }
}
