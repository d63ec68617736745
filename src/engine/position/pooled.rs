//! Flexible Bundles: what the components draw from the pool of their bundle, and what could still be added
//! (docs/decisions/0021-flexible-bundles.md).

use litemap::LiteMap;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::products::Products;
use super::shown::ShownDemand;
use crate::model::flexible::{Draw, FlexibleComponent, Pool};
use crate::model::issue::{Issue, Severity};
use crate::model::number;
use crate::model::position::{Cover, Covering, Needed};

/// Lets components draw on the pool of their bundle: what draws needs nothing of its own, and the bundle needs the
/// points. `shown` tells what is needed of what the files do not name.
pub(super) fn draw(
    products: &mut Products,
    lines: &[FlexibleComponent],
    shown: &ShownDemand<'_>,
) -> (Vec<Pool>, Vec<Issue>) {
    let (mut pools, mut issues) = (Vec::new(), Vec::new());
    let mut drawn: LiteMap<(&str, String), ()> = LiteMap::new();
    let mut by_bundle: LiteMap<&str, Vec<&FlexibleComponent>> = LiteMap::new();
    for line in lines {
        // One installation is paid for once, whichever bundles name it.
        if drawn.insert((&line.component, line.metric_code()), ()).is_none() {
            by_bundle.entry(line.bundle.as_str()).or_default().push(line);
        } else {
            issues.push(told(line, Severity::Error, "flexible_component_twice"));
        }
    }
    for (bundle, lines) in by_bundle {
        let owned: Vec<(String, Decimal)> =
            products.named(bundle).iter().map(|one| (one.metric.clone(), one.entitled)).collect();
        let (metric, entitled) = match owned.as_slice() {
            [] => (String::new(), Decimal::ZERO),
            [one] => one.clone(),
            [..] => {
                let issue = Issue::new(Severity::Error, "flexible_pool_in_two_metrics").with("bundle", bundle);
                issues.push(issue);
                continue;
            }
        };
        if entitled.is_zero() {
            issues.push(Issue::new(Severity::Warning, "flexible_pool_empty").with("bundle", bundle));
        }
        let mut draws = Vec::new();
        for line in lines {
            let (draw, found) = of_line(products, line, shown);
            issues.extend(found);
            draws.push(draw);
        }
        let pool = pool(bundle, metric, entitled, draws);
        apply(products, &pool, shown);
        pools.push(pool);
    }
    (pools, issues)
}

/// An issue of a line, with both names.
fn told(line: &FlexibleComponent, severity: Severity, code: &'static str) -> Issue {
    let issue = Issue::new(severity, code).at_line(&line.file, line.row);
    issue.with("component", line.component.as_str()).with("bundle", line.bundle.as_str())
}

/// What the component of a line draws, without what could be added, and what is to be said of it.
fn of_line(products: &Products, line: &FlexibleComponent, shown: &ShownDemand<'_>) -> (Draw, Option<Issue>) {
    let metric = line.metric_code();
    let measured = products.get(&line.component, &metric).and_then(|one| one.needed);
    let measured = measured.filter(|needed| needed.found);
    let (sub_capacity, full_capacity) = match (measured, line.quantity) {
        (Some(needed), _) => capacities(needed),
        (None, Some(typed)) => (Some(typed), Some(typed)),
        (None, None) => shown.otherwise(&line.component, &metric).map_or((None, None), capacities),
    };
    // Points that are none are not known: a pool that is not known is better than one that is too small.
    let points = line.points.filter(|points| !points.is_zero());
    let issue = match (points, sub_capacity, measured) {
        (None, ..) => Some(told(line, Severity::Error, "flexible_points_missing")),
        (_, None, _) => Some(told(line, Severity::Error, "flexible_quantity_missing").with("metric", metric.as_str())),
        (_, _, Some(_)) if line.quantity.is_some() => Some(told(line, Severity::Warning, "flexible_quantity_measured")),
        _ => None,
    };
    let (component, file) = (line.component.clone(), line.file.clone());
    (Draw { component, metric, points, sub_capacity, full_capacity, room: None, file, row: line.row }, issue)
}

fn capacities(needed: Needed) -> (Option<Decimal>, Option<Decimal>) {
    (needed.sub_capacity.map(Decimal::from), needed.full_capacity.map(Decimal::from))
}

/// The pool with what is drawn together, and what of each component could still be added.
fn pool(bundle: &str, metric: String, entitled: Decimal, mut draws: Vec<Draw>) -> Pool {
    let together = |points: fn(&Draw) -> Option<Decimal>| {
        draws.iter().map(points).try_fold(Decimal::ZERO, |all, one| number::sum(all, one?))
    };
    let (sub, full) = (together(Draw::sub_points), together(Draw::full_points));
    for draw in &mut draws {
        draw.room = sub.zip(draw.points).and_then(|(sub, points)| room(entitled, sub, points));
    }
    let up = |points: Option<Decimal>| points.and_then(|points| points.ceil().to_u64());
    Pool { bundle: bundle.to_owned(), metric, entitled, sub_capacity: up(sub), full_capacity: up(full), draws }
}

/// How many whole units still fit, so that all points together, rounded up, are no more than what is entitled.
fn room(entitled: Decimal, drawn: Decimal, points: Decimal) -> Option<u64> {
    let left = entitled.floor().checked_sub(drawn)?.max(Decimal::ZERO);
    let over = left.checked_rem(points)?;
    left.checked_sub(over)?.checked_div(points)?.to_u64()
}

/// Lets the components need nothing of their own, as far as the pool knows their points, and the bundle what they draw.
fn apply(products: &mut Products, pool: &Pool, shown: &ShownDemand<'_>) {
    for draw in pool.draws.iter().filter(|draw| draw.sub_points().is_some()) {
        let row = products.get_mut(&draw.component, &draw.metric);
        let Some(row) = row.filter(|row| row.needed.is_some_and(|needed| needed.found)) else { continue };
        // A principal may have covered it before: what it really needs stands there already.
        row.unbundled = row.unbundled.or(row.needed);
        row.needed = Some(Needed { sub_capacity: Some(0), full_capacity: Some(0), found: true });
        row.covered_by.get_or_insert_with(|| Cover {
            covering: Covering::Pool,
            name: pool.bundle.clone(),
            reason: String::new(),
            file: draw.file.clone(),
            row: draw.row,
            rule: None,
            counted: false,
        });
    }
    products.change(&pool.bundle, &pool.metric, |bundle| {
        let drawn = Needed { sub_capacity: pool.sub_capacity, full_capacity: pool.full_capacity, found: true };
        let unknown = Needed { sub_capacity: None, full_capacity: None, found: true };
        let own = bundle.needed.filter(|needed| needed.found);
        let own = own.or_else(|| shown.is_doubtful(&pool.bundle, &pool.metric).then_some(unknown));
        let nothing = Needed { sub_capacity: Some(0), full_capacity: Some(0), found: false };
        if (pool.sub_capacity, pool.full_capacity) != (Some(0), Some(0)) {
            bundle.unbundled = bundle.unbundled.or(own).or(Some(nothing));
        }
        bundle.needed = Some(own.map_or(drawn, |own| own.plus(drawn)));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Quantity;
    use crate::engine::position::ByWord;
    use crate::engine::position::{Rights, explain, position};
    use crate::model::assessment::{Assessment, ProductDemand};
    use crate::model::entitlement::Entitlement;
    use crate::model::list::SharedLines;
    use crate::model::position::Position;
    use crate::model::position::ProductPosition;
    use crate::model::supporting::SupportedBy;
    use crate::rules::parts::Parts;

    fn demand(product: &str, sub: u64, full: u64) -> ProductDemand {
        let (sub_capacity, full_capacity) = (Some(sub), Some(full));
        ProductDemand { product: product.to_owned(), sub_capacity, full_capacity, ..ProductDemand::default() }
    }

    fn owned(product: &str, metric: &str, quantity: u32) -> Entitlement {
        let (product, metric) = (product.to_owned(), metric.to_owned());
        Entitlement { product, metric, quantity: quantity.into(), ..Entitlement::default() }
    }

    fn line(component: &str, metric: &str, points: &str) -> FlexibleComponent {
        FlexibleComponent {
            file: "f.csv".to_owned(),
            row: 2,
            bundle: "Flex".to_owned(),
            component: component.to_owned(),
            metric: metric.to_owned(),
            points: points.parse().ok(),
            quantity: None,
        }
    }

    fn of(ledger: &[Entitlement], products: Vec<ProductDemand>, flexible: &[FlexibleComponent]) -> Position {
        let assessment = Assessment { products, ..Assessment::default() };
        let rights = Rights {
            ledger: &SharedLines::of(ledger),
            aliases: &[],
            covers: Some(&ByWord { supported: Vec::new(), flexible: flexible.to_vec() }),
            parts: &Parts::default(),
            on: None,
        };
        position(rights, &assessment, &[])
    }

    #[track_caller]
    fn row<'a>(position: &'a Position, product: &str) -> &'a ProductPosition {
        position.products.iter().find(|one| one.product == product).unwrap()
    }

    fn codes(position: &Position) -> Vec<&str> {
        position.issues.iter().map(|issue| issue.code.as_ref()).collect()
    }

    #[test]
    fn the_components_draw_exactly_and_the_bundle_is_rounded_up_once() {
        // 3 x 0.35 + 5 x 0.33 = 1.05 + 1.65 = 2.7, rounded up 3; each rounded up they would be 4. Full: 3.5 + 1.65 = 5.15.
        let products = vec![demand("MQ", 3, 10), demand("Db2", 5, 5)];
        let found =
            of(&[owned("Flex", "FlexPoint", 7)], products, &[line("MQ", "PVU", "0.35"), line("Db2", "PVU", "0.33")]);
        let pool = &found.pools[0];
        assert_eq!((pool.sub_capacity, pool.full_capacity), (Some(3), Some(6)));
        assert_eq!((pool.balance(), pool.full_balance()), (Some(4.into()), Some(1.into())));
        let drawn: Vec<_> = pool.draws.iter().map(Draw::sub_points).collect();
        assert_eq!(drawn, [Some(Decimal::new(105, 2)), Some(Decimal::new(165, 2))]);
    }

    #[test]
    fn what_draws_on_a_pool_needs_nothing_of_its_own_and_the_bundle_needs_the_points() {
        let ledger = [owned("Flex", "FlexPoint", 100), owned("MQ", "PVU", 10)];
        let found = of(&ledger, vec![demand("MQ", 70, 140)], &[line("MQ", "PVU", "2")]);
        let (mq, flex) = (row(&found, "MQ"), row(&found, "Flex"));
        assert_eq!((mq.balance(), mq.unbundled_balance()), (Some(10.into()), Some((-60).into())));
        assert_eq!(
            mq.covered_by.as_ref().map(|cover| (cover.covering, cover.name.as_str())),
            Some((Covering::Pool, "Flex"))
        );
        assert_eq!((flex.balance(), flex.full_balance()), (Some((-40).into()), Some((-180).into())));
        assert_eq!(flex.unbundled_balance(), Some(100.into()));
    }

    #[test]
    fn a_component_without_points_is_an_issue_and_not_zero() {
        let products = vec![demand("MQ", 70, 140), demand("Db2", 70, 70)];
        let found = of(&[owned("Flex", "FlexPoint", 100)], products, &[line("MQ", "PVU", "1"), line("Db2", "PVU", "")]);
        assert_eq!(codes(&found), ["flexible_points_missing"]);
        assert_eq!(found.pools[0].balance(), None);
        assert_eq!((row(&found, "Flex").balance(), row(&found, "Db2").balance()), (None, Some((-70).into())));
        assert_eq!(row(&found, "MQ").balance(), Some(0.into()));
    }

    #[test]
    fn an_unused_component_leaves_the_pool_as_it_is_and_tells_what_could_be_added() {
        let lines = [line("MQ", "PVU", "1"), line("Db2", "PVU", "3")];
        let found = of(&[owned("Flex", "FlexPoint", 100)], vec![demand("MQ", 70, 70)], &lines);
        let rooms: Vec<_> = found.pools[0].draws.iter().map(|draw| draw.room).collect();
        assert_eq!((found.pools[0].balance(), rooms), (Some(30.into()), vec![Some(30), Some(10)]));
        assert_eq!(codes(&found), <[&str; 0]>::default());
    }

    #[test]
    fn what_could_be_added_is_the_most_that_still_fits_rounded_up() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        for (entitled, drawn, points) in [
            ("10", "2.7", "0.35"),
            ("10.9", "2.7", "0.35"),
            ("10", "0", "0.000001"),
            ("3", "2.999999", "7"),
            ("1", "0", "3"),
        ] {
            let (entitled, drawn, points) = (number(entitled), number(drawn), number(points));
            let room = Decimal::from(room(entitled, drawn, points).unwrap());
            let fits = |units: Decimal| (drawn + units * points).ceil() <= entitled;
            assert!(fits(room) && !fits(room + Decimal::ONE), "{entitled} {drawn} {points} {room}");
        }
        assert_eq!(room(number("1"), number("5"), number("1")), Some(0), "nothing can be added to what is short");
    }

    #[test]
    fn what_no_file_measures_draws_what_the_list_says_or_is_not_known() {
        let typed = FlexibleComponent { quantity: Some(15.into()), ..line("Cognos", "Authorized User", "20") };
        let ledger = [owned("Flex", "FlexPoint", 1_000)];
        let products = || vec![demand("MQ", 70, 140)];
        let found = of(&ledger, products(), std::slice::from_ref(&typed));
        assert_eq!((found.pools[0].balance(), codes(&found)), (Some(700.into()), Vec::new()));
        let found = of(&ledger, products(), &[FlexibleComponent { quantity: None, ..typed }]);
        assert_eq!((found.pools[0].balance(), codes(&found)), (None, vec!["flexible_quantity_missing"]));
        let measured = FlexibleComponent { quantity: Some(1.into()), ..line("MQ", "PVU", "1") };
        let found = of(&ledger, products(), &[measured]);
        assert_eq!((found.pools[0].balance(), codes(&found)), (Some(930.into()), vec!["flexible_quantity_measured"]));
    }

    #[test]
    fn a_component_draws_once_and_a_pool_has_one_metric() {
        let products = || vec![demand("MQ", 70, 70)];
        let again = FlexibleComponent { bundle: "Other".to_owned(), ..line("MQ", "pvu", "5") };
        let found = of(&[owned("Flex", "FlexPoint", 100)], products(), &[line("MQ", "PVU", "1"), again]);
        assert_eq!((found.pools.len(), codes(&found)), (1, vec!["flexible_component_twice"]));
        let ledger = [owned("Flex", "FlexPoint", 100), owned("Flex", "PVU", 100)];
        let found = of(&ledger, products(), &[line("MQ", "PVU", "1")]);
        assert_eq!((found.pools.len(), codes(&found)), (0, vec!["flexible_pool_in_two_metrics"]));
        assert_eq!(row(&found, "MQ").balance(), Some((-70).into()));
    }

    #[test]
    fn a_pool_of_which_nothing_is_owned_is_short_by_all_that_is_drawn() {
        let found = of(&[], vec![demand("MQ", 70, 70)], &[line("MQ", "PVU", "2")]);
        assert_eq!((row(&found, "Flex").balance(), codes(&found)), (Some((-140).into()), vec!["flexible_pool_empty"]));
    }

    #[test]
    fn what_a_principal_covers_draws_nothing() {
        let assessment =
            Assessment { products: vec![demand("MQ", 70, 70), demand("ODM", 70, 70)], ..Assessment::default() };
        let (product, principal, reason) = ("MQ".to_owned(), "ODM".to_owned(), "its queue".to_owned());
        let supported = [SupportedBy { product, principal, reason, counts: Some(false), ..SupportedBy::default() }];
        let (ledger, parts, flexible) = ([owned("Flex", "FlexPoint", 9)], Parts::default(), [line("MQ", "PVU", "1")]);
        let rights = Rights {
            ledger: &SharedLines::of(&ledger),
            aliases: &[],
            covers: Some(&ByWord { supported: supported.to_vec(), flexible: flexible.to_vec() }),
            parts: &parts,
            on: None,
        };
        let found = position(rights, &assessment, &[]);
        assert_eq!((found.pools[0].sub_capacity, row(&found, "MQ").unbundled_balance()), (Some(0), Some((-70).into())));
        assert_eq!(row(&found, "MQ").covered_by.as_ref().map(|cover| cover.name.as_str()), Some("ODM"));
    }

    #[test]
    fn the_derivation_of_a_pool_ends_at_the_points_of_the_list() {
        let (ledger, flexible, parts) =
            ([owned("Flex", "FlexPoint", 100)], [line("MQ", "PVU", "0.5")], Parts::default());
        let rights = Rights {
            ledger: &SharedLines::of(&ledger),
            aliases: &[],
            covers: Some(&ByWord { supported: Vec::new(), flexible: flexible.to_vec() }),
            parts: &parts,
            on: None,
        };
        let assessment = Assessment { products: vec![demand("MQ", 71, 140)], ..Assessment::default() };
        let found = position(rights, &assessment, &[]);
        let balance = explain(rights, &found, row(&found, "Flex"), Quantity::Balance, None).unwrap();
        let drawn = &balance.children[1];
        // 71 x 0.5 = 35.5, rounded up 36; 100 - 36 = 64.
        assert_eq!((balance.value, drawn.value), (Some(64.into()), Some(36.into())));
        let parts: Vec<_> = drawn.children[0].children.iter().map(|child| child.value).collect();
        assert_eq!(
            (drawn.children[0].value, parts),
            (Some(Decimal::new(355, 1)), vec![Some(71.into()), Some(Decimal::new(5, 1))])
        );
        let points = &drawn.children[0].children[1].inputs[0];
        assert_eq!((points.file.as_str(), points.row, points.value.as_str()), ("f.csv", 2, "0.5"));
        let mq = explain(rights, &found, row(&found, "MQ"), Quantity::Balance, None).unwrap();
        assert_eq!((mq.value, mq.children[1].children[1].value), (Some(0.into()), Some(71.into())));
    }
}
