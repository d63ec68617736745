//! Everything the user can do with the open workspace: one table that toolbars, menus and shortcuts read.

use leptos::ev;
use leptos::prelude::*;

use super::components::icon::Glyph;
use super::dispatch::{Dispatch, WorkspaceStep};
use super::route::Route;
use super::state::{Layer, Shared};
use crate::browser::{location, page, today};
use crate::model::list::List;
use crate::model::screen::Screen;
use crate::work::Export;

/// One thing to do.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// Stable name.
    pub id: &'static str,
    /// Key of its word.
    pub label: &'static str,
    /// Its drawing.
    pub glyph: Glyph,
    /// Whether it makes sense now.
    pub enabled: fn(&Shared) -> bool,
    /// Does it.
    pub run: fn(Dispatch),
}

impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The last change back.
pub const UNDO: Action = Action {
    id: "undo",
    label: "page.keys.undo",
    glyph: Glyph::Undo,
    enabled: |shared| shared.workspace(|workspace| workspace.undoes.is_some()),
    run: Dispatch::undo,
};

/// The change that was taken back last once more.
pub const REDO: Action = Action {
    id: "redo",
    label: "page.keys.redo",
    glyph: Glyph::Redo,
    enabled: |shared| shared.workspace(|workspace| workspace.redoes.is_some()),
    run: Dispatch::redo,
};

/// The search over everything.
pub const FINDER: Action = Action {
    id: "finder",
    label: "page.finder.open",
    glyph: Glyph::Search,
    enabled: |_| true,
    run: |dispatch| dispatch.open_layer(Layer::Finder),
};

/// The position as CSV.
pub const EXPORT_CSV: Action = Action {
    id: "export-csv",
    label: "page.action.export_csv",
    glyph: Glyph::Download,
    enabled: Shared::has_content,
    run: |dispatch| dispatch.export(Export::PositionCsv),
};

/// The position as a workbook.
pub const EXPORT_XLSX: Action = Action {
    id: "export-xlsx",
    label: "page.action.export_xlsx",
    glyph: Glyph::Download,
    enabled: Shared::has_content,
    run: |dispatch| dispatch.export(Export::PositionXlsx),
};

/// The screen on paper.
pub const PRINT: Action = Action {
    id: "print",
    label: "page.action.print",
    glyph: Glyph::Print,
    enabled: Shared::has_content,
    run: |_| page::print(None),
};

/// What renewals will cost, as a workbook that calculates.
pub const FORECAST_XLSX: Action = Action {
    id: "forecast-xlsx",
    label: "page.action.export_xlsx",
    glyph: Glyph::Download,
    enabled: has_ledger,
    run: |dispatch| dispatch.export(Export::ForecastXlsx { today: today::today() }),
};

/// What is to be done before renewals, as a calendar.
pub const CALENDAR: Action = Action {
    id: "calendar",
    label: "page.action.calendar",
    glyph: Glyph::Download,
    enabled: has_ledger,
    run: |dispatch| dispatch.export(Export::Calendar { today: today::today() }),
};

/// The workspace as a file.
pub const BACKUP: Action = Action {
    id: "backup",
    label: "page.action.backup",
    glyph: Glyph::Download,
    enabled: Shared::has_content,
    run: |dispatch| dispatch.export(Export::Workspace { saved_at: today::now() }),
};

/// Another workspace, still empty.
pub const BEGIN: Action = Action {
    id: "begin",
    label: "page.workspaces.new",
    glyph: Glyph::Add,
    enabled: |_| true,
    run: |dispatch| dispatch.go(WorkspaceStep::Begin),
};

/// A copy of the open workspace, to go on with.
pub const DUPLICATE: Action = Action {
    id: "duplicate",
    label: "page.workspaces.duplicate",
    glyph: Glyph::Copy,
    enabled: Shared::has_content,
    run: |dispatch| dispatch.go(WorkspaceStep::Duplicate),
};

/// Whether there is anything to renew.
fn has_ledger(shared: &Shared) -> bool {
    shared.workspace(|workspace| workspace.lines_of(List::Entitlements) > 0)
}

/// What the position's toolbar offers.
pub const POSITION: [Action; 3] = [EXPORT_CSV, EXPORT_XLSX, PRINT];

/// What a screen that the worker fills offers beside its files.
pub const fn of_screen(screen: Screen) -> &'static [Action] {
    match screen {
        Screen::Renewals => &[FORECAST_XLSX, CALENDAR, PRINT],
        Screen::Start
        | Screen::Position
        | Screen::Entitlements
        | Screen::Bundles
        | Screen::VolumeLevel
        | Screen::Catalogue
        | Screen::Reports
        | Screen::Glossary
        | Screen::Settings
        | Screen::Rate => &[],
    }
}

/// Files into the estate, by the chooser of the browser.
pub const ADD_FILES: Action = Action {
    id: "add-files",
    label: "page.action.add_files",
    glyph: Glyph::Upload,
    enabled: |_| true,
    run: |_| page::choose_files(),
};

/// The list of workspaces.
pub const ESTATES: Action = Action {
    id: "estates",
    label: "page.workspaces.title",
    glyph: Glyph::Unfold,
    enabled: |shared| {
        !shared.demo.get_untracked() && (shared.has_content() || shared.kept.with(|kept| !kept.is_empty()))
    },
    run: Dispatch::choose_workspace,
};

/// The demo.
pub const DEMO: Action = Action {
    id: "demo",
    label: "page.start.demo_open",
    glyph: Glyph::Play,
    enabled: |shared| !shared.demo.get_untracked(),
    run: |_| location::go(&Route::Demo.to_string()),
};

/// The tour of the demo.
pub const TOUR: Action =
    Action { id: "tour", label: "page.tour.take", glyph: Glyph::Play, enabled: |_| true, run: Dispatch::take_tour };

/// Out of the demo.
pub const LEAVE_DEMO: Action = Action {
    id: "leave-demo",
    label: "page.demo.leave",
    glyph: Glyph::Close,
    enabled: |shared| shared.demo.get_untracked(),
    run: Dispatch::leave_demo,
};

/// The keys.
pub const KEYS: Action = Action {
    id: "keys",
    label: "page.keys.title",
    glyph: Glyph::Help,
    enabled: |_| true,
    run: |dispatch| dispatch.open_layer(Layer::Keys),
};

/// All screens.
pub const SCREENS: Action = Action {
    id: "screens",
    label: "page.menu.all",
    glyph: Glyph::All,
    enabled: |_| true,
    run: |dispatch| dispatch.open_layer(Layer::Screens),
};

/// The demo as it was at first.
pub const RESET_DEMO: Action = Action {
    id: "reset-demo",
    label: "page.demo.reset",
    glyph: Glyph::Undo,
    enabled: |shared| shared.demo.get_untracked(),
    run: Dispatch::reset_demo,
};

/// Hears what is pressed of the actions that are drawn as markup ([`super::markup::action`]).
pub fn accept(dispatch: Dispatch) {
    window_event_listener(ev::click, move |event| {
        let pressed = page::marked_text(&event, "data-action");
        let action = pressed.and_then(|id| ALL.into_iter().chain([FINDER, SCREENS]).find(|action| action.id == id));
        if let Some(action) = action {
            (action.run)(dispatch);
        }
    });
}

/// What the search offers, but undo and redo, which it names.
pub const ALL: [Action; 13] = [
    ADD_FILES,
    EXPORT_CSV,
    EXPORT_XLSX,
    PRINT,
    BACKUP,
    ESTATES,
    BEGIN,
    DUPLICATE,
    DEMO,
    TOUR,
    RESET_DEMO,
    LEAVE_DEMO,
    KEYS,
];
