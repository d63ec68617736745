//! What fills cells: typed as it is, or pasted from a spreadsheet.

use std::mem::take;

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

/// The cells of a pasted text: rows by line, cells by tab, quoted where a spreadsheet has to. Readers of CSV skip blank
/// lines; in a column that is pasted each is a blank cell, and what stands below it must not move up.
fn rows_of(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            '\t' if !quoted => row.push(take(&mut cell)),
            '\r' | '\n' if !quoted => {
                letters.next_if(|next| (letter, *next) == ('\r', '\n'));
                row.push(take(&mut cell));
                rows.push(take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    // The last line may have no end, and what is blank is a cell too.
    if !cell.is_empty() || !row.is_empty() || rows.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_of_what_is_pasted_is_a_row_with_a_blank_cell() {
        assert_eq!(rows_of("a\r\n\r\nb\r\n"), [["a"], [""], ["b"]]);
        assert_eq!(rows_of("\n\n"), [[""], [""]]);
        assert_eq!(rows_of(""), [[""]]);
    }

    #[test]
    fn a_cell_that_is_quoted_keeps_its_tabs_quotes_and_lines() {
        assert_eq!(rows_of("\"a\tb \"\"c\"\"\r\nd\"\t5\" disk\re\t"), [["a\tb \"c\"\r\nd", "5\" disk"], ["e", ""]]);
    }
}
