//! Bundles and Cloud Paks: how much of one its components use, version by version, each ratio with its licence text.
//!
//! `bundles.csv` holds one row for each component, environment and metric. Restatements by third parties are evidence
//! for a row and have none of their own. `bundle_aliases.csv` holds the other names under which tools and people know
//! bundles and components; metrics go through the one list of metric words.

use std::borrow::Cow;
use std::sync::LazyLock;

use litemap::LiteMap;
use rust_decimal::Decimal;

use super::table::{self, Problem, Row};
use crate::model::bundle::Environment;
use crate::model::day;
use crate::model::derivation::{Confidence, RuleReference, Title};
use crate::model::fraction::Fraction;
use crate::model::metric;

/// A ratio as licence texts write it, component : bundle. "2:1" is two of the component for one of the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// So much of the component …
    pub component: Decimal,
    /// … uses so much of the bundle.
    pub bundle: Decimal,
}

impl Ratio {
    /// What a quantity of the component uses of the bundle, exactly; `None` when it is too large.
    pub fn exact(self, quantity: Decimal) -> Option<Fraction> {
        Fraction::of(self.bundle, self.component)?.times(quantity)
    }

    /// The same, rounded up.
    pub fn contribution(self, quantity: Decimal) -> Option<u64> {
        self.exact(quantity)?.ceil()
    }

    /// What comes on top of so many units of the bundle, where the ratio is one of additional entitlements: rounded up
    /// to a multiple of what comes with one lot (commercial facts, D1). `None` when it is too large.
    pub fn additional(self, units: u64) -> Option<u64> {
        let lots = Fraction::of(units.into(), self.bundle)?.ceil()?;
        u64::try_from(self.component.checked_mul(lots.into())?.ceil()).ok()
    }

    /// As licence texts write it.
    pub fn text(self) -> String {
        format!("{}:{}", self.component.normalize(), self.bundle.normalize())
    }
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
    /// Whether use outside of production is not counted.
    pub free_in_non_production: bool,
    /// What the component is counted in.
    pub metric: String,
    /// The ratio.
    pub ratio: Ratio,
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
        self.free_in_non_production && environment == Environment::NonProduction
    }

    /// The row as a rule.
    pub fn rule(&self) -> RuleReference {
        let title =
            format!("{} · {} = {} {} ({})", self.bundle, self.component, self.ratio.text(), self.unit, self.metric);
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
    pub grant: Grant,
    /// The text that says so.
    pub source: String,
    /// What else the text says.
    pub note: String,
}

/// How many cores come with a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
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

/// Another name for a bundle or a component.
struct Alias {
    other: String,
    name: String,
    environment: Option<Environment>,
}

enum Entry {
    Conversion(Box<Conversion>),
    OpenShift(Box<OpenShift>),
}

struct Bundles {
    conversions: Vec<Conversion>,
    open_shift: Vec<OpenShift>,
    /// Everything that has a name, by that and by its other names, folded.
    names: LiteMap<String, (String, Option<Environment>)>,
    /// The metrics of the rows, by their codes.
    metrics: LiteMap<String, String>,
    /// Day or year of the text and version of each bundle, the newest text first.
    versions: LiteMap<String, Vec<(String, String)>>,
    problems: Vec<Problem>,
}

const HEADER: [&str; 16] = [
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
    "confidence",
    "as_of",
    "note",
];

static BUNDLES: LazyLock<Bundles> = LazyLock::new(|| {
    let (entries, mut problems) = table::read("src/rules/bundles.csv", include_str!("bundles.csv"), &HEADER, entry);
    let (aliases, more) = table::read(
        "src/rules/bundle_aliases.csv",
        include_str!("bundle_aliases.csv"),
        &["alias", "name", "environment"],
        |row| {
            let (other, name) = (row.get("alias").to_owned(), row.get("name").to_owned());
            Ok(Alias { other, name, environment: environment(row)? })
        },
    );
    problems.extend(more);
    let (mut conversions, mut open_shift) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry {
            Entry::Conversion(conversion) => conversions.push(*conversion),
            Entry::OpenShift(grant) => open_shift.push(*grant),
        }
    }
    let mut versions: LiteMap<String, Vec<(String, String)>> = LiteMap::new();
    let texts = conversions.iter().map(|row| (&row.bundle, row.as_of.as_str(), &row.version));
    // Documentation is no licence text: it never makes its version the newest.
    let documented = open_shift.iter().map(|row| (&row.bundle, "", &row.version));
    for (bundle, as_of, version) in texts.chain(documented) {
        versions.entry(bundle.clone()).or_default().push((as_of.to_owned(), version.clone()));
    }
    for known in versions.iter_mut().map(|(_, one)| one) {
        known.sort_unstable_by(|one, other| other.cmp(one));
    }
    let own = conversions.iter().flat_map(|row| [&row.bundle, &row.component]);
    let own = own.chain(open_shift.iter().map(|row| &row.bundle)).map(|name| (name, (name.clone(), None)));
    let others = aliases.iter().map(|alias| (&alias.other, (alias.name.clone(), alias.environment)));
    let names = own.chain(others).map(|(name, known)| (folded(name), known)).collect();
    let metrics = conversions.iter().map(|row| (metric::code(&row.metric), row.metric.clone())).collect();
    Bundles { conversions, open_shift, names, metrics, versions, problems }
});

fn environment(row: &Row<'_>) -> Result<Option<Environment>, String> {
    match row.get("environment") {
        "" => Ok(None),
        text => Environment::parse(text).map(Some).ok_or_else(|| format!("environment: {text:?}")),
    }
}

fn entry(row: &Row<'_>) -> Result<Entry, String> {
    let text = |column| row.get(column).to_owned();
    let needed = |column| match row.parse::<Decimal>(column) {
        Ok(Some(number)) if number > Decimal::ZERO => Ok(number),
        Ok(_) => Err(format!("{column}: not above 0")),
        Err(what) => Err(what),
    };
    let (bundle, version, source, note) = (text("bundle"), text("version"), text("source"), text("note"));
    if bundle.is_empty() || source.is_empty() {
        return Err("bundle, source: blank".to_owned());
    }
    if row.get("kind") == "openshift" {
        let grant = match row.parse("total_min")? {
            Some(from) => {
                let cores = row.parse("ratio_component")?.ok_or("ratio_component: blank")?;
                Grant::Flat { cores, from, to: row.parse("total_max")? }
            }
            None => Grant::PerUnit(Ratio { component: needed("ratio_component")?, bundle: needed("ratio_bundle")? }),
        };
        return Ok(Entry::OpenShift(Box::new(OpenShift { bundle, version, grant, source, note })));
    }
    if row.get("kind") != "convert" {
        return Err(format!("kind: {:?}", row.get("kind")));
    }
    let confidence = match row.get("confidence") {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        other => return Err(format!("confidence: {other:?}")),
    };
    Ok(Entry::Conversion(Box::new(Conversion {
        bundle,
        version,
        component: text("component"),
        environment: environment(row)?,
        free_in_non_production: row.get("free_in_non_production") == "yes",
        metric: text("metric"),
        ratio: Ratio { component: needed("ratio_component")?, bundle: needed("ratio_bundle")? },
        unit: text("unit"),
        source,
        confidence,
        as_of: text("as_of"),
        note,
    })))
}

/// What does not fit in the tables. A test holds it empty.
pub fn problems() -> &'static [Problem] {
    &BUNDLES.problems
}

/// All conversions, in the order of the table.
pub fn conversions() -> &'static [Conversion] {
    &BUNDLES.conversions
}

/// A name without what makes no difference: case, spaces at its edges, and a leading "IBM".
fn folded(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    name.strip_prefix("ibm ").map(str::to_owned).unwrap_or(name)
}

/// A name without what people add to it: a mark of a footnote, or words in brackets.
fn without_addition(name: &str) -> &str {
    let name = name.trim_end_matches(['*', ' ']);
    let bare = name.strip_suffix(')').and_then(|name| name.rsplit_once('(')).map(|(before, _)| before.trim_end());
    bare.unwrap_or(name)
}

/// The name that the catalogue uses for a bundle or a component, and the environment that the given name speaks of. A
/// name that it does not know stays as it is.
pub fn known_as(name: &str) -> (&str, Option<Environment>) {
    let known = BUNDLES.names.get(&folded(name)).or_else(|| BUNDLES.names.get(&folded(without_addition(name))));
    known.map_or((name, None), |(known, environment)| (known, *environment))
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
pub enum Version<'a> {
    /// The catalogue has it; blank where its text names none.
    Known(&'static str),
    /// The catalogue has it not: as it is written.
    Unknown(&'a str),
}

/// A bundle and one of its versions, by name: the name may end in the version. Without one, the version with the
/// newest text counts. `None` when the catalogue has no such bundle.
pub fn find<'a>(bundle: &'a str, version: &'a str) -> Option<(&'static str, Version<'a>)> {
    let versions = |name: &str| BUNDLES.versions.get_indexed(BUNDLES.versions.find_index(known_as(name).0).ok()?);
    let (name, mut version) = (bundle.trim(), version.trim());
    let found = versions(name).or_else(|| {
        // A version beside the name as well has to be the same one.
        let (before, last) = name.rsplit_once(' ')?;
        if version.is_empty() {
            version = last;
        }
        versions(before.trim()).filter(|_| version.eq_ignore_ascii_case(last))
    });
    let (name, known) = found?;
    let named = known.iter().find(|(_, known)| version.is_empty() || known.eq_ignore_ascii_case(version));
    Some((name, named.map_or(Version::Unknown(version), |(_, version)| Version::Known(version))))
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
            Grant::PerUnit(ratio) => ratio.additional(total)?,
            Grant::Flat { cores, from, to } if total >= from && to.is_none_or(|to| total <= to) => cores,
            Grant::Flat { .. } => return None,
        };
        Some((cores, row))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(component: &str, bundle: &str) -> Ratio {
        Ratio { component: component.parse().unwrap(), bundle: bundle.parse().unwrap() }
    }

    #[test]
    fn every_line_of_the_tables_fits() {
        assert_eq!(problems(), []);
        assert_eq!(conversions().len(), 145);
        for (name, _) in BUNDLES.names.values() {
            let known = |row: &Conversion| [&row.bundle, &row.component].contains(&name);
            assert!(conversions().iter().any(known), "{name}");
        }
    }

    #[test]
    fn every_metric_and_unit_of_the_tables_is_in_the_list_of_metric_words() {
        let words = conversions().iter().flat_map(|row| [&row.metric, &row.unit]);
        let unknown: Vec<_> = words.filter(|word| !metric::is_known(word)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn a_metric_goes_by_the_word_of_the_catalogue() {
        for (given, word) in [
            ("MANAGED_VIRTUAL_SERVER", "MVS"),
            ("Managed Virtual Servers", "MVS"),
            ("AUTHORIZED_USERS", "Authorized User"),
            ("Rdzeń procesora wirtualnego", "VPC"),
            ("Foo Bar", "FOO_BAR"),
        ] {
            assert_eq!(metric_as(given), word, "{given}");
        }
    }

    #[test]
    fn a_contribution_is_converted_exactly_and_rounded_up_once() {
        assert_eq!(ratio("2", "1").contribution(9.into()), Some(5));
        assert_eq!(ratio("1", "5").contribution(9.into()), Some(45));
        assert_eq!(ratio("3", "2").contribution(3.into()), Some(2));
        assert_eq!(ratio("3", "1").contribution("0.1".parse().unwrap()), Some(1));
        assert_eq!(ratio("0.5", "1").contribution(2.into()), Some(4));
        assert_eq!(ratio("7", "5").contribution(0.into()), Some(0));
    }

    #[test]
    fn an_additional_entitlement_is_rounded_up_to_a_multiple_of_its_lot() {
        // Five of the bundle are two and a half lots of 3 : 2: three lots, 9; a conversion would give 8.
        assert_eq!(ratio("3", "2").additional(5), Some(9));
        assert_eq!(ratio("3", "1").additional(45), Some(135));
        assert_eq!(ratio("3", "2").additional(0), Some(0));
        assert_eq!(ratio("3", "1").additional(u64::MAX), None);
    }

    #[test]
    fn a_bundle_is_found_by_any_of_its_names_and_its_newest_text_counts() {
        let integration = Some(("IBM Cloud Pak for Integration", Version::Known("2020.1.1")));
        for name in
            ["IBM Cloud Pak for Integration", "cloud pak for INTEGRATION", "CP4I", "Cloud Pak for Integration 2020.1.1"]
        {
            assert_eq!(find(name, ""), integration, "{name}");
        }
        assert_eq!(find("CP4I", "2022.2"), Some(("IBM Cloud Pak for Integration", Version::Known("2022.2"))));
        assert_eq!(find("CP4I", "99"), Some(("IBM Cloud Pak for Integration", Version::Unknown("99"))));
        assert_eq!(find("CP4I 9.9", ""), Some(("IBM Cloud Pak for Integration", Version::Unknown("9.9"))));
        assert_eq!(
            find("IBM WebSphere Hybrid Edition", ""),
            Some(("IBM WebSphere Hybrid Edition", Version::Known("")))
        );
        assert_eq!(find("No such bundle", ""), None);
    }

    #[test]
    fn names_of_bundles_are_compared_without_case_version_and_maker() {
        for name in ["CP4I", "cloud pak for integration", "IBM Cloud Pak for Integration 2022.2"] {
            assert_eq!(bundle_matched_as(name), "cloud pak for integration", "{name}");
        }
        assert_eq!(bundle_matched_as("IBM No Such Bundle"), "no such bundle");
    }

    #[test]
    fn every_bundle_is_counted_in_one_unit() {
        for row in conversions() {
            assert_eq!(unit_of(&row.bundle), row.unit);
        }
        assert_eq!(unit_of("No such bundle"), "");
    }

    #[test]
    fn open_shift_follows_the_ratio_or_the_tier() {
        let cores = |bundle, version, total| open_shift(bundle, version, total).map(|(cores, _)| cores);
        assert_eq!(cores("IBM Cloud Pak for Business Automation", "24.0.0", 45), Some(135));
        assert_eq!(cores("IBM Cloud Pak for Security", "1.4", 100_000), Some(100));
        assert_eq!(cores("IBM Cloud Pak for Security", "1.4", 2_000_000), Some(200));
        assert_eq!(cores("IBM Cloud Pak for Integration", "2020.1.1", 5), None);
    }
}
