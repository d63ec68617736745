//! The figures of the overview. One that is not known says what is missing; none is netted against another.

use jiff::civil::Date;

use super::super::volume_level::Meter;
use super::super::{OpenWorkspace, position, renewals};
use crate::model::evidence;
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::work::blocks::Tile;
use crate::work::cell::Cell;
use crate::work::screen_query::ScreenQuery;

/// The figures: what is needed, short and over, then the evidence, the level, and the next end of support.
pub(super) fn of(open: OpenWorkspace<'_>, meter: Option<&Meter>, query: &ScreenQuery) -> Vec<Tile> {
    let mut tiles = position::figures(open);
    for tile in &mut tiles {
        tile.screen = Some(Screen::Position);
    }
    if open.position.products.is_empty() {
        tiles.push(unknown("page.overview.entitled", Screen::Entitlements, "page.overview.no_ledger"));
    }
    tiles.push(evidence_tile(open));
    tiles.push(level(meter));
    tiles.push(support(open, query));
    tiles.extend(renewal(open, query));
    tiles
}

fn tile(title: &'static str, screen: Screen, amount: Cell, texts: Vec<Message>) -> Tile {
    Tile { title: title.into(), amount, unit: "".into(), question: None, texts, screen: Some(screen) }
}

/// A figure that nobody knows, and what would say it.
fn unknown(title: &'static str, screen: Screen, missing: &'static str) -> Tile {
    tile(title, screen, Cell::Word("page.not_known".into()), vec![Message::new(missing)])
}

fn evidence_tile(open: OpenWorkspace<'_>) -> Tile {
    let title = "page.overview.evidence";
    let weak = evidence::weaknesses(open.assessment).len();
    if weak > 0 {
        let amount = Cell::Said(vec![Message::new("page.overview.weak").with("count", weak)]);
        return tile(title, Screen::Position, amount, vec![Message::new("page.overview.weak_text")]);
    }
    if evidence::has_snapshot(open.assessment) {
        let amount = Cell::Word("page.overview.sound".into());
        return tile(title, Screen::Position, amount, vec![Message::new("page.overview.sound_text")]);
    }
    unknown(title, Screen::Position, "page.overview.no_snapshot")
}

fn level(meter: Option<&Meter>) -> Tile {
    match meter {
        Some(Meter { level, question, to_next, .. }) => Tile {
            question: question.clone(),
            ..tile("page.overview.level", Screen::VolumeLevel, level.as_str().into(), vec![to_next.clone()])
        },
        None => unknown("page.overview.level", Screen::VolumeLevel, "page.overview.no_orders"),
    }
}

/// What the next renewals cost. Without prices nothing of that is known, and a forecast of a large ledger takes seconds.
fn renewal(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Option<Tile> {
    let lists = &open.workspace.lists;
    if lists.prices.is_empty() {
        let missing = || unknown("page.renewals.next", Screen::Renewals, "page.overview.no_prices");
        return (!lists.entitlements.is_empty()).then(missing);
    }
    renewals::figure(open, query)
}

/// The next day on which Subscription and Support or a term ends, and of how many lines.
fn support(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Tile {
    let title = "page.overview.support";
    let ends: Vec<Date> = open.workspace.lists.entitlements.iter().filter_map(|line| line.ss_end).collect();
    let Some(today) = query.today.or(open.position.on) else {
        return unknown(title, Screen::Entitlements, "page.overview.no_ends");
    };
    let Some(next) = ends.iter().copied().filter(|end| *end >= today).min() else {
        return unknown(title, Screen::Entitlements, "page.overview.no_ends");
    };
    let lines = ends.iter().filter(|end| **end == next).count();
    let text = Message::new("page.overview.ends").with("count", lines);
    tile(title, Screen::Entitlements, Cell::Day(Some(next)), vec![text])
}
