//! The cells of a text that is pasted, as a spreadsheet writes it.

/// Rows by line, cells by tab, quoted where a spreadsheet has to. Readers of CSV skip blank lines; in a column that is pasted each
/// is a blank cell, and what stands below it must not move up.
pub fn rows_of(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text);
    loop {
        let cell;
        (cell, rest) = first_cell(rest);
        row.push(cell);
        if let Some(behind) = rest.strip_prefix('\t') {
            rest = behind;
            continue;
        }
        rows.push(std::mem::take(&mut row));
        rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or_default();
        // The last line may have no end.
        if rest.is_empty() {
            return rows;
        }
    }
}

/// The first cell of a text, and what stands behind it: nothing, or what ends the cell. Quotes that do not go around all of a
/// cell are letters like all others.
fn first_cell(text: &str) -> (String, &str) {
    if let Some((cell, rest)) = text.strip_prefix('"').and_then(quoted) {
        return (cell, rest);
    }
    let (cell, rest) = text.split_at(text.find(ENDS).unwrap_or(text.len()));
    (cell.to_owned(), rest)
}

/// What ends a cell.
const ENDS: [char; 3] = ['\t', '\r', '\n'];

/// The cell whose first quote stands before a text; `None` where no quote closes it at its end.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut end = 0;
    loop {
        let (_, rest) = text.split_at(end);
        let close = end.checked_add(rest.find('"')?)?;
        let behind = text.get(close.checked_add(1)?..)?;
        if behind.starts_with('"') {
            end = close.checked_add(2)?;
            continue;
        }
        let ends = behind.is_empty() || behind.starts_with(ENDS);
        return ends.then(|| (text.get(..close).unwrap_or_default().replace("\"\"", "\""), behind));
    }
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
        assert_eq!(rows_of("\"two\nlines\"\n"), [["two\nlines"]]);
    }

    #[test]
    fn quotes_that_do_not_go_around_a_cell_are_letters_and_swallow_nothing() {
        assert_eq!(rows_of("\"Dock\tX3\nVoss\tX4"), [["\"Dock", "X3"], ["Voss", "X4"]]);
        assert_eq!(rows_of("\"Hall\" north\t\"\"\n\"\"\"a\"\"\""), [vec!["\"Hall\" north", ""], vec!["\"a\""]]);
    }

    #[test]
    fn blank_cells_at_the_end_of_a_row_are_cells() {
        assert_eq!(rows_of("Moss\t\t"), [["Moss", "", ""]]);
        assert_eq!(rows_of("Moss\t\t\r\n"), [["Moss", "", ""]]);
    }
}
