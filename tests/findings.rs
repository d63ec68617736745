//! What would change the bill: what each is worth follows from its derivation, and is what carrying it out changes.

use highwater::engine::agreements::AgreementBook;
use highwater::engine::findings::{self, FindingFact, FindingSources, Money, Worth};
use highwater::engine::position::{Rights, position, suggestions};
use highwater::engine::renewal::{self, Costing, RenewalQuery, RenewalStatus};
use highwater::model::assessment::{Assessment, ProductDemand};
use highwater::model::decision::{Decision, DecisionKind};
use highwater::model::metric::Metric;
use highwater::model::order::PriceTerms;
use highwater::model::workspace::Lists;
use highwater::rules::parts::Parts;
use highwater::rules::shipped_parts;
use rust_decimal::Decimal;

use crate::forecasts::lists;
use crate::oracle::evaluate;
use crate::oracle::money_worlds::{files, world};

/// An estate that needs half of what each line that can be measured has.
fn assessment(forecast: &renewal::Forecast) -> Assessment {
    let mut products: Vec<ProductDemand> = Vec::new();
    for line in &forecast.lines {
        let Some(metric) = Metric::parse(&line.key.metric) else { continue };
        let half = u64::try_from((line.renewable.units / Decimal::TWO).trunc().mantissa()).ok();
        if products.iter().all(|known| known.product != line.key.product) {
            let product = line.key.product.clone();
            products.push(ProductDemand {
                product,
                metric,
                sub_capacity: half,
                full_capacity: half,
                ..ProductDemand::default()
            });
        }
    }
    products.sort_by(|one, other| one.product.cmp(&other.product));
    Assessment { products, ..Assessment::default() }
}

fn query<'a>(lists: &'a Lists, parts: &'a Parts, on: jiff::civil::Date) -> RenewalQuery<'a> {
    RenewalQuery { lists, terms: PriceTerms::default(), parts, on, years: 5 }
}

#[test]
fn in_random_worlds_what_is_found_is_worth_what_its_derivation_comes_to_and_the_largest_stands_first() {
    let parts = shipped_parts::get();
    let (mut known, mut reduced) = (0, 0);
    for seed in 0..200 {
        let files = files(&world(seed));
        let lists = lists(&files);
        let on = files.on.to_string().parse().unwrap();
        let query = query(&lists, parts, on);
        let forecast = renewal::forecast(query);
        let assessment = assessment(&forecast);
        let aliases: [_; 0] = [];
        let rights = Rights { ledger: &lists.entitlements, aliases: &aliases, covers: None, parts, on: Some(on) };
        let position = position(rights, &assessment, &[]);
        let agreements = AgreementBook::of(&lists);
        let costing = Costing::of(query, &agreements);
        let sources = FindingSources {
            assessment: &assessment,
            position: &position,
            suggestions: &suggestions(&position.products, &[]),
            agreements: &agreements,
            terms: PriceTerms::default(),
            on,
            money: Some(Money { forecast: &forecast, costing: &costing }),
        };
        let found = findings::findings(sources);
        let mut before = None;
        for finding in &found {
            let what = || format!("seed {seed}, {:?}", finding.fact);
            let why = findings::explain(sources, &finding.fact.key()).unwrap();
            let Worth::Known { currency, amount, is_yearly, .. } = &finding.worth else {
                assert_eq!(why.value, None, "{}", what());
                continue;
            };
            assert_eq!(why.value, Some(*amount), "{}", what());
            evaluate::check(&why).unwrap_or_else(|wrong| panic!("{}: {wrong}\n{why:#?}", what()));
            if let Some((of, larger)) = &before {
                assert!(of < currency || of == currency && larger >= amount, "{}", what());
            }
            before = Some((currency.clone(), *amount));
            known += 1;
            // Without an anniversary each coverage is a whole year: carried out, it takes so much off the first one.
            if let FindingFact::Unused { of, needed, .. } = &finding.fact {
                assert!(is_yearly);
                let carried_out = Decision {
                    product: of.product.clone(),
                    metric: of.metric.clone(),
                    decision: if needed.is_zero() { DecisionKind::Lapse } else { DecisionKind::Reduce },
                    quantity: Some(*needed).filter(|needed| !needed.is_zero()),
                    ..Decision::default()
                };
                let decisions = lists.decisions.iter().map(|line| Decision::clone(line)).chain([carried_out]);
                let after = Lists { decisions: decisions.collect(), ..lists.clone() };
                let first = |lists: &Lists| {
                    first_years(&renewal::forecast(self::query(lists, parts, on)), &of.product, &of.metric)
                };
                if let (Some(now), Some(then)) = (first(&lists), first(&after)) {
                    assert_eq!(now - then, *amount, "{}", what());
                    reduced += 1;
                }
            }
        }
    }
    assert!(known > 60 && reduced > 8, "{known} amounts, {reduced} reductions");
}

/// What the first coverages of a product come to; `None` where one of them is not known, or not a whole year.
fn first_years(forecast: &renewal::Forecast, product: &str, metric: &str) -> Option<Decimal> {
    let lines = forecast.lines.iter().filter(|line| {
        (line.key.product.as_str(), line.key.metric.as_str()) == (product, metric)
            && line.key.status == RenewalStatus::Active
    });
    lines
        .map(|line| {
            let start = line.key.ends.0?.tomorrow().ok()?;
            let mut first = line.charges.iter().filter(|charge| charge.from == start);
            let Some(charge) = first.next() else { return Some(Decimal::ZERO) };
            let is_whole = charge.to == start.saturating_add(jiff::Span::new().years(1)).yesterday().ok()?;
            charge.amount.filter(|_| is_whole).map(|amount| amount.expected)
        })
        .sum()
}
