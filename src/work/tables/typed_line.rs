//! A line with what was typed or pasted into it, before it is one.

use crate::import::cell::{self, Style};
use crate::model::list::{Field, FieldKind, Lines, OnBadCell, Value};
use crate::model::message::Message;

/// A field that is filled: where its texts stand in a row of them, which field it is, and how they are written.
pub(super) struct Target {
    pub(super) column: usize,
    pub(super) field: usize,
    pub(super) style: Style,
}

/// A line with what was typed into it.
pub(super) struct TypedLine {
    pub(super) values: Vec<Value>,
    /// The same as texts, for a line that is not whole yet: what means nothing stays as it was typed.
    pub(super) texts: Vec<String>,
    /// Fields whose text means nothing, and why.
    pub(super) wrong: Vec<(usize, Message)>,
}

impl TypedLine {
    /// A line of these values, or a new one as far as it was typed, with more texts.
    pub(super) fn new(
        fields: &[Field],
        values: Option<Vec<Value>>,
        draft: &[String],
        targets: &[Target],
        texts: &[String],
    ) -> Self {
        let (mut read, mut raw, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
        for (index, field) in fields.iter().enumerate() {
            let target = targets.iter().find(|target| target.field == index);
            let typed = target.and_then(|target| Some((texts.get(target.column)?, target.style)));
            let drafted = || draft.get(index).map(|text| (text, Style::Plain));
            let known = values.as_ref().and_then(|values| values.get(index)).cloned();
            let (value, text) = match (typed, known) {
                (None, Some(value)) => (Some(value), ""),
                (typed, _) => {
                    let (text, style) =
                        typed.or_else(drafted).map_or(("", Style::Plain), |(text, style)| (text, style));
                    (cell::read(field.kind, text, style), text)
                }
            };
            raw.push(value.as_ref().map_or_else(|| text.to_owned(), Value::plain));
            if value.is_none() {
                let is_ambiguous = typed.is_some_and(|(text, style)| cell::is_ambiguous(field.kind, text, style));
                wrong.push((index, unreadable(field, text.trim(), is_ambiguous)));
            }
            read.push(value.unwrap_or(Value::Blank));
        }
        Self { values: read, texts: raw, wrong }
    }

    /// What keeps it from being a line: fields that are needed, or what contradicts itself.
    pub(super) fn faults(&self, lines: &dyn Lines) -> Vec<(usize, Message)> {
        let fields = lines.fields();
        let needed =
            |(field, value): (&Field, &Value)| *value == Value::Blank && field.on_bad_cell == OnBadCell::Required;
        let is_wrong = |field: usize| self.wrong.iter().any(|(wrong, _)| *wrong == field);
        let blank = fields.iter().zip(&self.values).enumerate();
        let blank = blank.filter(|(field, one)| needed(*one) && !is_wrong(*field));
        let blank: Vec<_> = blank.map(|(field, _)| (field, Message::new("page.table.needed"))).collect();
        match lines.contradiction(&self.values) {
            Ok(Some((name, code))) if blank.is_empty() => {
                let field = fields.iter().position(|field| field.name == name).unwrap_or_default();
                let value = self.texts.get(field).cloned().unwrap_or_default();
                let why = Message::keyed(format!("issue.{code}"));
                vec![(field, why.with("value", value).with("outcome", Message::new("page.table.unchanged")))]
            }
            Ok(_) | Err(_) => blank,
        }
    }
}

fn unreadable(field: &Field, text: &str, is_ambiguous: bool) -> Message {
    let message = match field.kind {
        _ if is_ambiguous => Message::new("issue.typed_ambiguous"),
        FieldKind::Text | FieldKind::Number => Message::new("issue.cell_number_invalid"),
        FieldKind::Day => Message::new("issue.cell_day_invalid"),
        FieldKind::Word(words) => Message::new("issue.cell_word_unknown").with("known", words.join(", ")),
    };
    message.with("value", text).with("outcome", Message::new("page.table.unchanged"))
}
