//! How the numbers and days of an estate are written: told by all texts of a column, as in every list.

use std::collections::BTreeSet;

use litemap::LiteMap;

use super::field::{FIELDS, TemplateField};
use crate::import::cell::Style;
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
