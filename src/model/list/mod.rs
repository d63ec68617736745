//! Lists that people keep: what a line of each is, field by field.
//!
//! A list is read from a file, typed, pasted, edited cell by cell, sorted, and written again. All of that works on the
//! fields that [`Line`] names, so that one reader, one table and one writer serve every list.

mod merge;
mod shared_lines;
mod stored_lines;

use jiff::civil::Date;
use rust_decimal::Decimal;

pub use merge::{MergeOutcome, merge_outcomes, missing};
pub use shared_lines::SharedLines;
pub use stored_lines::StoredLines;

pub use super::lists::{List, Lists};

/// A field of a line: a column of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name: the header of its column.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// What becomes of a line when it cannot be read.
    pub on_bad_cell: OnBadCell,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// A number, 0 or more.
    Number,
    /// A day.
    Day,
    /// One of these words, however it is spelt.
    Word(&'static [&'static str]),
}

/// What becomes of a line when a field of it is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnBadCell {
    /// It may be blank; when it is wrong the line is left out.
    LeaveOut,
    /// When it is blank or wrong, the line is left out.
    Required,
    /// It may be blank; a number that is wrong counts as 0: that is an error, and the line is kept.
    CountAsZero,
    /// It may be blank; when it is wrong that is a warning, and the line is kept as if it were blank.
    LeaveBlank,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing.
    Blank,
    /// A number.
    Number(Decimal),
    /// A day.
    Day(Date),
    /// A text, or a word.
    Text(String),
}

impl Value {
    /// The value as files have it: a plain number, an ISO day.
    pub fn plain(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Number(number) => number.normalize().to_string(),
            Self::Day(day) => day.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// What a field can be made of.
pub trait FieldType: Sized {
    /// What it holds.
    const KIND: FieldKind;

    /// What stands in its cell.
    fn value(&self) -> Value;

    /// The field with this value; `None` when it does not fit.
    fn take(value: &Value) -> Option<Self>;
}

impl FieldType for String {
    const KIND: FieldKind = FieldKind::Text;

    fn value(&self) -> Value {
        if self.is_empty() { Value::Blank } else { Value::Text(self.clone()) }
    }

    fn take(value: &Value) -> Option<Self> {
        match value {
            Value::Blank => Some(Self::new()),
            Value::Text(text) => Some(text.clone()),
            Value::Number(_) | Value::Day(_) => None,
        }
    }
}

impl FieldType for Decimal {
    const KIND: FieldKind = FieldKind::Number;

    fn value(&self) -> Value {
        Value::Number(*self)
    }

    fn take(value: &Value) -> Option<Self> {
        if let Value::Number(number) = value { Some(*number) } else { None }
    }
}

impl FieldType for Date {
    const KIND: FieldKind = FieldKind::Day;

    fn value(&self) -> Value {
        Value::Day(*self)
    }

    fn take(value: &Value) -> Option<Self> {
        if let Value::Day(day) = value { Some(*day) } else { None }
    }
}

impl FieldType for bool {
    const KIND: FieldKind = FieldKind::Word(&["yes", "no"]);

    fn value(&self) -> Value {
        Value::Text(if *self { "yes" } else { "no" }.to_owned())
    }

    fn take(value: &Value) -> Option<Self> {
        let Value::Text(word) = value else { return None };
        [("yes", true), ("no", false)].into_iter().find(|(known, _)| known == word).map(|(_, yes)| yes)
    }
}

impl<T: FieldType> FieldType for Option<T> {
    const KIND: FieldKind = T::KIND;

    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Blank, FieldType::value)
    }

    fn take(value: &Value) -> Option<Self> {
        if *value == Value::Blank { Some(None) } else { T::take(value).map(Some) }
    }
}

/// Makes a field of an enum whose `name` is its word and whose `ALL` lists it.
macro_rules! words {
    ($type:ty) => {
        impl $crate::model::list::FieldType for $type {
            const KIND: $crate::model::list::FieldKind = $crate::model::list::FieldKind::Word({
                #[expect(clippy::indexing_slicing, reason = "a constant: what is out of bounds does not compile")]
                const WORDS: [&str; <$type>::ALL.len()] = {
                    let mut words = [""; <$type>::ALL.len()];
                    let mut index = 0;
                    while index < words.len() {
                        words[index] = <$type>::ALL[index].name();
                        index += 1;
                    }
                    words
                };
                &WORDS
            });

            fn value(&self) -> $crate::model::list::Value {
                $crate::model::list::Value::Text(self.name().to_owned())
            }

            fn take(value: &$crate::model::list::Value) -> Option<Self> {
                let $crate::model::list::Value::Text(word) = value else { return None };
                Self::ALL.into_iter().find(|known| known.name() == word)
            }
        }
    };
}
pub(crate) use words;

words!(List);

/// The word that a text means, however it is spelt: only its letters and digits count.
pub fn word(words: &[&'static str], text: &str) -> Option<&'static str> {
    let letters = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let text = letters(text);
    words.iter().copied().find(|known| letters(known) == text)
}

/// A line of a list.
pub trait Line: Clone + Sized {
    /// Its fields, in the order of the template.
    const FIELDS: &'static [Field];
    /// Sets of fields by any of which a table is told to be this list.
    const DETECTED_BY: &'static [&'static [&'static str]];
    /// Sets of fields by which a line is the same line in another file: the first set whose first field is filled
    /// counts, else the last one. Without any, only a line that is alike in every field is the same.
    const KEYS: &'static [&'static [&'static str]];

    /// What stands in its fields.
    fn values(&self) -> Vec<Value>;

    /// The line of a file, empty when it was typed, with these values; `None` when one does not fit its field.
    fn of(file: &str, row: u32, values: &[Value]) -> Option<Self>;

    /// The file that it was read from, and the line in it.
    fn origin(&self) -> (&str, u32);

    /// What does not go together: the field to look at, and the code of the issue.
    fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        None
    }
}

/// Tells the fields of a line to [`Line`]:
/// `line! { Order from file row, detected by ["date"], keyed by ["date"]; date, points: CountAsZero }`.
macro_rules! line {
    (@on_bad_cell) => { $crate::model::list::OnBadCell::LeaveOut };
    (@on_bad_cell $on_bad_cell:ident) => { $crate::model::list::OnBadCell::$on_bad_cell };
    (
        $name:ident from $file:ident $row:ident, detected by $([$($sign:literal),+])|+
            $(, keyed by $([$($key:literal),+])|+)?;
        $($field:ident $(: $on_bad_cell:ident)?),+ $(,)?
        $(; $contradiction:path)?
    ) => {
        impl $crate::model::list::Line for $name {
            const FIELDS: &'static [$crate::model::list::Field] = &[
                $($crate::model::list::field(
                    stringify!($field),
                    |line: &Self| &line.$field,
                    $crate::model::list::line!(@on_bad_cell $($on_bad_cell)?),
                )),+
            ];
            const DETECTED_BY: &'static [&'static [&'static str]] = &[$(&[$($sign),+]),+];
            const KEYS: &'static [&'static [&'static str]] = &[$($(&[$($key),+]),+)?];

            fn values(&self) -> Vec<$crate::model::list::Value> {
                vec![$($crate::model::list::FieldType::value(&self.$field)),+]
            }

            fn of(file: &str, row: u32, values: &[$crate::model::list::Value]) -> Option<Self> {
                let mut values = values.iter();
                Some(Self {
                    $file: file.to_owned(),
                    $row: row,
                    $($field: $crate::model::list::FieldType::take(values.next()?)?),+
                })
            }

            fn origin(&self) -> (&str, u32) {
                (&self.$file, self.$row)
            }

            $(fn contradiction(&self) -> Option<(&'static str, &'static str)> {
                $contradiction(self)
            })?
        }
    };
}
pub(crate) use line;

/// A field of a line, of the type that `get` gives.
#[doc(hidden)]
pub const fn field<L, T: FieldType>(name: &'static str, _get: fn(&L) -> &T, on_bad_cell: OnBadCell) -> Field {
    Field { name, kind: T::KIND, on_bad_cell }
}

/// A line that has a list of its own.
pub trait Listed: Line {
    /// Its list.
    const LIST: List;
}

/// What lines are of.
pub trait LinesOf {
    /// The type of a line.
    type Line: Line;
}

impl<T: Line> LinesOf for SharedLines<T> {
    type Line = T;
}

impl<T: Line> LinesOf for StoredLines<T> {
    type Line = T;
}

/// The lines of one list, whichever it is.
pub trait Lines {
    /// The fields of a line.
    fn fields(&self) -> &'static [Field];

    /// Sets of fields by any of which a table is told to be this list.
    fn detected_by(&self) -> &'static [&'static [&'static str]];

    /// Sets of fields by which a line is the same line in another file ([`Line::KEYS`]).
    fn keys(&self) -> &'static [&'static [&'static str]];

    /// How many lines there are.
    fn count(&self) -> usize;

    /// What stands in the fields of a line.
    fn values(&self, index: usize) -> Option<Vec<Value>>;

    /// The file that a line was read from, and the line in it.
    fn origin(&self, index: usize) -> Option<(&str, u32)>;

    /// What does not go together in a line of these values; `Err` when one does not fit its field.
    ///
    /// # Errors
    /// When a value does not fit its field: the index of none is told, as the caller has read each.
    fn contradiction(&self, values: &[Value]) -> Result<Option<(&'static str, &'static str)>, Unfit>;

    /// Puts a line in the place of another one, or at the end.
    ///
    /// # Errors
    /// When a value does not fit its field.
    fn put(&mut self, index: Option<usize>, file: &str, row: u32, values: &[Value]) -> Result<(), Unfit>;

    /// Takes the lines out whose index is not kept.
    fn keep(&mut self, keep: &mut dyn FnMut(usize) -> bool);
}

/// A value does not fit its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value does not fit its field")]
pub struct Unfit;

impl<T: Line> Lines for SharedLines<T> {
    fn fields(&self) -> &'static [Field] {
        T::FIELDS
    }

    fn detected_by(&self) -> &'static [&'static [&'static str]] {
        T::DETECTED_BY
    }

    fn keys(&self) -> &'static [&'static [&'static str]] {
        T::KEYS
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn values(&self, index: usize) -> Option<Vec<Value>> {
        self.get(index).map(|line| line.values())
    }

    fn origin(&self, index: usize) -> Option<(&str, u32)> {
        self.get(index).map(|line| line.origin())
    }

    fn contradiction(&self, values: &[Value]) -> Result<Option<(&'static str, &'static str)>, Unfit> {
        T::of("", 0, values).map(|line| line.contradiction()).ok_or(Unfit)
    }

    fn put(&mut self, index: Option<usize>, file: &str, row: u32, values: &[Value]) -> Result<(), Unfit> {
        self.store(index, T::of(file, row, values).ok_or(Unfit)?)
    }

    fn keep(&mut self, keep: &mut dyn FnMut(usize) -> bool) {
        self.retain(keep);
    }
}
