//! A table that the reader sorts, filters, groups and opens. The worker arranges it: what is pressed here asks the screen
//! with other arguments. How it is sorted, grouped and spaced is remembered for each screen.

use std::borrow::Cow;

use leptos::html;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use super::blocks::within_row;
use super::presses::Presses;
use super::term::defined_by;
use super::{chart, open_row};
use crate::browser::{page, preferences};
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::ui::dispatch::Dispatch;
use crate::ui::markup::{self, escaped};
use crate::ui::pages::glossary::word::Word;
use crate::ui::reactive::{text, truth};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{number, say, t};
use crate::work::blocks::{Block, Sets};
use crate::work::data_table::{
    ALL, ColumnKind, DataCell, DataColumn, DataRow, DataTable, FIND, GROUP, GroupLine, NO_GROUP, OPEN, SORT, STATE,
    TableLine, argument_of,
};

/// Name of the choice how rows are spaced, and its value for narrow ones.
const DENSITY: &str = "density";
const COMPACT: &str = "compact";

/// The arguments of a screen, by name.
type Arguments = RwSignal<Vec<(String, String)>>;

/// The table.
#[component]
pub fn DataTableBlock(
    /// The screen on which it stands: its choices are remembered.
    screen: Screen,
    /// The table.
    block: Memo<Option<Block>>,
    /// What the screen is asked for.
    arguments: Arguments,
    /// What is pressed on the screen.
    presses: Presses,
) -> impl IntoView {
    // Screens with two tables tell them apart by their names: in what is asked, what is remembered, and the ids.
    let name = block.with_untracked(|block| match block {
        Some(Block::Data(table)) => table.name.to_string(),
        _ => String::new(),
    });
    let [title_id, filter_id] = ["title", "filter"].map(|part| id(&name, part));
    let (labelled, labels) = (title_id.clone(), filter_id.clone());
    let name = StoredValue::new(name);
    let argument = move |argument| name.with_value(|name| argument_of(name, argument));
    let kept = move |what: &str| format!("table.{}.{what}", screen.name());
    remember_chosen(arguments, [SORT, GROUP].map(argument), &kept);
    let compact = RwSignal::new(preferences::get(&kept(DENSITY)).as_deref() == Some(COMPACT));
    let read = move |write: fn(&DataTable) -> String| {
        text(move || {
            block.with(|block| if let Some(Block::Data(table)) = block { write(table) } else { String::new() })
        })
    };
    let left = Trigger::new();
    let pressed = StoredValue::new(None::<String>);
    let rows = NodeRef::<html::Div>::new();
    let drawn = rows_drawn(block, left, pressed);
    keep_focus(block, left, rows, pressed);
    let choose = move |asked, value: &str| {
        let asked = argument(asked);
        set(arguments, &asked, value);
        preferences::set(&kept(&asked), value);
    };
    let dispatch = Dispatch::here();
    let settle = move |marked: &str, text: String| match block
        .with_untracked(|block| open_row::set_by(marked, block.as_ref()))
    {
        Some(Sets::Setting(setting)) => dispatch.set(setting, text),
        Some(Sets::Argument(name)) => set(arguments, &name, &text),
        None => {}
    };
    let press = move |event: leptos::ev::MouseEvent| {
        let marked = |attribute| page::marked_text(&event, attribute);
        if let Some(column) = marked("data-sort") {
            choose(SORT, &column);
        } else if let Some(state) = marked("data-state") {
            set(arguments, &argument(STATE), &state);
        } else if let Some(key) = marked("data-open") {
            toggle(arguments, &argument(OPEN), &key);
        } else if marked("data-all").is_some() {
            set(arguments, &argument(ALL), "yes");
        } else if let Some((field, text)) = marked(open_row::FIELD).zip(marked(open_row::PRESSED)) {
            presses.press(move || settle(&field, text.clone()));
        } else {
            return;
        }
        pressed.set_value(page::marked_text(&event, "id"));
    };
    // The next field has the focus a frame later.
    let leave = move |_| request_animation_frame(move || left.notify());
    let fill = move |event: leptos::ev::Event| {
        if let Some(marked) = page::marked_text(&event, open_row::FIELD) {
            settle(&marked, event_target_value(&event));
            // Who leaves a field that was typed in goes on to another one.
            if !page::is_typed_in(&event) {
                pressed.set_value(page::marked_text(&event, "id"));
            }
        }
    };
    let enter = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(marked) = page::marked_text(&event, open_row::ENTRY) else { return };
        if let Some((setting, texts)) = block.with_untracked(|block| open_row::entered_by(&marked, block.as_ref())) {
            dispatch.set(setting, texts);
            pressed.set_value(Some(open_row::button_of(&marked)));
        }
    };
    let space = move |narrow: bool| {
        compact.set(narrow);
        preferences::set(&kept(DENSITY), if narrow { COMPACT } else { "" });
    };
    let find = arguments.with_untracked(|arguments| value(arguments, &argument(FIND)));
    view! {
        <section class="card data" class:compact=compact aria-labelledby=labelled>
            <header>
                <h2 id=title_id>{read(|table| say(&Message::keyed(table.title.clone())))}</h2>
                <span class="badge">{read(|table| number(u64::try_from(table.count).unwrap_or(u64::MAX)))}</span>
                <span class="push seg no-print" role="group" aria-label=t("page.data.density")>
                    <button type="button" aria-pressed=truth(move || !compact.get()) on:click=move |_| space(false)>{t("page.data.two_lines")}</button>
                    <button type="button" aria-pressed=truth(move || compact.get()) on:click=move |_| space(true)>{t("page.data.compact")}</button>
                </span>
            </header>
            <div class="tools no-print">
                <label class="unseen" for=labels>{t("page.data.filter")}</label>
                <input type="search" class="filter" id=filter_id placeholder=t("page.data.filter_short") autocomplete="off" prop:value=find
                    on:input:target=move |event| set(arguments, &argument(FIND), &event.target().value()) />
                <div class="chips" role="group" aria-label=t("page.products.status") inner_html=read(chips) on:click=press></div>
                <label class="inline-field push">
                    <span>{t("page.data.group")}</span>
                    <select class="small" inner_html=read(groupings) on:change:target=move |event| choose(GROUP, &event.target().value())></select>
                </label>
            </div>
            <div class="rows" node_ref=rows inner_html=drawn on:click=press on:change=fill on:submit=enter on:focusout=leave></div>
            <p class="unseen" role="status">{read(found)}</p>
            <footer class="note">{read(|table| table.note.as_ref().map(say).unwrap_or_default())}</footer>
        </section>
    }
}

/// The rows as markup. What is typed below one is not drawn over: they wait until the field is left. What else has the focus
/// keeps it, as if it had been pressed.
fn rows_drawn(block: Memo<Option<Block>>, left: Trigger, pressed: StoredValue<Option<String>>) -> Signal<String> {
    let last = StoredValue::new(String::new());
    text(move || {
        left.track();
        let drawn = block.with(|block| if let Some(Block::Data(one)) = block { table(one) } else { String::new() });
        if page::is_in_field(open_row::FIELD_ID) {
            return last.get_value();
        }
        if last.with_value(|last| *last != drawn)
            && let Some(id) = page::focused_id().filter(|id| id.starts_with("table-"))
        {
            pressed.set_value(Some(id));
        }
        last.set_value(drawn.clone());
        drawn
    })
}

/// What was pressed is drawn anew with the answer: the focus goes to what stands in its place.
fn keep_focus(
    block: Memo<Option<Block>>,
    left: Trigger,
    rows: NodeRef<html::Div>,
    pressed: StoredValue<Option<String>>,
) {
    let shared = Shared::here();
    Effect::new(move |_| {
        block.track();
        left.track();
        let address = shared.route.with(|route| matches!(route, Route::Explained(_)).then(|| route.href()));
        // Before the next key comes; a frame later again where that was too soon.
        spawn_local(async move {
            tick().await;
            if let Some(id) = pressed.try_get_value().flatten() {
                page::focus(&id);
            }
        });
        request_animation_frame(move || {
            let taken = pressed.try_update_value(Option::take).flatten();
            if let Some(id) = taken.filter(|_| page::focused_id().is_none()) {
                page::focus(&id);
            }
            if let Some(Some(rows)) = rows.try_get_untracked() {
                page::mark_current_links(&rows, address.as_deref().unwrap_or_default());
            }
        });
    });
}

/// The id of a part of the table with this name.
fn id(table: &str, part: &str) -> String {
    if table.is_empty() { format!("table-{part}") } else { format!("table-{table}-{part}") }
}

/// Asks for what was chosen last, where the address asks for nothing else.
fn remember_chosen(arguments: Arguments, names: [Cow<'static, str>; 2], kept: &impl Fn(&str) -> String) {
    let asked = |name: &str| arguments.with_untracked(|arguments| !value(arguments, name).is_empty());
    for name in names {
        if let Some(value) = preferences::get(&kept(&name)).filter(|value| !value.is_empty() && !asked(&name)) {
            set(arguments, &name, &value);
        }
    }
}

fn value(arguments: &[(String, String)], name: &str) -> String {
    arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Asks for something else; blank asks for nothing.
fn set(arguments: Arguments, name: &str, value: &str) {
    arguments.update(|arguments| {
        arguments.retain(|(known, _)| known != name);
        if !value.is_empty() {
            arguments.push((name.to_owned(), value.to_owned()));
        }
    });
}

/// Opens a row, or closes it.
fn toggle(arguments: Arguments, open: &str, key: &str) {
    arguments.update(|arguments| {
        let before = arguments.len();
        arguments.retain(|(name, value)| name != open || value != key);
        if arguments.len() == before {
            arguments.push((open.to_owned(), key.to_owned()));
        }
    });
}

/// How many rows fit what is asked for, for those who do not see it.
fn found(table: &DataTable) -> String {
    say(&Message::new("page.data.found").with("found", table.found).with("all", table.count))
}

/// One chip for each state that occurs, and one for all.
fn chips(table: &DataTable) -> String {
    if table.states.is_empty() {
        return String::new();
    }
    let chip = |name: &str, word: String, count: usize| {
        let pressed = table.state == name;
        format!(
            "<button type=\"button\" id=\"{}\" data-state=\"{name}\" aria-pressed=\"{pressed}\">{} {}</button>",
            id(&table.name, &format!("state-{name}")),
            escaped(&word),
            number(u64::try_from(count).unwrap_or(u64::MAX))
        )
    };
    let states = table.states.iter().map(|(state, count)| chip(state.name(), t(state.word()), *count));
    std::iter::once(chip("", t("page.data.all"), table.count)).chain(states).collect()
}

/// What rows can be grouped by, and not to group them.
fn groupings(table: &DataTable) -> String {
    let none = (NO_GROUP.into(), "page.data.by_nothing".into());
    let option = |(name, word): &(Cow<'static, str>, Cow<'static, str>)| {
        let selected =
            if *name == table.grouped || (table.grouped.is_empty() && name == NO_GROUP) { " selected" } else { "" };
        format!("<option value=\"{name}\"{selected}>{}</option>", escaped(&say(&Message::keyed(word.clone()))))
    };
    table.groupings.iter().chain([&none]).map(option).collect()
}

/// The table itself. Its parts say what they are: on a phone its rows are drawn as cards, and stay rows all the same.
fn table(table: &DataTable) -> String {
    let head: String = table.columns.iter().map(|column| header(table, column)).collect();
    let width = table.columns.len().saturating_add(1);
    let mut place = 0_usize;
    let line = |line: &TableLine| match line {
        TableLine::Group(group) => group_line(group, width),
        TableLine::Row(row) => {
            place = place.saturating_add(1);
            self::row(table, row, place)
        }
    };
    let lines: String = table.lines.iter().map(line).collect();
    let nothing = || {
        format!(
            "<tr role=\"row\"><td role=\"cell\" colspan=\"{width}\" class=\"nothing\">{}</td></tr>",
            escaped(&t("page.data.nothing"))
        )
    };
    let lines = if table.lines.is_empty() { nothing() } else { lines };
    let more = (table.shown < table.found).then(|| {
        let text = Message::new("page.data.show_all").with("shown", table.shown).with("found", table.found);
        format!(
            "<p class=\"more\"><button type=\"button\" class=\"button small\" data-all>{}</button></p>",
            escaped(&say(&text))
        )
    });
    // Where further columns give way, others keep their count for what spans them all.
    let ghosts = table.columns.iter().filter(|column| column.kind == ColumnKind::Further).count();
    let ghosts = "<td class=\"ghost\" aria-hidden=\"true\"></td>".repeat(ghosts);
    format!(
        "<table role=\"table\" class=\"table data-table\" aria-labelledby=\"{}\"><thead role=\"rowgroup\"><tr role=\"row\">{head}\
        <th role=\"columnheader\" scope=\"col\" class=\"open\"><span class=\"unseen\">{}</span></th>{ghosts}</tr></thead>\
        <tbody role=\"rowgroup\">{lines}</tbody></table>{}",
        id(&table.name, "title"),
        escaped(&t("page.products.more")),
        more.unwrap_or_default()
    )
}

const fn class(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Name => "name",
        ColumnKind::Words => "words",
        ColumnKind::Number => "n",
        ColumnKind::Further => "n further",
        ColumnKind::Picture => "picture",
    }
}

/// The header of a column; pressed, it sorts by it, and the other way round when it does already.
fn header(table: &DataTable, column: &DataColumn) -> String {
    let DataColumn { name, label, kind } = column;
    let word = escaped(&say(&Message::keyed(label.clone())));
    let (sorted, descending) = &table.sorted;
    let here = sorted == name;
    let sort = match (here, descending) {
        (false, _) => "",
        (true, false) => " aria-sort=\"ascending\"",
        (true, true) => " aria-sort=\"descending\"",
    };
    let next = if here && !descending { "-" } else { "" };
    let defined = Word::heading(label).map(defined_by).unwrap_or_default();
    let content = match kind {
        // As high as those that sort.
        ColumnKind::Picture => format!("<span class=\"sort\">{word}</span>"),
        ColumnKind::Name | ColumnKind::Words | ColumnKind::Number | ColumnKind::Further => format!(
            "<button type=\"button\" class=\"sort\" id=\"{}\" data-sort=\"{next}{name}\"{defined}>{word}</button>",
            id(&table.name, &format!("sort-{name}"))
        ),
    };
    format!("<th role=\"columnheader\" scope=\"col\" class=\"{} c-{name}\"{sort}>{content}</th>", class(*kind))
}

fn group_line(group: &GroupLine, width: usize) -> String {
    let said = std::iter::once(&group.count).chain(&group.sums).map(say).collect::<Vec<_>>().join(" · ");
    format!(
        "<tr role=\"row\" class=\"group\"><th role=\"rowheader\" scope=\"rowgroup\" colspan=\"{width}\">{} <span class=\"note\">· {}</span></th></tr>",
        escaped(&say(&group.title)),
        escaped(&said)
    )
}

/// A row, and what stands below it while it is open.
fn row(table: &DataTable, row: &DataRow, place: usize) -> String {
    let columns = &table.columns;
    let place = if table.name.is_empty() { place.to_string() } else { format!("{}-{place}", table.name) };
    let cells: String = columns.iter().zip(&row.cells).map(|(column, cell)| self::cell(column, cell, row)).collect();
    let open = row.detail.is_some();
    let named = columns.iter().zip(&row.cells).find(|(column, _)| column.kind == ColumnKind::Name);
    let name = named.map_or_else(String::new, |(_, cell)| markup::plain(&cell.value));
    let label = Message::new("page.data.details").with("name", name);
    let detail = row.detail.as_ref().map(|blocks| {
        let mut before = 0;
        let draw = |block: &Block| {
            let drawn = open_row::fields(block, before, &row.key, &place).unwrap_or_else(|| within_row(block));
            before = open_row::fields_before(block, before);
            drawn
        };
        let blocks: String = blocks.iter().map(draw).collect();
        let width = columns.len().saturating_add(1);
        format!("<tr role=\"row\" class=\"detail\"><td role=\"cell\" colspan=\"{width}\"><div class=\"parts\">{blocks}</div></td></tr>")
    });
    format!(
        "<tr role=\"row\" class=\"{}\">{cells}<td role=\"cell\" class=\"open\"><button type=\"button\" class=\"plain-button turn\" \
        id=\"table-open-{place}\" data-open=\"{}\" aria-expanded=\"{open}\" aria-label=\"{}\">{}</button></td></tr>{}",
        if open { "opened" } else { "" },
        escaped(&row.key),
        escaped(&say(&label)),
        CHEVRON,
        detail.unwrap_or_default()
    )
}

/// The sign of a row that opens.
const CHEVRON: &str =
    "<svg class=\"icon turns\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"M8 5l5 5-5 5\"/></svg>";

fn cell(column: &DataColumn, cell: &DataCell, row: &DataRow) -> String {
    let DataCell { value, unit, tone, below, drawing } = cell;
    let class = format!("{} c-{}", class(column.kind), column.name);
    if let Some(drawing) = drawing {
        return format!(
            "<td role=\"cell\" class=\"{class}\"><div class=\"chart\">{}</div></td>",
            chart::drawing("spark", drawing)
        );
    }
    let below: String = below.iter().map(|one| format!("<small><bdi>{}</bdi></small>", escaped(&say(one)))).collect();
    if column.kind == ColumnKind::Name {
        return format!(
            "<th role=\"rowheader\" scope=\"row\" class=\"{class}\"><span class=\"two\" title=\"{}\" data-open=\"{}\">{}</span>{below}</th>",
            escaped(&markup::plain(value)),
            escaped(&row.key),
            markup::cell(value)
        );
    }
    let unit = if unit.is_empty() { String::new() } else { format!(" <span class=\"unit\">{}</span>", escaped(unit)) };
    let label = escaped(&say(&Message::keyed(column.label.clone())));
    let value = tone.map_or_else(|| markup::cell(value), |tone| markup::badge(tone, &markup::plain(value)));
    format!("<td role=\"cell\" class=\"{class}\" data-label=\"{label}\">{value}{unit}{below}</td>")
}
