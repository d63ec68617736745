//! A large random estate in the shape of a real one: servers of a few kinds, partitions whose size changes every few
//! months, a handful of products on each, some installations twice, some on the server itself.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// How large the estate is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) servers: u64,
    pub(crate) partitions: u64,
    pub(crate) products: u64,
    /// Periods in which a partition keeps its size.
    pub(crate) periods: u64,
    pub(crate) days: u64,
}

impl Size {
    /// About 838,000 rows, 115 MB: two years of a very large company.
    pub(crate) const LARGE: Self = Self { servers: 10_000, partitions: 8, products: 50, periods: 8, days: 730 };
}

/// Processor, most sockets and operating system of the kinds of servers. `duckdb.py` knows their rates.
const KINDS: [(&str, u32, &str); 8] = [
    ("Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", 2, "Red Hat Enterprise Linux"),
    ("Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", 4, "Windows Server"),
    ("Intel(R) Xeon(R) Platinum 8180 CPU @ 2.50GHz", 8, "Windows Server"),
    ("Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz", 2, "SLES"),
    ("AMD EPYC 7543 32-Core Processor", 2, "Ubuntu"),
    ("IBM POWER9 E980", 8, "AIX"),
    ("IBM POWER9 E980", 8, "Red Hat Enterprise Linux"),
    ("IBM POWER10 S1022", 2, "AIX"),
];

/// The header of the template.
const HEADER: &str = "server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,\
                      from,to,environment,excluded_reason";

/// Chance without a library: the next of a fixed row of numbers (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (number ^ (number >> 31)) % sides
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        let index = self.below(u64::try_from(choices.len()).unwrap());
        choices[usize::try_from(index).unwrap()]
    }

    /// So many different numbers below `sides`, in no order.
    fn some_of(&mut self, count: u64, sides: u64) -> Vec<u64> {
        let mut chosen = Vec::new();
        while u64::try_from(chosen.len()).unwrap() < count.min(sides) {
            let number = self.below(sides);
            if !chosen.contains(&number) {
                chosen.push(number);
            }
        }
        chosen
    }
}

/// The rows of the estate in random order, without the header.
pub(crate) fn rows(size: Size) -> Vec<String> {
    let mut dice = Dice(1);
    let mut rows = Vec::new();
    let first = date(2024, 11, 1);
    let last = day(first, size.days - 1);
    for number in 0..size.servers {
        let (processor, sockets, os) = dice.one_of(&KINDS);
        let technology = if processor.starts_with("IBM") { "powervm-dedicated" } else { "vmware" };
        let cores = dice.one_of(&[8, 12, 16, 24, 32, 48, 64]);
        let region = dice.one_of(&["americas", "emea", "apac"]);
        let server = format!("server-{number:05},{processor},{sockets},{cores},{region}");
        for partition in 0..size.partitions {
            let count = dice.one_of(&[0, 1, 1, 2, 3]);
            let products = dice.some_of(count, size.products);
            let mut edges = dice.some_of(size.periods - 1, size.days - 1);
            for edge in &mut edges {
                *edge += 1;
            }
            edges.extend([0, size.days]);
            edges.sort_unstable();
            for edges in edges.windows(2) {
                let cores = dice.one_of(&[1, 2, 2, 4, 4, 6, 8, 10, 16]);
                let (from, to) = (day(first, edges[0]), day(first, edges[1] - 1));
                // Off for a while, about one period in seven.
                if dice.below(20) < 3 {
                    continue;
                }
                for product in &products {
                    let row = format!(
                        "{server},{technology},server-{number:05}-vm-{partition:02},{cores},{os},Product {product:03},PVU,{from},{to},production,"
                    );
                    if dice.below(10) == 0 {
                        rows.push(row.clone());
                    }
                    rows.push(row);
                }
            }
        }
        if dice.below(100) < 3 {
            let product = dice.below(size.products);
            rows.push(format!("{server},none,,,{os},Product {product:03},PVU,{first},{last},production,"));
        }
    }
    for index in (1..rows.len()).rev() {
        let other = dice.below(u64::try_from(index).unwrap() + 1);
        rows.swap(index, usize::try_from(other).unwrap());
    }
    rows
}

/// The text of a template with these rows.
pub(crate) fn text(rows: &[String]) -> String {
    let mut text = String::with_capacity(rows.len() * 150);
    writeln!(text, "{HEADER}").unwrap();
    for row in rows {
        writeln!(text, "{row}").unwrap();
    }
    text
}

fn day(first: Date, number: u64) -> Date {
    first + i64::try_from(number).unwrap().days()
}
