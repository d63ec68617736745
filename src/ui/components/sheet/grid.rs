//! A sheet as a grid: its header, and the rows in sight with room for the others. Each row follows what changes in it.

use leptos::prelude::*;

use super::columns::edge;
use super::filters::of_column;
use super::keys::between;
use super::{ROW, SheetState, cell_id, corner_id, head_id};
use crate::model::message::Message;
use crate::ui::components::badge::Badge;
use crate::ui::markup::{plain, standing};
use crate::ui::reactive::{part, text};
use crate::ui::route::Route;
use crate::ui::words::{say, t};
use crate::work::cell::Cell;
use crate::work::table::{ColumnView, TableView};

/// The words in the header of a column.
pub(super) fn title(column: &ColumnView) -> String {
    say(&Message::keyed(column.title.clone()))
}

/// How a cell looks now.
#[derive(Clone, Debug, PartialEq)]
struct CellLook {
    content: Cell,
    title: String,
    class: String,
    selected: bool,
    invalid: bool,
    width: Option<u32>,
}

/// The row of headers. Each keeps its field, whatever changes around it.
pub(super) fn head(sheet: &SheetState) -> impl IntoView + use<> {
    let sheet = *sheet;
    let columns = Memo::new(move |_| {
        let column = |view: &TableView, index: usize| {
            // Whether it is blank changes as rows come and go, and nothing of its header.
            view.columns.get(index).map(|column| (index, ColumnView { blank: false, ..column.clone() }))
        };
        sheet.read(|view| sheet.shown(view).into_iter().filter_map(|index| column(view, index)).collect::<Vec<_>>())
    });
    view! {
        <thead>
            <tr aria-rowindex="1">
                <th scope="col" class="corner" id=corner_id(sheet.subject)>
                    <span class="unseen">{t("page.table.row")}</span>
                </th>
                <For
                    each=move || columns.get().unwrap_or_default()
                    key=|(index, column)| (*index, column.title.clone())
                    let((index, column))
                >
                    {header(&sheet, index, column)}
                </For>
            </tr>
        </thead>
    }
}

/// The header of a column.
fn header(sheet: &SheetState, index: usize, column: ColumnView) -> impl IntoView + use<> {
    let sheet = *sheet;
    let order =
        Signal::derive(move || match sheet.query.with(|query| query.sort).filter(|(known, _)| *known == index) {
            None => "none",
            Some((_, false)) => "ascending",
            Some((_, true)) => "descending",
        });
    let (heading, class) = (title(&column), class_of(&column));
    let filtered = column.clone();
    let width = Signal::derive(move || pixels(sheet.layout.with(|layout| layout.width(&column))));
    view! {
        <th scope="col" id=head_id(sheet.subject, index) class=class aria-sort=order
            style:width=width style:min-width=width style:max-width=width>
            <button type="button" class="plain-button sort" tabindex="-1" data-sort=index.to_string()>{heading}</button>
            {part(move || sheet.filtering.get().then(|| of_column(&sheet, index, &filtered)))}
            {edge(&sheet, index)}
        </th>
    }
}

/// The rows in sight.
pub(super) fn body(sheet: &SheetState) -> impl IntoView + use<> {
    let sheet = *sheet;
    let window = Memo::new(move |_| {
        sheet.read(|view| (view.first, view.first.saturating_add(view.rows.len()))).unwrap_or_default()
    });
    let rows = move || {
        let (first, last) = window.get();
        (first..last).collect::<Vec<_>>()
    };
    let room = move |rows: usize| {
        let height = format!("{}px", rows.saturating_mul(ROW));
        let across = sheet.read(|view| sheet.shown(view).len().saturating_add(1)).unwrap_or(1).to_string();
        (rows > 0).then(|| {
            view! { <tr class="space" aria-hidden="true"><td colspan=across style:height=height></td></tr> }.into_any()
        })
    };
    let below = move || sheet.row_count().saturating_sub(window.get().1);
    view! {
        <tbody>
            {part(move || room(window.get().0))}
            <For each=rows key=|row| *row let:row>{line(&sheet, row)}</For>
            {part(move || room(below()))}
        </tbody>
    }
}

/// A row of the grid.
fn line(sheet: &SheetState, row: usize) -> impl IntoView + use<> {
    let sheet = *sheet;
    let look = Memo::new(move |_| cells(&sheet, row));
    let number = text(move || {
        let is_new = sheet.read(|view| row >= view.listed).unwrap_or_default() && sheet.subject.list().is_some();
        if is_new { "+".to_owned() } else { row.saturating_add(1).to_string() }
    });
    let cell = move |(at, look): (usize, CellLook)| {
        view! {
            <td
                role="gridcell"
                id=cell_id(sheet.subject, (row, at))
                class=look.class
                style:max-width=pixels(look.width)
                title=look.title
                data-at=format!("{row},{at}")
                aria-selected=if look.selected { "true" } else { "false" }
                aria-invalid=look.invalid.then_some("true")
            >{content(look.content)}</td>
        }
        .into_any()
    };
    view! {
        <tr aria-rowindex=row.saturating_add(2).to_string()>
            <th scope="row" class="corner" data-at=format!("{row},*")>{number}</th>
            {part(move || look.get().into_iter().enumerate().map(cell).collect::<Vec<_>>())}
        </tr>
    }
}

/// How the cells of a row look now.
fn cells(sheet: &SheetState, row: usize) -> Vec<CellLook> {
    let look = sheet.read(|view| {
        let chosen = sheet.shown(view);
        let (at, corner) = sheet.selection.with(|selection| (selection.at, selection.corner));
        let (rows, across) = (between(at.0, corner.0), between(at.1, corner.1));
        let content = row.checked_sub(view.first).and_then(|index| view.rows.get(index));
        let look = |(place, index): (usize, usize)| {
            let column = view.columns.get(index)?;
            let typed = sheet.typed.with(|typed| typed.text(row, index).map(Cell::from));
            let content = typed.or_else(|| content?.get(index).cloned()).unwrap_or_else(|| Cell::from(""));
            let fault = sheet.fault(view, row, index);
            let selected = (rows.0..=rows.1).contains(&row) && (across.0..=across.1).contains(&place);
            let marks = [
                class_of(column),
                if column.open { "" } else { " shut" },
                if (row, place) == at { " here" } else { "" },
                if fault.is_some() { " wrong" } else { "" },
            ];
            let title = fault.as_ref().map_or_else(|| plain(&content), say);
            let (class, invalid) = (marks.concat(), fault.is_some());
            let width = sheet.layout.with(|layout| layout.width(column));
            Some(CellLook { content, title, class, selected, invalid, width })
        };
        chosen.into_iter().enumerate().filter_map(look).collect()
    });
    look.unwrap_or_default()
}

/// What a cell holds, in the reader's way.
fn content(cell: Cell) -> AnyView {
    match &cell {
        Cell::Status(status) => {
            let (word, tone) = standing(*status);
            view! { <Badge tone=tone text=t(word) /> }.into_any()
        }
        Cell::Figure(_, question) | Cell::Balance(_, question) => {
            let number = plain(&cell);
            let label = say(&Message::new("page.figure.in_table").with("number", number.as_str()));
            view! { <a class="figure" href=Route::Explained(question.clone()).href() aria-label=label>{number}</a> }
                .into_any()
        }
        Cell::Unknown
        | Cell::Text(_)
        | Cell::Word(_)
        | Cell::Number(_)
        | Cell::Money(..)
        | Cell::Day(_)
        | Cell::Said(_)
        | Cell::Screen(..)
        | Cell::Source(_) => plain(&cell).into_any(),
    }
}

/// A width in the style of a cell; none leaves the cell as wide as what it holds.
fn pixels(width: Option<u32>) -> Option<String> {
    width.map(|width| format!("{width}px"))
}

const fn class_of(column: &ColumnView) -> &'static str {
    if column.number { "n" } else { "" }
}
