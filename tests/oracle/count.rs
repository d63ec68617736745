//! Sections 1 to 4 and 7 of the semantics, taken literally: for every day, for every server, from the rows of that
//! day. Nothing is remembered from one day to the next and nothing is swept.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::rates::{FLAT, rate};
use super::rows::{Billionths, CORE, Row, read};

/// What the user has set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choices {
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    /// Fractions are rounded up in each partition, not once per server and product.
    pub(crate) round_each_partition: bool,
}

/// Product and metric.
pub(crate) type Key = (String, String);

/// What every product needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) period: Option<(Date, Date)>,
    pub(crate) products: BTreeMap<Key, Demand>,
}

/// What one product, or one region of it, needs. `None` is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Demand {
    pub(crate) sub: Option<u64>,
    pub(crate) full: Option<u64>,
    pub(crate) peak_on: Option<Date>,
    pub(crate) full_peak_on: Option<Date>,
    /// By name of the region; regions that need nothing are not listed. Empty within a region.
    pub(crate) regions: BTreeMap<String, Demand>,
}

/// The edges of the period cannot be found, or it is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoPeriod;

/// What one product needs in each region on each day of the period, both capacities; a region in which nothing runs that
/// day is not listed.
pub(crate) type DailyNeed = Vec<(Date, BTreeMap<String, [Option<u64>; 2]>)>;

/// Counts the text of one template.
pub(crate) fn count(text: &str, choices: Choices) -> Result<Answer, NoPeriod> {
    let (keys, period, estate) = laid_out(text, choices)?;
    let products = keys.into_iter().map(|key| (key.clone(), estate.demand(&key))).collect();
    Ok(Answer { period, products })
}

/// What every product of a template needs day by day; nothing where no day is named.
pub(crate) fn count_daily(text: &str, choices: Choices) -> Result<BTreeMap<Key, DailyNeed>, NoPeriod> {
    let (keys, period, estate) = laid_out(text, choices)?;
    let keys = keys.into_iter().filter(|_| period.is_some());
    Ok(keys.map(|key| (key.clone(), estate.daily(&key))).collect())
}

/// Products, the period, and the rows day by day.
type LaidOut = (BTreeSet<Key>, Option<(Date, Date)>, Estate);

/// What the text of a template says.
fn laid_out(text: &str, choices: Choices) -> Result<LaidOut, NoPeriod> {
    let (rows, _) = read(text);
    let period = period(&rows, choices)?;
    let days = match period {
        None => vec![None],
        Some((from, to)) => {
            let mut days = vec![Some(from)];
            let mut day = from;
            while day < to {
                day = day.tomorrow().unwrap();
                days.push(Some(day));
            }
            days
        }
    };
    let keys: BTreeSet<Key> = rows.iter().map(|row| (row.product.clone(), row.metric.clone())).collect();
    let rows_of = |day: &Option<Date>| rows.iter().filter(|row| holds(row, *day)).cloned().collect();
    let rows = days.iter().map(rows_of).collect();
    let estate = Estate { rows, days, round_each_partition: choices.round_each_partition };
    Ok((keys, period, estate))
}

/// Section 1: each edge by itself, as set or as found in the rows.
fn period(rows: &[Row], choices: Choices) -> Result<Option<(Date, Date)>, NoPeriod> {
    let named: Vec<Date> = rows.iter().flat_map(|row| [row.from, row.to]).flatten().collect();
    let from = choices.from.or(named.iter().copied().min());
    let to = choices.to.or(named.iter().copied().max());
    match (from, to) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) if from <= to => Ok(Some((from, to))),
        _ => Err(NoPeriod),
    }
}

/// Whether the row holds on a day; on the day without a date every row does.
fn holds(row: &Row, day: Option<Date>) -> bool {
    let Some(day) = day else { return true };
    row.from.is_none_or(|from| from <= day) && row.to.is_none_or(|to| day <= to)
}

/// The days of the period, and the rows of each; without any date, one day that has none.
struct Estate {
    days: Vec<Option<Date>>,
    rows: Vec<Vec<Row>>,
    round_each_partition: bool,
}

/// Cores and what each of them is rated.
#[derive(Clone, Copy)]
struct Rated {
    cores: Billionths,
    rate: u32,
}

/// What a product needs on one day on one server, or on a partition that is a server of its own.
struct OneServer {
    region: String,
    sub: Option<u64>,
    full: Option<u64>,
}

impl Estate {
    fn rows_of(&self, day: usize) -> impl Iterator<Item = &Row> {
        self.rows[day].iter()
    }

    // ---- facts, 3.1 ----

    /// The rows of a day that state facts of a server.
    fn stating<'a>(&'a self, server: &'a str, day: usize) -> impl Iterator<Item = &'a Row> {
        self.rows_of(day).filter(move |row| row.server == server && row.technology != "unknown")
    }

    /// What holds on a day: what that day states, else the nearest earlier day, else the nearest later one.
    fn nearest<T>(&self, day: usize, stated_on: impl Fn(usize) -> Option<T>) -> Option<T> {
        (0..=day).rev().chain(day + 1..self.days.len()).find_map(stated_on)
    }

    fn cores(&self, server: &str, day: usize) -> Option<u32> {
        self.nearest(day, |day| self.stating(server, day).filter_map(|row| row.cores).max())
    }

    fn sockets(&self, server: &str, day: usize) -> Option<u32> {
        self.nearest(day, |day| self.stating(server, day).filter_map(|row| row.sockets).max())
    }

    fn pool_cores(&self, server: &str, pool: &str, day: usize) -> Option<Billionths> {
        self.nearest(day, |day| {
            let of_pool = self.stating(server, day).filter(|row| row.pool.as_deref() == Some(pool));
            of_pool.filter_map(|row| row.pool_cores).max()
        })
    }

    fn processor(&self, server: &str, day: usize) -> Option<String> {
        self.nearest(day, |day| {
            let sockets = self.sockets(server, day);
            dearest(self.stating(server, day).filter_map(|row| row.processor.as_deref()), sockets)
        })
    }

    fn region(&self, server: &str) -> String {
        only_region((0..self.days.len()).flat_map(|day| self.stating(server, day)))
    }

    // ---- a partition without hypervisor data is a server of its own: section 4, `unknown` ----

    fn stating_itself<'a>(&'a self, row: &'a Row, day: usize) -> impl Iterator<Item = &'a Row> {
        self.rows_of(day).filter(move |other| {
            other.technology == "unknown" && other.server == row.server && other.partition == row.partition
        })
    }

    fn own_processor(&self, row: &Row, day: usize) -> Option<String> {
        self.nearest(day, |day| dearest(self.stating_itself(row, day).filter_map(|row| row.processor.as_deref()), None))
    }

    fn own_region(&self, row: &Row) -> String {
        only_region((0..self.days.len()).flat_map(|day| self.stating_itself(row, day)))
    }

    // ---- one row ----

    /// 3.3: `None` is all cores of a server that are not known.
    fn cores_of(&self, row: &Row, day: usize) -> Option<Billionths> {
        let whole_server = row.technology == "none" || (row.technology == "container" && row.partition_cores.is_none());
        if whole_server {
            return self.cores(&row.server, day).map(|cores| Billionths::from(cores) * CORE);
        }
        row.partition_cores
    }

    /// What one core of the row counts: 1 for VPC and RVU, which count cores.
    fn rate_of(&self, row: &Row, day: usize) -> u32 {
        if row.metric != "PVU" {
            return 1;
        }
        match row.technology.as_str() {
            "cloud" | "container" => FLAT,
            "unknown" => rate(self.own_processor(row, day).as_deref(), None, row.linux),
            _ => {
                let sockets = self.sockets(&row.server, day);
                rate(self.processor(&row.server, day).as_deref(), sockets, row.linux)
            }
        }
    }

    /// 3.2: of several rows of one partition, the one that counts.
    fn chosen<'a>(&self, rows: &[&'a Row], day: usize) -> &'a Row {
        // Larger cores first, and cores that are not known before any that are; then the higher rate; then uncapped,
        // unpooled, pooled; then by name.
        let order = |row: &Row| {
            let cores = self.cores_of(row, day);
            let cap = match (row.technology.as_str(), &row.pool) {
                ("cloud" | "unknown", _) => 0,
                (_, None) => 1,
                (_, Some(_)) => 2,
            };
            let cores_first = (cores.is_some(), std::cmp::Reverse(cores));
            let rate_first = std::cmp::Reverse(self.rate_of(row, day));
            (cores_first, rate_first, cap, row.technology.clone(), row.pool.clone())
        };
        rows.iter().min_by_key(|row| order(row)).unwrap()
    }

    // ---- one day ----

    /// What the product needs on a day, server by server.
    fn on(&self, key: &Key, day: usize) -> Vec<OneServer> {
        let counted: Vec<&Row> =
            self.rows_of(day).filter(|row| row.product == key.0 && row.metric == key.1 && !row.excluded).collect();
        let servers: BTreeSet<&str> = counted.iter().map(|row| row.server.as_str()).collect();
        let mut needs = Vec::new();
        for server in servers {
            let partitions: BTreeSet<&Option<String>> =
                counted.iter().filter(|row| row.server == server).map(|row| &row.partition).collect();
            let chosen: Vec<&Row> = partitions
                .into_iter()
                .map(|partition| {
                    let rows: Vec<&Row> = counted
                        .iter()
                        .copied()
                        .filter(|row| row.server == server && row.partition == *partition)
                        .collect();
                    self.chosen(&rows, day)
                })
                .collect();

            let (uncapped, capped): (Vec<&Row>, Vec<&Row>) =
                chosen.into_iter().partition(|row| row.technology == "cloud" || row.technology == "unknown");
            for row in uncapped {
                let whole = whole_up(row.partition_cores.unwrap());
                let sub = Some(whole * u64::from(self.rate_of(row, day)));
                let region = if row.technology == "unknown" { self.own_region(row) } else { self.region(&row.server) };
                needs.push(OneServer { region, sub, full: sub });
            }
            if !capped.is_empty() {
                needs.push(self.on_hardware(server, &capped, day));
            }
        }
        needs
    }

    /// 3.3 to 3.8 for the rows that the server caps.
    fn on_hardware(&self, server: &str, rows: &[&Row], day: usize) -> OneServer {
        let server_cores = self.cores(server, day);
        let highest = rows.iter().map(|row| self.rate_of(row, day)).max().unwrap();
        OneServer {
            region: self.region(server),
            sub: self.sub_capacity(server, rows, day, server_cores),
            full: server_cores.map(|cores| u64::from(cores) * u64::from(highest)),
        }
    }

    fn sub_capacity(&self, server: &str, rows: &[&Row], day: usize, server_cores: Option<u32>) -> Option<u64> {
        let mut unpooled = Vec::new();
        let mut pools: BTreeMap<&str, Vec<Rated>> = BTreeMap::new();
        for row in rows {
            let mut cores = self.cores_of(row, day)?;
            let adds_fractions = row.technology == "powervm-capped" || row.technology == "container";
            if !adds_fractions || self.round_each_partition {
                cores = Billionths::from(whole_up(cores)) * CORE;
            }
            let rated = Rated { cores, rate: self.rate_of(row, day) };
            match &row.pool {
                Some(pool) => pools.entry(pool).or_default().push(rated),
                None => unpooled.push(rated),
            }
        }
        let mut all = unpooled;
        for (pool, rated) in pools {
            all.extend(dearest_first(rated, self.pool_cores(server, pool, day)));
        }
        let all = dearest_first(all, server_cores.map(|cores| Billionths::from(cores) * CORE));
        // 3.6 and 3.7: the running total is rounded up at each rate.
        let mut total = 0;
        let mut value = 0;
        for rate in all.iter().map(|rated| rated.rate).collect::<BTreeSet<_>>().into_iter().rev() {
            let before = whole_up(total);
            total += all.iter().filter(|rated| rated.rate == rate).map(|rated| rated.cores).sum::<Billionths>();
            value += (whole_up(total) - before) * u64::from(rate);
        }
        Some(value)
    }

    // ---- the period ----

    fn daily(&self, key: &Key) -> DailyNeed {
        let on = |(index, day): (usize, &Option<Date>)| {
            let mut regions: BTreeMap<String, [Option<u64>; 2]> = BTreeMap::new();
            for one in self.on(key, index) {
                let sum = regions.entry(one.region).or_insert([Some(0); 2]);
                for (sum, value) in sum.iter_mut().zip([one.sub, one.full]) {
                    *sum = sum.zip(value).map(|(sum, value)| sum + value);
                }
            }
            (day.unwrap(), regions)
        };
        self.days.iter().enumerate().map(on).collect()
    }

    /// Sections 1 and 7: the peak of each region, then added.
    fn demand(&self, key: &Key) -> Demand {
        let days: Vec<Vec<OneServer>> = (0..self.days.len()).map(|day| self.on(key, day)).collect();
        let regions: BTreeSet<&str> = days.iter().flatten().map(|one| one.region.as_str()).collect();
        let mut by_region = BTreeMap::new();
        for region in regions {
            let sum = |value: fn(&OneServer) -> Option<u64>| -> Vec<Option<u64>> {
                days.iter()
                    .map(|day| day.iter().filter(|one| one.region == region).map(value).sum::<Option<u64>>())
                    .collect()
            };
            let (sub, peak_on) = self.peak(&sum(|one| one.sub));
            let (full, full_peak_on) = self.peak(&sum(|one| one.full));
            let demand = Demand { sub, full, peak_on, full_peak_on, regions: BTreeMap::new() };
            if (sub, full) != (Some(0), Some(0)) {
                by_region.insert(region.to_owned(), demand);
            }
        }
        let total = |value: fn(&Demand) -> Option<u64>| {
            let cores: u64 = by_region.values().map(value).sum::<Option<u64>>()?;
            Some(if key.1 == "RVU" { resource_value_units(cores) } else { cores })
        };
        let (sub, full) = (total(|region| region.sub), total(|region| region.full));
        let peak_on = sub.and_then(|_| by_region.values().filter_map(|region| region.peak_on).max());
        let full_peak_on = full.and_then(|_| by_region.values().filter_map(|region| region.full_peak_on).max());
        Demand { sub, full, peak_on, full_peak_on, regions: by_region }
    }

    /// The highest of the daily values and the last day on which it holds; one unknown day makes it unknown.
    fn peak(&self, values: &[Option<u64>]) -> (Option<u64>, Option<Date>) {
        let Some(values) = values.iter().copied().collect::<Option<Vec<u64>>>() else { return (None, None) };
        let peak = values.iter().copied().max().unwrap_or(0);
        let last = values.iter().rposition(|&value| value == peak).filter(|_| peak > 0);
        (Some(peak), last.and_then(|day| self.days[day]))
    }
}

/// The processor with the highest rate: with these sockets, not under Linux; if equal, the higher rate under Linux.
fn dearest<'a>(processors: impl Iterator<Item = &'a str>, sockets: Option<u32>) -> Option<String> {
    // Two that are equal in both: the first by name, so that the order of rows changes nothing.
    processors
        .min_by_key(|processor| {
            let rates = (rate(Some(processor), sockets, false), rate(Some(processor), sockets, true));
            (std::cmp::Reverse(rates), *processor)
        })
        .map(str::to_owned)
}

/// The one region that rows give; `unknown` when they give none or two.
fn only_region<'a>(rows: impl Iterator<Item = &'a Row>) -> String {
    let given: BTreeSet<&String> = rows.filter_map(|row| row.region.as_ref()).collect();
    match given.into_iter().collect::<Vec<_>>().as_slice() {
        [region] => (*region).clone(),
        _ => "unknown".to_owned(),
    }
}

/// So many of the cores, the dearest first; all of them without a cap.
fn dearest_first(mut rated: Vec<Rated>, cap: Option<Billionths>) -> Vec<Rated> {
    let Some(mut left) = cap else { return rated };
    rated.sort_by_key(|rated| std::cmp::Reverse(rated.rate));
    for rated in &mut rated {
        rated.cores = rated.cores.min(left);
        left -= rated.cores;
    }
    rated
}

/// Whole cores, fractions rounded up.
fn whole_up(cores: Billionths) -> u64 {
    u64::try_from((cores + CORE - 1) / CORE).unwrap()
}

/// Counting rules, section 11: 1.00 to 2,500, then 0.80, 0.60, 0.40, 0.20; one core after the other would do too.
fn resource_value_units(cores: u64) -> u64 {
    let tiers = [(0, 2_500, 10), (2_500, 10_000, 8), (10_000, 50_000, 6), (50_000, 150_000, 4), (150_000, u64::MAX, 2)];
    let tenths: u64 = tiers.iter().map(|(above, to, tenths)| cores.min(*to).saturating_sub(*above) * tenths).sum();
    tenths.div_ceil(10)
}
