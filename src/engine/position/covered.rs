//! What principals cover: a program in support of one that is in use needs nothing of its own
//! (docs/decisions/0020-supporting-programs.md).

use litemap::LiteMap;

use rust_decimal::Decimal;

use super::products::Products;
use crate::model::issue::{Issue, Severity};
use crate::model::position::{Cover, Covering, Needed, ProductPosition};
use crate::model::supporting::SupportedBy;
use crate::rules::bundles::matched_as;
use crate::rules::supporting_programs::{self, Role, SupportingProgram};

/// A row of the catalogue by which a needed product may run in support of one that is owned or needed. Nothing is
/// covered by it until the user says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Name of the product, as it is needed.
    pub product: String,
    /// Name of the principal, as it is owned or needed.
    pub principal: String,
    /// The row with its licence text.
    pub row: &'static SupportingProgram,
}

/// Which needed products the catalogue knows as coming with a principal that is in use, and that no line names yet.
/// Sorted by product, then by principal.
pub fn suggestions(products: &[ProductPosition], supported: &[SupportedBy]) -> Vec<Suggestion> {
    let said: Vec<&str> = supported.iter().map(|line| line.product.as_str()).collect();
    let named = || products.chunk_by(|one, other| one.product == other.product);
    let used = named().filter(|rows| principal_in_use(rows) != InUse::No);
    let principals: LiteMap<String, &str> =
        used.filter_map(|rows| rows.first().map(|one| (matched_as(&one.product), one.product.as_str()))).collect();
    let needed = named().filter(|rows| rows.iter().any(is_needed));
    let needed = needed.filter_map(|rows| rows.first().map(|one| one.product.as_str()));
    let mut found: Vec<Suggestion> = Vec::new();
    for product in needed.filter(|product| !said.contains(product)) {
        found.extend(supporting_programs::with_component(product).filter_map(|row| {
            let principal = *principals.get(&matched_as(&row.principal))?;
            Some(Suggestion { product: product.to_owned(), principal: principal.to_owned(), row })
        }));
    }
    found
}

/// Whether a principal is in use, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum InUse {
    /// It is needed, be it ever so little: a partly deployed bundle covers like a whole one.
    Yes,
    /// It is owned in a metric that the files do not show: the user's word stands.
    NotShown,
    /// The files could show it and do not.
    No,
}

/// Whether anything of a product is needed, or may be.
fn is_needed(position: &ProductPosition) -> bool {
    let any = |needed: Needed| needed.sub_capacity != Some(0) || needed.full_capacity.is_some_and(|full| full > 0);
    position.needed.is_some_and(|needed| needed.found && any(needed))
}

/// Whether a product is in use as a principal, by its rows: one for each metric.
fn principal_in_use(rows: &[ProductPosition]) -> InUse {
    let each = rows.iter().map(|one| match one.needed {
        _ if is_needed(one) => InUse::Yes,
        None if one.entitled > Decimal::ZERO => InUse::NotShown,
        _ => InUse::No,
    });
    each.min().unwrap_or(InUse::No)
}

/// Lets principals cover what the user says: what is covered needs nothing of its own, and is added to what its
/// principal needs where the user says that it counts. What is not covered, and why, is told.
pub(super) fn cover(products: &mut Products, lines: &[SupportedBy]) -> Vec<Issue> {
    let mut sorted: Vec<&SupportedBy> = lines.iter().collect();
    sorted.sort_by_key(|line| line.product.as_str());
    // Nothing that has a principal of its own is one: so nothing is covered in a circle, and no order matters.
    let is_supported =
        |line: &SupportedBy| sorted.binary_search_by_key(&line.principal.as_str(), |one| one.product.as_str()).is_ok();
    let mut issues = Vec::new();
    for lines in sorted.chunk_by(|one, other| one.product == other.product) {
        let Some(product) = lines.first().map(|line| line.product.as_str()) else { continue };
        let (circular, lines): (Vec<&SupportedBy>, Vec<&SupportedBy>) =
            lines.iter().copied().partition(|line| is_supported(line));
        issues.extend(circular.into_iter().map(|line| told(line, Severity::Error, "supported_by_supported")));
        let in_use_of = |line: &&SupportedBy| principal_in_use(products.named(&line.principal));
        // The first one that is in use, whether files show it or the user's word stands.
        let Some(line) = lines.into_iter().min_by_key(|line| in_use_of(line) == InUse::No) else { continue };
        if !products.named(product).iter().any(is_needed) {
            issues.push(told(line, Severity::Info, "supported_not_needed"));
            continue;
        }
        let in_use = in_use_of(&line);
        issues.extend(doubts(line, in_use, products.named(&line.principal)));
        if in_use == InUse::No {
            continue;
        }
        issues.extend(cover_product(products, line));
    }
    issues
}

/// Covers a product in each of its metrics.
fn cover_product(products: &mut Products, line: &SupportedBy) -> Vec<Issue> {
    let mut issues = Vec::new();
    let needs = products.named(&line.product).iter().filter_map(|one| {
        let needed = one.needed.filter(|needed| needed.found)?;
        Some((one.metric.clone(), needed))
    });
    let needs: Vec<(String, Needed)> = needs.collect();
    for (metric, needed) in needs {
        let counts = line.counts == Some(true);
        let principal = products.get_mut(&line.principal, &metric).filter(|_| counts);
        let counted = principal.is_some_and(|principal| add(principal, needed));
        if counts && !counted {
            issues.push(told(line, Severity::Warning, "supported_in_another_metric").with("metric", metric.as_str()));
        }
        if let Some(position) = products.get_mut(&line.product, &metric) {
            position.unbundled = Some(needed);
            position.needed = Some(Needed { sub_capacity: Some(0), full_capacity: Some(0), found: true });
            position.covered_by = Some(cover_of(line, counted));
        }
    }
    issues
}

/// An issue of a line, with both names.
fn told(line: &SupportedBy, severity: Severity, code: &'static str) -> Issue {
    let issue = Issue::new(severity, code).at_line(&line.file, line.row);
    issue.with("product", line.product.as_str()).with("principal", line.principal.as_str())
}

/// What somebody should look at before relying on a principal.
fn doubts(line: &SupportedBy, in_use: InUse, principal: &[ProductPosition]) -> Vec<Issue> {
    if in_use == InUse::No {
        return vec![told(line, Severity::Warning, "supported_without_principal")];
    }
    let bundled =
        supporting_programs::find(&line.product, &line.principal).is_some_and(|row| row.role == Role::Bundled);
    let nothing_entitled = principal.iter().map(|one| one.entitled).sum::<Decimal>().is_zero();
    let doubts = [
        (in_use == InUse::NotShown, "supported_use_not_shown"),
        (nothing_entitled, "supported_principal_not_entitled"),
        (line.counts.is_none() && bundled, "supported_bundled_not_counted"),
        (line.counts.is_none() && !bundled, "supported_not_counted"),
    ];
    doubts.into_iter().filter(|(doubt, _)| *doubt).map(|(_, code)| told(line, Severity::Warning, code)).collect()
}

/// What a line says of the product that it covers.
fn cover_of(line: &SupportedBy, counted: bool) -> Cover {
    let (name, reason, file) = (line.principal.clone(), line.reason.clone(), line.file.clone());
    let rule = supporting_programs::find(&line.product, &line.principal).map(SupportingProgram::rule);
    Cover { covering: Covering::Principal, name, reason, file, row: line.row, rule, counted }
}

/// Adds what is covered to what a principal needs; whether it could.
fn add(principal: &mut ProductPosition, more: Needed) -> bool {
    let Some(own) = principal.needed.filter(|needed| needed.found) else { return false };
    principal.unbundled.get_or_insert(own);
    principal.needed = Some(own.plus(more));
    true
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::Quantity;
    use crate::engine::bundles::{BundleUse, LicenceText};
    use crate::engine::position::ByWord;
    use crate::engine::position::{Rights, explain, explain_unbundled, position};
    use crate::model::assessment::{Assessment, ProductDemand};
    use crate::model::bundle::Rounding;
    use crate::model::derivation::{Derivation, Operation};
    use crate::model::entitlement::Entitlement;
    use crate::model::list::SharedLines;
    use crate::model::metric::Metric;
    use crate::model::position::Position;
    use crate::rules::parts::Parts;

    const ODM: &str = "IBM Operational Decision Manager Server";
    const DB2: &str = "IBM Db2 Standard Edition";

    fn demand(product: &str, metric: Metric, sub: u64, full: u64) -> ProductDemand {
        let (sub_capacity, full_capacity) = (Some(sub), Some(full));
        ProductDemand { product: product.to_owned(), metric, sub_capacity, full_capacity, ..ProductDemand::default() }
    }

    fn owned(product: &str, metric: &str, quantity: u32) -> Entitlement {
        let (product, metric) = (product.to_owned(), metric.to_owned());
        Entitlement { product, metric, quantity: quantity.into(), ..Entitlement::default() }
    }

    fn line(product: &str, principal: &str, counts: Option<bool>) -> SupportedBy {
        SupportedBy {
            file: "s.csv".to_owned(),
            row: 2,
            product: product.to_owned(),
            principal: principal.to_owned(),
            counts,
            reason: "its repository".to_owned(),
        }
    }

    fn rights<'a>(ledger: &'a [Arc<Entitlement>], supported: &'a [SupportedBy], parts: &'a Parts) -> Rights<'a> {
        // It lasts as long as the test, and is given to nobody.
        let covers = Box::leak(Box::new(ByWord { supported: supported.to_vec(), flexible: Vec::new() }));
        Rights { ledger, aliases: &[], covers: Some(covers), parts, on: None }
    }

    fn of(ledger: &[Entitlement], products: Vec<ProductDemand>, supported: &[SupportedBy]) -> Position {
        let assessment = Assessment { products, ..Assessment::default() };
        position(rights(&SharedLines::of(ledger), supported, &Parts::default()), &assessment, &[])
    }

    #[track_caller]
    fn row<'a>(position: &'a Position, product: &str) -> &'a ProductPosition {
        position.products.iter().find(|one| one.product == product).unwrap()
    }

    fn codes(position: &Position) -> Vec<&str> {
        position.issues.iter().map(|issue| issue.code.as_ref()).collect()
    }

    #[test]
    fn a_supporting_program_needs_nothing_of_its_own_while_its_principal_is_in_use() {
        let products = vec![demand(DB2, Metric::Pvu, 280, 560), demand(ODM, Metric::Pvu, 140, 140)];
        let found = of(&[owned(ODM, "PVU", 140)], products, &[line(DB2, ODM, Some(false))]);
        let db2 = row(&found, DB2);
        assert_eq!((db2.balance(), db2.full_balance()), (Some(0.into()), Some(0.into())));
        assert_eq!(db2.covered_by.as_ref().map(|cover| cover.name.as_str()), Some(ODM));
        assert_eq!((db2.unbundled_balance(), db2.unbundled_full_balance()), (Some((-280).into()), Some((-560).into())));
        let odm = row(&found, ODM);
        assert_eq!((odm.balance(), odm.unbundled), (Some(0.into()), None), "nothing is added to the principal");
        assert_eq!(codes(&found), <[&str; 0]>::default());
    }

    #[test]
    fn a_supporting_program_without_its_principal_needs_licences_of_its_own() {
        let idle = demand(ODM, Metric::Pvu, 0, 0);
        for products in [vec![demand(DB2, Metric::Pvu, 280, 560)], vec![demand(DB2, Metric::Pvu, 280, 560), idle]] {
            let found = of(&[owned(ODM, "PVU", 140)], products, &[line(DB2, ODM, None)]);
            let db2 = row(&found, DB2);
            assert_eq!((db2.balance(), &db2.covered_by, db2.unbundled), (Some((-280).into()), &None, None));
            assert_eq!(codes(&found), ["supported_without_principal"]);
            assert_eq!((found.issues[0].file.as_str(), found.issues[0].row), ("s.csv", Some(2)));
        }
    }

    #[test]
    fn a_partly_deployed_bundle_covers_as_much_as_a_whole_one() {
        let bundle = |total| BundleUse {
            bundle: "IBM Cloud Pak for Business Automation".to_owned(),
            version: None,
            text: LicenceText::OfVersion,
            unit: "VPC".to_owned(),
            total: Some(total),
            rounding: Rounding::Each,
            open_shift: None,
            components: Vec::new(),
        };
        let assessment = Assessment { products: vec![demand(DB2, Metric::Vpc, 8, 8)], ..Assessment::default() };
        let lines = [line(DB2, "IBM Cloud Pak for Business Automation", Some(false))];
        let ledger = [owned("IBM Cloud Pak for Business Automation", "VPC", 500)];
        let balance = |total| {
            let found =
                position(rights(&SharedLines::of(&ledger), &lines, &Parts::default()), &assessment, &[bundle(total)]);
            row(&found, DB2).balance()
        };
        assert_eq!([balance(1), balance(500)], [Some(0.into()); 2]);
        assert_eq!(balance(0), Some((-8).into()), "a bundle of which nothing is used covers nothing");
    }

    #[test]
    fn what_counts_is_added_to_what_the_principal_needs_in_the_same_metric() {
        let products = vec![
            demand("IBM MQ", Metric::Pvu, 280, 560),
            demand("IBM MQ", Metric::Vpc, 2, 2),
            demand("IBM MQ Advanced", Metric::Pvu, 140, 140),
        ];
        let ledger = [owned("IBM MQ Advanced", "PVU", 500)];
        let found = of(&ledger, products, &[line("IBM MQ", "IBM MQ Advanced", Some(true))]);
        let advanced = row(&found, "IBM MQ Advanced");
        assert_eq!((advanced.balance(), advanced.full_balance()), (Some(80.into()), Some((-200).into())));
        assert_eq!(advanced.unbundled_balance(), Some(360.into()));
        assert_eq!(codes(&found), ["supported_in_another_metric"], "VPC cannot be added to PVU");
    }

    #[test]
    fn what_the_user_does_not_say_of_counting_is_told_and_told_louder_of_a_bundled_program() {
        let of_pair = |product: &str, principal: &str| {
            let products = vec![demand(product, Metric::Pvu, 70, 70), demand(principal, Metric::Pvu, 70, 70)];
            let found = of(&[owned(principal, "PVU", 70)], products, &[line(product, principal, None)]);
            found.issues.iter().map(|issue| issue.code.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of_pair(DB2, ODM), ["supported_not_counted"]);
        assert_eq!(of_pair("IBM MQ", "IBM MQ Advanced"), ["supported_bundled_not_counted"]);
    }

    #[test]
    fn the_first_principal_that_is_in_use_covers_whether_files_show_it_or_the_word_of_the_user_stands() {
        let products = || vec![demand(DB2, Metric::Pvu, 280, 560), demand(ODM, Metric::Pvu, 140, 140)];
        let ledger = [owned(ODM, "PVU", 140), owned("IBM Maximo", "AUTHORIZED_USER", 5)];
        let by = |lines: &[SupportedBy]| {
            row(&of(&ledger, products(), lines), DB2).covered_by.as_ref().map(|cover| cover.name.clone())
        };
        let (shown, word) = (line(DB2, ODM, Some(false)), line(DB2, "IBM Maximo", Some(false)));
        assert_eq!(by(&[word.clone(), shown.clone()]).as_deref(), Some("IBM Maximo"));
        assert_eq!(by(&[shown.clone(), word]).as_deref(), Some(ODM));
        assert_eq!(by(&[line(DB2, "no such product", None), shown]).as_deref(), Some(ODM));
    }

    #[test]
    fn nothing_is_covered_in_a_circle() {
        let products = || vec![demand("A", Metric::Pvu, 70, 70), demand("B", Metric::Pvu, 70, 70)];
        for lines in [vec![line("A", "B", None), line("B", "A", None)], vec![line("A", "A", None)]] {
            let found = of(&[], products(), &lines);
            assert!(found.products.iter().all(|one| one.balance() == Some((-70).into())), "{lines:?}");
            assert!(codes(&found).iter().all(|code| *code == "supported_by_supported"), "{:?}", codes(&found));
        }
    }

    #[test]
    fn one_principal_in_use_is_enough_whichever_line_comes_first() {
        let products = || vec![demand(DB2, Metric::Pvu, 280, 560), demand(ODM, Metric::Pvu, 140, 140)];
        let lines = [line(DB2, "IBM Nothing", None), line(DB2, ODM, Some(false))];
        let back = [lines[1].clone(), lines[0].clone()];
        for lines in [lines, back] {
            let found = of(&[owned(ODM, "PVU", 140)], products(), &lines);
            assert_eq!((row(&found, DB2).balance(), codes(&found)), (Some(0.into()), Vec::new()));
        }
    }

    #[test]
    fn what_rests_on_the_word_of_the_list_is_told() {
        // Authorized users stand in no file: whether the principal is in use cannot be seen.
        let found = of(
            &[owned("Cognos", "Authorized User", 5)],
            vec![demand(DB2, Metric::Pvu, 70, 70)],
            &[line(DB2, "Cognos", Some(false)), line("Gone", "Cognos", None)],
        );
        assert_eq!(row(&found, DB2).balance(), Some(0.into()));
        assert_eq!(codes(&found), ["supported_not_needed", "supported_use_not_shown"]);
        let products = vec![demand(DB2, Metric::Pvu, 70, 70), demand(ODM, Metric::Pvu, 140, 140)];
        assert_eq!(codes(&of(&[], products, &[line(DB2, ODM, Some(false))])), ["supported_principal_not_entitled"]);
    }

    #[test]
    fn an_unknown_need_is_covered_and_stays_unknown_unbundled() {
        let unknown = ProductDemand { sub_capacity: None, ..demand(DB2, Metric::Pvu, 0, 560) };
        let found = of(&[], vec![unknown, demand(ODM, Metric::Pvu, 140, 140)], &[line(DB2, ODM, Some(false))]);
        assert_eq!((row(&found, DB2).balance(), row(&found, DB2).unbundled_balance()), (Some(0.into()), None));
    }

    /// Every value of a derivation that is a sum or a difference follows from its children.
    fn follows(node: &Derivation) -> bool {
        let values: Option<Vec<Decimal>> = node.children.iter().map(|child| child.value).collect();
        let value = values.and_then(|values| match node.operation {
            Operation::Sum => Some(values.iter().copied().sum()),
            Operation::Difference => values.split_first().map(|(first, rest)| *first - rest.iter().sum::<Decimal>()),
            Operation::Given
            | Operation::Product
            | Operation::RoundedProduct { .. }
            | Operation::Least
            | Operation::Greatest
            | Operation::SumRoundedUp
            | Operation::Converted
            | Operation::RvuTiers => node.value,
        });
        value == node.value && node.children.iter().all(follows)
    }

    #[test]
    fn the_derivation_says_what_is_covered_by_which_licence_text_and_at_which_line() {
        let products = vec![demand(DB2, Metric::Pvu, 280, 560), demand(ODM, Metric::Pvu, 140, 140)];
        let (lines, ledger, parts) = ([line(DB2, ODM, Some(true))], [owned(ODM, "PVU", 400)], Parts::default());
        let assessment = Assessment { products, ..Assessment::default() };
        let ledger = SharedLines::of(&ledger);
        let rights = rights(&ledger, &lines, &parts);
        let found = position(rights, &assessment, &[]);
        for (quantity, full) in [(Quantity::Balance, false), (Quantity::FullBalance, true)] {
            let db2 = explain(rights, &found, row(&found, DB2), quantity, None).unwrap();
            let covered = &db2.children[1].children[1];
            assert_eq!((covered.value, covered.inputs[0].row), (Some(if full { 560 } else { 280 }.into()), 2));
            assert!(covered.rule.source.contains("L-ASAY-C55D8E"), "{:?}", covered.rule);
            let odm = explain(rights, &found, row(&found, ODM), quantity, None).unwrap();
            assert_eq!(odm.value, Some(if full { -300 } else { -20 }.into()));
            let unbundled = explain_unbundled(rights, &found, row(&found, DB2), full, None).unwrap();
            assert_eq!(unbundled.value, Some(if full { -560 } else { -280 }.into()));
            assert!(follows(&db2) && follows(&odm) && follows(&unbundled));
        }
        let mut alone = found.clone();
        alone.products[0].unbundled = None;
        assert_eq!(explain_unbundled(rights, &found, &alone.products[0], false, None), None);
    }

    #[test]
    fn the_catalogue_suggests_and_covers_nothing_by_itself() {
        let products = vec![
            demand("DB2 STANDARD edition", Metric::Pvu, 280, 560),
            demand("IBM HTTP Server", Metric::Pvu, 70, 70),
            demand(ODM, Metric::Pvu, 140, 140),
        ];
        let found = of(&[], products, &[]);
        assert_eq!(row(&found, "DB2 STANDARD edition").balance(), Some((-280).into()));
        let suggested = suggestions(&found.products, &[]);
        let pairs: Vec<_> = suggested.iter().map(|one| (one.product.as_str(), one.principal.as_str())).collect();
        assert_eq!(pairs, [("DB2 STANDARD edition", ODM)], "API Connect, which brings the HTTP server, is not in use");
        assert_eq!(suggestions(&found.products, &[line("DB2 STANDARD edition", "x", None)]), []);
    }
}
