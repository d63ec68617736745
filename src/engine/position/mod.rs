//! The position: entitled less needed, per product and metric (docs/decisions/0012-rights.md).

mod aliases;
mod covered;
mod explain;
mod grants;
mod line_grants;
mod lines;
mod platforms;
mod pooled;
mod products;
mod shown;
mod support;

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::bundles::BundleUse;
use crate::model::assessment::Assessment;
use crate::model::entitlement::{Alias, Entitlement, LicenceType};
use crate::model::flexible::{FlexibleComponent, Pool};
use crate::model::issue::{Issue, Severity};
use crate::model::metric::Metric;
use crate::model::period::Period;
use crate::model::platform::NeededAt;
use crate::model::position::{Grant, LineStatus, Needed, Position, ProductPosition};
use crate::model::supporting::SupportedBy;
use crate::model::workspace::Lists;
use crate::rules::line_words;
use crate::rules::parts::Parts;

pub use aliases::refused as refused_aliases;
pub use covered::{Suggestion, suggestions};
pub use explain::{explain, explain_unbundled};
pub use line_grants::LineGrants;
pub use shown::ShownDemand;

use products::{Products, near_names};

/// A product in a metric.
type ProductKey = (String, String);

/// What is owned, and the day on which to look at it.
#[derive(Clone, Copy)]
pub struct Rights<'a> {
    /// The ledger.
    pub ledger: &'a [Arc<Entitlement>],
    /// Which owned product counts for which needed one.
    pub aliases: &'a [Arc<Alias>],
    /// What covers what, beside its own entitlement; `None` when nothing does.
    pub covers: Option<&'a ByWord>,
    /// What is known of part numbers.
    pub parts: &'a Parts,
    /// The day that the user names; `None` is the last one of the assessed period, and then rights that begin later
    /// count too.
    pub on: Option<Date>,
}

/// What covers what by the user's word.
#[derive(Clone, Debug, Default)]
pub struct ByWord {
    /// Which principal covers which needed product.
    pub supported: Vec<SupportedBy>,
    /// Which needed product draws on the pool of which bundle.
    pub flexible: Vec<FlexibleComponent>,
}

impl ByWord {
    /// What the lists of a workspace say.
    pub fn of(lists: &Lists) -> Self {
        Self { supported: lists.supported.lines().collect(), flexible: lists.flexible.lines().collect() }
    }

    /// Covers what it can; `shown` tells what is needed of what the files do not name. With the pools that were drawn on
    /// comes what there is to be told.
    fn apply(&self, products: &mut Products, shown: &ShownDemand<'_>) -> (Vec<Pool>, Vec<Issue>) {
        let mut issues = covered::cover(products, &self.supported);
        let (pools, of_pools) = pooled::draw(products, &self.flexible, shown);
        issues.extend(of_pools);
        (pools, issues)
    }
}

/// A line of the ledger with what it grants by itself, and for how long.
#[derive(Clone, Debug)]
pub struct ReadLine {
    /// The line.
    pub line: Arc<Entitlement>,
    /// What it grants.
    pub grant: Grant,
    /// Whether it grants that for ever.
    pub is_perpetual: bool,
}

/// What each line of the ledger grants by itself, in its order, on the day that the rights name.
pub fn read_lines(rights: Rights<'_>) -> Vec<ReadLine> {
    let aliases = aliases::Aliases::of(rights.aliases);
    let read = |line: &Arc<Entitlement>| {
        let (grant, lasts) = rights.grant_lasting(line, &aliases, rights.on);
        ReadLine { line: Arc::clone(line), grant, is_perpetual: lasts == LicenceType::Perpetual }
    };
    rights.ledger.iter().map(read).collect()
}

/// The position of every product that is owned or needed; what components use of `bundles` is needed of these. Nobody
/// says where it runs.
///
/// # Examples
///
/// ```rust
/// use highwater::engine::position::{Rights, position};
/// use highwater::model::assessment::{Assessment, ProductDemand};
/// use highwater::model::entitlement::Entitlement;
/// use highwater::rules::parts::Parts;
///
/// let (sub_capacity, full_capacity) = (Some(840), Some(2_240));
/// let needed = ProductDemand { product: "IBM MQ".into(), sub_capacity, full_capacity, ..ProductDemand::default() };
/// let assessment = Assessment { products: vec![needed], ..Assessment::default() };
/// let (product, metric, quantity) = ("IBM MQ".into(), "PVU".into(), 1_000.into());
/// let owned = Entitlement { product, metric, quantity, ..Entitlement::default() };
/// let rights = Rights { ledger: &[owned.into()], aliases: &[], covers: None, parts: &Parts::default(), on: None };
///
/// let mq = &position(rights, &assessment, &[]).products[0];
/// assert_eq!(mq.balance(), Some(160.into())); // 1,000 entitled less 840 needed: a surplus.
/// assert_eq!(mq.full_balance(), Some((-1_240).into())); // 1,000 less 2,240, where the evidence is missing.
/// ```
pub fn position(rights: Rights<'_>, assessment: &Assessment, bundles: &[BundleUse]) -> Position {
    position_at(rights, assessment, bundles, &|_, _| NeededAt::default())
}

/// The same, where `needed_at` tells at which places the estate needs a product: it is asked only about those of which
/// rights are for one platform alone.
pub fn position_at(
    rights: Rights<'_>,
    assessment: &Assessment,
    bundles: &[BundleUse],
    needed_at: &dyn Fn(&str, Metric) -> NeededAt,
) -> Position {
    position_of_lines(rights, &mut LineGrants::default(), assessment, bundles, needed_at)
}

/// The same after a change: `lines` are what the lines granted before, and then what they grant now. The answer is the
/// same whatever they were; it only comes sooner.
pub fn position_of_lines(
    rights: Rights<'_>,
    lines: &mut LineGrants,
    assessment: &Assessment,
    bundles: &[BundleUse],
    needed_at: &dyn Fn(&str, Metric) -> NeededAt,
) -> Position {
    let on = rights.on.or(assessment.period.map(Period::to));
    let shown = ShownDemand::new(assessment, bundles);
    lines.follow(rights, on);
    let mut grants: Vec<Grant> = lines.iter().map(|line| line.grant.clone()).collect();
    let of_products = of_products(&grants);
    let mut products = Products::default();
    for indices in &of_products {
        let lines = granted(rights.ledger, &grants, indices);
        let Some((_, grant)) = lines.first() else { continue };
        products.change(&grant.product, &grant.metric, |row| {
            row.entitled = entitled(&lines, |_| true);
            row.platforms = platforms::rights(&lines);
            row.needed = shown.otherwise(&grant.product, &grant.metric);
        });
    }
    shown.apply(&mut products);
    let mut issues: Vec<Issue> = refused_aliases(rights.aliases).into_iter().map(|(_, issue)| issue).collect();
    issues.extend(rights.of_lines(lines));
    let (pools, of_covers) = rights.covers.map(|covers| covers.apply(&mut products, &shown)).unwrap_or_default();
    issues.extend(of_covers);
    for indices in &of_products {
        let Some((product, metric)) = indices.first().and_then(|index| grants.get(*index)).map(Grant::key) else {
            continue;
        };
        let Some(row) = products.get_mut(product, metric) else { continue };
        if !row.platforms.is_empty() {
            row.needed_at = Metric::parse(metric).map(|metric| needed_at(product, metric)).unwrap_or_default();
            let idle = platforms::idle(row);
            platforms::set_aside(row, &idle);
            for index in indices {
                let of_it = grants.get_mut(*index).filter(|grant| grant.standing == LineStatus::Counts);
                if let Some(grant) = of_it.filter(|grant| grant.platform.is_some_and(|one| idle.contains(&one))) {
                    grant.standing = LineStatus::OtherPlatform;
                }
            }
        }
        let lines = granted(rights.ledger, &grants, indices);
        row.non_production = entitled(&lines, |grant| grant.non_production);
        if let Some(on) = on {
            let support = support::on(&lines, on);
            row.supported = support.covered.map(|covered| covered.min(row.entitled));
            row.support_not_stated = support.not_stated;
        }
        issues.extend(warnings(row, &lines));
    }
    let mut products = products.into_all();
    for row in &mut products {
        // Covering that changes nothing is no other reading.
        let numbers = |needed: Needed| (needed.sub_capacity, needed.full_capacity);
        row.unbundled = row.unbundled.filter(|own| row.needed.map(numbers) != Some(numbers(*own)));
        row.reasons = shown.reasons(row, &pools);
    }
    issues.extend(near_names(&products));
    Position { on, products, pools, grants, issues }
}

/// A line of the ledger with what it grants.
type GrantedLine<'a> = (&'a Entitlement, &'a Grant);

/// The indices of the lines of each product and metric.
fn of_products(grants: &[Grant]) -> Vec<Vec<usize>> {
    let mut sorted: Vec<(usize, &Grant)> = grants.iter().enumerate().collect();
    sorted.sort_by_key(|(_, grant)| grant.key());
    let of_product = sorted.chunk_by(|(_, one), (_, other)| one.key() == other.key());
    of_product.map(|lines| lines.iter().map(|(index, _)| *index).collect()).collect()
}

/// The lines at some places.
fn granted<'a>(ledger: &'a [Arc<Entitlement>], grants: &'a [Grant], indices: &[usize]) -> Vec<GrantedLine<'a>> {
    let line = |index: &usize| Some((ledger.get(*index)?.as_ref(), grants.get(*index)?));
    indices.iter().filter_map(line).collect()
}

/// What the lines that count grant together, of those that are asked for.
fn entitled(lines: &[GrantedLine<'_>], asked: impl Fn(&Grant) -> bool) -> Decimal {
    let counted = lines.iter().map(|(_, grant)| grant).filter(|grant| grant.standing == LineStatus::Counts);
    counted.filter(|grant| asked(grant)).map(|grant| grant.units).sum()
}

/// What is to be said of a product: that nothing but support is listed, that only a part of it is supported, that rights
/// are for another platform, or not for productive use.
fn warnings(position: &ProductPosition, lines: &[GrantedLine<'_>]) -> Vec<Issue> {
    let owned = lines.iter().any(|(_, grant)| grant.standing != LineStatus::SupportOnly);
    if !owned {
        let only = Issue::new(Severity::Warning, "entitlement_only_support");
        return vec![only.with("product", position.product.as_str())];
    }
    let mut issues = platforms::told(position, lines);
    issues.extend(non_production(position, lines));
    issues.extend(support::in_part(position));
    issues
}

/// That what is needed is covered only with rights that are not for productive use. A product that says itself that it
/// is not for productive use is needed for nothing else.
fn non_production(position: &ProductPosition, lines: &[GrantedLine<'_>]) -> Option<Issue> {
    let balance = position.balance().filter(|balance| *balance >= Decimal::ZERO)?;
    if position.non_production.is_zero() || line_words::said(&[&position.product]).non_production {
        return None;
    }
    let productive: Vec<GrantedLine<'_>> = lines.iter().copied().filter(|(_, grant)| !grant.non_production).collect();
    let others = ProductPosition {
        entitled: entitled(&productive, |_| true),
        platforms: platforms::rights(&productive),
        ..position.clone()
    };
    let without = others.balance().filter(|without| *without < Decimal::ZERO)?;
    let met = Issue::new(Severity::Warning, "entitlement_non_production").with("product", position.product.as_str());
    let met = met.with("non_production", position.non_production).with("entitled", position.entitled);
    Some(met.with("needed", position.entitled.saturating_sub(balance)).with("without", without))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::engine::Quantity;
    use crate::engine::bundles::LicenceText;
    use crate::model::assessment::ProductDemand;
    use crate::model::bundle::Rounding;
    use crate::model::list::SharedLines;
    use crate::model::metric::Metric;

    /// Two parts of one product: ten PVU in a pack, and its renewal; one by the month.
    fn parts() -> Parts {
        let header = "part_number,product,metric,kind,months,platform,environment,pack";
        let rows = ["D1,Storage,PVU,license,12,,,10", "E1,Storage,PVU,renewal,12,,,10", "M1,Storage,PVU,monthly,,,,"];
        let (parts, problems) = Parts::read(&format!("{header}\n{}\n", rows.join("\n")));
        assert_eq!(problems, []);
        parts
    }

    fn demand(product: &str, metric: Metric, sub: u64, full: u64) -> ProductDemand {
        let (sub_capacity, full_capacity) = (Some(sub), Some(full));
        ProductDemand { product: product.to_owned(), metric, sub_capacity, full_capacity, ..ProductDemand::default() }
    }

    fn assessment(products: Vec<ProductDemand>) -> Assessment {
        let period = Period::new(date(2026, 1, 1), date(2026, 6, 30));
        Assessment { period, products, ..Assessment::default() }
    }

    fn of_part(part: &str, quantity: u32) -> Entitlement {
        Entitlement { part_number: part.to_owned(), quantity: quantity.into(), ..Entitlement::default() }
    }

    fn of_product(product: &str, metric: &str, quantity: u32) -> Entitlement {
        let (product, metric) = (product.to_owned(), metric.to_owned());
        Entitlement { product, metric, quantity: quantity.into(), ..Entitlement::default() }
    }

    /// Fourteen VPC of a Cloud Pak.
    fn fourteen_used() -> BundleUse {
        BundleUse {
            bundle: "IBM Cloud Pak for Integration".to_owned(),
            version: None,
            text: LicenceText::OfVersion,
            unit: "VPC".to_owned(),
            total: Some(14),
            rounding: Rounding::Each,
            open_shift: None,
            components: Vec::new(),
        }
    }

    #[test]
    fn the_description_of_a_part_is_not_the_name_of_its_product() {
        let described = |text: &str| {
            let ledger = [Entitlement { product: text.to_owned(), ..of_part("D1", 2) }];
            let parts = parts();
            let rights =
                Rights { ledger: &SharedLines::of(&ledger), aliases: &[], covers: None, parts: &parts, on: None };
            position(rights, &assessment(Vec::new()), &[]).products[0].product.clone()
        };
        assert_eq!(described("STORAGE Processor Value Unit (PVU) License + SW Subscription & Support"), "Storage");
        assert_eq!(described("Storage for z/OS"), "Storage for z/OS");
        assert_eq!(described("Storage"), "Storage");
    }

    /// The position of a ledger without aliases and without part numbers.
    fn found(ledger: &[Entitlement], needed: Vec<ProductDemand>, bundles: &[BundleUse]) -> Position {
        let (ledger, parts) = (SharedLines::of(ledger), Parts::default());
        let rights = Rights { ledger: &ledger, aliases: &[], covers: None, parts: &parts, on: None };
        position(rights, &assessment(needed), bundles)
    }

    #[track_caller]
    fn entitled(ledger: &[Entitlement], on: Option<Date>) -> Decimal {
        let parts = parts();
        let found = position(
            Rights { ledger: &SharedLines::of(ledger), aliases: &[], covers: None, parts: &parts, on },
            &assessment(Vec::new()),
            &[],
        );
        found.products.iter().map(|product| product.entitled).sum()
    }

    fn codes(position: &Position) -> Vec<&str> {
        position.issues.iter().map(|issue| issue.code.as_ref()).collect()
    }

    #[test]
    fn a_part_of_ten_counts_ten_and_its_renewal_counts_nothing() {
        assert_eq!(entitled(&[of_part("d1", 12), of_part("E1", 12)], None), 120.into());
    }

    #[test]
    fn a_pack_is_one_of_the_parts_own_metric() {
        let line = Entitlement { metric: "Processor Value Units".to_owned(), ..of_part("D1", 2) };
        assert_eq!(entitled(&[line], None), 20.into());
        let line = Entitlement { metric: "VPC".to_owned(), ..of_part("D1", 2) };
        assert_eq!(entitled(&[line], None), 2.into());
    }

    #[test]
    fn a_perpetual_right_outlives_its_support_and_a_term_does_not() {
        let end = Some(date(2026, 3, 31));
        assert_eq!(entitled(&[Entitlement { ss_end: end, ..of_part("D1", 1) }], None), 10.into());
        assert_eq!(entitled(&[Entitlement { ss_end: end, ..of_part("M1", 1) }], None), 0.into());
        let until = Entitlement { ss_end: Some(date(2026, 6, 30)), ..of_part("M1", 1) };
        assert_eq!(entitled(&[until], None), 1.into(), "the last day of the term is a day of the term");
    }

    #[test]
    fn what_is_ordered_later_counts_unless_a_day_is_named() {
        let line = Entitlement { order_date: Some(date(2026, 9, 1)), ..of_part("D1", 1) };
        assert_eq!(entitled(std::slice::from_ref(&line), None), 10.into());
        assert_eq!(entitled(std::slice::from_ref(&line), Some(date(2026, 8, 31))), 0.into());
        assert_eq!(entitled(&[line], Some(date(2026, 9, 1))), 10.into());
    }

    #[test]
    fn the_balance_is_entitled_less_needed_for_either_capacity() {
        let ledger = [of_product("MQ", "PVU", 300)];
        let found = found(&ledger, vec![demand("MQ", Metric::Pvu, 280, 1_120)], &[]);
        assert_eq!(found.products[0].balance(), Some(20.into()));
        assert_eq!(found.products[0].full_balance(), Some((-820).into()));
    }

    #[test]
    fn what_is_needed_and_not_owned_is_short_by_all_of_it() {
        let rights = Rights { ledger: &[], aliases: &[], covers: None, parts: &Parts::default(), on: None };
        let found = position(rights, &assessment(vec![demand("MQ", Metric::Pvu, 280, 560)]), &[]);
        assert_eq!(found.products[0].balance(), Some((-280).into()));
    }

    #[test]
    fn what_the_files_could_show_and_do_not_is_not_needed_and_what_they_cannot_show_is_not_known() {
        let ledger = [of_product("MQ", "PVU", 100), of_product("Maximo", "Authorized User", 5)];
        let found = found(&ledger, vec![demand("Db2", Metric::Pvu, 70, 70)], &[]);
        let balance = |product: &str| found.products.iter().find(|one| one.product == product).unwrap().balance();
        assert_eq!((balance("MQ"), balance("Maximo")), (Some(100.into()), None));
    }

    #[test]
    fn names_are_compared_exactly_and_near_ones_are_told() {
        let ledger = [of_product("ibm mq", "PVU", 100)];
        let found = found(&ledger, vec![demand("IBM MQ", Metric::Pvu, 70, 70)], &[]);
        assert_eq!(found.products.len(), 2);
        assert_eq!(codes(&found), ["entitlement_names_differ"]);
    }

    #[test]
    fn support_of_a_part_of_what_is_owned_is_told() {
        let (first, last) = (Some(date(2026, 1, 1)), Some(date(2026, 12, 31)));
        let renewal = Entitlement { ss_start: first, ss_end: last, ..of_part("E1", 4) };
        let licence = Entitlement { ss_end: Some(date(2021, 5, 31)), ..of_part("D1", 10) };
        let parts = parts();
        let told = |ledger: &[Entitlement]| {
            let found = position(
                Rights { ledger: &SharedLines::of(ledger), aliases: &[], covers: None, parts: &parts, on: None },
                &assessment(Vec::new()),
                &[],
            );
            found.issues.first().map(|issue| issue.code.to_string())
        };
        assert_eq!(told(&[licence.clone(), renewal.clone()]).as_deref(), Some("support_in_part"));
        assert_eq!(told(&[licence.clone(), Entitlement { quantity: 10.into(), ..renewal.clone() }]), None);
        assert_eq!(told(&[licence]), None, "support that has ended altogether is a choice");
        assert_eq!(told(&[renewal]).as_deref(), Some("entitlement_only_support"));
    }

    #[test]
    fn the_derivation_of_a_balance_follows_from_its_lines() {
        let parts = parts();
        let ledger = [of_part("D1", 3), of_part("E1", 3), of_product("Storage", "PVU", 5)];
        let rights = Rights { ledger: &SharedLines::of(&ledger), aliases: &[], covers: None, parts: &parts, on: None };
        let found = position(rights, &assessment(vec![demand("Storage", Metric::Pvu, 40, 50)]), &[]);
        let balance = explain(rights, &found, &found.products[0], Quantity::Balance, None).unwrap();
        assert_eq!(balance.value, Some((-5).into()));
        let entitled = &balance.children[0];
        let units: Vec<_> = entitled.children.iter().map(|line| line.value).collect();
        assert_eq!((entitled.value, units), (Some(35.into()), vec![Some(30.into()), Some(5.into())]));
        let pack: Vec<_> = entitled.children[0].children.iter().map(|child| child.value).collect();
        assert_eq!(pack, [Some(3.into()), Some(10.into())]);
        assert_eq!(entitled.notes.len(), 1, "the renewal is named and counts nothing");
    }

    #[test]
    fn what_listed_parts_use_of_a_bundle_is_needed_of_it() {
        let ledger = [of_product("IBM Cloud Pak for Integration", "VPC", 10)];
        let found = found(&ledger, Vec::new(), &[fourteen_used(), fourteen_used()]);
        assert_eq!(found.products[0].balance(), Some((-18).into()));
    }

    #[test]
    fn an_alias_lets_what_is_owned_count_for_another_product_and_says_why() {
        let ledger = [of_product("WebSphere MQ", "PVU", 100)];
        let reason = "renamed in 2014".to_owned();
        let aliases =
            [Alias { name: "WebSphere MQ".to_owned(), product: "IBM MQ".to_owned(), reason, ..Alias::default() }];
        let rights = Rights {
            ledger: &SharedLines::of(&ledger),
            aliases: &SharedLines::of(&aliases),
            covers: None,
            parts: &Parts::default(),
            on: None,
        };
        let found = position(rights, &assessment(vec![demand("IBM MQ", Metric::Pvu, 70, 70)]), &[]);
        assert_eq!((found.products.len(), found.products[0].balance()), (1, Some(30.into())));
        let entitled = explain(rights, &found, &found.products[0], Quantity::Entitled, None).unwrap();
        assert_eq!(entitled.children[0].notes.len(), 1);
    }

    #[test]
    fn a_list_of_parts_alone_does_not_tell_what_else_is_deployed() {
        let ledger = [of_product("MQ", "PVU", 100)];
        let found = found(&ledger, Vec::new(), &[fourteen_used()]);
        let balance = |product: &str| found.products.iter().find(|one| one.product == product).unwrap().balance();
        assert_eq!((balance("MQ"), balance("IBM Cloud Pak for Integration")), (None, Some((-14).into())));
    }
}
