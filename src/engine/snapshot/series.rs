//! The daily series: what each product needed on each day, the clusters of a day added.
//!
//! IBM's rule for several clusters of the License Service is to add their values per day and to take the highest day;
//! the License Metric Tool is one cluster. A cluster states a product once a day: what stands twice counts once, and
//! where the two differ, the larger counts.

use jiff::civil::Date;
use litemap::LiteMap;

use super::evidence::EvidencePart;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::model::metric::{self, Metric};
use crate::model::names::Name;
use crate::model::period::Period;
use crate::model::snapshot::{Snapshot, SnapshotColumn, SnapshotTable};

/// What one cluster states for a product on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure<'a> {
    pub(super) day: Date,
    /// Name of the cluster; blank where the file names none.
    pub(super) cluster: &'a str,
    pub(super) quantity: u64,
    /// Where it stands.
    pub(super) table: &'a SnapshotTable,
    pub(super) line: u32,
}

/// A product in one metric, day by day.
#[derive(Clone, Debug)]
pub(super) struct DailySeries<'a> {
    pub(super) product: &'a str,
    pub(super) metric: Metric,
    /// Whether full capacity is counted.
    pub(super) is_full: bool,
    /// The figures within the period that is asked for, by day and cluster.
    figures: Vec<Figure<'a>>,
    /// The clusters of each day added.
    sums: Vec<(Date, u64)>,
    peak: Option<(u64, Date)>,
}

impl<'a> DailySeries<'a> {
    fn new((product, metric, is_full): (&'a str, Metric, bool), figures: Vec<Figure<'a>>) -> Self {
        let days = figures.chunk_by(|one, other| one.day == other.day);
        let sums = days.filter_map(|day| {
            let sum = day.iter().map(|figure| figure.quantity).fold(0, u64::saturating_add);
            Some((day.first()?.day, sum))
        });
        let sums: Vec<(Date, u64)> = sums.collect();
        let peak = sums.iter().map(|(day, sum)| (*sum, *day)).max();
        Self { product, metric, is_full, figures, sums, peak }
    }

    /// The highest sum of a day, and the last day on which it holds.
    pub(super) const fn peak(&self) -> Option<(u64, Date)> {
        self.peak
    }

    /// What is stated of a day; `None` where nothing is.
    pub(super) fn on(&self, on: Date) -> Option<u64> {
        let index = self.sums.binary_search_by_key(&on, |(day, _)| *day).ok()?;
        self.sums.get(index).map(|(_, sum)| *sum)
    }

    /// The days of which something is stated.
    pub(super) fn days(&self) -> impl Iterator<Item = Date> {
        self.sums.iter().map(|(day, _)| *day)
    }

    /// What the clusters state on the day of the peak.
    pub(super) fn at_peak(&self) -> &[Figure<'a>] {
        let day = self.peak.map(|(_, day)| day);
        let first = self.figures.partition_point(|figure| Some(figure.day) < day);
        let end = self.figures.partition_point(|figure| Some(figure.day) <= day);
        self.figures.get(first..end).unwrap_or_default()
    }

    /// Whether more than one cluster states something: then nobody but us adds them.
    pub(super) fn has_clusters(&self) -> bool {
        let mut clusters = self.figures.iter().map(|figure| figure.cluster);
        clusters.next().is_some_and(|first| clusters.any(|cluster| cluster != first))
    }
}

/// The series of several tables, sorted by product, metric and capacity, and what is wrong with their rows.
#[derive(Default)]
pub(super) struct FoundSeries<'a> {
    pub(super) series: Vec<DailySeries<'a>>,
    pub(super) issues: Vec<Issue>,
}

/// A row of a table in numbers that sort as its texts do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SeriesRow {
    product: u32,
    metric: Metric,
    is_full: bool,
    day: Date,
    cluster: u32,
    table: u32,
    line: u32,
    quantity: u64,
}

impl SeriesRow {
    /// Whether both state the same product in the same cluster on the same day.
    fn is_same(&self, other: &Self) -> bool {
        let key = |entry: &Self| (entry.product, entry.metric, entry.is_full, entry.day, entry.cluster);
        key(self) == key(other)
    }
}

/// The series of these tables. Their rows are sorted once, by numbers: there may be millions.
pub(super) fn of<'a>(parts: &[EvidencePart<'a>], asked: Option<Period>) -> FoundSeries<'a> {
    let index = Index::of(parts);
    let mut entries = Vec::new();
    let mut issues = index.not_counted(parts);
    for (part, known) in parts.iter().zip(&index.parts) {
        entries.extend(part.rows().filter_map(|row| {
            let (metric, is_full) = at(&known.metrics, row.metric)??;
            Some(SeriesRow {
                product: at(&known.products, row.product)?,
                metric,
                is_full,
                day: row.day,
                cluster: row.cluster.map_or(Some(0), |cluster| at(&known.clusters, cluster))?,
                table: at(&known.tables, row.file)??,
                line: row.line,
                quantity: row.quantity,
            })
        }));
    }
    entries.sort_unstable();
    let entries = index.once(&entries, &mut issues);
    let series = entries
        .chunk_by(|one, other| (one.product, one.metric, one.is_full) == (other.product, other.metric, other.is_full));
    let series = series.filter_map(|entries| {
        let first = entries.first()?;
        let key = (*index.products.get(usize::try_from(first.product).ok()?)?, first.metric, first.is_full);
        let within = entries.iter().filter(|entry| asked.is_some_and(|asked| asked.contains(entry.day)));
        Some(DailySeries::new(key, within.filter_map(|entry| index.figure(entry)).collect()))
    });
    FoundSeries { series: series.collect(), issues }
}

/// The names of several snapshots in one order.
struct Index<'a> {
    products: Vec<&'a str>,
    /// The first one is that of rows that name none.
    clusters: Vec<&'a str>,
    tables: Vec<&'a SnapshotTable>,
    parts: Vec<KnownNames>,
}

/// What each name of a snapshot is, by its index.
struct KnownNames {
    products: Vec<u32>,
    clusters: Vec<u32>,
    metrics: Vec<Option<(Metric, bool)>>,
    tables: Vec<Option<u32>>,
}

fn at<T: Copy>(list: &[T], name: Name) -> Option<T> {
    list.get(name.index()).copied()
}

impl<'a> Index<'a> {
    fn of(parts: &[EvidencePart<'a>]) -> Self {
        let products = sorted(parts.iter().flat_map(|part| part.names(|row| Some(row.product))).collect());
        let clusters =
            sorted([""].into_iter().chain(parts.iter().flat_map(|part| part.names(|row| row.cluster))).collect());
        let mut tables = Vec::new();
        let mut known = Vec::new();
        for part in parts {
            let names = &part.snapshot.names;
            let metrics = part.used(|row| Some(row.metric));
            let metrics =
                names.iter().zip(metrics).map(|(text, is_used)| if is_used { metric_named(text) } else { None });
            let files = names.iter().zip(part.used(|row| Some(row.file))).map(|(text, is_used)| {
                let table = if is_used { part.snapshot.daily_table(text) } else { None }?;
                let index = u32::try_from(tables.len()).ok()?;
                tables.push(table);
                Some(index)
            });
            known.push(KnownNames {
                products: indices(names.iter(), &products),
                clusters: indices(names.iter(), &clusters),
                metrics: metrics.collect(),
                tables: files.collect(),
            });
        }
        Self { products, clusters, tables, parts: known }
    }

    fn figure(&self, entry: &SeriesRow) -> Option<Figure<'a>> {
        let of = |index: u32| usize::try_from(index).ok();
        Some(Figure {
            day: entry.day,
            cluster: self.clusters.get(of(entry.cluster)?)?,
            quantity: entry.quantity,
            table: self.tables.get(of(entry.table)?)?,
            line: entry.line,
        })
    }

    /// The entries without those that stand more than once, and what is to be said of these.
    fn once(&self, entries: &[SeriesRow], issues: &mut Vec<Issue>) -> Vec<SeriesRow> {
        let mut repeated: LiteMap<u32, u64> = LiteMap::new();
        let mut counted = Vec::with_capacity(entries.len());
        for same in entries.chunk_by(SeriesRow::is_same) {
            let Some(largest) = same.iter().copied().rev().max_by_key(|entry| entry.quantity) else { continue };
            counted.push(largest);
            for entry in same.iter().filter(|entry| (entry.table, entry.line) != (largest.table, largest.line)) {
                if entry.quantity == largest.quantity {
                    let count = repeated.entry(entry.table).or_insert(0);
                    *count = count.saturating_add(1);
                } else {
                    issues.extend(self.differs(entry, &largest));
                }
            }
        }
        for (table, count) in repeated {
            let file = usize::try_from(table).ok().and_then(|index| self.tables.get(index));
            let issue = Issue::new(Severity::Info, "daily_repeated").with("count", count);
            issues.extend(file.map(|table| issue.in_file(&table.file)));
        }
        counted
    }

    /// What is said of a row that another one of the same cluster and day contradicts.
    fn differs(&self, entry: &SeriesRow, counted: &SeriesRow) -> Option<Issue> {
        let (row, other) = (self.figure(entry)?, self.figure(counted)?);
        let product = self.products.get(usize::try_from(entry.product).ok()?)?;
        let issue = Issue::new(Severity::Warning, "daily_differs").in_file(&row.table.file).at_row(row.line);
        let issue = issue.in_column(row.table.header(SnapshotColumn::MetricQuantity)).with("product", *product);
        let issue = issue.with("day", row.day).with("cluster", named(row.cluster)).with("quantity", row.quantity);
        Some(issue.with("other", other.table.file.as_str()).with("row", other.line).with("counted", other.quantity))
    }

    /// What is said of metrics that are not counted here: once for each product, at its first row.
    fn not_counted(&self, parts: &[EvidencePart<'a>]) -> Vec<Issue> {
        let mut issues = Vec::new();
        for (part, known) in parts.iter().zip(&self.parts) {
            if known.metrics_are_counted(part) {
                continue;
            }
            let mut told: LiteMap<(Name, Name), (Name, u32, u64)> = LiteMap::new();
            for row in part.rows().filter(|row| at(&known.metrics, row.metric).flatten().is_none()) {
                let told = told.entry((row.product, row.metric)).or_insert((row.file, row.line, 0));
                told.2 = told.2.max(row.quantity);
            }
            for ((product, metric), (file, line, quantity)) in told {
                let Some(table) = part.snapshot.daily_table(part.snapshot.text(file)) else { continue };
                issues.push(not_counted(part.snapshot, table, line, (product, metric), quantity));
            }
        }
        issues
    }
}

impl KnownNames {
    /// Whether each metric of the rows is one that is counted.
    fn metrics_are_counted(&self, part: &EvidencePart<'_>) -> bool {
        let used = part.used(|row| Some(row.metric));
        used.iter().zip(&self.metrics).all(|(is_used, metric)| !is_used || metric.is_some())
    }
}

/// A cluster in words.
pub(super) fn named(cluster: &str) -> Message {
    match cluster {
        "" => Message::new("snapshot.cluster_unnamed"),
        cluster => Message::new("snapshot.cluster").with("cluster", cluster),
    }
}

/// The metric that a file means, where it is one that is counted here, and whether it is counted at full capacity.
pub(super) fn metric_named(text: &str) -> Option<(Metric, bool)> {
    Metric::parse(text).map(|found| (found, metric::is_full_capacity(text)))
}

/// What is said of a quantity in a metric that is not counted here: a metric that nobody knows may be one that is,
/// and then a number is not known.
pub(super) fn not_counted(
    snapshot: &Snapshot,
    table: &SnapshotTable,
    line: u32,
    (product, metric): (Name, Name),
    quantity: u64,
) -> Issue {
    let word = snapshot.text(metric);
    let (severity, code) = match word.trim() {
        "" => (Severity::Error, "metric_word_missing"),
        word if metric::is_known(word) => (Severity::Info, "metric_not_counted"),
        _ => (Severity::Error, "metric_word_unknown"),
    };
    let issue =
        Issue::new(severity, code).in_file(&table.file).at_row(line).in_column(table.header(SnapshotColumn::Metric));
    issue.with("product", snapshot.text(product)).with("metric", word).with("quantity", quantity)
}

fn sorted(mut texts: Vec<&str>) -> Vec<&str> {
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The index of each text in a sorted list; 0 for those that are not in it, which no row uses.
fn indices<'t>(texts: impl Iterator<Item = &'t str>, sorted: &[&str]) -> Vec<u32> {
    let index = |text| sorted.binary_search(&text).ok().and_then(|index| u32::try_from(index).ok());
    texts.map(|text| index(text).unwrap_or_default()).collect()
}
