//! Lists that are kept as their values.

use std::marker::PhantomData;

use super::{Field, FieldKind, Line, Lines, OnBadCell, SharedLines, Unfit, Value};

/// Lines that are kept as their values: nothing is calculated with them yet, and one copy of what keeps them serves all
/// their lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLines<T> {
    lines: SharedLines<Stored>,
    line: PhantomData<fn() -> T>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Stored {
    file: String,
    row: u32,
    values: Vec<Value>,
}

impl<T> Default for StoredLines<T> {
    fn default() -> Self {
        Self { lines: SharedLines::default(), line: PhantomData }
    }
}

impl<T: Line> StoredLines<T> {
    /// The lines as what they are.
    pub fn lines(&self) -> impl Iterator<Item = T> {
        self.lines.iter().filter_map(|line| T::of(&line.file, line.row, &line.values))
    }
}

impl<T: Line> FromIterator<T> for StoredLines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(lines: I) -> Self {
        let stored = |line: T| {
            let (file, row) = line.origin();
            Stored { file: file.to_owned(), row, values: line.values() }
        };
        Self { lines: lines.into_iter().map(stored).collect(), line: PhantomData }
    }
}

impl<T: Line> Lines for StoredLines<T> {
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
        self.lines.len()
    }

    fn values(&self, index: usize) -> Option<Vec<Value>> {
        self.lines.get(index).map(|line| line.values.clone())
    }

    fn origin(&self, index: usize) -> Option<(&str, u32)> {
        self.lines.get(index).map(|line| (line.file.as_str(), line.row))
    }

    fn contradiction(&self, values: &[Value]) -> Result<Option<(&'static str, &'static str)>, Unfit> {
        if !fit(T::FIELDS, values) {
            return Err(Unfit);
        }
        T::of("", 0, values).map(|line| line.contradiction()).ok_or(Unfit)
    }

    fn put(&mut self, index: Option<usize>, file: &str, row: u32, values: &[Value]) -> Result<(), Unfit> {
        if !fit(T::FIELDS, values) {
            return Err(Unfit);
        }
        self.lines.store(index, Stored { file: file.to_owned(), row, values: values.to_vec() })
    }

    fn keep(&mut self, keep: &mut dyn FnMut(usize) -> bool) {
        self.lines.retain(keep);
    }
}

/// Whether each value fits its field.
fn fit(fields: &[Field], values: &[Value]) -> bool {
    let fits = |(field, value): (&Field, &Value)| match (field.kind, value) {
        (_, Value::Blank) => field.on_bad_cell != OnBadCell::Required,
        (FieldKind::Number, Value::Number(_)) | (FieldKind::Day, Value::Day(_)) | (FieldKind::Text, Value::Text(_)) => {
            true
        }
        (FieldKind::Word(words), Value::Text(text)) => words.contains(&text.as_str()),
        (FieldKind::Text | FieldKind::Number | FieldKind::Day | FieldKind::Word(_), _) => false,
    };
    fields.len() == values.len() && fields.iter().zip(values).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::agreement::Contact;

    #[test]
    fn kept_lines_are_what_they_were_and_refuse_what_does_not_fit() {
        let mut kept = StoredLines::<Contact>::default();
        let text = |text: &str| Value::Text(text.to_owned());
        let mut values = vec![Value::Blank, text("Ada"), Value::Blank, Value::Blank, Value::Blank, Value::Blank];
        kept.put(None, "c.csv", 2, &values).unwrap();
        assert_eq!(kept.lines().next().map(|contact| (contact.contact, contact.row)), Some(("Ada".to_owned(), 2)));
        assert_eq!(kept.put(Some(1), "", 0, &values), Err(Unfit), "there is no such line");
        values[1] = Value::Blank;
        assert_eq!(kept.put(None, "", 0, &values), Err(Unfit), "a contact needs a name");
        values[1] = Value::Number(1.into());
        assert_eq!(kept.contradiction(&values), Err(Unfit));
    }
}
