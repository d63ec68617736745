//! What a rate, an import and an assessment cost.
//!
//! With `HIGHWATER_ESTATE=file` nothing is measured: the large estate is written there, for `scripts/bench.sh`.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark may stop where a program may not"
)]

mod estate;

use std::hint::black_box;
use std::num::NonZeroU32;

use criterion::{BenchmarkId, Criterion, Throughput};
use highwater::engine::{self, Settings};
use highwater::import::{Limits, Unwatched, template};
use highwater::model::estate::Estate;
use highwater::rules::{self, RateQuery};

use estate::Size;

fn main() {
    if let Some(path) = std::env::var_os("HIGHWATER_ESTATE") {
        let rows = estate::rows(Size::LARGE);
        std::fs::write(&path, estate::text(&rows)).unwrap();
        println!("{} rows", rows.len());
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    rate(&mut criterion);
    read_and_assess(&mut criterion);
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
