//! A screen as the worker sends it: its blocks, one below the other.
//!
//! A block keeps its elements while the screen has one of its kind at its place among them, so that an answer takes the
//! focus from no field and the place from no list.

use std::borrow::Cow;

use leptos::prelude::*;

use super::chart;
use super::data_table::DataTableBlock;
use super::figure::Figure;
use super::file_cards::{FILES, file_cards};
use super::form::FormBlock;
use super::icon::{Glyph, Icon};
use super::issues::Issues;
use super::listing::{self, ListingHead, listing};
use super::notes::Notes;
use super::presses::Presses;
use super::sheets::Sheets;
use super::term::Term;
use crate::browser::page;
use crate::browser::today::today;
use crate::model::list::List;
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::ui::markup::{self, escaped};
use crate::ui::pages::glossary::word::Word;
use crate::ui::query::{Query, workspace_query};
use crate::ui::reactive::part;
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::blocks::{Block, Section, Tile, Tiles};
use crate::work::cell::Cell;
use crate::work::screen_query::ScreenQuery;
use crate::work::{Request, Response};

/// What tells the blocks of a screen apart: their kind, and how many of it stand before.
type Key = (&'static str, usize);

/// What a screen shows.
#[derive(Clone, Copy)]
pub struct ShownBlocks {
    /// The blocks; `None` while nobody has answered.
    pub blocks: Memo<Option<Vec<Block>>>,
    /// What is pressed in them.
    presses: Presses,
}

/// The blocks of a screen, and what they show.
pub fn blocks_of(screen: Screen, arguments: RwSignal<Vec<(String, String)>>) -> ShownBlocks {
    let query = move || Some(Request::Show(ScreenQuery { screen, today: today(), arguments: arguments.get() }));
    let Query { state, waits } = workspace_query(query);
    let blocks = Memo::new(move |before: Option<&Option<Vec<Block>>>| {
        state.with(|answer| match answer.response() {
            Some(Response::Blocks(blocks)) => Some(blocks.clone()),
            _ => before.cloned().flatten(),
        })
    });
    ShownBlocks { blocks, presses: Presses::of(waits) }
}

/// What a screen begins with: what its address says.
pub fn arguments_of_address() -> RwSignal<Vec<(String, String)>> {
    RwSignal::new(Shared::here().route.with_untracked(Route::arguments))
}

/// The blocks, drawn.
#[component]
pub fn Blocks(
    /// The screen, whose lists one of them may show.
    screen: Screen,
    /// What it shows.
    shown: ShownBlocks,
    /// What the fields of the screen ask for.
    arguments: RwSignal<Vec<(String, String)>>,
) -> impl IntoView {
    let ShownBlocks { blocks, presses } = shown;
    let keys = move || blocks.with(|blocks| keys(blocks.as_deref().unwrap_or_default()));
    let draw = move |key: Key| {
        let block = Memo::new(move |before: Option<&Option<Block>>| {
            blocks.with(|blocks| find(blocks.as_deref().unwrap_or_default(), key)).or_else(|| before.cloned().flatten())
        });
        match block.get_untracked() {
            Some(Block::Form(_)) => view! { <FormBlock block=block arguments=arguments presses=presses /> }.into_any(),
            Some(Block::Issues(_)) => {
                view! { <Issues issues=Signal::derive(move || issues(block.get())) /> }.into_any()
            }
            Some(Block::Data(_)) => {
                view! { <DataTableBlock screen=screen block=block arguments=arguments presses=presses /> }.into_any()
            }
            Some(Block::Lists(calculated)) => {
                view! { <Sheets lists=List::of_screen(screen).collect() calculated=calculated /> }.into_any()
            }
            Some(_) => part(move || block.with(|block| block.as_ref().map(plain))).into_any(),
            None => ().into_any(),
        }
    };
    view! {
        <div class="sprite" inner_html=chart::HATCHES></div>
        <For each=keys key=|key| *key children=draw />
    }
}

fn keys(blocks: &[Block]) -> Vec<Key> {
    let before = |at: usize, kind| blocks.iter().take(at).filter(|other| other.kind() == kind).count();
    blocks.iter().enumerate().map(|(at, block)| (block.kind(), before(at, block.kind()))).collect()
}

fn find(blocks: &[Block], (kind, before): Key) -> Option<Block> {
    blocks.iter().filter(|block| block.kind() == kind).nth(before).cloned()
}

fn issues(block: Option<Block>) -> Vec<crate::model::issue::Issue> {
    if let Some(Block::Issues(issues)) = block { issues } else { Vec::new() }
}

/// A block that is only read.
fn plain(block: &Block) -> AnyView {
    match block {
        Block::WeakEvidence(what) => weak_evidence(what),
        Block::Tiles(tiles) => self::tiles(tiles),
        Block::Chart(chart) => {
            view! { <div class="card padded drawn" inner_html=chart::chart(chart)></div> }.into_any()
        }
        Block::Table(section) => self::section(section),
        Block::Notes(notes) => view! { <Notes issues=notes.clone() /> }.into_any(),
        Block::Note(sentence) => view! { <p class="note fine">{say(sentence)}</p> }.into_any(),
        Block::Files(cards) => file_cards(cards),
        Block::Way(sentence, screen) => {
            view! { <p class="note"><a href=Route::to(*screen).href()>{say(sentence)}</a></p> }.into_any()
        }
        Block::Form(_) | Block::Entry(_) | Block::Issues(_) | Block::Lists(_) | Block::Data(_) => ().into_any(),
    }
}

/// Says what is weak about the evidence, and leads to the files.
fn weak_evidence(what: &[Message]) -> AnyView {
    let sentences: Vec<String> = what.iter().map(say).collect();
    view! {
        <section class="banner" aria-labelledby="evidence-weak">
            <Icon glyph=Glyph::Warning />
            <div>
                <h2 id="evidence-weak">{t("page.evidence.weak")}</h2>
                <p>{sentences.join(" ")}</p>
            </div>
            <button type="button" class="button no-print" on:click=move |_| page::scroll_into_view(FILES)>
                {t("page.evidence.see")}
            </button>
        </section>
    }
    .into_any()
}

fn tiles(tiles: &Tiles) -> AnyView {
    let tile = |tile: &Tile| {
        let text = markup::plain(&tile.amount);
        let class = if matches!(tile.amount, Cell::Money(..)) { "money" } else { "" };
        let amount = match tile.question.clone() {
            Some(question) => view! { <Figure question=question text=text /> }.into_any(),
            // It keeps its order also where the page runs from right to left.
            None => view! { <bdi>{text}</bdi> }.into_any(),
        };
        let note = tile.texts.iter().map(say).collect::<Vec<_>>().join(" · ");
        let (title, unit) = (say(&Message::keyed(tile.title.clone())), tile.unit.to_string());
        let title = match tile.screen {
            Some(screen) => view! { <a href=Route::to(screen).href()>{title}</a> }.into_any(),
            None => match Word::heading(&tile.title) {
                Some(word) => view! { <Term word=word text=title /> }.into_any(),
                None => title.into_any(),
            },
        };
        view! {
            <div class="tile">
                <h2>{title}</h2>
                <p class="amount"><b class=class>{amount}</b>" "<span class="unit">{unit}</span></p>
                <p>{note}</p>
            </div>
        }
        .into_any()
    };
    let label = say(&Message::keyed(tiles.label.clone()));
    view! { <section class="tiles" aria-label=label>{tiles.tiles.iter().map(tile).collect_view()}</section> }.into_any()
}

/// A table under a title.
pub fn section(one: &Section) -> AnyView {
    let title = markup::plain(&one.title);
    let (label, heading) = (title.clone(), title.clone());
    let columns = heads(one);
    let notes: Vec<String> = one.notes.iter().map(say).collect();
    view! {
        <section class="card" aria-label=label>
            <header>
                <h2>{heading}</h2>
                {one.sum.as_ref().map(|sum| view! { <span class="badge">{say(sum)}</span> }.into_any())}
                <span class="note push">{notes.join(" · ")}</span>
            </header>
            {listing(title, &columns, one.rows.clone())}
        </section>
    }
    .into_any()
}

fn heads(section: &Section) -> Vec<ListingHead> {
    let head = |(key, number): &(Cow<'static, str>, bool)| ListingHead {
        words: say(&Message::keyed(key.clone())),
        term: Word::heading(key),
        class: if *number { "n" } else { "" },
    };
    section.columns.iter().map(head).collect()
}

/// So many columns stand beside each other on a phone.
const MOST_ABREAST: usize = 3;

/// A block as it stands below a row of a table; what has lists has no place there, and fields are the table's own.
pub fn within_row(block: &Block) -> String {
    match block {
        Block::Chart(chart) => chart::chart(chart),
        Block::Note(sentence) => format!("<p class=\"note\">{}</p>", escaped(&say(sentence))),
        Block::Table(section) => {
            let title = escaped(&markup::plain(&section.title));
            let notes: String =
                section.notes.iter().map(|note| format!("<p class=\"note\">{}</p>", escaped(&say(note)))).collect();
            let rows = listing::contents(&heads(section), &section.rows);
            // On a phone rows of many columns are cards.
            let cards = if section.columns.len() > MOST_ABREAST { " cards" } else { "" };
            format!(
                "<div class=\"part\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\"><h3>{title}</h3>{notes}<table role=\"table\" class=\"table inner{cards}\" aria-label=\"{title}\">{rows}</table></div>"
            )
        }
        Block::WeakEvidence(_)
        | Block::Tiles(_)
        | Block::Form(_)
        | Block::Entry(_)
        | Block::Data(_)
        | Block::Notes(_)
        | Block::Issues(_)
        | Block::Lists(_)
        | Block::Files(_)
        | Block::Way(..) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_known_by_its_kind_and_those_of_its_kind_before_it() {
        let note = |key| Block::Note(Message::new(key));
        let blocks = [note("a"), Block::Notes(Vec::new()), note("b")];
        assert_eq!(keys(&blocks), [("note", 0), ("notes", 0), ("note", 1)]);
        assert_eq!(find(&blocks, ("note", 1)), Some(note("b")));
        assert_eq!(find(&blocks, ("note", 2)), None);
    }
}
