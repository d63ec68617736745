//! Everything the user can do with the open workspace: one table that toolbars, menus and shortcuts read.

use super::components::icon::Glyph;
use super::dispatch::{Dispatch, WorkspaceStep};
use super::state::Shared;
use crate::browser::{page, today};
use crate::work::Export;

/// One thing to do.
#[derive(Clone, Copy)]
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

/// What the position's toolbar offers.
pub const POSITION: [Action; 3] = [EXPORT_CSV, EXPORT_XLSX, PRINT];
