//! Where the keys of a spreadsheet lead.

/// A cell: its row, and its index among the columns that are shown.
pub(super) type At = (usize, usize);

/// How many rows a page up or down passes over.
const PAGE: usize = 12;

/// The cell to which a key leads from another one, in a table of so many rows and columns; `None` when the key leads
/// nowhere in it. In a page that is mirrored left and right change places.
pub(super) fn led(
    key: &str,
    far: bool,
    mirrored: bool,
    (row, column): At,
    (rows, columns): (usize, usize),
) -> Option<At> {
    let (last_row, last_column) = (rows.saturating_sub(1), columns.saturating_sub(1));
    let key = match (key, mirrored) {
        ("ArrowLeft", true) => "ArrowRight",
        ("ArrowRight", true) => "ArrowLeft",
        _ => key,
    };
    let (row, column) = match (key, far) {
        ("ArrowUp", false) => (row.saturating_sub(1), column),
        ("ArrowUp", true) => (0, column),
        ("ArrowDown", false) => (row.saturating_add(1), column),
        ("ArrowDown", true) => (last_row, column),
        ("ArrowLeft", false) => (row, column.saturating_sub(1)),
        ("ArrowLeft", true) | ("Home", false) => (row, 0),
        ("ArrowRight", false) => (row, column.saturating_add(1)),
        ("ArrowRight", true) | ("End", false) => (row, last_column),
        ("Home", true) => (0, 0),
        ("End", true) => (last_row, last_column),
        ("PageUp", _) => (row.saturating_sub(PAGE), column),
        ("PageDown", _) => (row.saturating_add(PAGE), column),
        _ => return None,
    };
    Some((row.min(last_row), column.min(last_column)))
}

/// The cell after or before another one; `None` at the ends of a row, where the focus leaves the table.
pub(super) fn beside((row, column): At, back: bool, columns: usize) -> Option<At> {
    let column = if back { column.checked_sub(1) } else { column.checked_add(1) };
    column.filter(|column| *column < columns).map(|column| (row, column))
}

/// The cell to which Enter or Tab leads after typing, and the column in which a run of tabs began: Enter leads below that
/// one, so that a table is typed row by row. In a table of so many rows and columns.
pub(super) fn after(
    key: &str,
    back: bool,
    at: At,
    tabbed_from: Option<usize>,
    (rows, columns): (usize, usize),
) -> (At, Option<usize>) {
    if key == "Tab" {
        return (beside(at, back, columns).unwrap_or(at), tabbed_from.or(Some(at.1)));
    }
    let row = if back { at.0.saturating_sub(1) } else { at.0.saturating_add(1).min(rows.saturating_sub(1)) };
    ((row, tabbed_from.unwrap_or(at.1)), None)
}

/// First and last of what lies between two cells, both included.
pub(super) fn between(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_leads_out_of_the_table() {
        for key in ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"] {
            for (far, mirrored) in [(false, false), (true, false), (false, true), (true, true)] {
                for at in [(0, 0), (4, 2), (2, 1)] {
                    let (row, column) = led(key, far, mirrored, at, (5, 3)).unwrap();
                    assert!(row < 5 && column < 3, "{key} {far} {at:?}");
                }
            }
        }
        assert_eq!(led("a", false, false, (0, 0), (5, 3)), None);
    }

    #[test]
    fn in_a_mirrored_page_left_leads_on() {
        assert_eq!(led("ArrowLeft", false, true, (0, 0), (5, 3)), Some((0, 1)));
        assert_eq!(led("ArrowLeft", false, false, (0, 1), (5, 3)), Some((0, 0)));
    }

    #[test]
    fn tab_leaves_the_table_at_the_ends_of_a_row() {
        assert_eq!(beside((1, 2), false, 3), None);
        assert_eq!(beside((1, 0), true, 3), None);
        assert_eq!(beside((1, 0), false, 3), Some((1, 1)));
    }

    #[test]
    fn enter_after_tabs_leads_below_the_cell_in_which_they_began() {
        let size = (9, 5);
        let (second, from) = after("Tab", false, (2, 1), None, size);
        assert_eq!((second, from), ((2, 2), Some(1)));
        let (third, from) = after("Tab", false, second, from, size);
        assert_eq!(after("Enter", false, third, from, size), ((3, 1), None));
        assert_eq!(after("Enter", true, (3, 1), None, size), ((2, 1), None));
        assert_eq!(after("Enter", false, (8, 1), None, size), ((8, 1), None));
    }
}
