//! What fills cells: typed as it is, or pasted from a spreadsheet.

use crate::work::table::{CellBlock, TableAction};

/// The texts for each row of a block: one text fills all of it, as in a spreadsheet.
pub(super) fn spread(texts: &[Vec<String>], block: &CellBlock) -> Vec<Vec<String>> {
    let height = block.rows.1.saturating_sub(block.rows.0).saturating_add(1);
    match texts {
        [row] if row.len() == 1 => vec![row.iter().cycle().take(block.columns.len()).cloned().collect(); height],
        _ => texts.to_vec(),
    }
}

/// The cells that an action fills.
pub(super) fn texts_of(action: &TableAction) -> Vec<Vec<String>> {
    match action {
        TableAction::Fill(text) => rows_of(text),
        TableAction::Type(text) => vec![vec![text.clone()]],
        TableAction::Copy | TableAction::Clear | TableAction::Remove => vec![vec![String::new()]],
    }
}

/// The cells of a pasted text: rows by line, cells by tab, quoted where a spreadsheet has to.
fn rows_of(text: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    let rows: Vec<Vec<String>> = rows.map(|row| row.iter().map(str::to_owned).collect()).collect();
    // What is blank is a cell too.
    if rows.is_empty() { vec![vec![String::new()]] } else { rows }
}
