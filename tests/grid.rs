//! Typing into a table against the simplest model of one: every text stands where it was typed, whatever was typed before
//! it, and however the rows are ordered.

use highwater::i18n::Language;
use highwater::model::workspace::List;
use highwater::work::cell::{Cell, CellRow};
use highwater::work::session::Session;
use highwater::work::table::{CellBlock, Subject, TableAction, TableQuery, TableView};
use highwater::work::{Request, Response};
use proptest::prelude::*;
use rust_decimal::Decimal;

const ORDERS: &str = "date,site,part_number,quantity,points\n2026-03-01,Oslo,D1,1,100\n2026-01-15,Bergen,D2,2,50\n2026-02-01,Voss,D3,3,9\n";

/// What stands in a row of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// The line at this index.
    Line(usize),
    /// The line with this number that is begun and not whole.
    Begun(usize),
}

/// A table that does what one expects of it: lines, those that are begun below them, an order, a filter, and whole copies
/// of the lines for undo.
#[derive(Clone, Debug, Default)]
struct Model {
    lines: Vec<Vec<String>>,
    begun: Vec<Vec<String>>,
    rows: Vec<Row>,
    sort: Option<(usize, bool)>,
    word: &'static str,
    done: Vec<Vec<Vec<String>>>,
    undone: Vec<Vec<Vec<String>>>,
}

impl Model {
    fn of(view: &TableView, columns: &[usize]) -> Self {
        let line = |row: &CellRow| columns.iter().map(|column| text(&row[*column])).collect();
        let mut model = Self { lines: view.rows.iter().take(view.listed).map(line).collect(), ..Self::default() };
        model.find();
        model
    }

    /// Finds the rows anew: until then they stay where they are.
    fn find(&mut self) {
        let has_word = |line: &Vec<String>| line.join("\t").to_lowercase().contains(self.word);
        let mut lines: Vec<usize> = (0..self.lines.len()).filter(|index| has_word(&self.lines[*index])).collect();
        if let Some((column, turned)) = self.sort {
            let (blank, mut rest): (Vec<usize>, Vec<usize>) =
                lines.into_iter().partition(|index| self.lines[*index][column].is_empty());
            let number = |index: &usize| self.lines[*index][column].parse::<Decimal>().unwrap_or_default();
            let words = |index: &usize| self.lines[*index][column].to_lowercase();
            rest.sort_by(|one, other| {
                let order = if column < 3 { words(one).cmp(&words(other)) } else { number(one).cmp(&number(other)) };
                if turned { order.reverse() } else { order }
            });
            lines = [rest, blank].concat();
        }
        let begun = (0..self.begun.len()).filter(|number| self.begun[*number].iter().any(|text| !text.is_empty()));
        self.rows = lines.into_iter().map(Row::Line).chain(begun.map(Row::Begun)).collect();
    }

    fn row(&self, row: usize) -> &[String] {
        match self.rows[row] {
            Row::Line(index) => &self.lines[index],
            Row::Begun(number) => &self.begun[number],
        }
    }

    /// Puts texts into cells from one on; whether that is refused, and nothing has changed.
    fn put(&mut self, row: usize, column: usize, texts: &[Vec<&str>]) -> bool {
        let before = self.clone();
        for (row, cells) in (row..).zip(texts) {
            let known = self.rows.get(row).copied();
            let mut line = known.map_or_else(|| vec![String::new(); COLUMNS.len()], |_| self.row(row).to_vec());
            for (cell, text) in line.iter_mut().skip(column).zip(cells) {
                (*text).clone_into(cell);
            }
            let whole = !line[0].is_empty() && line.iter().all(|text| !WRONG.contains(&text.as_str()));
            match known {
                Some(Row::Line(index)) if whole => self.lines[index] = line,
                Some(Row::Begun(number)) if whole => {
                    self.begun[number].clear();
                    self.rows[row] = Row::Line(self.lines.len());
                    self.lines.push(line);
                }
                None if whole => {
                    self.rows.push(Row::Line(self.lines.len()));
                    self.lines.push(line);
                }
                Some(Row::Begun(number)) => self.begun[number] = line,
                // A new line that is typed waits until it is whole; one of several that are pasted has to be.
                None if texts.len() == 1 => {
                    self.rows.push(Row::Begun(self.begun.len()));
                    self.begun.push(line);
                }
                Some(Row::Line(_)) | None => {
                    *self = before;
                    return true;
                }
            }
        }
        if self.lines != before.lines {
            self.done.push(before.lines);
            self.undone.clear();
        }
        false
    }

    /// Takes the last step back.
    fn undo(&mut self) {
        if let Some(lines) = self.done.pop() {
            self.undone.push(std::mem::replace(&mut self.lines, lines));
            self.find();
        }
    }

    /// Makes the step that was taken back last once more.
    fn redo(&mut self) {
        if let Some(lines) = self.undone.pop() {
            self.done.push(std::mem::replace(&mut self.lines, lines));
            self.find();
        }
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Source(text) => text.clone(),
        Cell::Number(number) => number.normalize().to_string(),
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Unknown
        | Cell::Word(_)
        | Cell::Day(None)
        | Cell::Status(_)
        | Cell::Said(_)
        | Cell::Figure(..)
        | Cell::Money(..)
        | Cell::Balance(..)
        | Cell::Screen(..) => String::new(),
    }
}

fn query(sort: Option<(usize, bool)>) -> TableQuery {
    TableQuery { sort, ..TableQuery::of(Subject::List(List::Orders)) }
}

/// What random hands do.
#[derive(Clone, Debug)]
enum Step {
    /// Type a text into a cell, or into the row below the last.
    Type { row: usize, column: usize, text: usize },
    /// Paste rows of texts from a cell on.
    Paste { row: usize, column: usize, texts: Vec<[usize; 5]> },
    /// Empty so many rows and columns, as many of them as there are.
    Clear { row: usize, column: usize, height: usize, width: usize },
    /// Take the last step back.
    Undo,
    /// Make it once more.
    Redo,
    /// Order the rows.
    Order(Option<(usize, bool)>),
    /// Look for a word.
    Filter(usize),
    /// Look at another list, and come back.
    Leave,
}

fn step() -> impl Strategy<Value = Step> {
    let (row, column) = (|| 0..12_usize, || 0..COLUMNS.len());
    prop_oneof![
        6 => (row(), column(), 0..6_usize).prop_map(|(row, column, text)| Step::Type { row, column, text }),
        2 => (row(), column(), proptest::collection::vec(proptest::array::uniform5(0..6_usize), 1..4))
            .prop_map(|(row, column, texts)| Step::Paste { row, column, texts }),
        1 => (row(), column(), 1..4_usize, 1..3_usize)
            .prop_map(|(row, column, height, width)| Step::Clear { row, column, height, width }),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => proptest::option::of((column(), any::<bool>())).prop_map(Step::Order),
        1 => (0..FILTERS.len()).prop_map(Step::Filter),
        1 => Just(Step::Leave),
    ]
}

/// How many sequences run: a thousand, or as many as `PROPTEST_CASES` says.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1000)
}

fn ask(session: &mut Session, request: Request) -> Response {
    session.handle(request, Vec::new(), &mut |_, _, _| ()).0
}

fn view(session: &mut Session, query: &TableQuery) -> TableView {
    let Response::Table(view) = ask(session, Request::Table(query.clone())) else { panic!("no table") };
    *view
}

fn with_orders() -> Session {
    let mut session = Session::new(|_| None, Language::english());
    let request = Request::Import { names: vec!["orders.csv".to_owned()], replaced: None };
    let (response, _) = session.handle(request, vec![ORDERS.as_bytes().to_vec()], &mut |_, _, _| ());
    assert!(matches!(response, Response::State(_)));
    session
}

/// Types into a cell; whether it was refused.
fn type_into(session: &mut Session, query: &TableQuery, row: usize, column: usize, text: &str) -> bool {
    let block = CellBlock { rows: (row, row), columns: vec![column] };
    let action = TableAction::Type(text.to_owned());
    let response = ask(session, Request::Act { query: query.clone(), block, action });
    if let Response::State(state) = &response {
        assert!(state.table.is_some(), "the table comes with the answer");
    }
    let refused = matches!(response, Response::Wrong(_));
    assert!(refused || matches!(response, Response::State(_) | Response::Table(_)), "{response:?}");
    refused
}

fn names(view: &TableView) -> Vec<&str> {
    view.columns.iter().map(|column| column.title.as_str()).collect()
}

const COLUMNS: [&str; 5] = ["date", "site", "part_number", "quantity", "points"];

/// Texts for each column, of which some mean nothing in it.
const TEXTS: [[&str; 6]; 5] = [
    ["2026-05-01", "2025-12-31", "soon", "", "2026-05-01", "2024-02-29"],
    ["Moss", "a\tb \"c\"", "Aa", "", "Zz", "0"],
    ["D1", "D2", "=1+1", "", "'+47", "D9"],
    ["1", "25", "many", "", "1000", "7"],
    ["1", "2.5", "-", "", "30", "7"],
];

/// Those that mean nothing in their columns.
const WRONG: [&str; 3] = ["soon", "many", "-"];

const FILTERS: [&str; 4] = ["", "moss", "d1", "2026"];

/// A block of cells as spreadsheets hand it out.
fn pasted(texts: &[Vec<&str>]) -> String {
    let cell = |text: &&str| {
        let plain = !text.contains(['\t', '"', '\n']);
        if plain { (*text).to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    };
    texts.iter().map(|cells| cells.iter().map(cell).collect::<Vec<_>>().join("\t") + "\r\n").collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn every_text_stands_where_it_was_put_whatever_was_undone_ordered_and_filtered(
        steps in proptest::collection::vec(step(), 1..40),
    ) {
        let (mut session, mut query) = (with_orders(), query(None));
        let first = view(&mut session, &query);
        let columns: Vec<usize> = COLUMNS
            .iter()
            .map(|name| names(&first).iter().position(|title| *title == format!("column.{name}")).unwrap())
            .collect();
        let mut model = Model::of(&first, &columns);
        for step in &steps {
            let act = |session: &mut Session, query: &TableQuery, (row, height), columns: &[usize], action| {
                let block = CellBlock { rows: (row, row + height - 1), columns: columns.to_vec() };
                ask(session, Request::Act { query: query.clone(), block, action })
            };
            match step {
                Step::Type { row, column, text } => {
                    let (row, typed) = ((*row).min(model.rows.len()), TEXTS[*column][*text]);
                    let refused = type_into(&mut session, &query, row, columns[*column], typed);
                    prop_assert_eq!(refused, model.put(row, *column, &[vec![typed]]), "{:?}", step);
                }
                Step::Paste { row, column, texts } => {
                    let row = (*row).min(model.rows.len());
                    let cells = |texts: &[usize; 5]| (*column..5).map(|at| TEXTS[at][texts[at]]).collect::<Vec<_>>();
                    let texts: Vec<Vec<&str>> = texts.iter().map(cells).collect();
                    let action = TableAction::Fill(pasted(&texts));
                    let response = act(&mut session, &query, (row, 1), &columns[*column..], action);
                    let refused = matches!(response, Response::Wrong(_));
                    prop_assert_eq!(refused, model.put(row, *column, &texts), "{:?}: {:?}", step, response);
                }
                Step::Clear { row, column, height, width } => {
                    let columns = columns.iter().copied().skip(*column).take(*width).collect::<Vec<_>>();
                    let response = act(&mut session, &query, (*row, *height), &columns, TableAction::Clear);
                    let rows = model.rows.len().saturating_sub(*row).min(*height);
                    let refused = model.put(*row, *column, &vec![vec![""; columns.len()]; rows]);
                    prop_assert_eq!(matches!(response, Response::Wrong(_)), refused, "{:?}: {:?}", step, response);
                }
                Step::Undo => {
                    // What was read from the file stays.
                    if !model.done.is_empty() {
                        ask(&mut session, Request::Undo);
                    }
                    model.undo();
                }
                Step::Redo => {
                    ask(&mut session, Request::Redo);
                    model.redo();
                }
                Step::Order(sort) => {
                    let shown = sort.map(|(column, turned)| (columns[column], turned));
                    if query.sort != shown {
                        (query.sort, model.sort) = (shown, *sort);
                        model.find();
                    }
                }
                Step::Filter(word) => {
                    if query.filter != FILTERS[*word] {
                        (query.filter, model.word) = (FILTERS[*word].to_owned(), FILTERS[*word]);
                        model.find();
                    }
                }
                Step::Leave => {
                    view(&mut session, &TableQuery { subject: Subject::List(List::Entitlements), ..query.clone() });
                    model.find();
                }
            }
            let seen = view(&mut session, &query);
            let shown: Vec<Vec<String>> = seen.rows.iter().take(seen.listed).map(|row| columns.iter().map(|column| text(&row[*column])).collect()).collect();
            let expected: Vec<Vec<String>> = (0..model.rows.len()).map(|row| model.row(row).to_vec()).collect();
            prop_assert_eq!(shown, expected, "after {:?}", step);
            prop_assert_eq!(seen.all, model.lines.len());
            prop_assert_eq!(seen.rows.get(seen.listed).map(|row| row.iter().all(|cell| text(cell).is_empty())), Some(true));
        }
    }
}

#[test]
fn what_means_nothing_in_a_new_line_stays_as_typed_and_says_why_until_it_is_mended() {
    let (mut session, query) = (with_orders(), query(None));
    type_into(&mut session, &query, 3, 0, "soon");
    type_into(&mut session, &query, 4, 0, "2026-04-01");
    let seen = view(&mut session, &query);
    assert_eq!((text(&seen.rows[3][0]), text(&seen.rows[4][0])), ("soon".to_owned(), "2026-04-01".to_owned()));
    assert_eq!((seen.all, seen.listed, seen.unfinished.len()), (4, 5, 1));
    assert_eq!((seen.unfinished[0].row, seen.unfinished[0].why.key.as_ref()), (3, "issue.cell_day_invalid"));
    type_into(&mut session, &query, 3, 0, "2026-04-02");
    let seen = view(&mut session, &query);
    assert_eq!((seen.all, seen.listed, seen.unfinished.len()), (5, 5, 0));
    assert_eq!(text(&seen.rows[3][0]), "2026-04-02", "it stays in its row");
}

#[test]
fn lines_that_are_not_whole_are_there_after_another_order_and_can_be_removed() {
    let (mut session, plain) = (with_orders(), query(None));
    type_into(&mut session, &plain, 3, 1, "Moss");
    let turned = query(Some((1, true)));
    let seen = view(&mut session, &turned);
    assert_eq!(seen.rows.iter().map(|row| text(&row[1])).collect::<Vec<_>>(), ["Voss", "Oslo", "Bergen", "Moss", ""]);
    let block = CellBlock { rows: (3, 3), columns: vec![0] };
    let action = TableAction::Remove;
    assert!(matches!(ask(&mut session, Request::Act { query: turned.clone(), block, action }), Response::Table(_)));
    assert_eq!(view(&mut session, &turned).listed, 3);
}

#[test]
fn rows_are_found_anew_once_something_else_has_changed_them() {
    let (mut session, query) = (with_orders(), query(Some((1, false))));
    let sites = |view: &TableView| view.rows.iter().map(|row| text(&row[1])).collect::<Vec<_>>();
    assert_eq!(sites(&view(&mut session, &query)), ["Bergen", "Oslo", "Voss", ""]);
    type_into(&mut session, &query, 0, 1, "Zz");
    assert_eq!(sites(&view(&mut session, &query)), ["Zz", "Oslo", "Voss", ""], "no row moves under the hands");
    ask(&mut session, Request::Undo);
    ask(&mut session, Request::Redo);
    assert_eq!(sites(&view(&mut session, &query)), ["Oslo", "Voss", "Zz", ""]);
}

#[test]
fn what_is_emptied_beyond_the_last_line_is_emptied_as_far_as_there_are_lines() {
    let (mut session, query) = (with_orders(), query(None));
    let empty = |session: &mut Session, rows| {
        let block = CellBlock { rows, columns: vec![1] };
        ask(session, Request::Act { query: query.clone(), block, action: TableAction::Clear })
    };
    assert!(matches!(empty(&mut session, (2, 4)), Response::State(_)));
    let seen = view(&mut session, &query);
    assert_eq!(seen.rows.iter().map(|row| text(&row[1])).collect::<Vec<_>>(), ["Oslo", "Bergen", "", ""]);
    assert!(matches!(empty(&mut session, (3, 4)), Response::Table(_)));
    assert_eq!(view(&mut session, &query).listed, 3);
}

#[test]
fn a_text_that_stands_there_already_is_no_step() {
    let (mut session, query) = (with_orders(), query(None));
    type_into(&mut session, &query, 1, 1, "Moss");
    ask(&mut session, Request::Undo);
    type_into(&mut session, &query, 0, 1, "Oslo");
    ask(&mut session, Request::Redo);
    assert_eq!(text(&view(&mut session, &query).rows[1][1]), "Moss");
}
