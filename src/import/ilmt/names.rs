//! The columns of each table in order, and the names that they have beside the English ones of today.

use crate::model::snapshot::{Column, TableKind};

/// The columns of a table in the order of ILMT 9.2.24.
pub(super) const fn standard(kind: TableKind) -> &'static [Column] {
    match kind {
        TableKind::Usage => USAGE,
        TableKind::Daily => DAILY,
        TableKind::Summary => SUMMARY,
        TableKind::CloudPaks => CLOUD_PAKS,
        TableKind::Parts => PARTS,
        TableKind::Bundling => BUNDLING,
        TableKind::Trails => TRAILS,
        TableKind::Bundled => &[],
    }
}

/// Other names of columns: older and localised ones. English of today is [`Column::english`].
pub(super) const ALIASES: &[(Column, &str)] = &[
    (Column::Bundle, "FlexPoint Bundle"),
    (Column::Bundle, "Flex Point Bundle"),
    (Column::Bundle, "Flex Point or Cloud Pak Bundle"),
    (Column::Bundle, "Cloud Pak or Flex Point Bundle"),
    (Column::Bundle, "Cloud Pak or FlexPoint Bundle"),
    (Column::Bundle, "Product Bundle"),
    (Column::BundleContribution, "FlexPoint Quantity"),
    (Column::PeakTime, "Peak Date"),
    (Column::ProductName, "name"),
    (Column::Metric, "metricName"),
    (Column::MetricQuantity, "metricQuantity"),
];

/// Polish names, as a real file has them.
pub(super) const POLISH: &[(Column, &str)] = &[
    (Column::RowNo, "Wiersz nr"),
    (Column::Publisher, "Wydawca"),
    (Column::ImportedPartNumbers, "Zaimportowane numery części"),
    (Column::ProductName, "Nazwa produktu"),
    (Column::Bundle, "Pakunek FlexPoint lub Cloud Pak"),
    (Column::Metric, "Wielkość mierzona"),
    (Column::MetricQuantity, "Wartość wielkości mierzonej"),
    (Column::PeakTime, "Czas wartości szczytowej wielkości mierzonej"),
    (Column::RecalculationNeeded, "Wymagane przeliczanie"),
    (Column::ServerName, "Nazwa serwera"),
    (Column::Processor, "Procesor"),
    (Column::ProcessorBrand, "Łańcuch marki procesora"),
    (Column::PvuPerCore, "PVU na rdzeń"),
    (Column::RateChanged, "Zmieniono wartość PVU na rdzeń"),
    (Column::CoreLimit, "Rdzenie procesora serwera fizycznego - limit ograniczonej mocy obliczeniowej"),
    (Column::CoreSubcapacity, "Rdzenie procesora serwera fizycznego - ograniczona moc obliczeniowa"),
    (Column::PvuLimit, "PVU serwera fizycznego - limit ograniczonej mocy obliczeniowej"),
    (Column::PvuSubcapacity, "PVU serwera fizycznego - ograniczona moc obliczeniowa"),
    (Column::Comment, "Komentarz"),
    (Column::PartitionCores, "Rdzenie partycji"),
    (Column::LayerId, "ID warstwy wirtualizacji"),
    (Column::Computer, "Komputer"),
    (Column::ComputerDeleted, "Komputer usunięty"),
    (Column::OperatingSystem, "System operacyjny"),
    (Column::IpAddress, "Adres IP"),
    (Column::Release, "Wydanie produktu"),
    (Column::Component, "Komponent"),
    (Column::Path, "Ścieżka"),
    (Column::Unconfirmed, "Niepotwierdzona instancja produktu"),
    (Column::LastSeen, "Ostatnio widziany komputer"),
    (Column::ExclusionComment, "Komentarz do wykluczenia"),
    (Column::PartNumber, "Numer części"),
    (Column::IsImported, "Jest zaimportowane"),
    (Column::Comments, "Komentarze"),
    (Column::DiscoveryStart, "Początek wykrywania"),
    (Column::DiscoveryEnd, "Koniec wykrywania"),
    (Column::Charged, "Płatny"),
    (Column::ModificationType, "Typ modyfikacji"),
    (Column::ModifiedBy, "Zmodyfikowane przez"),
    (Column::ModificationDate, "Data modyfikacji"),
    (Column::Details, "Szczegóły"),
];

const USAGE: &[Column] = &[
    Column::RowNo,
    Column::Publisher,
    Column::ImportedPartNumbers,
    Column::ProductName,
    Column::Bundle,
    Column::MetricQuantity,
    Column::PeakTime,
    Column::RecalculationNeeded,
    Column::ServerName,
    Column::Processor,
    Column::ProcessorBrand,
    Column::PvuPerCore,
    Column::RateChanged,
    Column::CoreLimit,
    Column::CoreSubcapacity,
    Column::PvuLimit,
    Column::PvuSubcapacity,
    Column::Comment,
    Column::PartitionCores,
    Column::LayerId,
    Column::Computer,
    Column::ComputerDeleted,
    Column::OperatingSystem,
    Column::IpAddress,
    Column::Release,
    Column::Component,
    Column::Path,
    Column::Unconfirmed,
    Column::LastSeen,
    Column::ExclusionComment,
];
const DAILY: &[Column] =
    &[Column::Day, Column::ProductName, Column::ProductId, Column::Metric, Column::MetricQuantity, Column::ClusterId];
const SUMMARY: &[Column] = &[
    Column::RowNo,
    Column::Publisher,
    Column::ProductName,
    Column::Bundle,
    Column::Metric,
    Column::MetricQuantity,
    Column::ImportedPartNumbers,
    Column::RecalculationNeeded,
];
const CLOUD_PAKS: &[Column] = &[
    Column::RowNo,
    Column::Publisher,
    Column::ProductName,
    Column::Bundle,
    Column::Metric,
    Column::MetricQuantity,
    Column::PeakTime,
    Column::BundleContribution,
    Column::ImportedPartNumbers,
    Column::RecalculationNeeded,
];
const PARTS: &[Column] =
    &[Column::RowNo, Column::ProductName, Column::PartNumber, Column::IsImported, Column::Comments];
const BUNDLING: &[Column] = &[
    Column::RowNo,
    Column::Publisher,
    Column::ImportedPartNumbers,
    Column::ProductName,
    Column::Bundle,
    Column::Metric,
    Column::ServerName,
    Column::Processor,
    Column::ProcessorBrand,
    Column::Computer,
    Column::ComputerDeleted,
    Column::OperatingSystem,
    Column::IpAddress,
    Column::Release,
    Column::Component,
    Column::Path,
    Column::Unconfirmed,
    Column::LastSeen,
    Column::DiscoveryStart,
    Column::DiscoveryEnd,
    Column::ExclusionComment,
    Column::Charged,
];
const TRAILS: &[Column] =
    &[Column::RowNo, Column::ModificationType, Column::ModifiedBy, Column::ModificationDate, Column::Details];
