//! A file whose header is understood: which column is what, and where its rows belong.

use super::field::{DETECTED_BY, FIELDS, NAME, TemplateField};
use super::record::CellRecord;
use super::styles::TemplateStyles;
use super::taken::RowsTaken;
use crate::import::{Limits, detection, headers};
use crate::model::assessment::{FileKind, FileReport};
use crate::model::estate::Estate;
use crate::model::issue::{Issue, Severity};

/// A file whose header is understood.
pub(super) struct Header<'a> {
    pub(super) file: &'a str,
    /// Index of the file in the estate.
    pub(super) index: u16,
    /// Each column: its text, and the field that it was detected as.
    pub(super) columns: Vec<(String, Option<String>)>,
    /// How its numbers and days are written.
    pub(super) styles: TemplateStyles,
    /// Whether it is a text, in which signs set cells apart.
    is_delimited: bool,
    /// The sheets of its workbook on which the table stands; none where it stands on one, or in a text.
    sheets: Vec<String>,
    issues: Vec<Issue>,
    pub(super) limits: &'a Limits,
}

impl<'a> Header<'a> {
    /// Understands a header.
    ///
    /// # Errors
    /// When it is that of no template.
    pub(super) fn read(
        estate: &Estate,
        file: &'a str,
        header: &[String],
        header_line: u32,
        limits: &'a Limits,
    ) -> Result<Self, Issue> {
        let refuse = |code| Issue::new(Severity::Error, code).in_file(file);
        if header.len() > limits.columns {
            return Err(refuse("file_too_many_columns").with("limit", limits.columns));
        }
        let found = headers::fields(NAME, FIELDS, header);
        if !detection::is_detected(FIELDS, DETECTED_BY, &found) {
            return Err(refuse("file_not_template"));
        }
        let index = u16::try_from(estate.files.len()).map_err(|_| refuse("too_many_files"))?;
        let mut issues = Vec::new();
        let mut detected = Vec::new();
        for (text, field) in header.iter().zip(&found) {
            // Of two columns for one field the first is used, the other is kept like an unknown one.
            if field.is_none() && !text.is_empty() {
                let twice = headers::field(NAME, FIELDS, text).is_some();
                let (severity, code) =
                    if twice { (Severity::Warning, "column_twice") } else { (Severity::Info, "column_unknown") };
                issues.push(Issue::new(severity, code).in_file(file).at_row(header_line).in_column(text));
            }
            let field = field.and_then(|field| FIELDS.get(field)).map(|field| field.name.to_owned());
            detected.push((text.clone(), field));
        }
        Ok(Self {
            file,
            index,
            columns: detected,
            styles: TemplateStyles::default(),
            is_delimited: false,
            sheets: Vec::new(),
            issues,
            limits,
        })
    }

    /// The same, its numbers and days written so.
    pub(super) fn written(self, styles: TemplateStyles) -> Self {
        Self { styles, ..self }
    }

    /// The headers.
    pub(super) fn header(&self) -> Vec<String> {
        self.columns.iter().map(|(header, _)| header.clone()).collect()
    }

    /// The same, on these sheets of its workbook.
    pub(super) fn on_sheets(self, sheets: Vec<String>) -> Self {
        Self { sheets, ..self }
    }

    /// The same, as a text.
    pub(super) fn delimited(self, is_delimited: bool) -> Self {
        Self { is_delimited, ..self }
    }

    /// The first cell of a record of a text that stands beyond the header: within one before it, what sets cells apart was
    /// part of a number or a text. In a workbook that is a note beside the table.
    pub(super) fn beyond<'b>(&self, record: CellRecord<'b>) -> Option<&'b [u8]> {
        if !self.is_delimited || record.len() <= self.columns.len() {
            return None;
        }
        record.iter().skip(self.columns.len()).map(<[u8]>::trim_ascii).find(|cell| !cell.is_empty())
    }

    /// The index in the estate of the file with the rows of a sheet.
    pub(super) fn index_of(&self, sheet: &str) -> u16 {
        let index = self.sheets.iter().position(|known| known == sheet).unwrap_or(0);
        self.index.saturating_add(u16::try_from(index).unwrap_or(u16::MAX))
    }

    /// The file that a row of a sheet names.
    pub(super) fn file_of(&self, sheet: &str) -> String {
        if sheet.is_empty() { self.file.to_owned() } else { format!("{}/{sheet}", self.file) }
    }

    /// The column of a field.
    pub(super) fn at(&self, field: TemplateField) -> Option<usize> {
        self.columns.iter().position(|(_, known)| known.as_deref() == Some(field.name()))
    }

    /// Why the file is not read any further.
    pub(super) fn refuse(&self, code: &'static str, line: u32) -> Issue {
        Issue::new(Severity::Error, code).in_file(self.file).at_row(line)
    }

    /// How many threads may share the work.
    pub(super) const fn threads(&self) -> usize {
        self.limits.threads
    }

    /// How many rows may be read.
    pub(super) const fn most_rows(&self) -> u64 {
        self.limits.rows
    }

    /// Adds what was read to the estate.
    pub(super) fn into_estate(self, taken: RowsTaken, estate: &mut Estate) -> FileReport {
        let report = FileReport {
            name: self.file.to_owned(),
            kind: FileKind::EstateTemplate,
            language: None,
            rows: taken.records,
            left_out: taken.left_out,
            columns: self.columns,
            integrity: None,
            health: Vec::new(),
        };
        estate.issues.extend(self.issues);
        taken.add_to(estate);
        if self.sheets.is_empty() {
            estate.files.push(self.file.to_owned());
        } else {
            estate.files.extend(self.sheets.iter().map(|sheet| format!("{}/{sheet}", self.file)));
        }
        report
    }
}
