//! Price files with a column for each level: each cell of a level becomes a row of its own.

use super::Limits;
use super::headers;
use super::sheet::{Sheet, SheetBuilder, SheetRow};
use crate::model::issue::Issue;
use crate::model::volume_level::VolumeLevel;

/// The same table with one row for each level, where it has a column for each of several levels; else `None`.
///
/// # Errors
/// When it has too many rows then.
pub fn long(sheet: &Sheet, limits: &Limits) -> Result<Option<Sheet>, Issue> {
    let levels: Vec<(usize, VolumeLevel)> =
        sheet.header().iter().enumerate().filter_map(|(column, header)| Some((column, level(header)?))).collect();
    if levels.len() < 2 || headers::names(sheet.header(), "level") {
        return Ok(None);
    }
    let others: Vec<usize> =
        (0..sheet.header().len()).filter(|index| levels.iter().all(|(at, _)| at != index)).collect();
    let mut builder = SheetBuilder::new(limits);
    let header_line = sheet.header_line();
    for header in others.iter().filter_map(|index| sheet.header().get(*index)) {
        builder.cell(header_line, header)?;
    }
    builder.cell(header_line, "level")?;
    builder.cell(header_line, "price")?;
    builder.end_row(header_line)?;
    for row in sheet.rows() {
        for (column, level) in levels.iter().filter(|(column, _)| !row.cell(*column).is_empty()) {
            for index in &others {
                copy(&mut builder, row, *index)?;
            }
            builder.cell(row.line(), level.name())?;
            copy(&mut builder, row, *column)?;
            builder.end_row(row.line())?;
        }
    }
    builder.finish().map(Some)
}

/// Copies a cell, and that it holds a number.
fn copy(builder: &mut SheetBuilder<'_>, row: SheetRow<'_>, column: usize) -> Result<(), Issue> {
    let cell = row.cell(column);
    if row.is_number(column) { builder.number(row.line(), cell) } else { builder.cell(row.line(), cell) }
}

/// What may stand around a level in the header of its prices.
const AROUND: [&str; 16] = [
    "svp", "rsvp", "level", "price", "prices", "band", "list", "stufe", "preis", "preise", "niveau", "prix", "nivel",
    "precio", "livello", "prezzo",
];

/// The level whose prices a column has: `D`, `Level D`, `SVP Level D price`.
fn level(header: &str) -> Option<VolumeLevel> {
    let words = header.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut names = words.filter(|word| !AROUND.contains(&word.to_lowercase().as_str()));
    let level = VolumeLevel::parse(names.next()?)?;
    names.next().is_none().then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Unwatched, csv};

    fn read(text: &str) -> Option<Sheet> {
        let sheet = csv::read(text, b',', &Limits::PAGE, &mut Unwatched).unwrap();
        long(&sheet, &Limits::PAGE).unwrap()
    }

    #[test]
    fn each_price_of_a_wide_file_is_a_row_with_its_level() {
        let sheet = read("part_number,BL,d,GV,currency\nD1,10,9.5,,EUR\nD2,,,7,EUR\n").unwrap();
        assert_eq!(sheet.header(), ["part_number", "currency", "level", "price"]);
        let rows: Vec<(u32, Vec<&str>)> = sheet.rows().map(|row| (row.line(), row.cells().collect())).collect();
        assert_eq!(
            rows,
            [(2, vec!["D1", "EUR", "BL", "10"]), (2, vec!["D1", "EUR", "D", "9.5"]), (3, vec!["D2", "EUR", "GV", "7"]),]
        );
    }

    #[test]
    fn a_level_is_known_among_the_words_around_it() {
        let sheet =
            read("part_number,SVP Level BL,Price (D),rsvp-gv,List price,Level BL D\nD1,10,9.5,9,8,7\n").unwrap();
        assert_eq!(sheet.header(), ["part_number", "List price", "Level BL D", "level", "price"]);
        let levels: Vec<&str> = sheet.rows().map(|row| row.cell(3)).collect();
        assert_eq!(levels, ["BL", "D", "GV"]);
    }

    #[test]
    fn a_table_without_several_levels_stays_as_it_is() {
        assert_eq!(read("part_number,level,price,D,E\nD1,BL,10,1,2\n"), None);
        assert_eq!(read("part_number,D,quantity\nD1,1,2\n"), None);
    }
}
