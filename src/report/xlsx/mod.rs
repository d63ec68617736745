//! Tables as a workbook, one sheet each (docs/decisions/0008-own-writer-of-workbooks.md).

mod container;

use std::fmt::Write;

use jiff::civil::{Date, date};

use super::{ReportCell, ReportTable};
use container::Container;

use crate::model::day;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Cell formats: plain, header, number with thousands apart, day.
const STYLES: &str = "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
<xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>";

/// The tables as a workbook.
///
/// # Errors
/// When the workbook would be larger than its format can hold, in words.
pub fn write(tables: &[ReportTable]) -> Result<Vec<u8>, String> {
    let mut types = format!(
        "{XML}<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEET_TYPE}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{SHEET_TYPE}.styles+xml\"/>"
    );
    let mut sheets = format!("{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>");
    let mut relations = format!("{XML}<Relationships xmlns=\"{RELATIONS}\">");
    let mut container = Container::default();
    let mut names: Vec<String> = Vec::new();
    for (number, table) in (1_u32..).zip(tables) {
        let name = sheet_name(&table.title, &names);
        // Writing to a string cannot fail.
        let _ = write!(
            types,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{SHEET_TYPE}.worksheet+xml\"/>"
        );
        let _ = write!(sheets, "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"r{number}\"/>", escaped(&name));
        let _ = write!(
            relations,
            "<Relationship Id=\"r{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
        container.add(&format!("xl/worksheets/sheet{number}.xml"), sheet(table).as_bytes())?;
        names.push(name);
    }
    types.push_str("</Types>");
    sheets.push_str("</sheets></workbook>");
    let _ = write!(
        relations,
        "<Relationship Id=\"styles\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let root = format!(
        "{XML}<Relationships xmlns=\"{RELATIONS}\">\
         <Relationship Id=\"workbook\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    container.add("[Content_Types].xml", types.as_bytes())?;
    container.add("_rels/.rels", root.as_bytes())?;
    container.add("xl/workbook.xml", sheets.as_bytes())?;
    container.add("xl/_rels/workbook.xml.rels", relations.as_bytes())?;
    container.add("xl/styles.xml", format!("{XML}<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>").as_bytes())?;
    Ok(container.finish())
}

/// One sheet: the header stays in view and filters its column.
fn sheet(table: &ReportTable) -> String {
    let mut xml = format!(
        "{XML}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"
    );
    for (column, _) in table.header.iter().enumerate() {
        let (number, width) = (column.saturating_add(1), width(table, column));
        let _ = write!(xml, "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    xml.push_str("</cols><sheetData><row r=\"1\">");
    for (column, header) in table.header.iter().enumerate() {
        text(&mut xml, column, 1, header, 1);
    }
    xml.push_str("</row>");
    for (line, row) in (2_usize..).zip(&table.rows) {
        let _ = write!(xml, "<row r=\"{line}\">");
        for (column, cell) in row.iter().enumerate() {
            let index = || format!("{}{line}", letters(column));
            match cell {
                ReportCell::Blank => {}
                ReportCell::Text(content) => text(&mut xml, column, line, content, 0),
                ReportCell::Number(number) => {
                    let _ = write!(xml, "<c r=\"{}\" s=\"2\"><v>{}</v></c>", index(), number.normalize());
                }
                ReportCell::Day(day) => match serial(*day) {
                    Some(serial) => {
                        let _ = write!(xml, "<c r=\"{}\" s=\"3\"><v>{serial}</v></c>", index());
                    }
                    None => text(&mut xml, column, line, &day.to_string(), 0),
                },
            }
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData>");
    if let Some(last) = table.header.len().checked_sub(1) {
        let _ = write!(xml, "<autoFilter ref=\"A1:{}{}\"/>", letters(last), table.rows.len().saturating_add(1));
    }
    xml.push_str("</worksheet>");
    xml
}

/// A cell of type text, which is never a formula, whatever it begins with.
fn text(xml: &mut String, column: usize, line: usize, content: &str, style: u8) {
    let content: String = content.chars().take(32_767).collect();
    let _ = write!(
        xml,
        "<c r=\"{}{line}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        letters(column),
        escaped(&content)
    );
}

/// Text in XML; what XML cannot say is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(char),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(char),
        }
    }
    escaped
}

/// The letters of a column: A to Z, then AA.
fn letters(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A'.saturating_add(digit)));
        rest = (rest - 1) / 26;
    }
    letters
}

/// The number of a day as spreadsheets count them since 1900, in which they take 29 February 1900 for a day.
fn serial(day: Date) -> Option<i64> {
    let serial = day::between(date(1899, 12, 30), day);
    (serial > 60).then_some(serial)
}

/// A title without what the name of a sheet must not have, at most 31 characters long, and not one of the others.
fn sheet_name(title: &str, others: &[String]) -> String {
    let name: String = title.chars().filter(|char| !"[]:*?/\\'".contains(*char)).take(31).collect();
    if !name.is_empty() && !others.contains(&name) {
        return name;
    }
    let number = others.len().saturating_add(1);
    let start: String = name.chars().take(26).collect();
    format!("{start} {number}").trim_start().to_owned()
}

/// Wide enough for most cells of the column, within reason.
fn width(table: &ReportTable, column: usize) -> usize {
    let of_cell = |row: &Vec<ReportCell>| match row.get(column) {
        Some(ReportCell::Text(text)) => text.chars().count(),
        Some(ReportCell::Blank | ReportCell::Number(_) | ReportCell::Day(_)) | None => 12,
    };
    table.rows.iter().map(of_cell).max().unwrap_or_default().clamp(12, 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        // 1 January 2000 is day 36,526 in every spreadsheet that counts from 1900.
        assert_eq!(serial(date(2000, 1, 1)), Some(36_526));
        assert_eq!(serial(date(1900, 2, 1)), None);
    }
}
