//! Which list a table is, and which of its columns is which field: told by its header, by what was chosen for the same
//! header before, and by whoever looks at it.

use super::cell::{self, Style};
use super::detection::{self, RecognisedKind};
use super::headers;
pub use super::headers::{ABOVE, above};
use super::list::ListColumns;
use super::sheet::Sheet;
use super::styles::{self, Written};
use crate::model::header_shape::HeaderShape;
use crate::model::issue::Issue;
use crate::model::list::{Field, FieldKind, List, StoredLines};
use crate::model::workspace::Lists;

/// What stands between the columns of a header that is remembered.
const BETWEEN: &str = " | ";

/// A header of more bytes is not remembered: nobody writes it twice.
const LONGEST: usize = 10_000;

/// Rows that are looked at for samples.
const SAMPLED: usize = 10_000;

/// What a table is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The list.
    pub list: List,
    /// The field of each column, and how it is written.
    pub columns: ListColumns,
    /// What it rests on.
    pub basis: MappingBasis,
    /// Why somebody should look at it although its header says what it is.
    pub doubt: Option<Issue>,
}

/// What a mapping rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MappingBasis {
    /// Nothing says what the table is: it is the likeliest list.
    Guess,
    /// The header says what it is.
    Header,
    /// Somebody has confirmed how a table with this header is taken.
    Confirmed,
}

/// Whether a header says what its table is, or was chosen for it before.
pub fn says(header: &[String], shapes: &StoredLines<HeaderShape>) -> bool {
    detection::detect(header).is_some() || is_remembered(header, shapes)
}

/// Whether a header was chosen to be that of a list before.
pub fn is_remembered(header: &[String], shapes: &StoredLines<HeaderShape>) -> bool {
    let shape = header.join(BETWEEN);
    shapes.lines().any(|known| known.shape == shape)
}

/// What a table is, as far as its header and those before it tell; `numbers` is how somebody says that they are written.
pub fn propose(sheet: &Sheet, shapes: &StoredLines<HeaderShape>, numbers: Option<Style>) -> Mapping {
    if let Some(remembered) = remembered(sheet, shapes) {
        return remembered;
    }
    match detection::detect(sheet.header()) {
        Some(verdict) if let RecognisedKind::List(list) = verdict.kind => {
            let doubt = verdict.doubt();
            let basis = if doubt.is_none() { MappingBasis::Header } else { MappingBasis::Guess };
            Mapping { basis, doubt, ..Mapping::written(list, sheet, numbers) }
        }
        _ => Mapping::written(likeliest(sheet.header()), sheet, numbers),
    }
}

/// The list that knows most of the headers; the ledger when none knows more.
fn likeliest(header: &[String]) -> List {
    let known = |list: List| headers::fields(list.name(), fields(list), header).into_iter().flatten().count();
    let mut best = List::Entitlements;
    for list in List::CONTENT {
        if known(list) > known(best) {
            best = list;
        }
    }
    best
}

/// What was chosen for the same header before. A style that was chosen goes before what the cells tell, unless they
/// are written in another one.
fn remembered(sheet: &Sheet, shapes: &StoredLines<HeaderShape>) -> Option<Mapping> {
    let shape = shape(sheet)?;
    let known = shapes.lines().find(|known| known.shape == shape && known.list != List::HeaderShapes)?;
    let fields = fields(known.list);
    let index = |name: &str| fields.iter().position(|field| field.name == name);
    let indices: Vec<Option<usize>> = known.fields.split(BETWEEN).map(index).collect();
    if indices.len() != sheet.header().len() {
        return None;
    }
    let mut columns = styles::of(fields, &indices, sheet, Written::default());
    for (column, (slot, name)) in columns.iter_mut().zip(known.styles.split(BETWEEN)).enumerate() {
        let Some((index, style)) = slot else { continue };
        let Some(kind) = fields.get(*index).map(|field| field.kind) else { continue };
        let read = |style| cells(sheet, column).filter(|text| cell::read(kind, text, style).is_some()).count();
        if let Some(chosen) = Style::named(kind, name)
            && read(chosen) >= read(*style)
        {
            *style = chosen;
        }
    }
    Some(Mapping { list: known.list, columns, basis: MappingBasis::Confirmed, doubt: None })
}

impl Mapping {
    /// A table taken for this list, its columns by their headers.
    pub fn of(list: List, sheet: &Sheet) -> Self {
        Self::written(list, sheet, None)
    }

    /// The same, where somebody says how its numbers are written.
    pub fn written(list: List, sheet: &Sheet, numbers: Option<Style>) -> Self {
        let indices = headers::fields(list.name(), fields(list), sheet.header());
        let columns = styles::of(fields(list), &indices, sheet, Written { numbers, first_plain: false });
        Self { list, columns, basis: MappingBasis::Guess, doubt: None }
    }

    /// The field of a column.
    pub fn field(&self, column: usize) -> Option<&'static Field> {
        self.columns.get(column).copied().flatten().and_then(|(index, _)| fields(self.list).get(index))
    }

    /// How a column is written.
    pub fn style(&self, column: usize) -> Style {
        self.columns.get(column).copied().flatten().map_or(Style::Plain, |(_, style)| style)
    }

    /// Whether a column can be read in two ways.
    pub fn is_ambiguous(&self) -> bool {
        self.columns.iter().flatten().any(|(_, style)| *style == Style::Either)
    }

    /// Whether a column has anything in it and is taken for no field.
    pub fn leaves_out(&self, sheet: &Sheet, column: usize) -> bool {
        self.field(column).is_none() && cells(sheet, column).any(|text| !text.trim().is_empty())
    }

    /// Whether nobody has to be asked what its columns are: that some are left out is said by nobody but who has confirmed
    /// it.
    pub fn is_settled(&self, sheet: &Sheet) -> bool {
        match self.basis {
            MappingBasis::Guess => false,
            MappingBasis::Header => (0..sheet.header().len()).all(|column| !self.leaves_out(sheet, column)),
            MappingBasis::Confirmed => true,
        }
    }

    /// For each column whether its header names the field that it is taken for.
    pub fn are_named(&self, sheet: &Sheet) -> Vec<bool> {
        let named = headers::fields(self.list.name(), fields(self.list), sheet.header());
        let taken = self.columns.iter().map(|slot| slot.map(|(index, _)| index));
        named.iter().zip(taken).map(|(named, taken)| named.is_some() && *named == taken).collect()
    }

    /// The column in which a field stands.
    pub fn column_of(&self, field: usize) -> Option<usize> {
        self.columns.iter().position(|slot| slot.is_some_and(|(index, _)| index == field))
    }

    /// Takes columns for other fields, or for none. A field has one column: the last that was taken for it.
    pub fn take(&mut self, sheet: &Sheet, chosen: &[(usize, Option<usize>)]) {
        let mut indices: Vec<Option<usize>> = self.columns.iter().map(|slot| slot.map(|(index, _)| index)).collect();
        for (column, field) in chosen {
            indices.iter_mut().filter(|index| index.is_some() && *index == field).for_each(|index| *index = None);
            if let Some(index) = indices.get_mut(*column) {
                *index = *field;
            }
        }
        let styled = styles::of(fields(self.list), &indices, sheet, Written::default());
        for (slot, found) in self.columns.iter_mut().zip(styled) {
            let same =
                slot.is_some_and(|(index, style)| style != Style::Either && found.map(|(at, _)| at) == Some(index));
            if !same {
                *slot = found;
            }
        }
    }

    /// Reads a column in this style; `None` is what its cells tell.
    pub fn write(&mut self, sheet: &Sheet, column: usize, style: Option<Style>) {
        let told = self.told(sheet).get(column).copied().flatten();
        if let Some(Some((_, slot))) = self.columns.get_mut(column) {
            *slot = style.or(told.map(|(_, style)| style)).unwrap_or_default();
        }
    }

    /// The columns as their cells tell.
    fn told(&self, sheet: &Sheet) -> ListColumns {
        let indices: Vec<Option<usize>> = self.columns.iter().map(|slot| slot.map(|(index, _)| index)).collect();
        styles::of(fields(self.list), &indices, sheet, Written::default())
    }

    /// What to remember of it for the next table with the same header.
    pub fn shape(&self, sheet: &Sheet) -> Option<HeaderShape> {
        let (mut names, mut styles) = (Vec::new(), Vec::new());
        for (column, told) in self.told(sheet).into_iter().enumerate() {
            names.push(self.field(column).map_or("", |field| field.name));
            let style = self.style(column);
            // That no cell has said anything yet is nothing to go by.
            let said = style != Style::Either && (style != Style::Plain || told.is_some_and(|(_, told)| told != style));
            styles.push(if said { style.name() } else { "" });
        }
        Some(HeaderShape {
            file: String::new(),
            row: 0,
            shape: shape(sheet)?,
            list: self.list,
            fields: names.join(BETWEEN),
            styles: styles.join(BETWEEN),
        })
    }
}

/// Three different cells of a column, or fewer; of one that can be read in two ways those that tell nothing.
pub fn samples(sheet: &Sheet, column: usize, kind: FieldKind) -> Vec<String> {
    if let cell::StyleClues::Ambiguous(samples) = cell::infer(kind, cells(sheet, column)) {
        return samples;
    }
    let mut samples: Vec<String> = Vec::new();
    for text in cells(sheet, column).take(SAMPLED).filter(|text| !text.is_empty()) {
        if samples.len() == 3 {
            break;
        }
        if samples.iter().all(|known| known != text) {
            samples.push(text.to_owned());
        }
    }
    samples
}

/// The fields of a list.
pub fn fields(list: List) -> &'static [Field] {
    Lists::default().lines(list).fields()
}

fn cells(sheet: &Sheet, column: usize) -> impl Iterator<Item = &str> {
    sheet.rows().map(move |row| row.cell(column))
}

fn shape(sheet: &Sheet) -> Option<String> {
    let shape = sheet.header().join(BETWEEN);
    (shape.len() <= LONGEST).then_some(shape)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::import::{Limits, Unwatched, csv};
    use crate::model::list::{Line, Lines, Value};

    fn sheet(text: &str) -> Sheet {
        csv::read(text, b';', &Limits::PAGE, &mut Unwatched).unwrap()
    }

    /// Set apart by tabs: nothing in it says how its numbers are written.
    fn tabbed(text: &str) -> Sheet {
        csv::read(&text.replace(';', "\t"), b'\t', &Limits::PAGE, &mut Unwatched).unwrap()
    }

    fn names(mapping: &Mapping) -> Vec<&'static str> {
        (0..mapping.columns.len()).map(|column| mapping.field(column).map_or("", |field| field.name)).collect()
    }

    fn unknown(text: &str) -> Mapping {
        propose(&sheet(text), &StoredLines::default(), None)
    }

    /// What was remembered of a table, as a document keeps it.
    fn kept(mapping: &Mapping, sheet: &Sheet) -> StoredLines<HeaderShape> {
        let mut shapes = StoredLines::<HeaderShape>::default();
        shapes.put(None, "", 0, &mapping.shape(sheet).unwrap().values()).unwrap();
        shapes
    }

    fn field(name: &str) -> Option<usize> {
        fields(List::Entitlements).iter().position(|field| field.name == name)
    }

    #[test]
    fn a_known_header_is_sure_and_another_one_goes_to_the_list_that_knows_most_of_it() {
        let known = unknown("Teilenummer;Menge\nD1;5\n");
        assert_eq!(
            (known.list, known.basis, names(&known)),
            (List::Entitlements, MappingBasis::Header, vec!["part_number", "quantity"])
        );
        let some = unknown("Kontakt;role;e-mail;phone\nAda;buyer;a@b.c;1\n");
        assert_eq!((some.list, some.basis), (List::Contacts, MappingBasis::Guess));
        assert_eq!(names(&some), ["", "role", "email", "phone"]);
        let none = unknown("x;y\n1;2\n");
        assert_eq!((none.list, none.basis, names(&none)), (List::Entitlements, MappingBasis::Guess, vec!["", ""]));
    }

    #[test]
    fn a_field_has_one_column_and_the_last_choice_counts() {
        let sheet = sheet("Name;Qty;Units\nMQ;1;2\n");
        let mut mapping = propose(&sheet, &StoredLines::default(), None);
        assert_eq!(names(&mapping), ["", "quantity", ""]);
        mapping.take(&sheet, &[(0, field("product")), (2, field("quantity"))]);
        assert_eq!(names(&mapping), ["product", "", "quantity"]);
        mapping.take(&sheet, &[(0, None)]);
        assert_eq!(names(&mapping), ["", "", "quantity"]);
    }

    #[test]
    fn what_was_chosen_is_found_again_under_the_same_header_and_under_no_other() {
        let first = tabbed("Thing;How many\nMQ;1.000\nDb2;2.000\n");
        let mut mapping = propose(&first, &StoredLines::default(), None);
        mapping.take(&first, &[(0, field("product")), (1, field("quantity"))]);
        assert_eq!(mapping.style(1), Style::Either);
        mapping.write(&first, 1, Some(Style::Comma));
        let shapes = kept(&mapping, &first);
        let again = propose(&tabbed("Thing;How many\nMQ;3.000\n"), &shapes, None);
        assert_eq!(
            (again.basis, names(&again), again.style(1)),
            (MappingBasis::Confirmed, vec!["product", "quantity"], Style::Comma)
        );
        let other_way = propose(&tabbed("Thing;How many\nMQ;3,000.5\n"), &shapes, None);
        assert_eq!(other_way.style(1), Style::Point, "the cells say otherwise");
        assert_eq!(propose(&tabbed("Thing;How many;Note\nMQ;3.000;\n"), &shapes, None).basis, MappingBasis::Guess);
    }

    #[test]
    fn a_column_that_has_said_nothing_is_not_remembered_as_plain() {
        let first = tabbed("Thing;How many\nMQ;5\n");
        let mut mapping = propose(&first, &StoredLines::default(), None);
        mapping.take(&first, &[(0, field("product")), (1, field("quantity"))]);
        let shapes = kept(&mapping, &first);
        let again = propose(&tabbed("Thing;How many\nMQ;1.000\n"), &shapes, None);
        assert!(again.basis == MappingBasis::Confirmed && again.is_ambiguous());
    }

    #[test]
    fn plain_that_was_chosen_is_remembered() {
        let first = tabbed("Thing;How many\nMQ;1.000\n");
        let mut mapping = propose(&first, &StoredLines::default(), None);
        mapping.take(&first, &[(1, field("quantity"))]);
        mapping.write(&first, 1, Some(Style::Plain));
        assert_eq!(mapping.shape(&first).unwrap().styles, " | plain");
        mapping.write(&first, 1, None);
        assert_eq!(mapping.style(1), Style::Either);
    }

    #[test]
    fn samples_are_three_different_cells_and_those_that_are_ambiguous_first() {
        let sheet = sheet("a\nx\n\nx\ny\nz\nw\n");
        assert_eq!(samples(&sheet, 0, FieldKind::Text), ["x", "y", "z"]);
        let numbers = super::tests::sheet("a\n5\n1.000\n2.000\n");
        assert_eq!(samples(&numbers, 0, FieldKind::Number), ["1.000", "2.000"]);
        assert_eq!(cell::read(FieldKind::Number, "1.000", Style::Comma), Some(Value::Number(Decimal::from(1000))));
    }

    #[test]
    fn a_header_of_any_length_is_mapped_and_a_long_one_not_remembered() {
        let header: Vec<String> = (0..1_000).map(|column| format!("column {column}")).collect();
        let sheet = sheet(&format!("{}\n1\n", header.join(";")));
        let mapping = propose(&sheet, &StoredLines::default(), None);
        assert_eq!(mapping.columns.len(), 1_000);
        assert_eq!(mapping.shape(&sheet), None);
    }
}
