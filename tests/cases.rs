//! Golden cases: published examples and the corners of the specification, one sentence and one file each.
//!
//! `cases/<rule>/<sentence>.toml` names its source and how strong it is; the expected values are published or worked
//! out by selection, in a comment. Each estate is given to the library, and to the independent count where that knows the
//! processors. Rows of the golden examples that nothing serves yet stand in `cases/not_yet.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use highwater::engine::bundles;
use highwater::import::{Limits, Unwatched, list};
use highwater::model::assessment::{Assessment, ProductDemand, Recoverable, RegionDemand};
use highwater::model::bundle::Rounding;
use highwater::model::issue::{Issue, Severity};
use highwater::model::list::SharedLines;
use jiff::civil::Date;
use serde::Deserialize;

use crate::oracle::adapter::{self, answer};
use crate::oracle::count::{Choices, count};
use crate::oracle::rates;

/// How many rows the golden examples have.
const GOLDEN: u32 = 42;

/// A case file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The sentence that is false when the case fails.
    name: String,
    /// The golden examples that it serves; none for a corner of the specification.
    #[serde(default)]
    golden: Vec<u32>,
    source: String,
    /// The section of the specification.
    #[serde(default)]
    section: Option<String>,
    /// A to D as in the golden examples; `ours` for what Highwater has decided.
    strength: String,
    /// Day of the source or of the example, where it has one.
    #[serde(default)]
    date: Option<String>,
    /// An estate template.
    #[serde(default)]
    rows: String,
    /// What is asked of that estate, and the answers.
    #[serde(default, rename = "run")]
    runs: Vec<Run>,
    /// What is asked of the rate table, and the answers.
    #[serde(default, rename = "rate")]
    rates: Vec<Rate>,
    /// A list of parts of bundles.
    #[serde(default)]
    parts: String,
    /// Where what they use is rounded up: `each`, `once`, or nothing for the default.
    bundle_rounding: Option<String>,
    /// What they use of their bundles.
    #[serde(default, rename = "bundle")]
    bundles: Vec<Bundle>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bundle {
    bundle: String,
    total: u64,
    /// What each component uses, in the order of component, environment and metric.
    contributions: Vec<u64>,
    openshift: Option<Known<u64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    from: Option<Date>,
    to: Option<Date>,
    /// `partition` or nothing.
    rounding: Option<String>,
    /// The question cannot be answered.
    #[serde(default)]
    refused: bool,
    period: Option<(Date, Date)>,
    left_out: Option<u64>,
    /// An issue of this severity is among those found.
    severity: Option<Severity>,
    #[serde(default, rename = "product")]
    products: Vec<Product>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Product {
    product: String,
    metric: String,
    sub_capacity: Known<u64>,
    full_capacity: Known<u64>,
    peak_on: Known<Date>,
    full_peak_on: Option<Known<Date>>,
    regions: Option<Vec<Region>>,
    /// How many rows are excluded.
    excluded: Option<usize>,
    recoverable: Option<Range>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    region: String,
    sub_capacity: Known<u64>,
    full_capacity: Known<u64>,
    peak_on: Known<Date>,
    full_peak_on: Option<Known<Date>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    low: u64,
    high: u64,
}

/// A value, or the word `unknown` or `none`: TOML has no null.
#[derive(Deserialize)]
#[serde(untagged)]
enum Known<T> {
    Value(T),
    Word(#[expect(dead_code, reason = "which word it is does not matter")] Word),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Unknown,
    None,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rate {
    processor: String,
    sockets: Option<u32>,
    os: Option<String>,
    #[serde(default)]
    cloud: bool,
    pvu_per_core: u64,
    status: String,
    /// What one of the notes says.
    note: Option<String>,
}

/// Every case file with its index in the folder, in a fixed order.
fn cases() -> Vec<(PathBuf, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files = Vec::new();
    for rule in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        files.extend(rule.read_dir().unwrap().map(|entry| entry.unwrap().path()));
    }
    files.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let case = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path.strip_prefix(&folder).unwrap().to_owned(), case)
    };
    files.into_iter().map(read).collect()
}

/// Names every file that fails, with what is wrong in it.
fn report(failures: &[String]) {
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_engine_gives_what_each_case_expects() {
    let mut failures = Vec::new();
    for (file, case) in cases().into_iter().filter(|(_, case)| !case.runs.is_empty()) {
        let read = adapter::read(case.rows.as_bytes()).unwrap_or_else(|issue| panic!("{}: {issue:?}", file.display()));
        for (index, run) in case.runs.iter().enumerate() {
            let mut fail = |what: String| {
                failures.push(format!("{} ({}), run {}: {what}", file.display(), case.name, index + 1));
            };
            let assessment = match (read.assess(choices(run)), run.refused) {
                (Ok(assessment), false) => assessment,
                (Err(_), true) => continue,
                (Ok(_), true) => {
                    fail("is answered, and should be refused".to_owned());
                    continue;
                }
                (Err(issue), false) => {
                    fail(format!("is refused: {issue:?}"));
                    continue;
                }
            };
            differences(run, &read, &assessment).into_iter().for_each(&mut fail);
        }
    }
    report(&failures);
}

/// A bundle, what is used of it, and what each component uses.
type Used<'a> = (&'a str, Option<u64>, Vec<Option<u64>>);

#[test]
fn the_parts_of_bundles_use_what_each_case_expects() {
    let mut failures = Vec::new();
    for (file, case) in cases().into_iter().filter(|(_, case)| !case.bundles.is_empty()) {
        let (parts, issues) = list::read("parts.csv", case.parts.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap();
        assert_eq!(issues, [], "{}", file.display());
        let rounding = case.bundle_rounding.as_deref().map(|name| Rounding::parse(name).unwrap()).unwrap_or_default();
        let (uses, _) = bundles::used_rounded(&SharedLines::of(&parts), rounding);
        let expected: Vec<Used<'_>> = (case.bundles.iter())
            .map(|one| (one.bundle.as_str(), Some(one.total), one.contributions.iter().copied().map(Some).collect()))
            .collect();
        let got: Vec<Used<'_>> = (uses.iter())
            .map(|one| (one.bundle.as_str(), one.total, one.components.iter().map(|part| part.contribution).collect()))
            .collect();
        if expected != got {
            failures.push(format!("{} ({}): {expected:?} expected, got {got:?}", file.display(), case.name));
        }
        for (expected, got) in case.bundles.iter().zip(&uses) {
            let mut wrong = Vec::new();
            if let Some(cores) = &expected.openshift {
                compare("OpenShift cores", cores, got.open_shift, &mut wrong);
            }
            failures.extend(wrong.into_iter().map(|what| format!("{} ({}): {what}", file.display(), case.name)));
        }
    }
    report(&failures);
}

fn choices(run: &Run) -> Choices {
    Choices { from: run.from, to: run.to, round_each_partition: run.rounding.as_deref() == Some("partition") }
}

/// Where the assessment is not what the run expects.
fn differences(run: &Run, read: &adapter::Read, assessment: &Assessment) -> Vec<String> {
    let mut found = Vec::new();
    let period = assessment.period.map(|period| (period.from(), period.to()));
    if run.period.is_some() && run.period != period {
        found.push(format!("period: {:?} expected, got {period:?}", run.period));
    }
    if run.left_out.is_some_and(|expected| expected != read.report.left_out) {
        found.push(format!("left out: {:?} expected, got {}", run.left_out, read.report.left_out));
    }
    let issues: Vec<&Issue> = read.estate.issues.iter().chain(&assessment.issues).collect();
    if let Some(severity) = run.severity
        && issues.iter().all(|issue| issue.severity != severity)
    {
        found.push(format!("no issue is of severity {severity:?}: {:?}", codes(&issues)));
    }
    let listed: Vec<String> =
        assessment.products.iter().map(|product| name(&product.product, product.metric.name())).collect();
    let expected: Vec<String> = run.products.iter().map(|product| name(&product.product, &product.metric)).collect();
    if listed != expected {
        found.push(format!("products: {expected:?} expected, in this order, got {listed:?}"));
        return found;
    }
    for (expected, got) in run.products.iter().zip(&assessment.products) {
        let which = name(&expected.product, &expected.metric);
        found.extend(of_product(expected, got).into_iter().map(|text| format!("{which}: {text}")));
    }
    found
}

fn codes(issues: &[&Issue]) -> Vec<String> {
    issues.iter().map(|issue| issue.code.to_string()).collect()
}

fn name(product: &str, metric: &str) -> String {
    format!("{product} ({metric})")
}

fn of_product(expected: &Product, got: &ProductDemand) -> Vec<String> {
    let mut wrong = Vec::new();
    compare("sub-capacity", &expected.sub_capacity, got.sub_capacity, &mut wrong);
    compare("full capacity", &expected.full_capacity, got.full_capacity, &mut wrong);
    compare("peak on", &expected.peak_on, got.peak_on, &mut wrong);
    if let Some(day) = &expected.full_peak_on {
        compare("full peak on", day, got.full_peak_on, &mut wrong);
    }
    if expected.excluded.is_some_and(|count| count != got.excluded.len()) {
        wrong.push(format!("excluded: {:?} rows expected, got {:?}", expected.excluded, got.excluded));
    }
    if let Some(range) = &expected.recoverable
        && !matches!(got.recoverable, Some(Recoverable { low, high, .. }) if low == range.low && high == range.high)
    {
        wrong.push(format!("recoverable: {} to {} expected, got {:?}", range.low, range.high, got.recoverable));
    }
    if let Some(regions) = &expected.regions {
        let got: BTreeMap<&str, &RegionDemand> =
            got.regions.iter().map(|region| (region.region.name(), region)).collect();
        let names: Vec<&str> = regions.iter().map(|region| region.region.as_str()).collect();
        if !names.iter().eq(got.keys()) {
            wrong.push(format!("regions: {names:?} expected, got {:?}", got.keys()));
            return wrong;
        }
        for (expected, got) in regions.iter().zip(got.values()) {
            let index = &expected.region;
            compare(&format!("{index}, sub-capacity"), &expected.sub_capacity, got.sub_capacity, &mut wrong);
            compare(&format!("{index}, full capacity"), &expected.full_capacity, got.full_capacity, &mut wrong);
            compare(&format!("{index}, peak on"), &expected.peak_on, got.peak_on, &mut wrong);
            if let Some(day) = &expected.full_peak_on {
                compare(&format!("{index}, full peak on"), day, got.full_peak_on, &mut wrong);
            }
        }
    }
    wrong
}

fn compare<T: PartialEq + std::fmt::Debug>(what: &str, expected: &Known<T>, got: Option<T>, wrong: &mut Vec<String>) {
    let expected = match expected {
        Known::Value(value) => Some(value),
        Known::Word(_) => None,
    };
    if expected != got.as_ref() {
        wrong.push(format!("{what}: {expected:?} expected, got {got:?}"));
    }
}

/// The independent count is a witness only as far as it gives the published figures itself.
#[test]
fn the_independent_count_gives_what_each_case_expects() {
    let mut failures = Vec::new();
    let mut counted = 0;
    for (file, case) in cases() {
        let (rows, _) = crate::oracle::rows::read(&case.rows);
        if !rows.iter().filter_map(|row| row.processor.as_deref()).all(rates::knows) {
            continue;
        }
        for (index, run) in case.runs.iter().enumerate() {
            counted += 1;
            let mut fail = |what: String| failures.push(format!("{}, run {}: {what}", file.display(), index + 1));
            let answer = match (count(&case.rows, choices(run)), run.refused) {
                (Ok(answer), false) => answer,
                (Err(_), true) => continue,
                (answer, _) => {
                    fail(format!("{answer:?}"));
                    continue;
                }
            };
            for expected in &run.products {
                let key = (expected.product.clone(), expected.metric.clone());
                let mut wrong = Vec::new();
                let got = &answer.products[&key];
                compare("sub-capacity", &expected.sub_capacity, got.sub, &mut wrong);
                compare("full capacity", &expected.full_capacity, got.full, &mut wrong);
                compare("peak on", &expected.peak_on, got.peak_on, &mut wrong);
                if let Some(day) = &expected.full_peak_on {
                    compare("full peak on", day, got.full_peak_on, &mut wrong);
                }
                for region in expected.regions.iter().flatten() {
                    let got = &got.regions[&region.region];
                    compare(&format!("{}, sub-capacity", region.region), &region.sub_capacity, got.sub, &mut wrong);
                    compare(&format!("{}, full capacity", region.region), &region.full_capacity, got.full, &mut wrong);
                    compare(&format!("{}, peak on", region.region), &region.peak_on, got.peak_on, &mut wrong);
                }
                for what in wrong {
                    fail(format!("{key:?}: {what}"));
                }
            }
        }
    }
    assert!(counted > 80, "only {counted} runs were counted");
    report(&failures);
}

/// The engine's answer to a case is the independent count's, whole: also where the case does not look.
#[test]
fn the_engine_and_the_independent_count_agree_on_each_case() {
    let mut failures = Vec::new();
    for (file, case) in cases() {
        let (rows, _) = crate::oracle::rows::read(&case.rows);
        if rows.is_empty() || !rows.iter().filter_map(|row| row.processor.as_deref()).all(rates::knows) {
            continue;
        }
        let read = adapter::read(case.rows.as_bytes()).unwrap();
        for run in &case.runs {
            let engine = read.assess(choices(run)).ok().map(|assessment| answer(&assessment));
            let independent = count(&case.rows, choices(run)).ok();
            if engine != independent {
                failures.push(format!("{}:\n  engine {engine:?}\n  independent {independent:?}", file.display()));
            }
        }
    }
    report(&failures);
}

#[test]
fn the_rate_table_gives_what_each_case_expects() {
    let mut failures = Vec::new();
    for (file, case) in cases() {
        for rate in &case.rates {
            let mut command = Command::new(env!("CARGO_BIN_EXE_highwater"));
            command.args(["rate", "--json", "--processor", &rate.processor]);
            if let Some(sockets) = rate.sockets {
                command.args(["--sockets", &sockets.to_string()]);
            }
            if let Some(os) = &rate.os {
                command.args(["--os", os]);
            }
            if rate.cloud {
                command.arg("--cloud");
            }
            let output = command.output().unwrap();
            let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
            let got = (answer["pvu_per_core"].as_u64(), answer["status"].as_str());
            if got != (Some(rate.pvu_per_core), Some(rate.status.as_str())) {
                failures.push(format!(
                    "{} ({}): {} with {:?} sockets, os {:?}: {} {} expected, got {got:?}",
                    file.display(),
                    case.name,
                    rate.processor,
                    rate.sockets,
                    rate.os,
                    rate.pvu_per_core,
                    rate.status
                ));
            }
            let said = answer["notes"].to_string();
            if let Some(note) = rate.note.as_deref().filter(|note| !said.contains(note)) {
                failures.push(format!("{}: {}: no note says {note:?}: {said}", file.display(), rate.processor));
            }
        }
    }
    report(&failures);
}

#[test]
fn every_case_says_where_it_comes_from_and_asks_something() {
    let mut failures = Vec::new();
    let strengths = ["A", "A (old)", "A output, C inputs", "B", "B/D", "C", "D", "ours"];
    for (file, case) in cases() {
        let mut demand = |holds: bool, what: &str| {
            if !holds {
                failures.push(format!("{}: {what}", file.display()));
            }
        };
        demand(!case.source.is_empty() && !case.name.is_empty(), "has no source or no name");
        demand(strengths.contains(&case.strength.as_str()), "has a strength that is not known");
        demand(case.golden.is_empty() || case.strength != "ours", "is golden, and its strength is ours");
        demand(case.source != "semantics.md" || case.section.is_some(), "names no section of the semantics");
        demand(case.date.is_none_or(|date| date.parse::<Date>().is_ok()), "has a date that is none");
        demand(!case.runs.is_empty() || !case.rates.is_empty() || !case.bundles.is_empty(), "asks nothing");
        demand(case.runs.is_empty() == case.rows.is_empty(), "has rows and no run, or a run and no rows");
    }
    report(&failures);
}

#[test]
fn every_golden_example_is_served_or_listed_as_not_yet_served() {
    #[derive(Deserialize)]
    struct NotYet {
        row: Vec<Row>,
    }
    #[derive(Deserialize)]
    struct Row {
        golden: u32,
        reason: String,
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/not_yet.toml");
    let not_yet: NotYet = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(not_yet.row.iter().all(|row| !row.reason.is_empty()), "a row is not served, and nobody says why");
    let mut served: Vec<u32> = cases().into_iter().flat_map(|(_, case)| case.golden).collect();
    served.sort_unstable();
    served.dedup();
    let mut all: Vec<u32> = served.into_iter().chain(not_yet.row.iter().map(|row| row.golden)).collect();
    all.sort_unstable();
    assert_eq!(all, (1..=GOLDEN).collect::<Vec<_>>(), "served and not yet served, each once");
}
