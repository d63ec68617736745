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
    /// The same as texts, for a line that is not whole yet.
    pub(super) texts: Vec<String>,
    /// Fields whose text means nothing, and why.
    pub(super) wrong: Vec<(usize, Message)>,
}

impl TypedLine {
    /// The line at an index, or the new one as far as it was typed, with more texts.
    pub(super) fn new(
        lines: &dyn Lines,
        index: Option<usize>,
        draft: Option<&Vec<String>>,
        targets: &[Target],
        texts: &[String],
    ) -> Self {
        let fields = lines.fields();
        let drafted = |(index, field): (usize, &Field)| {
            let text = draft.and_then(|draft| draft.get(index)).map_or("", String::as_str);
            cell::read(field.kind, text, Style::Plain).unwrap_or(Value::Blank)
        };
        let values = index.and_then(|index| lines.values(index));
        let mut values = values.unwrap_or_else(|| fields.iter().enumerate().map(drafted).collect());
        let mut wrong = Vec::new();
        for target in targets {
            let (Some(field), Some(text)) = (fields.get(target.field), texts.get(target.column)) else { continue };
            match (cell::read(field.kind, text, target.style), values.get_mut(target.field)) {
                (Some(value), Some(slot)) => *slot = value,
                _ => wrong.push((target.field, unreadable(field, text.trim()))),
            }
        }
        let texts = values.iter().map(Value::plain).collect();
        Self { values, texts, wrong }
    }

    /// What keeps it from being a line: fields that are needed, or what contradicts itself.
    pub(super) fn faults(&self, lines: &dyn Lines) -> Vec<(usize, Message)> {
        let fields = lines.fields();
        let needed =
            |(field, value): (&Field, &Value)| *value == Value::Blank && field.on_bad_cell == OnBadCell::Required;
        let blank = fields.iter().zip(&self.values).enumerate().filter(|(_, one)| needed(*one));
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

fn unreadable(field: &Field, text: &str) -> Message {
    let message = match field.kind {
        FieldKind::Text | FieldKind::Number => Message::new("issue.cell_number_invalid"),
        FieldKind::Day => Message::new("issue.cell_day_invalid"),
        FieldKind::Word(words) => Message::new("issue.cell_word_unknown").with("known", words.join(", ")),
    };
    message.with("value", text).with("outcome", Message::new("page.table.unchanged"))
}
