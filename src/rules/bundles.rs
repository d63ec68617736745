//! Bundles and Cloud Paks: how much of one its components use, version by version, each ratio with its licence text.
//!
//! `bundles.csv` holds one row for each component, environment and metric: `convert` with a ratio, `free` for what is not
//! counted, `openshift` for the cores that come with the bundle. Its column `text` says what states the row: a `licence`
//! text, IBM's `documentation`, or `code` that IBM ships. Restatements by third parties are evidence for a row and have
//! none of their own. `bundle_aliases.csv` holds the other names under which tools and people know bundles and components;
//! metrics go through the one list of metric words.

use std::borrow::Cow;
use std::sync::LazyLock;

use litemap::LiteMap;
use rust_decimal::Decimal;

use super::additional_entitlements;
use super::bundle_names::{folded, without_addition, without_non_production};
pub use super::ratio::Ratio;
use super::table::{self, RuleRow, TableProblem};
use crate::model::bundle::Environment;
use crate::model::day;
use crate::model::derivation::{Confidence, RuleReference, Title};
use crate::model::metric;

/// Where use of a component counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Everywhere.
    Everywhere,
    /// In production only.
    InProduction,
    /// Nowhere: the text lists it as not counted.
    Nowhere,
}

/// How a component uses a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// Name of the bundle.
    pub bundle: String,
    /// Version of the bundle; empty where the text names none.
    pub version: String,
    /// Name of the component.
    pub component: String,
    /// The environment that the row is for; `None` serves both.
    pub environment: Option<Environment>,
    /// Where its use is counted.
    pub counted: Counted,
    /// What the component is counted in.
    pub metric: String,
    /// The ratio; `None` for what is counted nowhere.
    pub ratio: Option<Ratio>,
    /// What the bundle is counted in.
    pub unit: String,
    /// The text that says so.
    pub source: String,
    /// How sure the ratio is.
    pub confidence: Confidence,
    /// The day or year of the text, as known.
    pub as_of: String,
    /// What else the text says.
    pub note: String,
}

impl Conversion {
    /// Whether use there is not counted at all.
    pub fn is_free_in(&self, environment: Environment) -> bool {
        match self.counted {
            Counted::Everywhere => false,
            Counted::InProduction => environment == Environment::NonProduction,
            Counted::Nowhere => true,
        }
    }

    /// The row as a rule.
    pub fn rule(&self) -> RuleReference {
        let ratio = self.ratio.map_or_else(|| "0".to_owned(), Ratio::text);
        let title = format!("{} · {} = {ratio} {} ({})", self.bundle, self.component, self.unit, self.metric);
        RuleReference {
            id: Cow::Owned(format!("bundles:{}:{}", self.bundle, self.component)),
            title: Title::Words(title),
            source: Cow::Owned([self.source.as_str(), self.as_of.as_str()].join(" ").trim_end().to_owned()),
            since: day::parse(&self.as_of),
            confidence: self.confidence,
        }
    }
}

/// Each component is rounded up by itself, then all are added.
pub const fn rounded_each() -> RuleReference {
    ours("bundles.rounded_each", "rule.bundles_rounded_each", "ILMT, cloud_paks.csv: whole numbers per component")
}

/// Components are added exactly, and rounded up once for the bundle.
pub const fn rounded_once() -> RuleReference {
    ours("bundles.rounded_once", "rule.bundles_rounded_once", "IBM License Service: one figure per bundle")
}

/// What nobody can convert is not known, and so is what depends on it.
pub const fn no_ratio() -> RuleReference {
    ours("bundles.no_ratio", "rule.bundles_no_ratio", "no licence text with a ratio is known")
}

/// How much of a component there is.
pub const fn quantity() -> RuleReference {
    ours("bundles.quantity", "rule.bundles_quantity", "as listed by the user, or as ILMT reports it")
}

const fn ours(id: &'static str, title: &'static str, source: &'static str) -> RuleReference {
    RuleReference::keyed(id, title, source, None, Confidence::Ours)
}

/// The `OpenShift` cores that come with a bundle.
#[derive(Clone, Debug)]
pub struct OpenShift {
    /// Name of the bundle.
    pub bundle: String,
    /// Version of the bundle.
    pub version: String,
    /// How much.
    pub grant: CoreGrant,
    /// The text that says so.
    pub source: String,
    /// The day or year of the text, as known.
    pub as_of: String,
    /// What else the text says.
    pub note: String,
}

/// How many cores come with a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreGrant {
    /// So many for each unit of the bundle, cores : bundle.
    PerUnit(Ratio),
    /// So many for any quantity of the bundle within these bounds.
    Flat {
        /// Cores.
        cores: u64,
        /// The smallest quantity.
        from: u64,
        /// The largest; `None` has no end.
        to: Option<u64>,
    },
}

/// A row of the table, and whether it is a licence text that says so.
enum BundleEntry {
    Conversion(Box<Conversion>, bool),
    OpenShift(Box<OpenShift>, bool),
}

/// A version of a bundle by the text that speaks of it, in this order: what a licence text speaks of goes before the
/// rest, then the day or year of the text, then the version itself.
type TextVersion = (bool, String, String);

struct Bundles {
    conversions: Vec<Conversion>,
    open_shift: Vec<OpenShift>,
    /// Everything that has a name, by that and by its other names, folded.
    names: LiteMap<String, String>,
    /// The metrics of the rows, by their codes.
    metrics: LiteMap<String, String>,
    /// The versions of each bundle, that of the newest licence text first.
    versions: LiteMap<String, Vec<TextVersion>>,
    problems: Vec<TableProblem>,
}

const HEADER: [&str; 17] = [
    "kind",
    "bundle",
    "version",
    "component",
    "environment",
    "free_in_non_production",
    "metric",
    "ratio_component",
    "ratio_bundle",
    "total_min",
    "total_max",
    "unit",
    "source",
    "text",
    "confidence",
    "as_of",
    "note",
];

static BUNDLES: LazyLock<Bundles> = LazyLock::new(|| {
    let (entries, mut problems) = table::read("src/rules/bundles.csv", include_str!("bundles.csv"), &HEADER, entry);
    let (aliases, more) =
        table::read("src/rules/bundle_aliases.csv", include_str!("bundle_aliases.csv"), &["alias", "name"], |row| {
            Ok((row.get("alias").to_owned(), row.get("name").to_owned()))
        });
    problems.extend(more);
    let (mut conversions, mut open_shift) = (Vec::new(), Vec::new());
    let mut versions: LiteMap<String, Vec<TextVersion>> = LiteMap::new();
    let mut known = |bundle: &str, text: TextVersion| versions.entry(bundle.to_owned()).or_default().push(text);
    for entry in entries {
        match entry {
            BundleEntry::Conversion(row, licence) => {
                known(&row.bundle, (licence, row.as_of.clone(), row.version.clone()));
                conversions.push(*row);
            }
            BundleEntry::OpenShift(row, licence) => {
                known(&row.bundle, (licence, row.as_of.clone(), row.version.clone()));
                open_shift.push(*row);
            }
        }
    }
    // A bundle whose text states only what comes on top of it is known too.
    let on_top = additional_entitlements::all();
    for row in on_top {
        known(&row.bundle, (true, row.as_of.clone(), row.version.clone()));
    }
    for texts in versions.iter_mut().map(|(_, texts)| texts) {
        texts.sort_unstable_by(|one, other| other.cmp(one));
    }
    let own = conversions.iter().flat_map(|row| [&row.bundle, &row.component]);
    let own = own.chain(open_shift.iter().map(|row| &row.bundle)).chain(on_top.iter().map(|row| &row.bundle));
    let others = aliases.iter().map(|(other, name)| (other, name.clone()));
    let names = own.map(|name| (name, name.clone())).chain(others).map(|(name, known)| (folded(name), known)).collect();
    let metrics = conversions.iter().map(|row| (metric::code(&row.metric), row.metric.clone())).collect();
    Bundles { conversions, open_shift, names, metrics, versions, problems }
});

fn environment(row: &RuleRow<'_>) -> Result<Option<Environment>, String> {
    match row.get("environment") {
        "" => Ok(None),
        text => Environment::parse(text).map(Some).ok_or_else(|| format!("environment: {text:?}")),
    }
}

fn entry(row: &RuleRow<'_>) -> Result<BundleEntry, String> {
    let text = |column| row.get(column).to_owned();
    let needed = |column| match row.parse::<Decimal>(column) {
        Ok(Some(number)) if number > Decimal::ZERO => Ok(number),
        Ok(_) => Err(format!("{column}: not above 0")),
        Err(what) => Err(what),
    };
    let (bundle, version, source, note) = (text("bundle"), text("version"), text("source"), text("note"));
    let as_of = text("as_of");
    if bundle.is_empty() || source.is_empty() || as_of.is_empty() {
        return Err("bundle, source, as_of: blank".to_owned());
    }
    let licence = match row.get("text") {
        "licence" => true,
        "documentation" | "code" => false,
        other => return Err(format!("text: {other:?}")),
    };
    let confidence = row.confidence()?;
    if row.get("kind") == "openshift" {
        let grant = match row.parse("total_min")? {
            Some(from) => {
                let cores = row.parse("ratio_component")?.ok_or("ratio_component: blank")?;
                CoreGrant::Flat { cores, from, to: row.parse("total_max")? }
            }
            None => {
                CoreGrant::PerUnit(Ratio { component: needed("ratio_component")?, bundle: needed("ratio_bundle")? })
            }
        };
        return Ok(BundleEntry::OpenShift(
            Box::new(OpenShift { bundle, version, grant, source, as_of, note }),
            licence,
        ));
    }
    let ratio = || Ok::<_, String>(Ratio { component: needed("ratio_component")?, bundle: needed("ratio_bundle")? });
    let (counted, ratio) = match (row.get("kind"), row.get("free_in_non_production")) {
        ("convert", "") => (Counted::Everywhere, Some(ratio()?)),
        ("convert", "yes") => (Counted::InProduction, Some(ratio()?)),
        ("free", "") => (Counted::Nowhere, None),
        other => return Err(format!("kind, free_in_non_production: {other:?}")),
    };
    let conversion = Conversion {
        bundle,
        version,
        component: text("component"),
        environment: environment(row)?,
        counted,
        metric: text("metric"),
        ratio,
        unit: text("unit"),
        source,
        confidence,
        as_of,
        note,
    };
    Ok(BundleEntry::Conversion(Box::new(conversion), licence))
}

/// What does not fit in the tables. A test holds it empty.
pub fn problems() -> &'static [TableProblem] {
    &BUNDLES.problems
}

/// All conversions, in the order of the table.
pub fn conversions() -> &'static [Conversion] {
    &BUNDLES.conversions
}

/// The name that the catalogue uses for exactly this name, or for this one without what people add to it.
fn in_catalogue(name: &str) -> Option<&'static str> {
    exactly(name).or_else(|| exactly(without_addition(name)))
}

fn exactly(name: &str) -> Option<&'static str> {
    BUNDLES.names.get(&folded(name)).map(String::as_str)
}

/// The name that the catalogue uses for a bundle or a component, and the environment that the given name speaks of: "… for
/// Non-Production Environment" is the same component, used there, where the catalogue has no name of its own for it
/// (docs/decisions/0011-readings-of-bundles.md). A name that it does not know stays as it is.
pub fn known_as(name: &str) -> (&str, Option<Environment>) {
    if let Some(known) = exactly(name) {
        return (known, None);
    }
    // Brackets may hold the very words.
    let component = without_non_production(name).or_else(|| without_non_production(without_addition(name)));
    match component.and_then(in_catalogue) {
        Some(known) => (known, Some(Environment::NonProduction)),
        None => (in_catalogue(name).unwrap_or(name), None),
    }
}

/// The word that the catalogue uses for a metric, whatever word of the one list of metrics is given. A metric of which
/// the catalogue has no row goes by its code.
pub fn metric_as(text: &str) -> String {
    let code = metric::code(text);
    BUNDLES.metrics.get(&code).cloned().unwrap_or(code)
}

/// The form in which names are compared: that of the catalogue, without regard to case and a leading "IBM".
pub fn matched_as(name: &str) -> String {
    folded(known_as(name).0)
}

/// A version of a bundle that somebody names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundleVersion<'a> {
    /// The catalogue has it; blank where its text names none.
    Known(&'static str),
    /// The catalogue has it not: as it is written.
    Unknown(&'a str),
}

/// A bundle and one of its versions, by name: the name may end in the version. Without one, the version with the
/// newest licence text counts. `None` when the catalogue has no such bundle.
pub fn find<'a>(bundle: &'a str, version: &'a str) -> Option<(&'static str, BundleVersion<'a>)> {
    let (bundle, version) = (bundle.trim(), version.trim());
    if let Some((name, known)) = texts(bundle) {
        return Some((name, of_version(known, version)));
    }
    // The longest name goes first; a version may be of several words: 24.0.0 SR1.
    let ends = bundle.match_indices(' ').map(|(index, _)| bundle.split_at(index)).rev();
    let mut ends = ends.filter_map(|(name, end)| Some((texts(name)?, end.trim()))).filter(|(_, end)| !end.is_empty());
    let ((name, known), end) = ends.next()?;
    // A version beside the name as well has to be the same one.
    if !version.is_empty() && !version.eq_ignore_ascii_case(end) {
        return None;
    }
    match of_version(known, end) {
        BundleVersion::Unknown(_) if end.contains(' ') => None,
        found @ (BundleVersion::Known(_) | BundleVersion::Unknown(_)) => Some((name, found)),
    }
}

/// The name of a bundle in the catalogue, and the texts of its versions.
fn texts(bundle: &str) -> Option<(&'static str, &'static [TextVersion])> {
    let (name, texts) = BUNDLES.versions.get_indexed(BUNDLES.versions.find_index(in_catalogue(bundle)?).ok()?)?;
    Some((name.as_str(), texts.as_slice()))
}

/// The version of this name, or of the newest text where none is named.
fn of_version<'a>(texts: &'static [TextVersion], version: &'a str) -> BundleVersion<'a> {
    let is = |known: &str| version.is_empty() || known.eq_ignore_ascii_case(version);
    let known = texts.iter().map(|(_, _, known)| known.as_str()).find(|known| is(known));
    known.map_or(BundleVersion::Unknown(version), BundleVersion::Known)
}

/// The name that the catalogue uses for a bundle, whatever version the given name ends in; as given when it knows none.
pub fn bundle_known_as(name: &str) -> &str {
    find(name, "").map_or(name, |(bundle, _)| bundle)
}

/// The form in which the names of bundles are compared: that of the catalogue where it knows the bundle, whatever
/// version the name ends in, without regard to case and a leading "IBM".
pub fn bundle_matched_as(name: &str) -> String {
    matched_as(bundle_known_as(name))
}

/// What a bundle is counted in, as the catalogue knows it of any of its versions; blank when it does not know.
pub fn unit_of(bundle: &str) -> &'static str {
    let mut units = BUNDLES.conversions.iter().filter(|row| row.bundle == bundle).map(|row| row.unit.as_str());
    let first = units.next().unwrap_or_default();
    if units.all(|unit| unit == first) { first } else { "" }
}

/// Whether the text of a version says that `OpenShift` cores come with it.
pub fn brings_open_shift(bundle: &str, version: &str) -> bool {
    BUNDLES.open_shift.iter().any(|row| row.bundle == bundle && row.version == version)
}

/// The `OpenShift` cores that come with so much of a bundle, and the row that says so.
pub fn open_shift(bundle: &str, version: &str, total: u64) -> Option<(u64, &'static OpenShift)> {
    BUNDLES.open_shift.iter().filter(|row| row.bundle == bundle && row.version == version).find_map(|row| {
        let cores = match row.grant {
            CoreGrant::PerUnit(ratio) => u64::try_from(ratio.additional(total)?.ceil()).ok()?,
            // Nothing comes with nothing, whatever tier begins at 0.
            CoreGrant::Flat { cores, from, to } if total >= from.max(1) && to.is_none_or(|to| total <= to) => cores,
            CoreGrant::Flat { .. } => return None,
        };
        Some((cores, row))
    })
}

#[cfg(test)]
mod tests;
