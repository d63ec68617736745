//! Lists with a header of fixed names: orders, parts of bundles, entitlements.

use rust_decimal::Decimal;

use super::sheet::{Row, Sheet};
use super::sniff::{self, Recognised};
use super::{Limits, Watch, csv, number, xlsx};
use crate::model::issue::{Issue, Severity};

/// A list in its file.
pub(super) struct List<'a> {
    file: &'a str,
    /// What a file is called that is no such list.
    refusal: &'static str,
    sheet: Sheet,
}

/// The lines of a list, and what of it cannot be used.
pub(super) type Lines<T> = (Vec<T>, Vec<Issue>);

/// Reads a list from CSV or from the first sheet of a workbook by `lines`; what is neither is refused with `refusal`.
///
/// # Errors
/// When it cannot be read at all, or is no such list.
pub(super) fn read<T>(
    (file, bytes): (&str, &[u8]),
    refusal: &'static str,
    limits: &Limits,
    watch: &mut dyn Watch,
    lines: fn(&List<'_>) -> Result<Lines<T>, Issue>,
) -> Result<Lines<T>, Issue> {
    let (list, issues) = List::open(file, bytes, refusal, limits, watch)?;
    let (lines, found) = lines(&list)?;
    Ok((lines, [issues, found].concat()))
}

impl<'a> List<'a> {
    /// The list that a table is.
    pub(super) const fn of(file: &'a str, refusal: &'static str, sheet: Sheet) -> Self {
        Self { file, refusal, sheet }
    }

    /// The table of a CSV file, or the first sheet of a workbook; what is neither is refused with `refusal`. With it
    /// comes what was odd about its text.
    ///
    /// # Errors
    /// When it cannot be read, or is something else.
    fn open(
        file: &'a str,
        bytes: &[u8],
        refusal: &'static str,
        limits: &Limits,
        watch: &mut dyn Watch,
    ) -> Result<(Self, Vec<Issue>), Issue> {
        let (sheet, issues) = match sniff::recognise(file, bytes, limits)? {
            Recognised::Table(table) => (csv::read(&table.text, table.delimiter, limits, watch), table.issues),
            Recognised::Workbook => (xlsx::read(bytes, limits, watch), Vec::new()),
            Recognised::Snapshot | Recognised::SnapshotTable(..) | Recognised::Workspace => {
                return Err(Issue::new(Severity::Error, refusal).in_file(file));
            }
        };
        Ok((Self::of(file, refusal, sheet.map_err(|issue| issue.in_file(file))?), issues))
    }

    /// Name of the file.
    pub(super) const fn file(&self) -> &str {
        self.file
    }

    /// The headers.
    pub(super) fn header(&self) -> &[String] {
        self.sheet.header()
    }

    /// The place of a column, however its header is spelt.
    pub(super) fn column(&self, field: &str) -> Option<usize> {
        self.header().iter().position(|text| is_named(text, field))
    }

    /// The place of a column without which it is no such list.
    ///
    /// # Errors
    /// When there is no such column.
    pub(super) fn required(&self, field: &str) -> Result<usize, Issue> {
        self.column(field).ok_or_else(|| self.refused())
    }

    /// Why it is no such list.
    pub(super) fn refused(&self) -> Issue {
        Issue::new(Severity::Error, self.refusal).in_file(self.file)
    }

    /// The rows below the header; blank ones are none.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.sheet.rows()
    }

    /// What to say of a cell that cannot be used.
    pub(super) fn wrong(&self, row: Row<'_>, place: usize, code: &'static str) -> Issue {
        let header = self.header().get(place).map_or("", String::as_str);
        let issue = Issue::new(Severity::Error, code).in_file(self.file).at_row(row.line()).in_column(header);
        issue.with("value", row.cell(place))
    }
}

/// Whether a header means a field: `Part Number` is `part_number`.
pub(super) fn is_named(header: &str, field: &str) -> bool {
    let same = |letter: u8| if matches!(letter, b' ' | b'-') { b'_' } else { letter.to_ascii_lowercase() };
    header.bytes().map(same).eq(field.bytes())
}

/// A plain number, 0 or more.
pub(super) fn quantity(text: &str) -> Option<Decimal> {
    // Sums of millions of lines stay exact below this.
    let most = Decimal::from(1_000_000_000_000_u64);
    number::plain(text).filter(|number| !number.is_sign_negative() && *number <= most && number.scale() <= 6)
}
