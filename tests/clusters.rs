//! Daily files of the License Service: clusters are added per day, then the highest day counts.

use std::collections::{BTreeMap, BTreeSet};

use highwater::engine::{Quantity, Settings};
use highwater::i18n::Language;
use highwater::import::{Limits, Unwatched};
use highwater::model::assessment::{Assessment, Basis};
use highwater::model::derivation::Operation;
use highwater::model::issue::{Issue, Severity};
use highwater::model::message::Words;
use highwater::model::metric::{self, Metric};
use highwater::work::sources::Sources;
use jiff::civil::{Date, date};
use proptest::prelude::{ProptestConfig, Strategy, prop, prop_assert_eq, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::fixture::{Builder, ENGLISH, INSTANCE, Instance};

const HEADER: &str = "date,name,id,metricName,metricQuantity,clusterId\n";

/// A name no reader can tell anything by.
const NAME: &str = "a.csv";

fn daily(rows: &[&str]) -> String {
    rows.iter().fold(HEADER.to_owned(), |text, row| text + row + "\n")
}

fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::with(Box::new(highwater::import::opened::door::open));
    for (name, text) in files {
        sources.add(name, text.as_bytes(), &Limits::PAGE, &mut Unwatched);
    }
    assert!(sources.refused.is_empty(), "{:?}", sources.refused);
    sources
}

fn assess(files: &[(&str, &str)]) -> Assessment {
    sources(files).assess(&Settings::default()).unwrap()
}

/// Product, metric, sub-capacity and its day.
type Need<'a> = (&'a str, Metric, Option<u64>, Option<Date>);

fn needs(assessment: &Assessment) -> Vec<Need<'_>> {
    let each = assessment.products.iter();
    each.map(|one| (one.product.as_str(), one.metric, one.sub_capacity, one.peak_on)).collect()
}

fn told<'a>(assessment: &'a Assessment, code: &str) -> Vec<&'a Issue> {
    assessment.issues.iter().filter(|issue| issue.code == code).collect()
}

fn say(issue: &Issue) -> String {
    Language::english().say(&issue.message())
}

#[test]
fn the_clusters_of_a_day_are_added_and_the_last_highest_day_counts() {
    let text = daily(&[
        "2026-03-01,Streams,s,VIRTUAL_PROCESSOR_CORE,6,north",
        "2026-03-01,Streams,s,VIRTUAL_PROCESSOR_CORE,5,south",
        "2026-03-02,Streams,s,VIRTUAL_PROCESSOR_CORE,9,north",
        "2026-03-03,Streams,s,VIRTUAL_PROCESSOR_CORE,4,north",
        "2026-03-03,Streams,s,VIRTUAL_PROCESSOR_CORE,7,south",
        "2026-03-03,Streams,s,PROCESSOR_VALUE_UNIT,140,south",
    ]);
    // 6 + 5, 9, 4 + 7: 11 twice, last on the third.
    let third = Some(date(2026, 3, 3));
    let assessment = assess(&[(NAME, &text)]);
    let expected = [("Streams", Metric::Pvu, Some(140), third), ("Streams", Metric::Vpc, Some(11), third)];
    assert_eq!(needs(&assessment), expected);
    let vpc = &assessment.products[1];
    assert_eq!((vpc.full_capacity, vpc.reported, vpc.difference()), (None, None, None), "ILMT reports nothing");
    assert_eq!(assessment.issues, []);
}

#[test]
fn files_of_different_clusters_are_one_table() {
    let north = daily(&["2026-03-01,Streams,s,VPC,6,north", "2026-03-02,Streams,s,VPC,9,north"]);
    let south = daily(&["2026-03-01,Streams,s,VPC,5,south", "2026-03-02,Streams,s,VPC,1,south"]);
    let west = daily(&["2026-03-01,Other,o,VPC,2,west", "2026-05-01,Streams,s,VPC,3,west"]);
    let files = [("products_daily_x_north.csv", north.as_str()), (NAME, south.as_str()), ("b.csv", west.as_str())];
    let assessment = assess(&files);
    let first = Some(date(2026, 3, 1));
    // 11, 10, 3; not the sum of the peaks, which is 17.
    let expected = [("Other", Metric::Vpc, Some(2), first), ("Streams", Metric::Vpc, Some(11), first)];
    assert_eq!(needs(&assessment), expected);
    assert_eq!(assessment.files.len(), 3);
    assert_eq!(assessment.period.map(|one| (one.from(), one.to())), Some((date(2026, 3, 1), date(2026, 5, 1))));
}

#[test]
fn what_is_given_twice_counts_once_and_is_told() {
    let text = daily(&["2026-03-01,Streams,s,VPC,6,north", "2026-03-02,Streams,s,VIRTUAL_PROCESSOR_CORE,9,north"]);
    let more = daily(&["2026-03-02,Streams,s,Virtual Processor Core,9,north", "2026-03-02,Streams,s,VPC,1,south"]);
    let assessment = assess(&[("a.csv", &text), ("b.csv", &text), ("c.csv", &more)]);
    assert_eq!(needs(&assessment), [("Streams", Metric::Vpc, Some(10), Some(date(2026, 3, 2)))]);
    let repeated: Vec<_> =
        told(&assessment, "daily_repeated").iter().map(|issue| (issue.file.clone(), say(issue))).collect();
    let expected = [
        ("b.csv", "2 rows of this file stand elsewhere too, with the same values: they count once."),
        ("c.csv", "One row of this file stands elsewhere too, with the same value: it counts once."),
    ];
    assert_eq!(repeated, expected.map(|(file, text)| (file.to_owned(), text.to_owned())));
}

#[test]
fn of_two_values_of_a_cluster_for_a_day_the_larger_counts_and_both_rows_are_named() {
    let one = daily(&["2026-03-01,Streams,s,VPC,6,north"]);
    let other = daily(&["2026-03-02,Other,o,VPC,1,north", "2026-03-01,Streams,s,VPC,8,north"]);
    for files in [[("a.csv", &one), ("b.csv", &other)], [("b.csv", &other), ("a.csv", &one)]] {
        let assessment = assess(&files.map(|(name, text)| (name, text.as_str())));
        assert_eq!(needs(&assessment)[1], ("Streams", Metric::Vpc, Some(8), Some(date(2026, 3, 1))));
        let differs = told(&assessment, "daily_differs");
        let [issue] = differs.as_slice() else { panic!("{differs:?}") };
        assert_eq!((issue.file.as_str(), issue.row, issue.severity), ("a.csv", Some(2), Severity::Warning));
        let sentence =
            "Streams on 2026-03-01, Cluster north: this row says 6, row 3 of b.csv says 8. The larger one counts.";
        assert_eq!(say(issue), sentence);
    }
}

#[test]
fn rows_without_a_cluster_are_those_of_one_more_cluster() {
    let blank = daily(&["2026-03-01,Streams,s,VPC,6,", "2026-03-01,Streams,s,VPC,2,north"]);
    let without = "date,name,id,metricName,metricQuantity\n2026-03-01,Streams,s,VPC,7\n";
    let assessment = assess(&[("a.csv", &blank), ("b.csv", without)]);
    // 7 of the cluster without a name, where 6 stands as well, and 2.
    assert_eq!(needs(&assessment), [("Streams", Metric::Vpc, Some(9), Some(date(2026, 3, 1)))]);
    assert_eq!(told(&assessment, "daily_differs").len(), 1);
}

#[test]
fn a_period_clips_the_days_before_the_highest_is_taken() {
    let text = daily(&[
        "2026-03-01,Streams,s,VPC,6,north",
        "2026-03-02,Streams,s,VPC,4,north",
        "2026-03-02,Streams,s,VPC,1,south",
        "2026-03-01,Early,e,VPC,3,north",
    ]);
    let from = Settings { from: Some(date(2026, 3, 2)), ..Settings::default() };
    let assessment = sources(&[(NAME, &text)]).assess(&from).unwrap();
    let second = Some(date(2026, 3, 2));
    let expected = [("Early", Metric::Vpc, Some(0), None), ("Streams", Metric::Vpc, Some(5), second)];
    assert_eq!(needs(&assessment), expected);
}

#[test]
fn the_derivation_adds_the_cell_of_each_cluster_on_the_day_of_the_peak() {
    let north = daily(&["2026-03-01,Streams,s,VPC,6,north", "2026-03-02,Streams,s,VPC,6,north"]);
    let other = daily(&["2026-03-02,Streams,s,VPC,2,", "2026-03-02,Streams,s,VPC,1,south"]);
    let sources = sources(&[("a.csv", &north), ("b.csv", &other)]);
    let explained = sources.explain(&Settings::default(), "Streams", Metric::Vpc, Quantity::SubCapacity).unwrap();
    assert_eq!((explained.value, explained.operation), (Some(Decimal::from(9)), Operation::Sum));
    let cells: Vec<_> = explained
        .children
        .iter()
        .map(|child| {
            let cell = &child.inputs[0];
            let label = Language::english().say(&child.label);
            (label, child.value, cell.file.clone(), cell.row, cell.column.to_string(), cell.value.clone())
        })
        .collect();
    let cell = |label: &str, value: u32, file: &str, row| {
        let value = (Some(Decimal::from(value)), value.to_string());
        (label.to_owned(), value.0, file.to_owned(), row, "metricQuantity".to_owned(), value.1)
    };
    let expected = [
        cell("Cluster without a name", 2, "b.csv", 2),
        cell("Cluster north", 6, "a.csv", 3),
        cell("Cluster south", 1, "b.csv", 3),
    ];
    assert_eq!(cells, expected);
    let notes: Vec<_> = explained.notes.iter().map(|note| Language::english().say(note)).collect();
    assert_eq!(notes[0], "The last day with this value is 2026-03-02.");
    assert_eq!(sources.explain(&Settings::default(), "Streams", Metric::Vpc, Quantity::FullCapacity), None);
}

/// A snapshot of 280 PVU of one product on a server.
fn snapshot(product: &'static str) -> Builder {
    Builder::of(ENGLISH, &[Instance { product, ..INSTANCE }])
}

fn with_archive(archive: &[u8], files: &[(&str, &str)]) -> Assessment {
    let mut sources = sources(files);
    sources.add("s.zip", archive, &Limits::PAGE, &mut Unwatched);
    sources.assess(&Settings::default()).unwrap()
}

#[test]
fn containers_are_added_to_what_a_snapshot_states_of_the_same_product() {
    let text = daily(&["2025-01-02,Alpha,a,PROCESSOR_VALUE_UNIT,70,cluster", "2025-01-02,Alpha,a,VPC,4,cluster"]);
    let assessment = with_archive(&snapshot("Alpha").zip(), &[(NAME, &text)]);
    let quantities: Vec<_> = needs(&assessment).into_iter().map(|need| (need.0, need.1, need.2)).collect();
    assert_eq!(quantities, [("Alpha", Metric::Pvu, Some(350)), ("Alpha", Metric::Vpc, Some(4))]);
    let pvu = &assessment.products[0];
    assert!(pvu.basis.contains(&Basis::UpperBound), "the peaks fall on different days");
    assert_eq!(pvu.full_capacity, None, "nobody says what all cores of the cluster are");
}

#[test]
fn the_daily_file_of_the_same_server_of_ilmt_belongs_to_its_snapshot() {
    let builder = snapshot("Alpha");
    let own = builder.text(crate::fixture::DAILY_FILE);
    let assessment = with_archive(&builder.zip(), &[(NAME, &own)]);
    assert_eq!(assessment.products[0].sub_capacity, Some(280), "not counted twice");
    assert!(!assessment.products[0].basis.contains(&Basis::UpperBound));
    assert_eq!(told(&assessment, "daily_repeated").len(), 1);
    // Of days on which the snapshot says nothing, the higher counts.
    let later = own.replace("2025-01-", "2025-06-").replace("\"280\"", "\"350\"");
    let assessment = with_archive(&builder.zip(), &[(NAME, &later)]);
    assert_eq!(needs(&assessment)[0].2, Some(350));
}

#[test]
fn single_files_of_ilmt_find_their_own_series_beside_those_of_clusters() {
    let builder = snapshot("Alpha");
    let (usage, own) = (builder.text("pvu_sub_capacity.csv"), builder.text(crate::fixture::DAILY_FILE));
    let cluster =
        daily(&["2025-01-02,Beta,b,PROCESSOR_VALUE_UNIT,70,a cluster", "2025-01-02,Alpha,a,PVU,70,a cluster"]);
    let both = [("u.csv", usage.as_str()), ("d.csv", own.as_str()), ("c.csv", cluster.as_str())];
    let quantities = |files: &[(&str, &str)]| -> Vec<_> { needs(&assess(files)).iter().map(|need| need.2).collect() };
    assert_eq!(quantities(&both), [Some(350), Some(70)]);
    assert_eq!(quantities(&both[..2]), [Some(280)]);
    let warnings = assess(&both);
    assert!(told(&warnings, "snapshot_daily_differs").is_empty());
    // Two products in the snapshot, of which the cluster states one at another value: it is no file of this ILMT.
    let rows = [Instance { product: "Alpha", ..INSTANCE }, Instance { product: "Gamma", ..INSTANCE }];
    let usage = Builder::of(ENGLISH, &rows).text("pvu_sub_capacity.csv");
    assert_eq!(quantities(&[("u.csv", &usage), ("c.csv", &cluster)]), [Some(350), Some(70), Some(280)]);
}

#[test]
fn containers_beside_an_estate_template_are_an_upper_bound() {
    let estate = "server,cores,partition,technology,partition_cores,product,metric\nh,16,p,vmware,4,Streams,VPC\n";
    let text = daily(&["2026-03-01,Streams,s,VPC,6,north", "2026-03-01,Streams,s,VPC,1,south"]);
    let assessment = assess(&[("e.csv", estate), (NAME, &text)]);
    assert_eq!(assessment.products[0].sub_capacity, Some(11));
    assert!(assessment.products[0].basis.contains(&Basis::UpperBound));
}

#[test]
fn an_archive_of_the_license_service_is_one_more_daily_file() {
    let north = daily(&["2026-03-01,Streams,s,VPC,6,north"]);
    let south = daily(&["2026-03-01,Streams,s,VPC,5,south"]);
    let bundled = "date,name,id,metricName,metricQuantity,clusterId\n2026-03-01,Part,p,VPC,9,north\n";
    let files = [
        ("products_daily_2026-03-01_north.csv", north.as_bytes()),
        ("products_daily_2026-03-01_west.csv", north.as_bytes()),
        ("bundled_products_daily_2026-03-01_north.csv", bundled.as_bytes()),
    ];
    let archive = crate::fixture::archive(files.into_iter());
    let assessment = with_archive(&archive, &[(NAME, &south)]);
    assert_eq!(needs(&assessment), [("Streams", Metric::Vpc, Some(11), Some(date(2026, 3, 1)))]);
    assert_eq!(told(&assessment, "bundled_daily_not_read").len(), 1);
    let loose = [("bundled_products_daily_x.csv", bundled), (NAME, south.as_str())];
    let assessment = assess(&loose);
    assert_eq!(needs(&assessment), [("Streams", Metric::Vpc, Some(5), Some(date(2026, 3, 1)))]);
    assert_eq!(told(&assessment, "bundled_daily_not_read")[0].file, "bundled_products_daily_x.csv");
}

#[test]
fn full_capacity_is_a_series_of_its_own() {
    let text = daily(&["2026-03-01,Alpha,a,PVU_SUB_CAP,70,s", "2026-03-02,Alpha,a,PVU_FULL_CAP,280,s"]);
    let alpha = &assess(&[(NAME, &text)]).products[0];
    let days = (Some(date(2026, 3, 1)), Some(date(2026, 3, 2)));
    assert_eq!((alpha.sub_capacity, alpha.full_capacity), (Some(70), Some(280)));
    assert_eq!((alpha.peak_on, alpha.full_peak_on), days);
}

#[test]
fn a_metric_that_is_not_counted_is_told_with_its_row_and_an_unknown_word_is_an_error() {
    let text = daily(&[
        "2026-03-01,Hybrid,h,AUTHORIZED_USERS,1,north",
        "2026-03-02,Hybrid,h,AUTHORIZED_USERS,4,north",
        "2026-03-02,Hybrid,h,Wolkenkern,5,north",
        "2026-03-02,Hybrid,h,VPC,2,north",
    ]);
    let assessment = assess(&[(NAME, &text)]);
    assert_eq!(needs(&assessment), [("Hybrid", Metric::Vpc, Some(2), Some(date(2026, 3, 2)))]);
    let found: Vec<_> = assessment
        .issues
        .iter()
        .map(|issue| (issue.row, issue.column.as_deref(), issue.severity, say(issue)))
        .collect();
    let expected = [
        (Some(2), Severity::Info, "Hybrid is measured in AUTHORIZED_USERS (4), which is not counted here."),
        (
            Some(4),
            Severity::Error,
            "5 of Hybrid are reported in “Wolkenkern”, a metric that nobody here knows: what is needed of it in other metrics is not known.",
        ),
    ];
    let expected = expected.map(|(row, severity, text)| (row, Some("metricName"), severity, text.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn the_summary_and_the_cloud_paks_tell_of_words_that_nobody_knows() {
    let mut builder = snapshot("Alpha");
    builder.replace("audit_snapshot_summary.csv", "PVU - Subcapacity", "Wolkenkern");
    builder.replace("cloud_paks.csv", "Virtual Processor Core", "Rdzeń procesora wirtualnego");
    builder.replace(
        "cloud_paks.csv",
        "\"A Part\",\"A Pak\",\"Rdzeń procesora wirtualnego\"",
        "\"A Part\",\"A Pak\",\"?\"",
    );
    let assessment = with_archive(&builder.zip(), &[]);
    let found: Vec<_> =
        told(&assessment, "metric_word_unknown").iter().map(|one| (one.file.as_str(), one.row)).collect();
    assert_eq!(found, [("s.zip/audit_snapshot_summary.csv", Some(2)), ("s.zip/cloud_paks.csv", Some(3))]);
}

#[test]
fn every_row_that_cannot_be_used_is_named_and_the_others_count() {
    let text = daily(&[
        "2026-03-01,Streams,s,VPC,5.0,north",
        "2026-03-01,Streams,s,VPC,2.25,south",
        "2026-03-01,Streams,s,VPC,-4,a",
        "2026-03-01,Streams,s,VPC,99999999999999999999999,b",
        "2026-03-01,Streams,s,VPC,,c",
        "2026-02-30,Streams,s,VPC,50,d",
        "01.03.2026,Streams,s,VPC,50,e",
        ",Streams,s,VPC,50,f",
        "2026-03-01,,s,VPC,50,g",
        "2026-03-01,Streams,s,,50,h",
        "2026-03-01,Streams,s,VPC,five,i",
    ]);
    let assessment = assess(&[(NAME, &text)]);
    // 5 and 2.25 rounded up.
    assert_eq!(needs(&assessment), [("Streams", Metric::Vpc, Some(8), Some(date(2026, 3, 1)))]);
    let found: Vec<_> = assessment
        .issues
        .iter()
        .map(|issue| (issue.row.unwrap(), issue.column.as_deref().unwrap(), issue.code.as_ref(), issue.severity))
        .collect();
    let (error, warning) = (Severity::Error, Severity::Warning);
    let expected = [
        (3, "metricQuantity", "daily_rounded_up", warning),
        (4, "metricQuantity", "snapshot_cell_invalid", error),
        (5, "metricQuantity", "snapshot_cell_too_large", error),
        (6, "metricQuantity", "snapshot_cell_blank", error),
        (7, "date", "snapshot_cell_invalid", error),
        (8, "date", "snapshot_cell_invalid", error),
        (9, "date", "snapshot_cell_blank", error),
        (10, "name", "snapshot_cell_blank", error),
        (11, "metricName", "snapshot_cell_blank", error),
        (12, "metricQuantity", "snapshot_cell_invalid", error),
    ];
    assert_eq!(found, expected);
    assert_eq!((assessment.files[0].rows, assessment.files[0].left_out), (11, 9));
}

/// A row of a daily table: day of the month, product, word of the metric, quantity, cluster.
type DailyLine = (i8, &'static str, &'static str, u64, &'static str);

fn line() -> impl Strategy<Value = DailyLine> {
    let words = vec!["VPC", "VIRTUAL_PROCESSOR_CORE", "Virtual Processor Core", "PROCESSOR_VALUE_UNIT", "pvu"];
    (1_i8..5, select(vec!["Streams", "Other"]), select(words), 0_u64..4, select(vec!["", "north", "south", "west"]))
}

/// The lines of a file, and in which files each stands: in one, or in several.
fn files() -> impl Strategy<Value = (Vec<DailyLine>, Vec<BTreeSet<usize>>)> {
    let indices = prop::collection::btree_set(0_usize..4, 1..3);
    prop::collection::vec((line(), indices), 0..40).prop_map(|lines| lines.into_iter().unzip())
}

fn text<'a>(lines: impl Iterator<Item = &'a DailyLine>) -> String {
    lines.fold(HEADER.to_owned(), |text, (day, product, metric, quantity, cluster)| {
        text + &format!("2026-03-{day:02},{product},x,{metric},{quantity},{cluster}\n")
    })
}

/// The same by the words of the rule: per product and metric the highest sum of a day, and the last day on which it
/// holds.
fn slowly(lines: &[DailyLine]) -> Vec<(String, String, u64, Option<i8>)> {
    let mut products: BTreeSet<(&str, String)> = BTreeSet::new();
    let mut stated: BTreeMap<(&str, String, i8, &str), u64> = BTreeMap::new();
    for (day, product, word, quantity, cluster) in lines {
        let metric = metric::code(word);
        products.insert((product, metric.clone()));
        let known = stated.entry((product, metric, *day, cluster)).or_insert(0);
        *known = (*known).max(*quantity);
    }
    let each = products.into_iter().map(|(product, metric)| {
        let (mut peak, mut on) = (0, None);
        for day in 1..5 {
            let of_day =
                stated.iter().filter(|((one, other, when, _), _)| (*one, other, *when) == (product, &metric, day));
            let sum: u64 = of_day.map(|(_, quantity)| quantity).sum();
            if sum > 0 && sum >= peak {
                (peak, on) = (sum, Some(day));
            }
        }
        (product.to_owned(), metric, peak, on)
    });
    each.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn splitting_a_daily_table_into_files_changes_no_number((lines, indices) in files()) {
        let split: Vec<String> = (0..4)
            .map(|file| text(lines.iter().zip(&indices).filter(|(_, indices)| indices.contains(&file)).map(|(line, _)| line)))
            .collect();
        let names = ["a.csv", "b.csv", "c.csv", "d.csv"];
        let split: Vec<(&str, &str)> = names.into_iter().zip(split.iter().map(String::as_str)).collect();
        let whole = text(lines.iter());
        let (whole, split) = (assess(&[(NAME, &whole)]), assess(&split));
        prop_assert_eq!(&whole.products, &split.products);
        let counted: Vec<_> = needs(&whole)
            .into_iter()
            .map(|(product, metric, quantity, day)| {
                (product.to_owned(), metric.name().to_owned(), quantity.unwrap(), day.map(Date::day))
            })
            .collect();
        prop_assert_eq!(counted, slowly(&lines));
    }
}
