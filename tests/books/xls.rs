//! Sheets as a workbook of Excel 97 (MS-XLS): the stream, which a compound file holds.

use super::compound::compound;
use super::{Held, Written};

/// The workbook with these sheets.
pub(crate) fn xls(sheets: &[Written]) -> Vec<u8> {
    compound("Workbook", &stream(sheets))
}

/// The stream of the workbook.
pub(crate) fn stream(sheets: &[Written]) -> Vec<u8> {
    let mut texts: Vec<String> = Vec::new();
    let contents: Vec<Vec<u8>> = sheets.iter().map(|sheet| cells(sheet, &mut texts)).collect();
    let mut globals = record(0x809, &begin(5));
    globals.extend(record(0x42, &1200_u16.to_le_bytes()));
    globals.extend(record(0x22, &[0, 0]));
    globals.extend(record(0x41E, &[&164_u16.to_le_bytes()[..], &long("dd.mm.yyyy")].concat()));
    for format in [0_u16, 164] {
        globals.extend(record(0xE0, &[&[0, 0][..], &format.to_le_bytes(), &[0; 16]].concat()));
    }
    let after: Vec<u8> = [shared(&texts), record(0x0A, &[])].concat();
    let named: usize = sheets.iter().map(|sheet| 4 + 8 + 2 * sheet.name.encode_utf16().count()).sum();
    let mut place = globals.len() + named + after.len();
    for (sheet, content) in sheets.iter().zip(&contents) {
        let start = u32::try_from(place).unwrap().to_le_bytes();
        let units: Vec<u8> = sheet.name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let head = [u8::from(sheet.hidden), 0, u8::try_from(units.len() / 2).unwrap(), 1];
        globals.extend(record(0x85, &[&start[..], &head, &units].concat()));
        place += content.len();
    }
    globals.extend(after);
    globals.extend(contents.concat());
    globals
}

fn begin(kind: u16) -> Vec<u8> {
    [0x600_u16, kind, 0, 0, 0, 0, 0, 0].into_iter().flat_map(u16::to_le_bytes).collect()
}

/// The table of texts: one record after the other, each in those that follow where it is full.
fn shared(texts: &[String]) -> Vec<u8> {
    let count = u32::try_from(texts.len()).unwrap().to_le_bytes();
    let mut bytes = Vec::new();
    let (mut kind, mut body) = (0xFC, [count, count].concat());
    for text in texts {
        let text = long(text);
        // A text does not begin where its head would be cut; its letters are never cut here.
        if body.len() + text.len() > 8_000 {
            bytes.extend(record(kind, &body));
            (kind, body) = (0x3C, Vec::new());
        }
        body.extend(text);
    }
    bytes.extend(record(kind, &body));
    bytes
}

fn cells(sheet: &Written, texts: &mut Vec<String>) -> Vec<u8> {
    let mut bytes = record(0x809, &begin(0x10));
    bytes.extend(record(0x200, &[0; 14]));
    for (row, cells) in (0_u16..).zip(&sheet.rows) {
        for (column, held) in (0_u16..).zip(cells) {
            let style = u16::from(matches!(held, Held::Day(_)));
            let place: Vec<u8> = [row, column, style].into_iter().flat_map(u16::to_le_bytes).collect();
            let at = |kind: u16, value: &[u8]| record(kind, &[&place[..], value].concat());
            bytes.extend(match held {
                Held::Nothing => at(0x201, &[]),
                Held::Text(text) => {
                    let place = texts.iter().position(|known| known == text).unwrap_or(texts.len());
                    if place == texts.len() {
                        texts.push(text.clone());
                    }
                    at(0xFD, &u32::try_from(place).unwrap().to_le_bytes())
                }
                Held::Number(number) if number.fract() == 0.0 && number.abs() < 1e8 => {
                    let whole: i32 = format!("{number}").parse().unwrap();
                    at(0x27E, &(whole << 2 | 2).to_le_bytes())
                }
                Held::Number(number) => at(0x203, &number.to_le_bytes()),
                Held::Day(serial) => at(0x203, &f64::from(*serial).to_le_bytes()),
                Held::Flag(flag) => at(0x205, &[u8::from(*flag), 0]),
                Held::Missing => at(0x205, &[0x2A, 1]),
                Held::Formula(text) => {
                    // A formula that calamine cannot read, and its text behind it.
                    let formula = [&[0, 0, 0, 0, 0, 0, 0xFF, 0xFF][..], &[0; 6], &[200, 0, 0x5A, 0xFF]].concat();
                    [at(0x06, &formula), record(0x207, &long(text))].concat()
                }
            });
        }
    }
    bytes.extend(record(0x0A, &[]));
    bytes
}

/// A record: its kind, its length and its body.
pub(crate) fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
}

/// A text with its length in two bytes: in one byte a letter where that is enough.
fn long(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = u16::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    if units.iter().all(|unit| *unit < 256) {
        bytes.push(0);
        bytes.extend(units.iter().map(|unit| u8::try_from(*unit).unwrap()));
    } else {
        bytes.push(1);
        bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    }
    bytes
}
