//! How the numbers and days of an estate are written: told by all texts of a column, as in every list.

use std::borrow::Cow;
use std::collections::BTreeSet;

use litemap::LiteMap;

use super::field::{FIELDS, TemplateField};
use super::header::Header;
use crate::import::cell::Style;
use crate::import::sheet::{Sheet, SheetRow};
use crate::import::styles::{self, ColumnCells, StyleEvidence, Written};
use crate::model::list;

/// The style of each column of numbers or days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TemplateStyles(LiteMap<TemplateField, Style>);

impl TemplateStyles {
    /// The style of a column.
    pub(super) fn of(&self, field: TemplateField) -> Style {
        self.0.get(&field).copied().unwrap_or_default()
    }

    /// The styles that the texts of a table tell. Plain ones are read as such first.
    pub(super) fn told(texts: &Texts, header: &[String], delimiter: Option<u8>, numbers: Option<Style>) -> Self {
        let texts: Vec<(TemplateField, Vec<String>)> =
            texts.0.iter().map(|(field, texts)| (*field, texts.iter().cloned().collect())).collect();
        let columns: Vec<Option<styles::StyledColumn<'_>>> = texts
            .iter()
            .map(|(field, texts)| {
                let field: &list::Field = FIELDS.iter().find(|known| known.name == field.name())?;
                Some(styles::StyledColumn { field, own: true, cells: ColumnCells::Distinct(texts) })
            })
            .collect();
        let told = styles::told(&columns, StyleEvidence { delimiter, header }, Written { numbers, first_plain: true });
        let told = texts.iter().map(|(field, _)| *field).zip(told).filter(|(_, style)| *style != Style::Plain);
        Self(told.collect())
    }
}

/// The columns of a sheet in which cells may hold numbers: they are the same in every style.
pub(super) struct NumberColumns {
    /// Each with its field, and the distinct texts that stand in it beside numbers.
    columns: Vec<(usize, TemplateField, BTreeSet<String>)>,
}

impl NumberColumns {
    /// Those of a sheet with such a header.
    pub(super) fn of(sheet: &Sheet, header: &Header<'_>) -> Self {
        use TemplateField::{Cores, PartitionCores, PoolCores, Sockets};
        let texts = |column: usize| {
            let texts = sheet.rows().filter(|row| !row.is_number(column)).map(|row| row.cell(column).to_owned());
            texts.collect()
        };
        let column = |field| header.at(field).map(|column| (column, field, texts(column)));
        Self { columns: [Sockets, Cores, PartitionCores, PoolCores].into_iter().filter_map(column).collect() }
    }

    /// The text of a cell: that of a number is written as the texts of its column are.
    pub(super) fn text<'a>(&self, row: SheetRow<'a>, column: usize, styles: &TemplateStyles) -> Cow<'a, str> {
        let text = row.cell(column);
        let field = self.columns.iter().find(|(known, _, _)| *known == column && row.is_number(column));
        match field.map(|(_, field, _)| styles.of(*field)) {
            Some(Style::Comma) => text.replace('.', ",").into(),
            _ => text.into(),
        }
    }

    /// Forgets the texts of numbers: they tell nothing of how the others are written.
    pub(super) fn forget_numbers(&self, texts: &mut Texts) {
        for (_, field, written) in &self.columns {
            if let Some(met) = texts.0.get_mut(field) {
                met.retain(|text| written.contains(text));
            }
        }
    }
}

/// The distinct texts of the columns of numbers and days that more than digits stand in.
#[derive(Default)]
pub(super) struct Texts(LiteMap<TemplateField, BTreeSet<String>>);

impl Texts {
    /// Takes note of a text of a column, and gives it back.
    pub(super) fn met<'a>(&mut self, field: TemplateField, text: &'a str) -> &'a str {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.0.entry(field).or_default().insert(text.to_owned());
        }
        text
    }

    /// Adds those of another part.
    pub(super) fn extend(&mut self, other: Self) {
        for (field, texts) in other.0 {
            self.0.entry(field).or_default().extend(texts);
        }
    }
}
