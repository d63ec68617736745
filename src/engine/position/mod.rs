//! The position: entitled less needed, per product and metric (docs/decisions/0012-rights.md).

mod covered;
mod explain;
mod pooled;
mod products;
mod shown;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::bundles::BundleUse;
use crate::model::assessment::Assessment;
use crate::model::entitlement::{Alias, Entitlement, LicenceType};
use crate::model::flexible::{FlexibleComponent, Pool};
use crate::model::issue::{Issue, Severity};
use crate::model::metric;
use crate::model::period::Period;
use crate::model::position::{Grant, Position, ProductPosition, Standing};
use crate::model::supporting::SupportedBy;
use crate::model::workspace::Lists;
use crate::rules::parts::{Part, PartKind, Parts};

pub use covered::{Suggestion, suggestions};
pub use explain::{explain, explain_unbundled};
pub use shown::Shown;

use products::Products;

/// A product in a metric.
type Key = (String, String);

/// What is owned, and the day on which to look at it.
#[derive(Clone, Copy)]
pub struct Rights<'a> {
    /// The ledger.
    pub ledger: &'a [Entitlement],
    /// Which owned product counts for which needed one.
    pub aliases: &'a [Alias],
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
    fn apply(&self, products: &mut Products, shown: &Shown<'_>) -> (Vec<Pool>, Vec<Issue>) {
        let mut issues = covered::cover(products, &self.supported);
        let (pools, of_pools) = pooled::draw(products, &self.flexible, shown);
        issues.extend(of_pools);
        (pools, issues)
    }
}

/// The position of every product that is owned or needed; what components use of `bundles` is needed of these.
pub fn position(rights: Rights<'_>, assessment: &Assessment, bundles: &[BundleUse]) -> Position {
    let on = rights.on.or(assessment.period.map(Period::to));
    let shown = Shown::new(assessment, bundles);
    let grants: Vec<Grant> = rights.ledger.iter().map(|line| rights.grant(line, on)).collect();
    let mut lines: Vec<Granted<'_>> = rights.ledger.iter().zip(&grants).collect();
    lines.sort_by_key(|(_, grant)| grant.key());
    let lines: Vec<&[Granted<'_>]> = lines.chunk_by(|(_, one), (_, other)| one.key() == other.key()).collect();
    let mut products = Products::default();
    for (lines, grant) in of_product(&lines) {
        let counted = lines.iter().filter(|(_, grant)| grant.standing == Standing::Counts);
        let entitled: Decimal = counted.map(|(_, grant)| grant.units).sum();
        products.change(&grant.product, &grant.metric, |row| {
            row.entitled = entitled;
            row.needed = shown.otherwise(&grant.product, &grant.metric);
            row.supported = on.and_then(|on| supported(lines, on)).map(|supported| supported.min(entitled));
        });
    }
    shown.apply(&mut products);
    let mut issues = rights.issues(&grants);
    let (pools, of_covers) = rights.covers.map(|covers| covers.apply(&mut products, &shown)).unwrap_or_default();
    issues.extend(of_covers);
    for (lines, grant) in of_product(&lines) {
        issues.extend(products.get(&grant.product, &grant.metric).and_then(|position| warning(position, lines)));
    }
    products.each(|row| row.reasons = shown.reasons(row, &pools));
    let products = products.into_all();
    issues.extend(near_names(&products));
    Position { on, products, pools, grants, issues }
}

/// A line of the ledger with what it grants.
type Granted<'a> = (&'a Entitlement, &'a Grant);

/// The lines of each product and metric, with one of their grants.
fn of_product<'a>(lines: &'a [&'a [Granted<'a>]]) -> impl Iterator<Item = (&'a [Granted<'a>], &'a Grant)> {
    lines.iter().filter_map(|lines| Some((*lines, lines.first()?.1)))
}

impl Rights<'_> {
    fn part(&self, line: &Entitlement) -> Option<&Part> {
        self.parts.find(&line.part_number)
    }

    /// The name under which a line is owned: as written, else that of the part, else its number. A description of the
    /// part, as exports have it in the place of the name, is no name.
    fn owned_as<'s>(&'s self, line: &'s Entitlement) -> &'s str {
        let of_part = self.part(line).map_or("", |part| part.product.as_str());
        if describes(&line.product, of_part) {
            return of_part;
        }
        let names = [line.product.as_str(), of_part, line.part_number.as_str()];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
    }

    fn alias(&self, line: &Entitlement) -> Option<&Alias> {
        let owned_as = self.owned_as(line);
        self.aliases.iter().find(|alias| alias.name == owned_as)
    }

    /// What a line grants, with what its part number adds.
    fn grant(&self, line: &Entitlement, on: Option<Date>) -> Grant {
        let part = self.part(line);
        let written = metric::code(&line.metric);
        let product = self.alias(line).map_or(self.owned_as(line), |alias| alias.product.as_str()).to_owned();
        // A pack is one of the part's own metric.
        let pack = part.filter(|part| written.is_empty() || written == part.metric).map_or(1, |part| part.pack);
        let metric = if written.is_empty() { part.map_or(String::new(), |part| part.metric.clone()) } else { written };
        let units = line.quantity.saturating_mul(pack.into());
        Grant { product, metric, pack, units, standing: self.standing(line, on) }
    }

    fn standing(&self, line: &Entitlement, on: Option<Date>) -> Standing {
        let kind = self.part(line).and_then(|part| part.kind);
        if kind.is_some_and(PartKind::is_support) {
            return Standing::SupportOnly;
        }
        let term = licence_type(line, kind) != LicenceType::Perpetual;
        let begins = if term { line.ss_start.or(line.order_date) } else { line.order_date.or(line.ss_start) };
        match on {
            Some(on) if term && line.ss_end.is_some_and(|end| end < on) => Standing::Ended,
            Some(on) if self.on.is_some() && begins.is_some_and(|first| first > on) => Standing::NotYet,
            _ => Standing::Counts,
        }
    }

    /// What is to be said of single lines.
    fn issues(&self, grants: &[Grant]) -> Vec<Issue> {
        let mut issues = Vec::new();
        let mut seen = BTreeMap::new();
        for (line, grant) in self.ledger.iter().zip(grants) {
            let issue = |severity, code| Issue::new(severity, code).at_line(&line.file, line.row);
            let part = self.part(line);
            if part.is_none() && line.product.is_empty() {
                issues
                    .push(issue(Severity::Warning, "entitlement_part_unknown").with("part", line.part_number.as_str()));
            } else if grant.metric.is_empty() {
                issues.push(
                    issue(Severity::Warning, "entitlement_metric_unknown").with("product", grant.product.as_str()),
                );
            }
            if let Some(part) = part.filter(|part| !line.product.is_empty() && part.product != line.product) {
                let differs = issue(Severity::Info, "entitlement_product_differs").with("part", part.number.as_str());
                issues.push(differs.with("known", part.product.as_str()).with("product", line.product.as_str()));
            }
            if !line.poe.is_empty() {
                let same = (&line.poe, &line.part_number, &line.product, line.quantity, line.ss_start, line.ss_end);
                if let Some(first) = seen.insert(same, line.row) {
                    let twice = issue(Severity::Warning, "entitlement_twice").with("poe", line.poe.as_str());
                    issues.push(twice.with("first", u64::from(first)));
                }
            }
        }
        issues
    }
}

/// The type of the licence: as written, else as the part says, else for ever.
fn licence_type(line: &Entitlement, kind: Option<PartKind>) -> LicenceType {
    line.licence_type.unwrap_or(match kind {
        Some(PartKind::Monthly) => LicenceType::Monthly,
        Some(PartKind::FixedTerm | PartKind::FixedTermRenewal) => LicenceType::FixedTerm,
        Some(PartKind::License | PartKind::TradeUp | PartKind::Renewal | PartKind::Reinstatement) | None => {
            LicenceType::Perpetual
        }
    })
}

/// How much is under S&S on a day; `None` when no line says until when.
fn supported(lines: &[(&Entitlement, &Grant)], on: Date) -> Option<Decimal> {
    let mut dated = lines.iter().filter(|(line, _)| line.ss_end.is_some()).peekable();
    dated.peek()?;
    let active = dated
        .filter(|(line, _)| line.ss_end.is_some_and(|end| end >= on) && line.ss_start.is_none_or(|start| start <= on));
    Some(active.map(|(_, grant)| grant.units).sum())
}

/// What is to be said of a product: that nothing but support is listed, or that only a part of it is supported.
fn warning(position: &ProductPosition, lines: &[(&Entitlement, &Grant)]) -> Option<Issue> {
    let product = position.product.as_str();
    let owned = lines.iter().any(|(_, grant)| grant.standing != Standing::SupportOnly);
    if !owned {
        return Some(Issue::new(Severity::Warning, "entitlement_only_support").with("product", product));
    }
    let supported =
        position.supported.filter(|supported| *supported > Decimal::ZERO && *supported < position.entitled)?;
    let partly = Issue::new(Severity::Warning, "support_in_part").with("product", product);
    Some(partly.with("supported", supported).with("entitled", position.entitled))
}

/// Names that are owned and names that are needed are compared exactly; those that differ only by case are told.
fn near_names(products: &[ProductPosition]) -> Vec<Issue> {
    let mut spellings: Vec<(String, &str)> =
        products.iter().map(|one| (one.product.to_lowercase(), one.product.as_str())).collect();
    spellings.sort();
    spellings.dedup();
    let several = spellings.chunk_by(|one, other| one.0 == other.0).filter(|names| names.len() > 1);
    let told = several.map(|names| {
        let names: Vec<&str> = names.iter().map(|(_, name)| *name).collect();
        Issue::new(Severity::Warning, "entitlement_names_differ").with("names", names.join("; "))
    });
    told.collect()
}

/// Whether a text is the description of a part of this product: its name, and then how it is licensed.
fn describes(text: &str, product: &str) -> bool {
    const LICENSED: [&str; 8] =
        ["license", "licence", "subscription", "support", "s&s", "renewal", "value unit", "processor core"];
    let rest = text.get(..product.len()).filter(|start| start.eq_ignore_ascii_case(product));
    let rest = rest.and_then(|_| text.get(product.len()..)).filter(|rest| rest.starts_with(' ') && !product.is_empty());
    rest.map(str::to_lowercase).is_some_and(|rest| LICENSED.iter().any(|word| rest.contains(word)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::engine::Quantity;
    use crate::engine::bundles::Text;
    use crate::model::assessment::ProductDemand;
    use crate::model::bundle::Rounding;
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
            text: Text::OfVersion,
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
            let rights = Rights { ledger: &ledger, aliases: &[], covers: None, parts: &parts, on: None };
            position(rights, &assessment(Vec::new()), &[]).products[0].product.clone()
        };
        assert_eq!(described("STORAGE Processor Value Unit (PVU) License + SW Subscription & Support"), "Storage");
        assert_eq!(described("Storage for z/OS"), "Storage for z/OS");
        assert_eq!(described("Storage"), "Storage");
    }

    #[track_caller]
    fn entitled(ledger: &[Entitlement], on: Option<Date>) -> Decimal {
        let parts = parts();
        let found =
            position(Rights { ledger, aliases: &[], covers: None, parts: &parts, on }, &assessment(Vec::new()), &[]);
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
        let rights = Rights { ledger: &ledger, aliases: &[], covers: None, parts: &Parts::default(), on: None };
        let found = position(rights, &assessment(vec![demand("MQ", Metric::Pvu, 280, 1_120)]), &[]);
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
        let rights = Rights { ledger: &ledger, aliases: &[], covers: None, parts: &Parts::default(), on: None };
        let found = position(rights, &assessment(vec![demand("Db2", Metric::Pvu, 70, 70)]), &[]);
        let balance = |product: &str| found.products.iter().find(|one| one.product == product).unwrap().balance();
        assert_eq!((balance("MQ"), balance("Maximo")), (Some(100.into()), None));
    }

    #[test]
    fn names_are_compared_exactly_and_near_ones_are_told() {
        let ledger = [of_product("ibm mq", "PVU", 100)];
        let rights = Rights { ledger: &ledger, aliases: &[], covers: None, parts: &Parts::default(), on: None };
        let found = position(rights, &assessment(vec![demand("IBM MQ", Metric::Pvu, 70, 70)]), &[]);
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
                Rights { ledger, aliases: &[], covers: None, parts: &parts, on: None },
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
        let rights = Rights { ledger: &ledger, aliases: &[], covers: None, parts: &parts, on: None };
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
        let rights = Rights { ledger: &ledger, aliases: &[], covers: None, parts: &Parts::default(), on: None };
        let found = position(rights, &assessment(Vec::new()), &[fourteen_used(), fourteen_used()]);
        assert_eq!(found.products[0].balance(), Some((-18).into()));
    }

    #[test]
    fn an_alias_lets_what_is_owned_count_for_another_product_and_says_why() {
        let ledger = [of_product("WebSphere MQ", "PVU", 100)];
        let reason = "renamed in 2014".to_owned();
        let aliases =
            [Alias { name: "WebSphere MQ".to_owned(), product: "IBM MQ".to_owned(), reason, ..Alias::default() }];
        let rights = Rights { ledger: &ledger, aliases: &aliases, covers: None, parts: &Parts::default(), on: None };
        let found = position(rights, &assessment(vec![demand("IBM MQ", Metric::Pvu, 70, 70)]), &[]);
        assert_eq!((found.products.len(), found.products[0].balance()), (1, Some(30.into())));
        let entitled = explain(rights, &found, &found.products[0], Quantity::Entitled, None).unwrap();
        assert_eq!(entitled.children[0].notes.len(), 1);
    }

    #[test]
    fn a_list_of_parts_alone_does_not_tell_what_else_is_deployed() {
        let ledger = [of_product("MQ", "PVU", 100)];
        let rights = Rights { ledger: &ledger, aliases: &[], covers: None, parts: &Parts::default(), on: None };
        let found = position(rights, &assessment(Vec::new()), &[fourteen_used()]);
        let balance = |product: &str| found.products.iter().find(|one| one.product == product).unwrap().balance();
        assert_eq!((balance("MQ"), balance("IBM Cloud Pak for Integration")), (None, Some((-14).into())));
    }
}
