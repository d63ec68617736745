//! What the worker sends of a screen: blocks, which the page draws one below the other and knows no more about.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Question;
use super::cell::{Cell, CellRow};
use super::data_table::DataTable;
use super::drawing::Chart;
use super::file_card::FileCard;
use super::setting::Setting;
use super::table::Subject;
use crate::model::issue::Issue;
use crate::model::message::Message;
use crate::model::screen::Screen;

/// A part of a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// What is weak about the evidence, sentence by sentence.
    WeakEvidence(Vec<Message>),
    /// Figures that matter most, side by side.
    Tiles(Tiles),
    /// Fields that ask the screen something else, or change what is settled about the workspace.
    Form(Form),
    /// Fields that settle something together, in an open row.
    Entry(EntryForm),
    /// A drawing with axes.
    Chart(Chart),
    /// A table under a title.
    Table(Section),
    /// A table that the reader sorts, filters, groups and opens.
    Data(DataTable),
    /// What is to be known, sentence by sentence.
    Notes(Vec<Issue>),
    /// What is wrong with the rows behind the screen, worst first, each with its place.
    Issues(Vec<Issue>),
    /// The lists of the screen, one in sight at a time, and what is calculated from them.
    Lists(Vec<Subject>),
    /// The files that the numbers rest on.
    Files(Vec<FileCard>),
    /// A sentence in small print.
    Note(Message),
    /// A sentence that leads to another screen.
    Way(Message, Screen),
}

/// Figures side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tiles {
    /// Key of what they are together.
    pub label: Cow<'static, str>,
    /// The figures.
    pub tiles: Vec<Tile>,
}

/// A figure with what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// Key of its title.
    pub title: Cow<'static, str>,
    /// The figure.
    pub amount: Cell,
    /// Its unit; blank where its title says it.
    pub unit: Cow<'static, str>,
    /// What explains it, if anything does.
    pub question: Option<Question>,
    /// What else there is to say of it.
    pub texts: Vec<Message>,
    /// The screen that has more of it, if it is another one.
    pub screen: Option<Screen>,
}

/// Fields, and what came of the last answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Key of its title; `None` is a row of fields without one.
    pub title: Option<Cow<'static, str>>,
    /// The fields.
    pub fields: Vec<FormField>,
    /// What the answers come to, sentence by sentence.
    pub answer: Vec<Message>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// Key of its label.
    pub label: Cow<'static, str>,
    /// What can be filled in.
    pub input: FieldInput,
    /// What stands in it, as the input writes it.
    pub value: String,
    /// What an answer changes.
    pub sets: Sets,
}

/// What can be filled into a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldInput {
    /// A whole number of at most so many digits.
    Whole(u8),
    /// A number of at most so many characters.
    Number(u8),
    /// A text of at most so many characters.
    Text(u8),
    /// A day.
    Day,
    /// One of these values, each with its word.
    Choice(Vec<(String, Cell)>),
    /// A button: pressed, it fills in what stands in the field.
    Button(Message),
}

/// Fields that settle something together: nothing changes until the button is pressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryForm {
    /// Its title.
    pub title: Message,
    /// The fields.
    pub fields: Vec<EntryField>,
    /// Key of the button's label.
    pub submit: Cow<'static, str>,
    /// What is settled by the texts of the fields, in their order and set apart by [`BETWEEN`]: one step of
    /// undo.
    pub setting: Setting,
}

/// What stands between the texts of the fields of an [`EntryForm`].
pub const BETWEEN: char = '\t';

/// A field of an [`EntryForm`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryField {
    /// Key of its label.
    pub label: Cow<'static, str>,
    /// What can be filled in.
    pub input: FieldInput,
    /// What stands in it at first.
    pub value: String,
}

/// What the answer of a field changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sets {
    /// What the screen is asked: the argument of this name. Nothing of the workspace changes.
    Argument(Cow<'static, str>),
    /// What is settled about the workspace: one step of undo.
    Setting(Setting),
}

/// The key of a column's header, and whether it holds numbers.
pub type SectionColumn = (&'static str, bool);

/// A table under a title, with what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its title: a text, or a word of the page.
    pub title: Cell,
    /// What it comes to, if that is one number.
    pub sum: Option<Message>,
    /// What else there is to say.
    pub notes: Vec<Message>,
    /// Its columns.
    pub columns: Vec<(Cow<'static, str>, bool)>,
    /// The rows.
    pub rows: Vec<CellRow>,
}

impl Section {
    /// A table of which nothing else is to be said; its title is a word of the page.
    pub fn new(title: &'static str, columns: &[SectionColumn], rows: Vec<CellRow>) -> Self {
        let columns = columns.iter().map(|(key, number)| (Cow::Borrowed(*key), *number)).collect();
        Self { title: Cell::Word(title.into()), sum: None, notes: Vec::new(), columns, rows }
    }
}

impl Block {
    /// What it is called among blocks: the page keeps what a reader does in a block as long as the screen has one of its
    /// kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::WeakEvidence(_) => "weak",
            Self::Tiles(_) => "tiles",
            Self::Form(_) => "form",
            Self::Entry(_) => "entry",
            Self::Chart(_) => "chart",
            Self::Table(_) => "table",
            Self::Data(_) => "data",
            Self::Notes(_) => "notes",
            Self::Issues(_) => "issues",
            Self::Lists(_) => "lists",
            Self::Files(_) => "files",
            Self::Note(_) => "note",
            Self::Way(..) => "way",
        }
    }
}
