//! What fills cells: typed as it is, or pasted from a spreadsheet.

use crate::work::pasted::rows_of;
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
        TableAction::Type(text) | TableAction::Append(text) => vec![vec![text.clone()]],
        TableAction::Copy | TableAction::Clear | TableAction::Remove | TableAction::FillDown => {
            vec![vec![String::new()]]
        }
    }
}

/// Rows of texts as one that can be pasted: cells by tab, quoted where a spreadsheet has to.
pub(super) fn copied(rows: &[Vec<String>]) -> String {
    let quoted = |text: &String| {
        let needs = text.contains(['\t', '\n', '\r']) || text.starts_with('"');
        if needs { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let row = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join("\t");
    let mut text = rows.iter().map(row).collect::<Vec<_>>().join("\n");
    // A blank last row is one only when its line has an end.
    if text.ends_with('\n') {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_is_pasted_as_it_was_with_its_quotes_its_tabs_and_its_line_ends() {
        let texts = ["plain", "two\nlines", "a\ttab", "\"quoted\" first", "5\" disk", "", "\"", "a\r\nb"];
        let rows: Vec<Vec<String>> =
            texts.chunks(2).map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect();
        assert_eq!(rows_of(&copied(&rows)), rows);
        let column: Vec<Vec<String>> = ["a", "", "b", ""].map(|text| vec![text.to_owned()]).to_vec();
        assert_eq!(rows_of(&copied(&column)), column);
        assert_eq!(
            copied(&[vec!["5\" disk".to_owned(), "x".to_owned()]]),
            "5\" disk\tx",
            "spreadsheets quote no more either"
        );
    }
}
