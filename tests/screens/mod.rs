//! Screens as the worker sends them.

use highwater::model::issue::Issue;
use highwater::model::screen::Screen;
use highwater::work::blocks::{Block, Section};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{Request, Response};
use jiff::civil::Date;

/// The blocks of a screen on a day.
pub(crate) fn shown_on(session: &mut Session, screen: Screen, today: Option<Date>) -> Vec<Block> {
    let query = ScreenQuery { screen, today, arguments: Vec::new() };
    let (response, _) = session.handle(Request::Show(query), Vec::new(), &mut |_, _, _| ());
    let Response::Blocks(blocks) = response else { panic!("no blocks") };
    blocks
}

/// The tables of a screen.
pub(crate) fn sections(session: &mut Session, screen: Screen) -> Vec<Section> {
    let blocks = shown_on(session, screen, None).into_iter();
    blocks.filter_map(|block| if let Block::Table(section) = block { Some(section) } else { None }).collect()
}

/// What is to be known of a screen on a day.
pub(crate) fn notes(session: &mut Session, screen: Screen, today: Option<Date>) -> Vec<Issue> {
    let blocks = shown_on(session, screen, today).into_iter();
    blocks.flat_map(|block| if let Block::Notes(notes) = block { notes } else { Vec::new() }).collect()
}
