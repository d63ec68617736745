//! Sheets as a spreadsheet of `OpenDocument`.

use std::fmt::Write;

use super::{Held, Written};
use crate::fixture;

/// What such a file says it is.
pub(crate) const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// The spreadsheet with these sheets.
pub(crate) fn ods(sheets: &[Written]) -> Vec<u8> {
    let mut content = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:automatic-styles>\
        <style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties table:display=\"true\"/>\
        </style:style><style:style style:name=\"ta2\" style:family=\"table\">\
        <style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
        <office:body><office:spreadsheet>"
        .to_owned();
    for sheet in sheets {
        let style = if sheet.hidden { "ta2" } else { "ta1" };
        let name = sheet.name.replace('&', "&amp;");
        write!(content, "<table:table table:name=\"{name}\" table:style-name=\"{style}\">").unwrap();
        for row in &sheet.rows {
            content += "<table:table-row>";
            for held in row {
                content += &cell(held);
            }
            content += "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>";
        }
        content += "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>";
        content += "</table:table>";
    }
    content += "</office:spreadsheet></office:body></office:document-content>";
    with(&content)
}

/// A spreadsheet with this content.
pub(crate) fn with(content: &str) -> Vec<u8> {
    let parts = [
        ("mimetype", MIMETYPE),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ];
    fixture::archive(parts.into_iter())
}

fn cell(held: &Held) -> String {
    let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace("  ", " <text:s/>");
    match held {
        Held::Nothing => "<table:table-cell/>".to_owned(),
        Held::Text(content) => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            text(content)
        ),
        Held::Number(number) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>?</text:p></table:table-cell>"
        ),
        Held::Day(serial) => {
            let day = jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(i64::from(*serial))).unwrap();
            format!(
                "<table:table-cell office:value-type=\"date\" office:date-value=\"{day}\"><text:p>?</text:p></table:table-cell>"
            )
        }
        Held::Flag(flag) => format!(
            "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"{flag}\"><text:p>?</text:p></table:table-cell>"
        ),
        Held::Missing => "<table:table-cell table:formula=\"of:=NA()\" office:value-type=\"string\" \
            office:string-value=\"\" calcext:value-type=\"error\"><text:p>#N/A</text:p></table:table-cell>"
            .to_owned(),
        Held::Formula(content) => format!(
            "<table:table-cell table:formula=\"of:=[.A1]\" office:value-type=\"string\"><text:p>{}</text:p>\
             </table:table-cell>",
            text(content)
        ),
    }
}
