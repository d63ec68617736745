//! The fields that stand below a row of a table while it is open: as markup, and what is meant by what happens in them.

use crate::browser::page;
use crate::model::message::Message;
use crate::ui::markup::{self, escaped};
use crate::ui::words::say;
use crate::work::Setting;
use crate::work::blocks::{BETWEEN, Block, EntryField, EntryForm, FieldInput, Form, FormField, Sets};
use crate::work::cell::Cell;
use crate::work::data_table::TableLine;

/// How the ids of fields begin that settle something by themselves.
pub const FIELD_ID: &str = "table-field-";
/// The mark of a field that settles something by itself: its place among those of the row, a slash, and the key of the row.
pub const FIELD: &str = "data-field";
/// The mark of a button that fills in what it says.
pub const PRESSED: &str = "data-fills";
/// The mark of fields that settle something together: the place of the row, a slash, and its key.
pub const ENTRY: &str = "data-entry";

/// How many fields that settle something by themselves stand before what follows a block.
pub const fn fields_before(block: &Block, before: usize) -> usize {
    if let Block::Form(form) = block { before.saturating_add(form.fields.len()) } else { before }
}

/// The markup of a block of fields below the row with this key at this place, of which so many others stand before;
/// `None` for other blocks.
pub fn fields(block: &Block, before: usize, key: &str, place: &str) -> Option<String> {
    if let Block::Form(form) = block {
        Some(self::form(form, before, key, place))
    } else if let Block::Entry(entry) = block {
        Some(self::entry(entry, key, place))
    } else {
        None
    }
}

/// What is filled in here is settled when the field is left.
fn form(form: &Form, before: usize, key: &str, place: &str) -> String {
    let field = |(index, field): (usize, &FormField)| {
        let marks = format!("id=\"{FIELD_ID}{place}-{index}\" {FIELD}=\"{index}/{}\"", escaped(key));
        if let FieldInput::Button(text) = &field.input {
            return format!(
                "<button type=\"button\" class=\"button small\" {marks} {PRESSED}=\"{}\">{}</button>",
                escaped(&field.value),
                escaped(&say(text))
            );
        }
        labelled(&field.label, &input(&field.input, &field.value, &marks))
    };
    let answer: String =
        form.answer.iter().map(|one| format!("<span class=\"note\">{}</span>", escaped(&say(one)))).collect();
    let fields: String = (before..).zip(&form.fields).map(field).collect();
    format!("<div class=\"fill row no-print\">{fields}{answer}</div>")
}

/// What is filled in here is settled together, by the button or by Enter.
fn entry(entry: &EntryForm, key: &str, place: &str) -> String {
    let word = |key: &str| escaped(&say(&Message::keyed(key.to_owned())));
    let field = |(index, field): (usize, &EntryField)| {
        let marks = format!("id=\"{}\"", entry_id(place, index));
        labelled(&field.label, &input(&field.input, &field.value, &marks))
    };
    let fields: String = entry.fields.iter().enumerate().map(field).collect();
    let title = escaped(&say(&entry.title));
    format!(
        "<form class=\"fill row no-print\" aria-label=\"{title}\" {ENTRY}=\"{place}/{}\"><strong>{title}</strong>{fields}\
        <button type=\"submit\" class=\"button small\" id=\"{}\">{}</button></form>",
        escaped(key),
        button_id(place),
        word(&entry.submit)
    )
}

fn labelled(label: &str, input: &str) -> String {
    let label = escaped(&say(&Message::keyed(label.to_owned())));
    format!("<label class=\"inline-field\"><span>{label}</span>{input}</label>")
}

fn input(input: &FieldInput, value: &str, marks: &str) -> String {
    let text = |length: u8, mode: &str| {
        format!(
            "<input type=\"text\" inputmode=\"{mode}\" autocomplete=\"off\" size=\"{}\" maxlength=\"{length}\" {marks} value=\"{}\">",
            length.min(24),
            escaped(value)
        )
    };
    match input {
        FieldInput::Choice(choices) => {
            let option = |(choice, word): &(String, Cell)| {
                let selected = if choice == value { " selected" } else { "" };
                format!("<option value=\"{}\"{selected}>{}</option>", escaped(choice), escaped(&markup::plain(word)))
            };
            format!("<select class=\"small\" {marks}>{}</select>", choices.iter().map(option).collect::<String>())
        }
        FieldInput::Day => format!("<input type=\"date\" {marks} value=\"{}\">", escaped(value)),
        FieldInput::Whole(length) | FieldInput::Number(length) => text(*length, "decimal"),
        FieldInput::Text(length) => text(*length, "text"),
        // A button stands by itself.
        FieldInput::Button(_) => String::new(),
    }
}

/// The field of an entry below the row at this place, by its id.
fn entry_id(place: &str, index: usize) -> String {
    format!("table-entry-{place}-{index}")
}

/// The id of the button of an entry.
fn button_id(place: &str) -> String {
    format!("table-enter-{place}")
}

/// The id of the button of the entry with this mark: the focus stays there when the row is drawn anew.
pub fn button_of(marked: &str) -> String {
    button_id(marked.split_once('/').map_or("", |(place, _)| place))
}

/// What stands below the row with this key.
fn below(block: Option<&Block>, key: &str) -> Vec<Block> {
    let Some(Block::Data(table)) = block else { return Vec::new() };
    let of_it = |line: &TableLine| match line {
        TableLine::Row(row) if row.key == key => row.detail.clone(),
        TableLine::Row(_) | TableLine::Group(_) => None,
    };
    table.lines.iter().find_map(of_it).unwrap_or_default()
}

/// What the field with this mark changes.
pub fn set_by(marked: &str, block: Option<&Block>) -> Option<Sets> {
    let (field, key) = marked.split_once('/')?;
    let blocks = below(block, key).into_iter();
    let forms = blocks.filter_map(|block| if let Block::Form(form) = block { Some(form) } else { None });
    forms.flat_map(|form| form.fields).nth(field.parse().ok()?).map(|field| field.sets)
}

/// What the entry with this mark settles, with the texts of its fields.
pub fn entered_by(marked: &str, block: Option<&Block>) -> Option<(Setting, String)> {
    let (place, key) = marked.split_once('/')?;
    let entry = below(block, key)
        .into_iter()
        .find_map(|block| if let Block::Entry(entry) = block { Some(entry) } else { None })?;
    let texts = (0..entry.fields.len()).map(|index| page::value_of(&entry_id(place, index)).replace(BETWEEN, " "));
    let between = BETWEEN.to_string();
    Some((entry.setting, texts.collect::<Vec<_>>().join(&between)))
}
