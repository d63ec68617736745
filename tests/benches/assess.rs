//! What a rate, an import, an assessment and a forecast cost.
//!
//! With `HIGHWATER_ESTATE=file` nothing is measured: the large estate is written there, for `scripts/bench.sh`. With
//! `HIGHWATER_LEDGER=folder` the files of the large ledger are written there.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark may stop where a program may not"
)]

mod estate;
mod ledger;

use std::hint::black_box;
use std::num::NonZeroU32;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput};
use highwater::engine::renewal::{self, MOST_YEARS, RenewalQuery};
use highwater::engine::{self, Settings};
use highwater::import::{Limits, Unwatched, list, template};
use highwater::model::estate::Estate;
use highwater::model::list::{Listed, SharedLines};
use highwater::model::order::PriceTerms;
use highwater::model::workspace::Lists;
use highwater::rules::{self, RateQuery, shipped_parts};

use estate::Size;
use ledger::ListFile;

fn main() {
    if let Some(path) = std::env::var_os("HIGHWATER_ESTATE") {
        let rows = estate::rows(Size::LARGE);
        std::fs::write(&path, estate::text(&rows)).unwrap();
        println!("{} rows", rows.len());
        return;
    }
    if let Some(folder) = std::env::var_os("HIGHWATER_LEDGER") {
        for (name, text) in ledger::files(shipped_parts::get()) {
            std::fs::write(Path::new(&folder).join(name), text).unwrap();
        }
        println!("{} lines", ledger::LINES);
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    rate(&mut criterion);
    read_and_assess(&mut criterion);
    forecast(&mut criterion);
    criterion.final_summary();
}

fn rate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rate");
    let names = [
        "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz",
        "IBM POWER9 E980",
        "AMD EPYC 7543 32-Core Processor",
        "Frobnicator",
    ];
    for processor in names {
        let query = RateQuery { processor, sockets: NonZeroU32::new(2), ..RateQuery::default() };
        group.bench_function(processor, |bencher| bencher.iter(|| rules::rate(black_box(&query))));
    }
    group.finish();
}

fn read_and_assess(criterion: &mut Criterion) {
    let rows = estate::rows(Size { servers: 1_300, ..Size::LARGE });
    let mut group = criterion.benchmark_group("estate");
    group.sample_size(10);
    for count in [1_000, 100_000] {
        let text = estate::text(&rows[..count]);
        let read = || {
            let mut estate = Estate::default();
            template::read(&mut estate, "estate.csv", text.as_bytes(), &Limits::TERMINAL, &mut Unwatched).unwrap();
            estate
        };
        group.throughput(Throughput::Elements(u64::try_from(count).unwrap()));
        group.bench_function(BenchmarkId::new("read", count), |bencher| bencher.iter(read));
        let (estate, settings) = (read(), Settings::default());
        group.bench_function(BenchmarkId::new("assess", count), |bencher| {
            bencher.iter(|| engine::assess(black_box(&estate), &[], &settings).unwrap());
        });
    }
    group.finish();
}

fn forecast(criterion: &mut Criterion) {
    let files = ledger::files(shipped_parts::get());
    let mut lists = lists(&files);
    let query = |lists| RenewalQuery {
        lists,
        terms: PriceTerms::default(),
        parts: shipped_parts::get(),
        on: ledger::ON,
        years: MOST_YEARS,
    };
    let known = renewal::forecast(query(&lists));
    let charges: usize = known.lines.iter().map(|line| line.charges.len()).sum();
    let unknown: usize = known.sums.iter().map(|sum| sum.unknown).sum();
    println!("forecast: {} lines, {charges} charges, of which {unknown} are not known", known.lines.len());
    let mut group = criterion.benchmark_group("forecast");
    group.sample_size(20);
    group.bench_function("first", |bencher| bencher.iter(|| renewal::forecast(query(black_box(&lists)))));
    let mut uplifts = [6, 7].map(|uplift| read::<_, SharedLines<_>>("assumptions.csv", &ledger::assumptions(uplift)));
    let mut known = Some(known);
    group.bench_function("after one assumption", |bencher| {
        bencher.iter(|| {
            uplifts.rotate_left(1);
            lists.assumptions = uplifts[0].clone();
            known = known.take().map(|known| renewal::assumed_again(known, black_box(&lists)));
        });
    });
    group.finish();
}

fn lists(files: &[ListFile]) -> Lists {
    let mut lists = Lists::default();
    for (name, text) in files {
        match *name {
            "agreements.csv" => lists.agreements = read(name, text),
            "sites.csv" => lists.sites = read(name, text),
            "orders.csv" => lists.orders = read(name, text),
            "prices.csv" => lists.prices = read(name, text),
            "assumptions.csv" => lists.assumptions = read(name, text),
            "decisions.csv" => lists.decisions = read(name, text),
            "entitlements.csv" => lists.entitlements = read(name, text),
            other => panic!("{other}"),
        }
    }
    lists
}

fn read<T: Listed, L: FromIterator<T>>(name: &str, text: &str) -> L {
    let (lines, issues) = list::read(name, text.as_bytes(), &Limits::TERMINAL, &mut Unwatched).unwrap();
    assert_eq!(issues, [], "{name}");
    lines.into_iter().collect()
}
