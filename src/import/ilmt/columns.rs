//! Which column of a snapshot's table is which, in any language.
//!
//! IBM asks to match columns by name, never by position; the names follow the user's language. `data_condition.txt`
//! lists the English names of each table in the order of its columns, and is the key to the others. Where it is not
//! there, the names that are known decide: IBM's English ones, their older forms, and the Polish ones of a real file.

use litemap::LiteMap;

use super::names::{ALIASES, POLISH, standard};
use crate::model::snapshot::{SnapshotColumn, TableKind};

/// The columns without which the rows of a table say nothing. No two tables have the same, so they also tell which
/// table a file is.
pub(super) const fn required(kind: TableKind) -> &'static [SnapshotColumn] {
    match kind {
        TableKind::Usage => &[
            SnapshotColumn::ProductName,
            SnapshotColumn::ServerName,
            SnapshotColumn::PvuPerCore,
            SnapshotColumn::CoreSubcapacity,
        ],
        TableKind::Daily => {
            &[SnapshotColumn::Day, SnapshotColumn::ProductName, SnapshotColumn::Metric, SnapshotColumn::MetricQuantity]
        }
        TableKind::CloudPaks => &[
            SnapshotColumn::ProductName,
            SnapshotColumn::Bundle,
            SnapshotColumn::MetricQuantity,
            SnapshotColumn::BundleContribution,
        ],
        TableKind::Summary => &[SnapshotColumn::ProductName, SnapshotColumn::Metric, SnapshotColumn::MetricQuantity],
        TableKind::Parts => &[SnapshotColumn::ProductName, SnapshotColumn::PartNumber, SnapshotColumn::IsImported],
        TableKind::Bundling => {
            &[SnapshotColumn::ProductName, SnapshotColumn::ServerName, SnapshotColumn::DiscoveryStart]
        }
        TableKind::Trails => &[SnapshotColumn::ModificationType, SnapshotColumn::ModificationDate],
        TableKind::Bundled => &[],
    }
}

/// The table that a file of this name is, whatever folder it stands in and whatever dates its name carries.
pub(in crate::import) fn kind_by_name(name: &str) -> Option<TableKind> {
    let name = name.rsplit('/').next()?.to_ascii_lowercase();
    let name = name.strip_suffix(".csv")?;
    match name {
        "pvu_sub_capacity" => Some(TableKind::Usage),
        "audit_snapshot_summary" => Some(TableKind::Summary),
        "cloud_paks" | "product_bundles" => Some(TableKind::CloudPaks),
        "part_numbers" => Some(TableKind::Parts),
        "bundling_definitions" => Some(TableKind::Bundling),
        "audit_trails" => Some(TableKind::Trails),
        _ if name.starts_with("bundled_products_daily") => Some(TableKind::Bundled),
        _ => name.starts_with("products_daily").then_some(TableKind::Daily),
    }
}

/// The table that a file with this header is. One that lacks a column that it needs is still what it is: the sentence
/// that names the missing column helps, the one that it is no estate template does not.
pub(in crate::import) fn kind_by_header(header: &[String]) -> Option<TableKind> {
    let named = named(header);
    if is_bundled(header) {
        return Some(TableKind::Bundled);
    }
    let fits = |kind: &TableKind| required(*kind).iter().all(|column| named.contains_key(column));
    // The summary needs the least: its columns stand in the Cloud Paks too, and an estate template names a product
    // and a metric, so one more label of ILMT is asked for.
    let order = [
        TableKind::Usage,
        TableKind::Daily,
        TableKind::CloudPaks,
        TableKind::Parts,
        TableKind::Bundling,
        TableKind::Trails,
    ];
    let has_any = |columns: &[SnapshotColumn]| columns.iter().any(|column| named.contains_key(column));
    let is_summary = || {
        fits(&TableKind::Summary)
            && has_any(&[SnapshotColumn::RecalculationNeeded, SnapshotColumn::PeakTime, SnapshotColumn::Publisher])
    };
    let complete = order.into_iter().find(fits).or_else(|| is_summary().then_some(TableKind::Summary));
    complete.or_else(|| incomplete(header, &named))
}

/// The table whose own labels a header has, though not all that are needed: an export of a view has the columns that
/// are shown.
fn incomplete(header: &[String], named: &LiteMap<SnapshotColumn, usize>) -> Option<TableKind> {
    const USAGE: [SnapshotColumn; 6] = [
        SnapshotColumn::PvuPerCore,
        SnapshotColumn::RateChanged,
        SnapshotColumn::CoreLimit,
        SnapshotColumn::CoreSubcapacity,
        SnapshotColumn::PvuLimit,
        SnapshotColumn::PvuSubcapacity,
    ];
    let has = |name: &str| header.iter().any(|written| folded(written) == name);
    if USAGE.iter().filter(|column| named.contains_key(column)).count() > 1 {
        Some(TableKind::Usage)
    } else {
        (has("metricname") && has("metricquantity")).then_some(TableKind::Daily)
    }
}

/// Whether a daily table of the License Service states components of Cloud Paks. They must not be taken for products
/// that stand alone: what they use is licensed through the Cloud Pak.
fn is_bundled(header: &[String]) -> bool {
    let has = |name: &str| header.iter().any(|written| folded(written).replace(' ', "") == name);
    let of_pak = ["cloudpakid", "cloudpakname", "cloudpakmetricname", "metricconversion", "metricconvertedquantity"];
    has("metricname") && of_pak.iter().any(|name| has(name))
}

/// Where each column of a table stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SnapshotColumns {
    indices: LiteMap<SnapshotColumn, usize>,
    /// Whether nothing but the order of the columns told which is which.
    pub(super) by_position: bool,
    /// Language of the headers, when it is known.
    pub(super) language: Option<&'static str>,
}

impl SnapshotColumns {
    /// Finds the columns of a table. `listed` are the English names of its columns in order, where
    /// `data_condition.txt` gives them.
    pub(super) fn find(kind: TableKind, header: &[String], listed: Option<&[String]>) -> Self {
        let mut indices = named(header);
        let language = language(header);
        if let Some(listed) = listed.filter(|listed| listed.len() == header.len()) {
            let listed: Vec<Option<SnapshotColumn>> = listed.iter().map(|name| column_named(name)).collect();
            add_by_position(&mut indices, &listed);
        }
        let complete = required(kind).iter().all(|column| indices.contains_key(column));
        let standard = standard(kind);
        let mut by_position = false;
        if !complete && standard.len() == header.len() {
            let ordered: Vec<Option<SnapshotColumn>> = standard.iter().copied().map(Some).collect();
            by_position = add_by_position(&mut indices, &ordered);
        }
        Self { indices, by_position, language }
    }

    /// The index of a column.
    pub(super) fn index(&self, column: SnapshotColumn) -> Option<usize> {
        self.indices.get(&column).copied()
    }

    /// The column that stands at an index.
    pub(super) fn at(&self, index: usize) -> Option<SnapshotColumn> {
        self.indices.iter().find(|(_, known)| **known == index).map(|(column, _)| *column)
    }

    /// The required columns that the table does not have.
    pub(super) fn missing(&self, kind: TableKind) -> impl Iterator<Item = SnapshotColumn> {
        required(kind).iter().copied().filter(|column| !self.indices.contains_key(column))
    }
}

/// Adds the columns that an ordered list names, unless the list contradicts a name that is known.
fn add_by_position(indices: &mut LiteMap<SnapshotColumn, usize>, ordered: &[Option<SnapshotColumn>]) -> bool {
    let agrees = indices.iter().all(|(column, index)| ordered.get(*index) == Some(&Some(*column)));
    if agrees {
        indices.extend(ordered.iter().enumerate().filter_map(|(index, column)| Some(((*column)?, index))));
    }
    agrees
}

fn named(header: &[String]) -> LiteMap<SnapshotColumn, usize> {
    let mut indices = LiteMap::new();
    for (index, name) in header.iter().enumerate() {
        if let Some(column) = column_named(name) {
            indices.entry(column).or_insert(index);
        }
    }
    indices
}

fn column_named(name: &str) -> Option<SnapshotColumn> {
    let name = folded(name);
    let english = TableKind::ALL.iter().flat_map(|kind| standard(*kind)).copied();
    let english = english.map(|column| (column, column.english()));
    let known = english.chain(ALIASES.iter().copied()).chain(POLISH.iter().copied());
    known.into_iter().find(|(_, known)| folded(known) == name).map(|(column, _)| column)
}

fn language(header: &[String]) -> Option<&'static str> {
    let has = |name: &str| header.iter().any(|written| folded(written) == folded(name));
    let english = [
        SnapshotColumn::RowNo,
        SnapshotColumn::ProductName,
        SnapshotColumn::ServerName,
        SnapshotColumn::ModificationType,
    ];
    if POLISH.iter().any(|(_, name)| has(name)) {
        Some("pl")
    } else {
        english.iter().any(|column| has(column.english())).then_some("en")
    }
}

/// A name without regard to case and to the width of spaces.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn every_table_is_recognised_by_its_english_header() {
        for kind in TableKind::ALL.into_iter().filter(|kind| *kind != TableKind::Bundled) {
            let names: Vec<&str> = if kind == TableKind::Daily {
                vec!["date", "name", "id", "metricName", "metricQuantity", "clusterId"]
            } else {
                standard(kind).iter().map(|column| column.english()).collect()
            };
            assert_eq!(kind_by_header(&header(&names)), Some(kind));
        }
        let template = ["server", "processor", "sockets", "cores", "product", "metric", "from", "to"];
        assert_eq!(kind_by_header(&header(&template)), None, "an estate template is no file of ILMT");
    }

    #[test]
    fn a_table_is_recognised_by_its_name_whatever_dates_it_carries() {
        assert_eq!(kind_by_name("a/products_daily_2021-04-04_2021-05-04_x.y.csv"), Some(TableKind::Daily));
        assert_eq!(kind_by_name("PVU_SUB_CAPACITY.CSV"), Some(TableKind::Usage));
        assert_eq!(kind_by_name("pvu_sub_capacity.txt"), None);
        assert_eq!(kind_by_name("bundled_products_daily_2026-01-01_x.csv"), Some(TableKind::Bundled));
    }

    #[test]
    fn a_daily_table_with_a_column_of_cloud_paks_is_no_series_of_products() {
        let daily = ["date", "name", "id", "metricName", "metricQuantity", "clusterId"];
        for more in ["cloudpakId", "cloudpakName", "metricConversion"] {
            let names = [&daily[..], &[more]].concat();
            assert_eq!(kind_by_header(&header(&names)), Some(TableKind::Bundled), "{more}");
        }
    }

    #[test]
    fn columns_of_an_unknown_language_are_found_through_the_list_of_english_names() {
        let written = header(&["Nr", "Produit", "Référence", "Importé", "Nouveau"]);
        let listed = header(&["Row No.", "Product Name", "Part Number", "Is Imported", "Something New"]);
        let columns = SnapshotColumns::find(TableKind::Parts, &written, Some(&listed));
        assert_eq!(columns.index(SnapshotColumn::PartNumber), Some(2));
        assert_eq!(columns.at(4), None);
        assert!(!columns.by_position);
    }

    #[test]
    fn names_that_are_known_go_before_a_list_that_contradicts_them() {
        let written = header(&["Part Number", "Product Name", "Is Imported"]);
        let listed = header(&["Product Name", "Part Number", "Is Imported"]);
        let columns = SnapshotColumns::find(TableKind::Parts, &written, Some(&listed));
        assert_eq!(columns.index(SnapshotColumn::PartNumber), Some(0));
        assert_eq!(columns.index(SnapshotColumn::ProductName), Some(1));
    }

    #[test]
    fn without_a_list_an_unknown_language_is_read_by_position_and_says_so() {
        let written = header(&["Nr", "Produit", "Référence", "Importé", "Remarques"]);
        let columns = SnapshotColumns::find(TableKind::Parts, &written, None);
        assert!(columns.by_position);
        assert_eq!(columns.index(SnapshotColumn::IsImported), Some(3));
        let shorter = SnapshotColumns::find(TableKind::Parts, &written[..4], None);
        assert_eq!(shorter.missing(TableKind::Parts).count(), 3);
    }

    #[test]
    fn every_table_of_an_unknown_language_is_read_by_position() {
        for kind in TableKind::ALL.into_iter().filter(|kind| *kind != TableKind::Bundled) {
            let written: Vec<String> = (0..standard(kind).len()).map(|index| format!("Spalte {index}")).collect();
            let columns = SnapshotColumns::find(kind, &written, None);
            assert!(columns.by_position, "{kind:?}");
            assert_eq!(columns.missing(kind).count(), 0, "{kind:?}");
        }
    }

    #[test]
    fn an_export_of_a_view_is_recognised_by_the_labels_that_are_shown() {
        for (names, kind) in [
            (&["Product Name", "Metric", "Metric Quantity", "Peak Date"][..], Some(TableKind::Summary)),
            (&["Publisher", "Product Name", "Metric Quantity", "Metric"], Some(TableKind::Summary)),
            (&["Product Name", "Physical Server PVU Subcapacity", "PVU Per Core"], Some(TableKind::Usage)),
            (&["name", "id", "metricName", "metricQuantity", "metricPeakDate"], Some(TableKind::Daily)),
            (&["Product Name", "Metric", "Quantity"], None),
            (&["Product Name", "Metric", "Metric Quantity"], None),
            (&["server", "product", "PVU Per Core"], None),
        ] {
            assert_eq!(kind_by_header(&header(names)), kind, "{names:?}");
        }
    }

    #[test]
    fn older_names_of_a_column_are_known() {
        for (column, name) in ALIASES.iter().chain(POLISH) {
            assert_eq!(column_named(&name.to_uppercase()), Some(*column), "{name}");
        }
    }
}
