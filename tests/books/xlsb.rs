//! Sheets as a workbook in the binary format of newer Excels (MS-XLSB).

use std::fmt::Write;

use super::{Held, Written};
use crate::fixture;

/// The parts of a workbook with these sheets, whose texts are shared.
pub(crate) fn parts(sheets: &[Written]) -> Vec<(String, Vec<u8>)> {
    let mut texts: Vec<String> = Vec::new();
    let mut book = record(0x83, &[]);
    book.extend(record(0x99, &[0; 12]));
    book.extend(record(0x8F, &[]));
    let mut links = "<?xml version=\"1.0\"?><Relationships>".to_owned();
    let mut parts = Vec::new();
    for (number, sheet) in (1_u32..).zip(sheets) {
        let mut body = u32::from(sheet.hidden).to_le_bytes().to_vec();
        body.extend(number.to_le_bytes());
        body.extend(wide(&format!("rId{number}")));
        body.extend(wide(sheet.name));
        book.extend(record(0x9C, &body));
        let target = format!("worksheets/sheet{number}.bin");
        write!(links, "<Relationship Id=\"rId{number}\" Type=\"http://x/worksheet\" Target=\"{target}\"/>").unwrap();
        parts.push((format!("xl/worksheets/sheet{number}.bin"), cells(sheet, &mut texts)));
    }
    book.extend(record(0x90, &[]));
    // A name with a formula, which nobody needs.
    book.extend(record(0x27, &[&[0; 9][..], &wide("name"), &[3, 0, 0, 0, 0x1E, 5, 0]].concat()));
    book.extend(record(0x9D, &[0; 26]));
    book.extend(record(0x84, &[]));
    let count = u32::try_from(texts.len()).unwrap().to_le_bytes();
    let mut shared = record(0x9F, &[count, count].concat());
    for text in &texts {
        shared.extend(record(0x13, &[&[0][..], &wide(text)].concat()));
    }
    shared.extend(record(0xA0, &[]));
    let mut styles = record(0x116, &[]);
    styles.extend(record(0x267, &1_u32.to_le_bytes()));
    styles.extend(record(0x2C, &[&164_u16.to_le_bytes()[..], &wide("dd.mm.yyyy")].concat()));
    styles.extend(record(0x268, &[]));
    styles.extend(record(0x269, &2_u32.to_le_bytes()));
    for format in [0_u16, 164] {
        styles.extend(record(0x2F, &[&[0, 0][..], &format.to_le_bytes(), &[0; 12]].concat()));
    }
    styles.extend(record(0x26A, &[]));
    parts.push(("xl/workbook.bin".to_owned(), book));
    parts.push(("xl/_rels/workbook.bin.rels".to_owned(), format!("{links}</Relationships>").into_bytes()));
    parts.push(("xl/sharedStrings.bin".to_owned(), shared));
    parts.push(("xl/styles.bin".to_owned(), styles));
    parts
}

/// The workbook of these parts.
pub(crate) fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    fixture::archive(parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())))
}

fn cells(sheet: &Written, texts: &mut Vec<String>) -> Vec<u8> {
    let mut part = record(0x81, &[]);
    part.extend(record(0x94, &[0; 16]));
    part.extend(record(0x91, &[]));
    for (row, cells) in (0_u32..).zip(&sheet.rows) {
        part.extend(record(0x00, &[&row.to_le_bytes()[..], &[0; 13]].concat()));
        for (column, held) in (0_u32..).zip(cells) {
            let (kind, style, value): (u16, u32, Vec<u8>) = match held {
                Held::Nothing => (1, 0, Vec::new()),
                Held::Text(text) => {
                    let place = texts.iter().position(|known| known == text).unwrap_or(texts.len());
                    if place == texts.len() {
                        texts.push(text.clone());
                    }
                    (7, 0, u32::try_from(place).unwrap().to_le_bytes().to_vec())
                }
                // A whole number as an integer, all others in full.
                Held::Number(number) if number.fract() == 0.0 && number.abs() < 1e8 => {
                    let whole: i32 = format!("{number}").parse().unwrap();
                    (2, 0, (whole << 2 | 2).to_le_bytes().to_vec())
                }
                Held::Number(number) => (5, 0, number.to_le_bytes().to_vec()),
                Held::Day(serial) => (5, 1, f64::from(*serial).to_le_bytes().to_vec()),
                Held::Flag(flag) => (4, 0, vec![u8::from(*flag)]),
                Held::Missing => (11, 0, [&[0x2A, 0, 0][..], &[3, 0, 0, 0, 0x1E, 1, 0, 0, 0, 0, 0]].concat()),
                Held::Formula(text) => (8, 0, [wide(text), vec![0; 14]].concat()),
            };
            part.extend(record(kind, &[&column.to_le_bytes()[..], &style.to_le_bytes(), &value].concat()));
        }
    }
    part.extend(record(0x92, &[]));
    part.extend(record(0x82, &[]));
    part
}

/// A record: its kind and its length in sevens of bits, and its body.
pub(crate) fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let [low, high] = [kind & 0x7F, kind >> 7].map(|byte| u8::try_from(byte).unwrap());
    let mut record = if kind > 0x7F { vec![low | 0x80, high] } else { vec![low] };
    let mut length = body.len();
    while length > 0x7F {
        record.push(u8::try_from(length & 0x7F).unwrap() | 0x80);
        length >>= 7;
    }
    record.push(u8::try_from(length).unwrap());
    record.extend(body);
    record
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap();
    length.to_le_bytes().into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}
