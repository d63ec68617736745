//! ILMT audit snapshots from file to number: own fixtures in two languages, and the real sample where it is there.

use std::path::PathBuf;

use crate::fixture;
use crate::fixture::{Builder, ENGLISH, GERMAN, INSTANCE, Instance};
use highwater::engine::{Quantity, Settings, snapshot};
use highwater::i18n::Language;
use highwater::import::sniff::{Recognised, recognise};
use highwater::import::{Limits, Unwatched, ilmt};
use highwater::model::assessment::{Assessment, Basis, HealthStatus, ProductDemand};
use highwater::model::derivation::{Derivation, Operation};
use highwater::model::integrity::{FileIntegrity, SignatureStatus};
use highwater::model::issue::{Issue, Severity};
use highwater::model::message::Words;
use highwater::model::metric::Metric;
use highwater::model::snapshot::{Snapshot, TableKind};
use jiff::civil::date;
use rust_decimal::Decimal;

fn read(bytes: &[u8]) -> Snapshot {
    assert_eq!(recognise("s.zip", bytes, &Limits::PAGE).unwrap(), Recognised::Closed);
    ilmt::archive::read("s.zip", bytes, &Limits::PAGE, &mut Unwatched).unwrap()
}

fn read_csv(name: &str, text: &str) -> Snapshot {
    match recognise(name, text.as_bytes(), &Limits::PAGE).unwrap() {
        Recognised::SnapshotTable(kind, table) => {
            ilmt::read_table(name, &table.text, kind, table.delimiter, &Limits::PAGE, &mut Unwatched).unwrap()
        }
        other @ (Recognised::Closed | Recognised::Table(_) | Recognised::Workspace | Recognised::Paper) => {
            panic!("{name} was recognised as {other:?}")
        }
    }
}

fn assess(snapshots: &[&Snapshot]) -> Assessment {
    snapshot::assess(snapshots, &Settings::default()).unwrap()
}

fn product<'a>(assessment: &'a Assessment, name: &str) -> &'a ProductDemand {
    assessment.products.iter().find(|product| product.product == name).unwrap()
}

fn codes(issues: &[Issue], severity: Severity) -> Vec<&str> {
    issues.iter().filter(|issue| issue.severity == severity).map(|issue| issue.code.as_ref()).collect()
}

fn explain(snapshots: &[&Snapshot], product: &str, quantity: Quantity) -> Derivation {
    snapshot::explain(snapshots, &Settings::default(), product, Metric::Pvu, quantity).unwrap()
}

/// Evaluates a derivation from its leaves, and fails where a step does not follow from its children.
fn evaluated(derivation: &Derivation) -> Decimal {
    let children: Vec<Decimal> = derivation.children.iter().map(evaluated).collect();
    let sum = || children.iter().copied().sum::<Decimal>();
    let value = match derivation.operation {
        Operation::Given => derivation.value.unwrap(),
        Operation::Sum => sum(),
        Operation::Product => children.iter().copied().product(),
        Operation::Least => children.iter().copied().min().unwrap(),
        Operation::Greatest => children.iter().copied().max().unwrap(),
        Operation::SumRoundedUp => sum().ceil(),
        Operation::Difference => children[0] - children[1..].iter().copied().sum::<Decimal>(),
        Operation::RvuTiers | Operation::Converted | Operation::RoundedProduct { .. } => {
            panic!("neither tiers, ratios nor money in a snapshot")
        }
    };
    assert_eq!(Some(value), derivation.value, "{:?}", derivation.label);
    value
}

/// Every text of a derivation, to see that each has words.
fn said(derivation: &Derivation) -> Vec<String> {
    let english = Language::english();
    let mut all = vec![english.say(&derivation.label)];
    all.extend(derivation.notes.iter().map(|note| english.say(note)));
    all.extend(derivation.children.iter().flat_map(said));
    all
}

fn assert_has_words(issues: &[Issue]) {
    let english = Language::english();
    for issue in issues {
        let text = english.say(&issue.message());
        assert!(!text.contains("issue.") && !text.contains("{{"), "{}: {text}", issue.code);
    }
}

#[test]
fn the_fixture_is_counted_by_hand_in_english_and_in_an_unknown_language() {
    for language in [ENGLISH, GERMAN] {
        let snapshot = read(&Builder::new(language).zip());
        assert_eq!((snapshot.report.rows, snapshot.report.left_out), (6, 0));
        let assessment = assess(&[&snapshot]);
        let numbers: Vec<_> = assessment
            .products
            .iter()
            .map(|product| {
                (
                    product.product.as_str(),
                    product.sub_capacity,
                    product.full_capacity,
                    product.peak_on,
                    product.difference(),
                )
            })
            .collect();
        let peak = Some(date(2025, 1, 3));
        let expected = [
            ("Alpha", Some(520), Some(1360), peak, Some(0)),
            ("Beta", Some(0), Some(0), None, Some(0)),
            ("Gamma", Some(280), Some(1120), peak, Some(0)),
        ];
        assert_eq!(numbers, expected);
        assert!(assessment.products.iter().all(|product| product.reasons.is_empty()));
        assert_eq!(codes(&assessment.issues, Severity::Error), Vec::<&str>::new());
        assert_eq!(
            assessment.period.map(|period| (period.from(), period.to())),
            Some((date(2025, 1, 1), date(2025, 1, 3)))
        );
        assert_has_words(&assessment.issues);
    }
}

#[test]
fn the_language_is_told_by_the_headers_or_by_the_words_for_yes_and_no() {
    assert_eq!(read(&Builder::new(ENGLISH).zip()).report.language.as_deref(), Some("en"));
    let german = read(&Builder::new(GERMAN).zip());
    assert_eq!(german.report.language.as_deref(), Some("de"));
}

#[test]
fn a_product_whose_instances_are_all_excluded_needs_nothing_and_says_why() {
    let assessment = assess(&[&read(&Builder::new(GERMAN).zip())]);
    let beta = product(&assessment, "Beta");
    assert_eq!((beta.sub_capacity, beta.full_capacity, beta.peak_on), (Some(0), Some(0), None));
    assert_eq!(beta.reported_on, Some(date(2025, 1, 3)), "ILMT's own date stays");
    assert_eq!(beta.excluded.len(), 1);
    assert_eq!((beta.excluded[0].row, beta.excluded[0].reason.as_str()), (5, "disaster recovery"));
}

#[test]
fn an_excluded_product_is_recognised_by_its_figures_when_nobody_wrote_a_reason() {
    let excluded = [Instance { quantity: 0, limit: 0, cores: 0, excluded: "-", ..INSTANCE }];
    let mut builder = Builder::of(GERMAN, &excluded);
    let snapshot = read(&builder.replace("pvu_sub_capacity.csv", ",\"-\"", ",").zip());
    let assessment = assess(&[&snapshot]);
    assert_eq!(assessment.products[0].excluded[0].reason, GERMAN.all_excluded);
}

#[test]
fn what_rests_on_unknown_hosts_may_fall_to_the_lowest_tier_of_the_processor() {
    let assessment = assess(&[&read(&Builder::new(GERMAN).zip())]);
    let range = product(&assessment, "Alpha").recoverable.unwrap();
    // 2 cores at 120 now; E7-8880 fits servers of eight sockets (120) and of two (70).
    assert_eq!((range.low, range.high, range.at_stake), (0, 100, 240));
    assert!(product(&assessment, "Alpha").basis.contains(&Basis::HostUnknown));
    assert_eq!(product(&assessment, "Gamma").recoverable, None);
}

#[test]
fn a_processor_that_fits_no_larger_server_makes_the_low_end_certain() {
    let unknown = Instance { server: "TLM_VM_1", rate: 120, limit: 4, quantity: 480, ..INSTANCE };
    let brands = [
        ("Intel(R) Xeon(R) CPU E5-2697 v2 @ 2.70GHz", 200),
        ("Intel(R) Xeon(R) CPU E7-8880 v4", 0),
        ("what is this", 0),
    ];
    for (brand, low) in brands {
        let assessment = assess(&[&read(&Builder::of(ENGLISH, &[Instance { brand, ..unknown }]).zip())]);
        let range = assessment.products[0].recoverable.unwrap();
        assert_eq!((range.low, range.high, range.at_stake), (low, 200, 480), "{brand}");
    }
}

#[test]
fn each_file_is_intact_altered_or_not_listed_under_a_valid_signature() {
    let mut builder = Builder::new(ENGLISH);
    let changed = builder.text("audit_snapshot_summary.csv").replace("280", "281");
    let snapshot = read(&builder.alter("audit_snapshot_summary.csv", changed).zip());
    let integrity = snapshot.report.integrity.unwrap();
    let expected = [
        ("audit_snapshot_summary.csv", FileIntegrity::Altered),
        ("cloud_paks.csv", FileIntegrity::NotListed),
        ("data_condition.txt", FileIntegrity::Intact),
        (fixture::DAILY_FILE, FileIntegrity::Intact),
        ("pvu_sub_capacity.csv", FileIntegrity::Intact),
        ("readme.txt", FileIntegrity::NotListed),
    ];
    assert_eq!(integrity.files, expected.map(|(name, status)| (name.to_owned(), status)));
    assert_eq!(integrity.signature, SignatureStatus::Valid);
    assert_eq!(integrity.key_fingerprint.map(|text| text.len()), Some(64));
    assert!(codes(&snapshot.issues, Severity::Warning).contains(&"file_altered"));
}

#[test]
fn a_signature_is_invalid_when_the_list_was_changed_and_absent_when_a_part_is_missing() {
    let mut builder = Builder::new(ENGLISH);
    let forged = read(&builder.alter("checksums.txt", format!("{}  x.csv\n", "0".repeat(64))).zip());
    assert_eq!(forged.report.integrity.unwrap().signature, SignatureStatus::Invalid);
    assert!(codes(&forged.issues, Severity::Warning).contains(&"file_missing"));
    for part in ["checksums.txt", "signature.rsa", "pub_key.pem"] {
        let snapshot = read(&Builder::new(ENGLISH).lose(part).zip());
        assert_eq!(snapshot.report.integrity.unwrap().signature, SignatureStatus::Absent, "{part}");
    }
}

#[test]
fn without_a_list_of_english_names_the_order_of_the_columns_tells_and_a_warning_says_so() {
    let snapshot = read(&Builder::new(GERMAN).without("data_condition.txt").zip());
    let warnings = codes(&snapshot.issues, Severity::Warning);
    assert!(warnings.contains(&"condition_missing") && warnings.contains(&"snapshot_columns_by_position"));
    assert_eq!(product(&assess(&[&snapshot]), "Alpha").sub_capacity, Some(520));
    assert_has_words(&snapshot.issues);
}

#[test]
fn a_table_without_a_needed_column_is_not_used_and_the_series_stands_in() {
    let mut builder = Builder::new(ENGLISH);
    let snapshot = read(
        &builder
            .replace("pvu_sub_capacity.csv", "Physical Server CPU Core Subcapacity\"", "Something\"")
            .without("data_condition.txt")
            .zip(),
    );
    // The order of columns fits, but contradicts no known name: the column is found by its index.
    assert_eq!(snapshot.report.left_out, 0);
    let mut builder = Builder::new(ENGLISH);
    builder
        .replace("pvu_sub_capacity.csv", "\"Server Name\",", "\"Server Name\",\"New\",")
        .without("data_condition.txt");
    let snapshot = read(&builder.replace("pvu_sub_capacity.csv", "\"PVU Per Core\"", "\"Rate\"").zip());
    assert_eq!((snapshot.report.rows, snapshot.report.left_out), (6, 6));
    assert_eq!(codes(&snapshot.issues, Severity::Error), ["snapshot_column_missing"]);
    let assessment = assess(&[&snapshot]);
    let alpha = product(&assessment, "Alpha");
    assert_eq!((alpha.sub_capacity, alpha.full_capacity, alpha.peak_on), (Some(520), None, Some(date(2025, 1, 3))));
    assert_has_words(&assessment.issues);
}

#[test]
fn a_row_that_cannot_be_used_is_left_out_with_its_line_its_column_and_its_reason() {
    let mut builder = Builder::new(GERMAN);
    let broken = [Instance { server: "", ..INSTANCE }, Instance { product: "Delta", ..INSTANCE }];
    let text = fixture::usage(GERMAN, &broken).replace("\"70\"", "\"seventy\"");
    let snapshot = read(&builder.put("pvu_sub_capacity.csv", text).zip());
    let errors: Vec<_> = snapshot
        .issues
        .iter()
        .filter(|issue| issue.severity == Severity::Error)
        .map(|issue| (issue.file.as_str(), issue.row, issue.column.as_deref().unwrap(), issue.code.as_ref()))
        .collect();
    let file = "s.zip/pvu_sub_capacity.csv";
    let (server, rate) = ((GERMAN.header)("Server Name"), (GERMAN.header)("PVU Per Core"));
    let expected = [
        (file, Some(2), server.as_str(), "snapshot_cell_blank"),
        (file, Some(3), rate.as_str(), "snapshot_cell_invalid"),
    ];
    assert_eq!(errors, expected);
    assert_eq!((snapshot.report.rows, snapshot.report.left_out), (2, 2));
    let sentence =
        Language::english().say(&snapshot.issues.iter().find(|issue| issue.row == Some(3)).unwrap().message());
    assert_eq!(sentence, "“seventy” cannot be understood: the row is left out (row 2 of ILMT).");
}

#[test]
fn a_figure_that_does_not_follow_from_the_rows_is_told_with_its_reason() {
    let mut builder = Builder::new(ENGLISH);
    let claims = [Instance { quantity: 350, partition_cores: 5, ..INSTANCE }];
    let snapshot = read(&builder.put("pvu_sub_capacity.csv", fixture::usage(ENGLISH, &claims)).zip());
    let assessment = assess(&[&snapshot]);
    let product = product(&assessment, "Product");
    assert_eq!((product.sub_capacity, product.reported, product.difference()), (Some(280), Some(350), Some(-70)));
    let reasons: Vec<String> = product.reasons.iter().map(|reason| Language::english().say(reason)).collect();
    let expected = [
        "Product: ILMT counts 4 cores of server Server One, but its partitions and its limit lead to 5.",
        "Product: the rows add up to 280, but ILMT states 350.",
    ];
    assert_eq!(reasons, expected);
    assert_eq!(evaluated(&explain(&[&snapshot], "Product", Quantity::Difference)), Decimal::from(-70));
}

#[test]
fn the_series_and_the_summary_are_held_against_the_rows() {
    let mut builder = Builder::new(ENGLISH);
    builder.replace(fixture::DAILY_FILE, "\"280\"", "\"300\"");
    let snapshot = read(&builder.replace("audit_snapshot_summary.csv", "\"520\"", "\"500\"").zip());
    let assessment = assess(&[&snapshot]);
    let warnings = codes(&assessment.issues, Severity::Warning);
    assert!(warnings.contains(&"snapshot_daily_differs") && warnings.contains(&"snapshot_summary_differs"));
    assert!(assessment.products.iter().all(|product| product.difference() == Some(0)), "the rows agree with ILMT");
    assert_has_words(&assessment.issues);
}

#[test]
fn snapshots_of_different_computers_add_up() {
    let first = read(&Builder::of(ENGLISH, &[INSTANCE]).zip());
    let other = Instance { server: "Server Two", partition: "vm9", ..INSTANCE };
    let second = read(&Builder::of(GERMAN, &[other]).zip());
    let assessment = assess(&[&first, &second]);
    let product = &assessment.products[0];
    assert_eq!((product.sub_capacity, product.full_capacity, product.reported), (Some(560), Some(2240), Some(560)));
    assert_eq!(assessment.files.len(), 2);
    for quantity in [Quantity::SubCapacity, Quantity::FullCapacity] {
        let derivation = explain(&[&first, &second], "Product", quantity);
        assert_eq!(Some(evaluated(&derivation)), derivation.value);
        assert_eq!(derivation.children.len(), 2);
    }
}

#[test]
fn snapshots_of_the_same_computers_and_days_are_refused() {
    let snapshot = read(&Builder::new(ENGLISH).zip());
    let refused = snapshot::assess(&[&snapshot, &snapshot], &Settings::default()).unwrap_err();
    assert_eq!((refused.code.as_ref(), refused.severity), ("snapshots_overlap", Severity::Error));
    assert_has_words(&[refused]);
}

#[test]
fn of_snapshots_of_the_same_computers_in_different_periods_the_higher_one_counts() {
    let first = read(&Builder::of(ENGLISH, &[INSTANCE]).zip());
    let mut builder = Builder::of(ENGLISH, &[Instance { quantity: 350, cores: 5, partition_cores: 5, ..INSTANCE }]);
    builder.replace("pvu_sub_capacity.csv", "2025-01-03 00", "2025-04-03 00");
    builder.put("data_condition.txt", fixture::condition("Apr 1, 2025", "Apr 3, 2025"));
    let second = read(&builder.replace(fixture::DAILY_FILE, "2025-01-", "2025-04-").zip());
    let assessment = assess(&[&first, &second]);
    assert_eq!(
        (assessment.products[0].sub_capacity, assessment.products[0].peak_on),
        (Some(350), Some(date(2025, 4, 3)))
    );
    let derivation = explain(&[&first, &second], "Product", Quantity::SubCapacity);
    assert_eq!((evaluated(&derivation), derivation.operation), (Decimal::from(350), Operation::Greatest));
}

#[test]
fn single_files_of_a_snapshot_are_put_together() {
    let builder = Builder::new(ENGLISH);
    let usage = read_csv("pvu_sub_capacity.csv", &builder.text("pvu_sub_capacity.csv"));
    let daily = read_csv("x.csv", &builder.text(fixture::DAILY_FILE));
    let paks = read_csv("paks.csv", &builder.text("cloud_paks.csv"));
    let assessment = assess(&[&daily, &paks, &usage]);
    assert_eq!(product(&assessment, "Alpha").sub_capacity, Some(520));
    assert_eq!(assessment.cloud_paks.len(), 2);
    assert_eq!(codes(&assessment.issues, Severity::Warning), Vec::<&str>::new());
    assert_eq!(product(&assess(&[&daily, &usage, &daily]), "Alpha").sub_capacity, Some(520), "a series counts once");
    let twice = snapshot::assess(&[&usage, &daily, &usage], &Settings::default()).unwrap_err();
    assert_eq!(twice.code, "snapshot_files_ambiguous");
}

#[test]
fn the_daily_series_alone_gives_the_peak_and_its_last_day_within_the_period() {
    let builder = Builder::new(ENGLISH);
    let daily = read_csv("daily.csv", &builder.text(fixture::DAILY_FILE));
    let alpha = |settings: &Settings| {
        let assessment = snapshot::assess(&[&daily], settings).unwrap();
        let alpha = product(&assessment, "Alpha");
        (alpha.sub_capacity, alpha.full_capacity, alpha.peak_on)
    };
    assert_eq!(alpha(&Settings::default()), (Some(520), None, Some(date(2025, 1, 3))));
    let first_day = Settings { to: Some(date(2025, 1, 1)), ..Settings::default() };
    assert_eq!(alpha(&first_day), (Some(260), None, Some(date(2025, 1, 1))));
    let never = Settings { from: Some(date(2026, 1, 1)), ..Settings::default() };
    let refused = snapshot::assess(&[&daily], &never).unwrap_err();
    assert_eq!(refused.code, "period_empty", "no day is left between its first day and the last one that is measured");
}

/// A day of January 2025, what is needed from it on, and the mark then.
type DayOfJanuary = (i8, Option<u64>, Option<u64>);

/// What is needed of a product of the fixture, step by step.
fn steps(builder: &Builder, name: &str) -> Option<Vec<DayOfJanuary>> {
    let snapshot = read(&builder.zip());
    let assessment = assess(&[&snapshot]);
    let demand = product(&assessment, name);
    let steps = highwater::engine::timeline::over_time(demand.timeline.as_deref()?, demand.metric);
    Some(steps.iter().map(|step| (step.from.day(), step.needed, step.high_water_mark)).collect())
}

#[test]
fn the_days_of_a_product_are_those_of_the_daily_file_and_its_mark_ends_at_what_counts() {
    let days = steps(&Builder::new(ENGLISH), "Alpha");
    assert_eq!(days, Some(vec![(1, Some(260), Some(260)), (2, Some(520), Some(520))]));
    // The second day is no step: it is as the first one.
    let mut builder = Builder::new(ENGLISH);
    builder.replace(
        fixture::DAILY_FILE,
        "2025-01-02\",\"Alpha\",\"0a1b\",\"PROCESSOR_VALUE_UNIT\",\"520",
        "2025-01-02\",\"Alpha\",\"0a1b\",\"PROCESSOR_VALUE_UNIT\",\"260",
    );
    assert_eq!(steps(&builder, "Alpha"), Some(vec![(1, Some(260), Some(260)), (3, Some(520), Some(520))]));
}

#[test]
fn a_product_without_daily_values_that_agree_with_what_counts_has_no_days() {
    let mut other = Builder::new(ENGLISH);
    other.replace(fixture::DAILY_FILE, "\"280\"", "\"300\"");
    assert_eq!(steps(&other, "Gamma"), None, "its highest day is not what counts");
    let mut gap = Builder::new(ENGLISH);
    gap.replace(fixture::DAILY_FILE, "2025-01-01", "2024-12-30");
    assert_eq!(steps(&gap, "Alpha"), None, "of two days nothing is stated");
    let mut none = Builder::new(ENGLISH);
    none.without(fixture::DAILY_FILE);
    assert_eq!(steps(&none, "Alpha"), None, "there is no daily file");
}

#[test]
fn an_export_of_a_view_with_some_of_its_columns_is_read_or_says_what_it_lacks() {
    let view = "Product Name,Metric,Metric Quantity,Peak Date\nAlpha,PVU - Subcapacity,280,2025-02-01\nBeta,VPC,3,2025-02-02\n";
    let assessment = assess(&[&read_csv("all metrics.csv", view)]);
    let numbers: Vec<_> = assessment.products.iter().map(|one| (one.metric, one.sub_capacity, one.peak_on)).collect();
    let expected = [(Metric::Pvu, Some(280), Some(date(2025, 2, 1))), (Metric::Vpc, Some(3), Some(date(2025, 2, 2)))];
    assert_eq!(numbers, expected);
    let view = "Product Name,Server Name,PVU Per Core,Physical Server PVU Subcapacity\nAlpha,s,70,280\n";
    let snapshot = read_csv("pvu.csv", view);
    let [missing] = snapshot.issues.as_slice() else { panic!("{:?}", snapshot.issues) };
    let sentence = Language::english().say(&missing.message());
    let expected = "The table has no column Physical Server CPU Core Subcapacity: none of its rows can be used.";
    assert_eq!((missing.severity, sentence.as_str()), (Severity::Error, expected));
}

#[test]
fn a_period_clips_the_series_only_and_a_peak_outside_of_it_is_told() {
    let snapshot = read(&Builder::new(ENGLISH).zip());
    let settings = Settings { to: Some(date(2025, 1, 1)), ..Settings::default() };
    let assessment = snapshot::assess(&[&snapshot], &settings).unwrap();
    assert_eq!(product(&assessment, "Alpha").sub_capacity, Some(520));
    assert!(codes(&assessment.issues, Severity::Info).contains(&"snapshot_peak_outside"));
    assert!(!codes(&assessment.issues, Severity::Warning).contains(&"snapshot_daily_differs"));
}

#[test]
fn products_under_a_bundle_are_uses_of_the_bundle_and_no_demand_of_their_own() {
    let mut builder = Builder::of(ENGLISH, &[INSTANCE, Instance { product: "Alone", ..INSTANCE }]);
    builder.without("audit_snapshot_summary.csv");
    let text =
        builder.text("pvu_sub_capacity.csv").replace("\"Product\",\"None\"", "\"Product\",\"IBM Cloud Pak for Data\"");
    let assessment = assess(&[&read(&builder.put("pvu_sub_capacity.csv", text).zip())]);
    assert_eq!(assessment.products.iter().map(|product| product.product.as_str()).collect::<Vec<_>>(), ["Alone"]);
    let bundled = assessment.cloud_paks.iter().find(|product| product.product == "Product").unwrap();
    assert_eq!((bundled.bundle.as_deref(), bundled.quantity), (Some("IBM Cloud Pak for Data"), 280));
}

#[test]
fn a_snapshot_packed_again_in_a_folder_is_the_same_snapshot() {
    let plain = Builder::new(ENGLISH);
    let names = ["pvu_sub_capacity.csv", "data_condition.txt", fixture::DAILY_FILE];
    let files: Vec<(String, String)> =
        names.iter().map(|name| (format!("audit snapshot/{name}"), plain.text(name))).collect();
    let clutter = [("__MACOSX/._pvu_sub_capacity.csv".to_owned(), String::new())];
    let all = files.iter().chain(&clutter).map(|(name, text)| (name.as_str(), text.as_bytes()));
    let snapshot = read(&fixture::archive(all));
    assert_eq!(product(&assess(&[&snapshot]), "Alpha").sub_capacity, Some(520));
}

#[test]
fn health_tells_what_weakens_the_evidence() {
    let healthy = read(&Builder::new(ENGLISH).zip());
    let weak = |snapshot: &Snapshot| -> Vec<String> {
        let weak = snapshot.report.health.iter().filter(|check| check.status == HealthStatus::Weak);
        weak.map(|check| check.check.clone()).collect()
    };
    assert_eq!(weak(&healthy), ["software_scans"], "6 % is more than 5 %");
    let poor = fixture::condition("Jan 1, 2025", "Feb 3, 2025")
        .replace("All Computers", "Berlin")
        .replace("ID:\r\n\t0", "ID:\r\n\t7")
        .replace("No filters", "Field: \"Publisher\" in set IBM")
        .replace("finished successfully", "failed")
        .replace("is not needed", "is needed")
        .replace("0 (0%)", "11 (61%)")
        .replace("Sep 22, 2024", "Sep 22, 2019");
    let poor = read(&Builder::new(ENGLISH).put("data_condition.txt", poor).zip());
    let expected = [
        "period",
        "computers",
        "filters",
        "import",
        "aggregation",
        "recalculation",
        "disconnected",
        "software_scans",
        "pvu_table",
    ];
    assert_eq!(weak(&poor), expected);
    let english = Language::english();
    for check in healthy.report.health.iter().chain(&poor.report.health) {
        assert!(english.has(&format!("health.{}", check.check)), "{}", check.check);
        assert!(!english.say(&check.finding).starts_with("health."), "{:?}", check.finding);
    }
}

#[test]
fn every_number_follows_from_its_derivation_and_every_step_has_words() {
    let snapshot = read(&Builder::new(GERMAN).zip());
    let assessment = assess(&[&snapshot]);
    let english = Language::english();
    for product in &assessment.products {
        for quantity in [Quantity::SubCapacity, Quantity::FullCapacity, Quantity::Difference, Quantity::Recoverable] {
            let expected = match quantity {
                Quantity::SubCapacity => product.sub_capacity.map(Decimal::from),
                Quantity::FullCapacity => product.full_capacity.map(Decimal::from),
                Quantity::Difference => product.difference().map(Decimal::from),
                Quantity::Recoverable => product.recoverable.map(|range| range.high.into()),
                // A snapshot knows no rights.
                Quantity::Entitled | Quantity::Balance | Quantity::FullBalance | Quantity::Unbundled => None,
            };
            let derivation =
                snapshot::explain(&[&snapshot], &Settings::default(), &product.product, Metric::Pvu, quantity);
            assert_eq!(derivation.as_ref().map(evaluated), expected, "{} {quantity:?}", product.product);
            for text in derivation.iter().flat_map(said) {
                assert!(!text.starts_with("snapshot.") && !text.starts_with("label."), "{text}");
            }
            assert!(derivation.is_none_or(|derivation| rules_have_words(&derivation, &english)));
        }
    }
}

fn rules_have_words(derivation: &Derivation, english: &Language) -> bool {
    let titled = match &derivation.rule.title {
        highwater::model::derivation::Title::Key(key) => english.has(key),
        highwater::model::derivation::Title::Words(_) => true,
    };
    titled && derivation.children.iter().all(|child| rules_have_words(child, english))
}

#[test]
fn a_derivation_names_the_cells_in_the_words_of_the_file() {
    let snapshot = read(&Builder::new(GERMAN).zip());
    let derivation = explain(&[&snapshot], "Gamma", Quantity::SubCapacity);
    let cores = &derivation.children[0].children[0];
    let input = &cores.inputs[0];
    let header = (GERMAN.header)("Physical Server CPU Core Subcapacity");
    assert_eq!(
        (input.file.as_str(), input.row, input.column.as_ref(), input.value.as_str()),
        ("s.zip/pvu_sub_capacity.csv", 6, header.as_str(), "4")
    );
    let wants = &cores.children[0];
    assert_eq!((wants.operation, wants.children.len()), (Operation::Sum, 2), "two partitions of two cores");
}

fn sample() -> Option<Vec<u8>> {
    let folder = std::env::var_os("HIGHWATER_SAMPLES").map(PathBuf::from);
    let bytes = folder.and_then(|folder| std::fs::read(folder.join("ilmt-audit-snapshot/audit_snapshot.zip")).ok());
    if bytes.is_none() {
        println!("skipped: HIGHWATER_SAMPLES does not name a folder with the real snapshot");
    }
    bytes
}

#[test]
fn the_real_snapshot_agrees_with_ilmt_for_each_of_its_twelve_products() {
    let Some(bytes) = sample() else { return };
    let snapshot = read(&bytes);
    assert_eq!((snapshot.report.rows, snapshot.report.left_out), (46, 0));
    assert_eq!(snapshot.report.language.as_deref(), Some("pl"));
    assert_eq!(snapshot.daily.len(), 372);
    assert_eq!(snapshot.parts.len(), 7_103);
    let counted = |kind| snapshot.table(kind).map(|table| (table.rows, table.left_out));
    assert_eq!(counted(TableKind::Summary), Some((12, 0)));
    assert_eq!(counted(TableKind::CloudPaks), Some((9, 0)));
    let assessment = assess(&[&snapshot]);
    let mut quantities: Vec<_> = assessment.products.iter().map(|product| product.sub_capacity.unwrap()).collect();
    quantities.sort_unstable();
    assert_eq!(quantities, [0, 70, 70, 70, 140, 280, 280, 280, 670, 670, 670, 740]);
    for product in &assessment.products {
        assert_eq!(product.difference(), Some(0), "{}", product.product);
        let day = product.sub_capacity.filter(|quantity| *quantity > 0).map(|_| date(2021, 5, 4));
        assert_eq!(product.peak_on, day);
        if product.sub_capacity == Some(670) {
            let range = product.recoverable.unwrap();
            assert_eq!((range.low, range.high, range.at_stake), (0, 250, 600));
        }
    }
    let merge = product(&assessment, "IBM DB2 Merge Backup for Linux. UNIX, and Windows");
    assert_eq!((merge.full_capacity, merge.sub_capacity), (Some(560), Some(140)));
    let excluded = product(&assessment, "IBM DB2 Content Manager");
    assert_eq!(excluded.excluded[0].reason, "Inna: This is a DR Server");
    assert_eq!(excluded.reported_on, Some(date(2021, 5, 4)));
    assert_eq!(assessment.cloud_paks.len(), 9);
    assert_eq!(codes(&assessment.issues, Severity::Error), Vec::<&str>::new());
    assert_has_words(&assessment.issues);
}

#[test]
fn four_files_of_the_real_snapshot_are_intact_and_three_altered_under_a_valid_signature() {
    let Some(bytes) = sample() else { return };
    let integrity = read(&bytes).report.integrity.unwrap();
    let count = |status| integrity.files.iter().filter(|(_, known)| *known == status).count();
    assert_eq!(count(FileIntegrity::Intact), 4);
    assert_eq!(count(FileIntegrity::Altered), 3);
    assert_eq!(integrity.signature, SignatureStatus::Valid);
    let cloud_paks = integrity.files.iter().find(|(name, _)| name == "cloud_paks.csv").unwrap();
    assert_eq!(cloud_paks.1, FileIntegrity::NotListed);
}

#[test]
fn the_health_of_the_real_snapshot_is_weak_where_ilmt_says_so() {
    let Some(bytes) = sample() else { return };
    let snapshot = read(&bytes);
    let weak: Vec<&str> = snapshot
        .report
        .health
        .iter()
        .filter(|check| check.status == HealthStatus::Weak)
        .map(|check| check.check.as_str())
        .collect();
    assert_eq!(weak, ["period", "filters", "disconnected", "uploads", "capacity_scans", "software_scans"]);
}

#[test]
fn every_number_of_the_real_snapshot_follows_from_its_derivation() {
    let Some(bytes) = sample() else { return };
    let snapshot = read(&bytes);
    for product in &assess(&[&snapshot]).products {
        let sub = explain(&[&snapshot], &product.product, Quantity::SubCapacity);
        assert_eq!(evaluated(&sub), product.sub_capacity.unwrap().into());
        let full = explain(&[&snapshot], &product.product, Quantity::FullCapacity);
        assert_eq!(evaluated(&full), product.full_capacity.unwrap().into());
    }
}

#[test]
fn the_polish_table_of_the_real_snapshot_is_read_by_itself() {
    let Some(bytes) = sample() else { return };
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("pvu_sub_capacity.csv").unwrap(), &mut text).unwrap();
    let snapshot = read_csv("renamed.csv", &text);
    assert_eq!((snapshot.report.rows, snapshot.report.left_out), (46, 0));
    assert_eq!(assess(&[&snapshot]).products.len(), 12);
}
