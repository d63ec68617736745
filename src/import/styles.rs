//! How the columns of a table are written: told by all of their cells, and by what else the file says where those can be
//! read in two ways.

use super::cell::{self, Style, StyleClues};
use super::headers;
use super::list::ListColumns;
use super::sheet::Sheet;
use super::suffix;
use crate::model::list::{Field, FieldKind};

/// What is known of how a table is written, beside its cells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written {
    /// How somebody says that its numbers are written.
    pub numbers: Option<Style>,
    /// Whether a column that can be read as plain numbers is one, whatever they look like.
    pub first_plain: bool,
}

/// Whether a field says how much of something: people write thousands and units there.
pub(super) fn is_quantity(field: &Field) -> bool {
    field.name == "quantity"
}

/// The style of each column whose field is known. A column that can be read in two ways follows what else the file
/// says; where nothing does, only the cells are read about which there is no doubt.
pub fn of(fields: &[Field], indices: &[Option<usize>], sheet: &Sheet, written: Written) -> ListColumns {
    let columns: Vec<Option<StyledColumn<'_>>> = indices
        .iter()
        .enumerate()
        .map(|(column, index)| {
            let at = (*index)?;
            let field = fields.get(at)?;
            let own = sheet.header().get(column).is_some_and(|header| header == field.name);
            let cells = ColumnCells::In(sheet, column);
            Some(StyledColumn { field, own, cells })
        })
        .collect();
    let evidence = StyleEvidence { delimiter: sheet.delimiter(), header: sheet.header() };
    let styles = told(&columns, evidence, written);
    indices.iter().zip(styles).map(|(index, style)| index.map(|at| (at, style))).collect()
}

/// The style of each column of cells that are typed or pasted, where each is a field of the list. They stand under the names of
/// their fields, but nobody sees which sign set decimals apart where they come from.
pub fn of_block<'a>(columns: impl Iterator<Item = (&'a Field, &'a [String])>) -> Vec<Style> {
    let column = |(field, cells)| Some(StyledColumn { field, own: true, cells: ColumnCells::Distinct(cells) });
    let columns: Vec<Option<StyledColumn<'_>>> = columns.map(column).collect();
    told(&columns, StyleEvidence { delimiter: Some(b'\t'), header: &[] }, Written::default())
}

/// A column of a field.
pub(super) struct StyledColumn<'a> {
    pub(super) field: &'a Field,
    /// Whether it stands under the very name of the field.
    pub(super) own: bool,
    pub(super) cells: ColumnCells<'a>,
}

/// The cells of a column.
pub(super) enum ColumnCells<'a> {
    /// A column of a sheet.
    In(&'a Sheet, usize),
    /// Distinct texts.
    Distinct(&'a [String]),
}

impl ColumnCells<'_> {
    fn each(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            // A number is a number: only texts are written in a style.
            Self::In(sheet, column) => {
                Box::new(sheet.rows().filter(|row| !row.is_number(*column)).map(|row| row.cell(*column)))
            }
            Self::Distinct(texts) => Box::new(texts.iter().map(String::as_str)),
        }
    }
}

impl StyledColumn<'_> {
    /// Its cells without units.
    fn cells(&self) -> impl Iterator<Item = &str> {
        let has_units = is_quantity(self.field);
        self.cells.each().map(move |text| if has_units { suffix::split_unit(text).0 } else { text })
    }

    /// The sign in its numbers that looks like a separator of thousands.
    fn grouped(&self) -> Option<char> {
        if self.field.kind != FieldKind::Number {
            return None;
        }
        let sign = cell::look_grouped(self.cells())?;
        // Prices and points have thousandths; no program writes zeros at the end of a fraction.
        let all_end_in_zero = || self.cells().filter(|text| text.contains(sign)).all(|text| text.ends_with('0'));
        (is_quantity(self.field) || all_end_in_zero()).then_some(sign)
    }

    /// Whether each of its cells can be read in this style.
    fn is_all(&self, style: Style) -> bool {
        self.cells().all(|text| cell::read(self.field.kind, text, style).is_some())
    }
}

/// What a file says about how its numbers are written, beside their columns.
#[derive(Clone, Copy)]
pub(super) struct StyleEvidence<'a> {
    pub(super) delimiter: Option<u8>,
    pub(super) header: &'a [String],
}

/// The style of each column.
pub(super) fn told(columns: &[Option<StyledColumn<'_>>], evidence: StyleEvidence<'_>, written: Written) -> Vec<Style> {
    let seen: Vec<StyleClues> = columns
        .iter()
        .map(|column| {
            let Some(column) = column else { return StyleClues::One(Style::Plain) };
            // A column under the template's own name is written as the template is, if it can be; not where its numbers
            // look like thousands, nor quantities where semicolons or tabs set cells apart (a spreadsheet that writes 1,5
            // may have saved them).
            let plainly = matches!(evidence.delimiter, None | Some(b',')) || !is_quantity(column.field);
            let own = column.own && plainly && column.grouped().is_none();
            // What somebody says of the numbers goes before everything that the cells allow.
            let said = written.numbers.filter(|style| column.field.kind == FieldKind::Number && column.is_all(*style));
            if let Some(style) = said {
                return StyleClues::One(style);
            }
            if (own || written.first_plain) && column.is_all(Style::Plain) {
                return StyleClues::One(Style::Plain);
            }
            cell::infer(column.field.kind, column.cells())
        })
        .collect();
    let of_kind = |kind: FieldKind| {
        columns
            .iter()
            .zip(&seen)
            .filter(move |(column, _)| column.as_ref().is_some_and(|column| column.field.kind == kind))
    };
    // What the columns of a kind that can be read in one way only say with one voice.
    let others = |kind: FieldKind| {
        one_voice(of_kind(kind).filter_map(|(_, seen)| match seen {
            StyleClues::One(style) if *style != Style::Plain => Some(*style),
            StyleClues::One(_) | StyleClues::Ambiguous(_) => None,
        }))
    };
    let by_days = || {
        let dotted = |column: &StyledColumn<'_>| column.cells().any(|text| text.contains('.') && !text.contains(':'));
        let styles = of_kind(FieldKind::Day).filter_map(|(column, seen)| match (column, seen) {
            // Points between the parts of a day go with decimal commas, and nobody else puts the month first.
            (Some(column), StyleClues::One(Style::DayFirst)) if dotted(column) => Some(Style::Comma),
            (_, StyleClues::One(Style::MonthFirst)) => Some(Style::Point),
            _ => None,
        });
        one_voice(styles)
    };
    let by_file = |grouped: Option<char>| {
        let by_delimiter = match (evidence.delimiter, grouped) {
            (Some(b';'), _) => Some(Style::Comma),
            // In a text of commas, a comma within a number sets thousands apart: who writes decimal commas does not set
            // cells apart by them.
            (Some(b','), Some(',')) => Some(Style::Point),
            _ => None,
        };
        let by_language = headers::are_of_comma_language(evidence.header).then_some(Style::Comma);
        one_voice([by_delimiter, by_language, by_days()].into_iter().flatten())
    };
    let style = |(column, seen): (&Option<StyledColumn<'_>>, &StyleClues)| {
        let (Some(column), StyleClues::Ambiguous(_)) = (column, seen) else {
            let StyleClues::One(style) = seen else { return Style::Either };
            return *style;
        };
        if column.field.kind != FieldKind::Number {
            return others(column.field.kind).unwrap_or(Style::Either);
        }
        if let Some(style) = written.numbers {
            return style;
        }
        // Cores and sockets in an estate are small: whether what looks like thousands is that, only somebody can say.
        if written.first_plain && cell::look_grouped(column.cells()).is_some() {
            return Style::Either;
        }
        let grouped = column.grouped();
        let told = others(FieldKind::Number).or_else(|| by_file(grouped));
        // Three digits behind each sign are thousands or nothing: that they are fractions, only somebody can say.
        let is_of = |sign: char, style: Style| (sign == '.') == (style == Style::Comma);
        let fits = |style: &Style| match grouped {
            Some(sign) => is_of(sign, *style),
            // So are those of a column that has both signs, each behind three digits.
            None if is_quantity(column.field) => column
                .cells()
                .filter_map(|text| cell::look_grouped(std::iter::once(text)))
                .all(|sign| is_of(sign, *style)),
            None => true,
        };
        told.filter(fits).unwrap_or(Style::Either)
    };
    columns.iter().zip(&seen).map(style).collect()
}

/// What all say, where all say the same.
fn one_voice(mut styles: impl Iterator<Item = Style>) -> Option<Style> {
    let first = styles.next();
    first.filter(|first| styles.all(|style| style == *first))
}
