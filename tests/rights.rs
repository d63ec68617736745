//! The laws of rights, bundles and undo, on random ledgers, lists and commands.

use std::collections::BTreeMap;

use highwater::edit::command::{self, Command};
use highwater::edit::history::History;
use highwater::engine::allocation::{Allocated, allocate, beyond};
use highwater::engine::bundles::{BundleUse, used_rounded};
use highwater::engine::position::{Rights, position};
use highwater::import::line::TOTAL;
use highwater::import::{Limits, Unwatched, list};
use highwater::model::agreement::Allocation;
use highwater::model::assessment::Assessment;
use highwater::model::bundle::Rounding;
use highwater::model::bundle::{BundlePart, Environment};
use highwater::model::entitlement::{Entitlement, LicenceType};
use highwater::model::issue::{Issue, Severity};
use highwater::model::list::SharedLines;
use highwater::model::message::Message;
use highwater::model::order::OrderLine;
use highwater::model::order::{Customer, PriceTerms};
use highwater::model::position::{LineStatus, Position, ProductPosition};
use highwater::model::workspace::{List, Lists, PeriodChoice, RoundingPlace, SourceFile, Workspace};
use highwater::rules::shipped_parts;
use jiff::civil::{Date, date};
use proptest::prelude::{Strategy, any, prop, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::generated::the_same;

/// Days of which some lie before, on and after the day that is looked at.
fn a_day() -> impl Strategy<Value = Option<Date>> {
    select(vec![None, Some(date(2025, 6, 30)), Some(date(2026, 6, 30)), Some(date(2026, 7, 1)), Some(date(2027, 1, 1))])
}

fn line() -> impl Strategy<Value = Entitlement> {
    let part = select(vec!["", "D0I2SLL", "D0I2TLL", "D55WJLL", "E025SLL", "NOPART"]);
    let product = select(vec!["", "IBM MQ", "IBM WebSphere Application Server Network Deployment"]);
    let metric = select(vec!["", "PVU", "Authorized User", "Processor Value Unit"]);
    let types = select([None].into_iter().chain(LicenceType::ALL.map(Some)).collect::<Vec<_>>());
    let days = (a_day(), a_day(), a_day());
    (part, product, metric, 0_i64..50_000, types, days).prop_map(
        |(part, product, metric, tenths, licence_type, days)| Entitlement {
            part_number: part.to_owned(),
            product: product.to_owned(),
            metric: metric.to_owned(),
            quantity: Decimal::new(tenths, 1),
            licence_type,
            ss_start: days.0,
            ss_end: days.1,
            order_date: days.2,
            ..Entitlement::default()
        },
    )
}

fn of(ledger: &[Entitlement]) -> Position {
    let rights = Rights {
        ledger: &SharedLines::of(ledger),
        aliases: &[],
        covers: None,
        parts: shipped_parts::get(),
        on: Some(date(2026, 6, 30)),
    };
    position(rights, &Assessment::default(), &[])
}

/// What is entitled by product and metric.
fn entitled(position: &Position) -> BTreeMap<(String, String), Decimal> {
    let each = position.products.iter().map(|one| ((one.product.clone(), one.metric.clone()), one.entitled));
    each.collect()
}

#[test]
fn what_is_needed_and_what_is_owned_meet_whatever_word_names_their_metric() {
    for (needed, owned) in [
        ("MVS", "Managed Virtual Server"),
        ("MVS", "MANAGED_VIRTUAL_SERVER"),
        ("Resource Unit", "RESOURCE_UNIT"),
        ("Install", "Installs"),
        ("VPC", "Rdzeń procesora wirtualnego"),
    ] {
        let used = BundleUse {
            bundle: "IBM Cloud Pak for Integration".to_owned(),
            version: None,
            text: highwater::engine::bundles::LicenceText::OfVersion,
            unit: needed.to_owned(),
            total: Some(14),
            rounding: Rounding::Each,
            open_shift: None,
            components: Vec::new(),
        };
        let line = Entitlement {
            product: used.bundle.clone(),
            metric: owned.to_owned(),
            quantity: Decimal::from(20),
            ..Entitlement::default()
        };
        let rights =
            Rights { ledger: &[line.into()], aliases: &[], covers: None, parts: shipped_parts::get(), on: None };
        let found = position(rights, &Assessment::default(), &[used]);
        let balances: Vec<_> = found.products.iter().map(ProductPosition::balance).collect();
        assert_eq!(balances, [Some(Decimal::from(6))], "{needed} and {owned}");
    }
}

/// Of products that are entitled in no, one or several metrics.
fn allocation() -> impl Strategy<Value = Allocation> {
    let product = select(vec!["IBM MQ", "IBM WebSphere Application Server Network Deployment", "NOPART", "no such"]);
    let metric = select(vec!["", "PVU", "Authorized User", "Processor Value Unit", "VPC"]);
    (product, metric, 0_i64..60_000).prop_map(|(product, metric, tenths)| Allocation {
        product: product.to_owned(),
        metric: metric.to_owned(),
        quantity: Decimal::new(tenths, 1),
        ..Allocation::default()
    })
}

/// What is held of each line, unknown ones left out, by product and metric.
fn held(answer: &Allocated) -> BTreeMap<(String, String), Decimal> {
    let mut sums = BTreeMap::new();
    for held in answer.lines.iter().flatten() {
        let share = &answer.shares[held.share];
        *sums.entry((share.product.clone(), share.metric.clone())).or_default() += held.quantity;
    }
    sums
}

fn part() -> impl Strategy<Value = BundlePart> {
    let bundle = select(vec!["CP4I", "IBM Cloud Pak for Business Automation", "no such bundle"]);
    let component =
        select(vec!["IBM MQ Advanced", "IBM App Connect Enterprise", "IBM FileNet Content Manager", "no such"]);
    let environment = select(vec![None, Some(Environment::Production), Some(Environment::NonProduction)]);
    (bundle, component, environment, 0_i64..2_000).prop_map(|(bundle, component, environment, tenths)| BundlePart {
        file: String::new(),
        line: 2,
        bundle: bundle.to_owned(),
        version: String::new(),
        component: component.to_owned(),
        environment,
        metric: None,
        quantity: Decimal::new(tenths, 1),
    })
}

fn a_command() -> impl Strategy<Value = Command> {
    let import = (prop::collection::vec(line(), 0..4), prop::collection::vec(part(), 0..3), "[a-c]").prop_map(
        |(entitlements, parts, sha256)| Command::Import {
            sources: vec![SourceFile { name: format!("{sha256}.csv"), sha256, size: 1 }],
            replaced: None,
            lists: Box::new(Lists {
                entitlements: SharedLines::of(&entitlements),
                bundle_parts: SharedLines::of(&parts),
                ..Lists::default()
            }),
        },
    );
    let remove = (select(List::ALL.to_vec()), prop::collection::vec(0_usize..6, 1..3))
        .prop_map(|(list, indices)| Command::RemoveLines { list, indices });
    let period = (a_day(), a_day()).prop_map(|(from, to)| Command::SetPeriod(PeriodChoice { from, to }));
    let terms = (select(Customer::ALL.to_vec()), a_day())
        .prop_map(|(customer, anniversary)| Command::SetPriceTerms(PriceTerms { customer, anniversary }));
    proptest::prop_oneof![
        "[ a-z]{0,3}".prop_map(Command::Rename),
        import,
        remove,
        "[a-c]".prop_map(Command::RemoveSource),
        period,
        terms,
        any::<bool>().prop_map(|each| Command::SetRounding(if each {
            RoundingPlace::Partition
        } else {
            RoundingPlace::ServerAndProduct
        })),
    ]
}

/// A table whose cells are anything that people may leave in them.
fn a_table(header: &'static str) -> impl Strategy<Value = String> {
    let cell = select(vec![
        "",
        " ",
        "0",
        "5",
        "-5",
        "1.5",
        "1e9",
        "1,5",
        "NaN",
        "many",
        "2026-01-01",
        "2026-13-01",
        "31.12.2026",
        "PVU",
        "CP4I",
        "IBM MQ Advanced",
        "production",
        "moon",
        "perpetual",
        "D0I2SLL",
        "99999999999999999999",
        "\u{202e}",
        "Infinity",
        "0.0000001",
    ]);
    let columns = header.split(',').count();
    prop::collection::vec(prop::collection::vec(cell, columns), 1..12).prop_map(move |rows| {
        let rows: Vec<String> =
            rows.iter().map(|row| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";")).collect();
        format!("{}\n{}\n", header.replace(',', ";"), rows.join("\n"))
    })
}

proptest! {
    #![proptest_config(the_same(300))]

    #[test]
    fn the_order_of_the_lines_changes_nothing(lines in prop::collection::vec(line(), 0..20)) {
        let mut back = lines.clone();
        back.reverse();
        assert_eq!(of(&lines).products, of(&back).products);
    }

    #[test]
    fn a_line_in_two_halves_grants_the_same(lines in prop::collection::vec(line(), 1..10)) {
        let halves: Vec<Entitlement> = lines
            .iter()
            .flat_map(|line| [line.clone(), line.clone()])
            .map(|line| Entitlement { quantity: line.quantity / Decimal::TWO, ..line })
            .collect();
        assert_eq!(entitled(&of(&lines)), entitled(&of(&halves)));
    }

    #[test]
    fn what_is_entitled_is_what_the_lines_that_count_grant(lines in prop::collection::vec(line(), 0..20)) {
        let position = of(&lines);
        let counted = position.grants.iter().filter(|grant| grant.standing == LineStatus::Counts);
        let sum: Decimal = counted.map(|grant| grant.units).sum();
        assert_eq!(entitled(&position).into_values().sum::<Decimal>(), sum);
        assert!(position.products.iter().all(|one| one.supported.is_none_or(|supported| supported <= one.entitled)));
    }

    #[test]
    fn one_more_line_never_lowers_what_is_entitled(lines in prop::collection::vec(line(), 0..10), more in line()) {
        let before = entitled(&of(&lines));
        let after = entitled(&of(&[lines, vec![more]].concat()));
        assert!(before.iter().all(|(product, units)| after[product] >= *units));
    }

    #[test]
    fn allocations_never_exceed_the_entitlement(
        ledger in prop::collection::vec(line(), 0..15), lines in prop::collection::vec(allocation(), 0..15)
    ) {
        let position = of(&ledger);
        let answer = allocate(&position.grants, &lines);
        let entitled = entitled(&position);
        assert!(held(&answer).iter().all(|(product, held)| *held <= entitled[product]));
        assert!(answer.shares.iter().all(|share| share.left() >= Decimal::ZERO && share.held <= share.allocated));
        for (line, held) in lines.iter().zip(&answer.lines) {
            assert!(held.is_none_or(|held| (Decimal::ZERO..=line.quantity).contains(&held.quantity)));
        }
        // What is not held is told, and nothing is told while everything is.
        let short = lines.iter().zip(&answer.lines).any(|(line, held)| held.is_none_or(|held| held.quantity < line.quantity));
        assert_eq!(short, !answer.issues.is_empty());
    }

    #[test]
    fn what_is_held_of_a_product_does_not_depend_on_others(
        ledger in prop::collection::vec(line(), 0..15), lines in prop::collection::vec(allocation(), 0..15)
    ) {
        let grants = of(&ledger).grants;
        let all = allocate(&grants, &lines);
        let of_mq: Vec<Allocation> = lines.iter().filter(|line| line.product == "IBM MQ").cloned().collect();
        let alone: Vec<_> = grants.iter().filter(|grant| grant.product == "IBM MQ").cloned().collect();
        let quantities = |answer: &Allocated| answer.lines.iter().map(|held| held.map(|held| held.quantity)).collect::<Vec<_>>();
        let among = quantities(&all).into_iter().zip(&lines).filter(|(_, line)| line.product == "IBM MQ");
        assert_eq!(among.map(|(held, _)| held).collect::<Vec<_>>(), quantities(&allocate(&alone, &of_mq)));
    }

    #[test]
    fn edits_that_are_let_through_never_let_allocations_exceed_the_entitlement(
        ledger in prop::collection::vec(line(), 0..15),
        edits in prop::collection::vec((prop::option::of(0_usize..6), allocation()), 0..25)
    ) {
        let grants = of(&ledger).grants;
        let mut lines: Vec<Allocation> = Vec::new();
        for (index, line) in edits {
            let index = index.filter(|index| *index < lines.len());
            if beyond(&grants, &lines, &[(index, line.clone())]).is_empty() {
                match index {
                    Some(index) => lines[index] = line,
                    None => lines.push(line),
                }
            }
            let answer = allocate(&grants, &lines);
            assert!(answer.shares.iter().all(|share| share.allocated <= share.entitled), "{answer:?}");
        }
    }

    #[test]
    fn conversion_and_sum_do_not_depend_on_the_order_of_the_parts(parts in prop::collection::vec(part(), 0..15)) {
        let mut back = parts.clone();
        back.reverse();
        assert_eq!(used_rounded(&SharedLines::of(&parts), Rounding::default()).0, used_rounded(&SharedLines::of(&back), Rounding::default()).0);
    }

    #[test]
    fn rounded_once_never_uses_more_than_rounded_each_and_less_by_under_one_for_each_component(
        parts in prop::collection::vec(part(), 0..15)
    ) {
        let (each, once) = (used_rounded(&SharedLines::of(&parts), Rounding::default()).0, used_rounded(&SharedLines::of(&parts), Rounding::Once).0);
        for (each, once) in each.iter().zip(&once) {
            let (Some(all), Some(together)) = (each.total, once.total) else {
                // Unknown in one way of rounding is unknown in the other.
                assert_eq!((each.total, once.total), (None, None));
                continue;
            };
            let converted = u64::try_from(each.components.len()).unwrap();
            assert!(together <= all && all <= together + converted.saturating_sub(1), "{each:?} {once:?}");
        }
    }

    #[test]
    fn all_undone_is_the_beginning_and_all_done_again_is_the_end(commands in prop::collection::vec(a_command(), 0..25)) {
        let mut workspace = Workspace::default();
        let mut history = History::default();
        let mut states = vec![workspace.clone()];
        for command in commands {
            let name: Message = command.name();
            let mut next = workspace.clone();
            if command::apply(&mut next, command).is_err() {
                continue;
            }
            history.record(name, std::mem::replace(&mut workspace, next), None);
            states.push(workspace.clone());
        }
        let written = |workspace: &Workspace| serde_json::to_string(workspace).unwrap();
        for state in states.iter().rev().skip(1) {
            assert!(history.undo(&mut workspace));
            assert_eq!(written(&workspace), written(state));
        }
        assert!(!history.undo(&mut workspace));
        for state in states.iter().skip(1) {
            assert!(history.redo(&mut workspace));
            assert_eq!(&workspace, state);
        }
        assert!(!history.redo(&mut workspace));
    }

    #[test]
    fn importing_the_same_lines_twice_changes_nothing_and_no_line_is_lost(
        before in prop::collection::vec(line(), 0..8),
        lines in prop::collection::vec(line(), 0..8),
    ) {
        let import = |lines: &[Entitlement]| Command::Import {
            sources: Vec::new(),
            replaced: None,
            lists: Box::new(Lists { entitlements: SharedLines::of(lines), ..Lists::default() }),
        };
        let mut workspace = Workspace::default();
        for lines in [&before, &lines] {
            command::apply(&mut workspace, import(lines)).unwrap();
        }
        let mut there = workspace.lists.entitlements.clone().into_lines();
        assert!(there.len() >= before.len().max(lines.len()));
        for line in &lines {
            let index = there.iter().position(|known| known == line);
            there.remove(index.unwrap());
        }
        let once = workspace.clone();
        command::apply(&mut workspace, import(&lines)).unwrap();
        assert_eq!(workspace, once);
    }

    #[test]
    fn a_workspace_reads_back_as_it_was_written(commands in prop::collection::vec(a_command(), 0..12)) {
        let mut workspace = Workspace::default();
        for command in commands {
            let _ = command::apply(&mut workspace, command);
        }
        let document = serde_json::to_string(&workspace).unwrap();
        let again: Workspace = serde_json::from_str(&document).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), document);
        assert_eq!(again, workspace);
    }

    #[test]
    fn every_line_of_a_ledger_is_taken_or_told(text in a_table(
        "agreement,site,part_number,product,metric,quantity,licence_type,environment,ss_start,ss_end,order_date,poe,unit_price,currency"
    )) {
        let (lines, issues) = list::read::<Entitlement>("a.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap();
        // A last line that says how much without saying of what is a total.
        let is_why = |issue: &Issue| issue.severity == Severity::Error || issue.code == TOTAL;
        let told = |row: u32| issues.iter().any(|issue| issue.row == Some(row) && is_why(issue));
        let filled = text.lines().enumerate().skip(1).filter(|(_, line)| line.split(';').any(|cell| !cell.trim_matches(['"', ' ']).is_empty()));
        for (index, line) in filled {
            let row = u32::try_from(index).unwrap() + 1;
            assert_ne!(lines.iter().any(|line| line.row == row), told(row), "{line}");
        }
        let position = of(&lines);
        assert!(position.products.iter().all(|one| one.entitled >= Decimal::ZERO));
    }

    #[test]
    fn no_mix_of_cells_stops_the_reading_of_orders_and_parts(
        of_orders in a_table("date,site,part_number,quantity,points,order"),
        of_parts in a_table("bundle,version,component,environment,metric,quantity"),
    ) {
        let (lines, _) = list::read::<OrderLine>("a.csv", of_orders.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap();
        assert!(lines.iter().all(|line| line.points.unwrap_or_default() >= Decimal::ZERO));
        highwater::engine::volume::ledger(&SharedLines::of(&lines), &highwater::engine::volume::VolumeQuery::default());
        let (parts, _) = list::read::<BundlePart>("a.csv", of_parts.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap();
        used_rounded(&SharedLines::of(&parts), Rounding::default());
    }
}
