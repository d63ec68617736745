//! Lists with a header of fixed names: orders, parts of bundles.

use rust_decimal::Decimal;

use super::sheet::Sheet;
use super::sniff::{self, Recognised};
use super::{Limits, Watch, csv, xlsx};
use crate::model::issue::{Issue, Severity};

/// The table of a CSV file, or the first sheet of a workbook; what is neither is refused with `code`.
///
/// # Errors
/// When it cannot be read, or is something else.
pub(super) fn open(
    name: &str,
    bytes: &[u8],
    code: &'static str,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<(Sheet, Vec<Issue>), Issue> {
    let (sheet, issues) = match sniff::recognise(name, bytes, limits)? {
        Recognised::Table(table) => (csv::read(&table.text, table.delimiter, limits, watch), table.issues),
        Recognised::Workbook => (xlsx::read(bytes, limits, watch), Vec::new()),
        Recognised::Snapshot | Recognised::SnapshotTable(..) | Recognised::Workspace => {
            return Err(Issue::new(Severity::Error, code).in_file(name));
        }
    };
    Ok((sheet.map_err(|issue| issue.in_file(name))?, issues))
}

/// The place of a column, however its header is spelt.
pub(super) fn column(sheet: &Sheet, field: &str) -> Option<usize> {
    sheet.header().iter().position(|text| text.eq_ignore_ascii_case(field))
}

/// A plain decimal number, 0 or more: no separators of thousands, no exponent. What is ambiguous is refused.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    // Sums of millions of lines stay exact below this.
    let most = Decimal::from(1_000_000_000_000_u64);
    let number: Decimal =
        Some(text).filter(|text| plain && text.bytes().any(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    (number <= most && number.scale() <= 6).then_some(number)
}
