//! Hostile and broken files: each costs one clear sentence, and nothing panics.

use std::io::{Cursor, Write};

use crate::fixture;
use crate::fixture::{Builder, ENGLISH, GERMAN};
use highwater::engine::{Quantity, Settings, snapshot};
use highwater::i18n::Language;
use highwater::import::opened::{self, Opened};
use highwater::import::sheet::Sheet;
use highwater::import::sniff::{Recognised, recognise};
use highwater::import::{Limits, Unwatched, Watch, csv, ilmt};
use highwater::model::issue::{Issue, Severity};
use highwater::model::message::Words;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Small limits, so that small files reach them.
const SMALL: Limits = Limits { entries: 20, entry_bytes: 4 << 20, inflated_bytes: 6 << 20, ..Limits::PAGE };

/// Recognises a file and reads it by whatever it is; an issue when it cannot be used.
fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<(), Issue> {
    match recognise(name, bytes, limits)? {
        Recognised::Closed => match opened::door::open(name, bytes, limits, &mut Unwatched)? {
            Opened::Snapshot(read) => assess(&read),
            Opened::Workbook(sheets) => drop(first(sheets)?),
        },
        Recognised::SnapshotTable(kind, table) => {
            let read = ilmt::read_table(name, &table.text, kind, table.delimiter, limits, &mut Unwatched)?;
            assess(&read);
        }
        Recognised::Table(table) => drop(csv::read(&table.text, table.delimiter, limits, &mut Unwatched)?),
        Recognised::Workspace | Recognised::Paper => {}
    }
    Ok(())
}

fn first(sheets: Vec<opened::NamedSheet>) -> Result<Sheet, Issue> {
    sheets.into_iter().next().expect("a workbook has a sheet").content
}

/// The first sheet of a workbook.
fn sheet(bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Sheet, Issue> {
    match opened::door::open("x", bytes, limits, watch)? {
        Opened::Workbook(sheets) => first(sheets),
        Opened::Snapshot(_) => panic!("a workbook"),
    }
}

fn assess(read: &highwater::model::snapshot::Snapshot) {
    let Ok(assessment) = snapshot::assess(&[read], &Settings::default()) else { return };
    for product in &assessment.products {
        for quantity in [Quantity::SubCapacity, Quantity::FullCapacity, Quantity::Difference, Quantity::Recoverable] {
            let _ = snapshot::explain(&[read], &Settings::default(), &product.product, product.metric, quantity);
        }
    }
}

/// The code of the one issue that a file costs. Its sentence must have words.
fn refused(name: &str, bytes: &[u8], limits: &Limits) -> String {
    let issue = read(name, bytes, limits).expect_err("the file must be refused");
    assert_eq!(issue.severity, Severity::Error);
    let sentence = Language::english().say(&issue.message());
    assert!(!sentence.starts_with("issue.") && !sentence.contains("{{"), "{sentence}");
    issue.code.into_owned()
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    fixture::archive(files.iter().copied())
}

/// Replaces the first and only other occurrences of bytes of equal length: names in both directories of an archive.
fn renamed(mut bytes: Vec<u8>, old: &str, new: &str) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    for start in 0..bytes.len() - old.len() {
        if bytes[start..].starts_with(old.as_bytes()) {
            bytes[start..start + new.len()].copy_from_slice(new.as_bytes());
        }
    }
    bytes
}

#[test]
fn a_zip_bomb_is_stopped_by_what_it_really_inflates_to() {
    let zeros = vec![b'0'; 3 << 20];
    assert_eq!(refused("s.zip", &archive(&[("data_condition.txt", &zeros)]), &SMALL), "zip_bomb");
}

#[test]
fn a_declared_size_is_not_believed() {
    let zeros = vec![b'0'; 3 << 20];
    let mut bytes = archive(&[("data_condition.txt", &zeros)]);
    let declared = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    for start in 0..bytes.len() - 4 {
        if bytes[start..start + 4] == declared {
            bytes[start..start + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
    }
    let code = refused("s.zip", &bytes, &SMALL);
    assert!(["zip_bomb", "zip_damaged"].contains(&code.as_str()), "{code}");
}

#[test]
fn entries_that_are_too_large_alone_or_together_are_refused() {
    // Random digits pack badly, so the ratio says nothing.
    let mut seed = 1_u64;
    let mut noise = |length: usize| -> Vec<u8> {
        (0..length)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                u8::try_from(seed >> 56).unwrap()
            })
            .collect()
    };
    let (large, half) = (noise(5 << 20), noise(3 << 20));
    assert_eq!(refused("s.zip", &archive(&[("data_condition.txt", &large)]), &SMALL), "zip_too_large");
    let many: [(&str, &[u8]); 3] = [("data_condition.txt", b""), ("a", &half), ("b", &half)];
    assert!(read("s.zip", &archive(&many), &SMALL).is_ok());
    let more: [(&str, &[u8]); 4] = [("data_condition.txt", b"x"), ("a", &half), ("b", &half), ("c", &half)];
    assert_eq!(refused("s.zip", &archive(&more), &SMALL), "zip_too_large");
    let tiny = Limits { archive_bytes: 1 << 20, ..SMALL };
    assert_eq!(refused("s.zip", &archive(&many), &tiny), "file_too_large");
}

#[test]
fn too_many_entries_are_refused() {
    let names: Vec<String> = (0..21).map(|number| format!("file{number}")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert_eq!(refused("s.zip", &archive(&files), &SMALL), "zip_too_many_entries");
}

#[test]
fn a_truncated_zip_is_damaged() {
    let bytes = Builder::new(ENGLISH).zip();
    for length in [4, 100, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(refused("s.zip", &bytes[..length], &SMALL), "zip_damaged");
    }
}

#[test]
fn bytes_changed_within_an_entry_are_damage() {
    let mut bytes = Builder::new(ENGLISH).zip();
    for byte in &mut bytes[60..90] {
        *byte ^= 0xFF;
    }
    assert_eq!(refused("s.zip", &bytes, &SMALL), "zip_damaged");
}

#[test]
fn names_that_lead_out_of_the_archive_are_refused() {
    for name in [
        "../data_condition.txt",
        "/data_condition.txt",
        "..\\data_condition.txt",
        "C:\\data_condition.txt",
        "a/../../b",
    ] {
        let bytes = archive(&[("data_condition.txt", b""), (name, b"x")]);
        assert_eq!(refused("s.zip", &bytes, &SMALL), "zip_entry_leads_out", "{name}");
    }
}

#[test]
fn an_entry_that_stands_there_twice_is_refused() {
    let bytes = archive(&[("data_condition.txt", b"one"), ("data_conditiox.txt", b"two")]);
    assert_eq!(refused("s.zip", &renamed(bytes, "data_conditiox", "data_condition"), &SMALL), "zip_duplicate_entry");
    let folders = archive(&[("a/cloud_paks.csv", b"x"), ("b/cloud_paks.csv", b"y")]);
    assert_eq!(refused("s.zip", &folders, &SMALL), "zip_duplicate_entry", "two snapshots in one archive");
}

#[test]
fn an_archive_within_the_archive_is_refused_unless_a_person_attached_it() {
    let inner = archive(&[("x", b"y")]);
    let nested = archive(&[("data_condition.txt", b""), ("more.zip", &inner)]);
    assert_eq!(refused("s.zip", &nested, &SMALL), "zip_nested");
    let attached = archive(&[("data_condition.txt", b""), ("audit_attachment.zip", &inner)]);
    assert!(read("s.zip", &attached, &SMALL).is_ok());
}

#[test]
fn a_signature_that_happens_to_begin_like_an_archive_is_a_signature() {
    let signed = archive(&[("data_condition.txt", b""), ("signature.rsa", b"\x1F\x8B\x08 and so on")]);
    assert!(read("s.zip", &signed, &SMALL).is_ok());
}

#[test]
fn an_entry_under_a_password_is_refused() {
    let mut bytes = archive(&[("data_condition.txt", b"x")]);
    // The flag of encryption stands 6 bytes into the local header and 8 bytes into the central one.
    for (magic, flags) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let start = bytes.windows(4).position(|window| window == magic).unwrap();
        bytes[start + flags] |= 1;
    }
    assert_eq!(refused("s.zip", &bytes, &SMALL), "zip_encrypted");
}

#[test]
fn an_entry_packed_in_an_unknown_way_is_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("data_condition.txt", stored).unwrap();
    writer.write_all(b"x").unwrap();
    let mut bytes = writer.finish().unwrap().into_inner();
    for (magic, method) in [(&b"PK\x03\x04"[..], 8), (b"PK\x01\x02", 10)] {
        let start = bytes.windows(4).position(|window| window == magic).unwrap();
        bytes[start + method] = 97;
    }
    assert_eq!(refused("s.zip", &bytes, &SMALL), "zip_method_unknown");
}

#[test]
fn what_is_no_snapshot_and_no_table_is_told_in_a_sentence_of_its_own() {
    let other = archive(&[("holiday.jpg", b"x")]);
    let cases: [(&str, &[u8], &str); 14] = [
        ("s.zip", &other, "zip_unknown"),
        ("s.zip", b"a,b\n1,2\n", "zip_is_text"),
        ("s.xlsx", b"a,b\n1,2\n", "workbook_is_text"),
        ("s.csv", b"", "file_empty"),
        ("s.csv", b" \r\n ", "file_empty"),
        ("s.csv", b"only words\nand words\n", "file_unknown"),
        ("s.json", b"{\"type\":\"other\"}", "json_unknown"),
        ("s.gz", b"\x1F\x8B\x08\0", "archive_unsupported"),
        ("s.7z", b"7z\xBC\xAF\x27\x1C", "archive_unsupported"),
        ("s.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "workbook_unreadable"),
        ("s.exe", b"MZ\x90\0\x03\0\0\0", "file_not_text"),
        ("proof.csv", b"%PDF-1.4\n\x01\x02", "file_not_text"),
        ("s.csv", b"a,b\n1,\x05\n", "file_not_text"),
        ("s.csv", b",,,\n\n", "table_empty"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(refused(name, bytes, &SMALL), code, "{name} {bytes:?}");
    }
}

#[test]
fn a_line_of_ten_million_characters_is_refused() {
    let text = format!("server,product\n{},p\n", "x".repeat(10_000_000));
    assert_eq!(refused("s.csv", text.as_bytes(), &Limits::PAGE), "table_cell_too_long");
    let wide = format!("server,product\n{}\n", "x,".repeat(5_000_000));
    assert_eq!(refused("s.csv", wide.as_bytes(), &Limits::PAGE), "table_too_wide");
}

#[test]
fn a_table_of_a_snapshot_that_reaches_a_limit_is_an_issue_and_the_others_are_read() {
    let mut builder = Builder::new(ENGLISH);
    builder
        .put("part_numbers.csv", format!("\"Product Name\",\"Part Number\",\"Is Imported\"\n{}\n", "x".repeat(40_000)));
    let read = ilmt::archive::read("s.zip", &builder.zip(), &SMALL, &mut Unwatched).unwrap();
    let errors: Vec<_> = read.issues.iter().filter(|issue| issue.severity == Severity::Error).collect();
    assert_eq!((errors[0].file.as_str(), errors[0].code.as_ref()), ("s.zip/part_numbers.csv", "table_cell_too_long"));
    assert_eq!((errors.len(), read.usage.len()), (1, 6));
}

#[test]
fn a_workspace_is_recognised_by_its_type() {
    let json = br#"{"type":"highwater-workspace","version":1}"#;
    assert_eq!(recognise("whatever.txt", json, &SMALL).unwrap(), Recognised::Workspace);
}

#[test]
fn the_name_of_a_file_decides_nothing_when_its_content_speaks() {
    let snapshot = Builder::new(ENGLISH).zip();
    let opened = |name: &str, bytes: &[u8]| {
        assert_eq!(recognise(name, bytes, &SMALL).unwrap(), Recognised::Closed);
        opened::door::open(name, bytes, &SMALL, &mut Unwatched).unwrap()
    };
    assert!(matches!(opened("estate.csv", &snapshot), Opened::Snapshot(_)));
    assert!(matches!(opened("snapshot.zip", &workbook()), Opened::Workbook(_)));
    let table = recognise("x", "a;b\n1;2".as_bytes(), &SMALL).unwrap();
    assert!(matches!(table, Recognised::Table(table) if table.delimiter == b';'));
}

#[test]
fn utf16_and_semicolons_are_read_like_utf8_and_commas() {
    let text = Builder::new(ENGLISH)
        .text("pvu_sub_capacity.csv")
        .replace("\",\"", "\";\"")
        .replace("\",,", "\";;")
        .replace(",\"", ";\"");
    let bytes: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let Recognised::SnapshotTable(kind, table) = recognise("x.csv", &bytes, &SMALL).unwrap() else {
        panic!("a table of a snapshot")
    };
    let read = ilmt::read_table("x.csv", &table.text, kind, table.delimiter, &SMALL, &mut Unwatched).unwrap();
    assert_eq!((read.usage.len(), read.report.left_out), (6, 0));
}

#[test]
fn a_workbook_with_endless_entities_is_refused() {
    let bomb =
        br#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
        <sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>"#;
    let bytes = with_part(&workbook(), "xl/sharedStrings.xml", bomb);
    assert_eq!(sheet(&bytes, &SMALL, &mut Unwatched).unwrap_err().code, "workbook_unreadable");
}

#[test]
fn a_workbook_cut_short_or_without_its_parts_is_refused() {
    let bytes = workbook();
    assert_eq!(refused("x.xlsx", &bytes[..bytes.len() / 2], &SMALL), "zip_damaged");
    let hollow = archive(&[("xl/workbook.xml", b"<workbook/>")]);
    assert_eq!(refused("x.xlsx", &hollow, &SMALL), "workbook_unreadable");
}

#[test]
fn a_snapshot_stops_being_read_when_somebody_cancels() {
    struct Impatient;
    impl Watch for Impatient {
        fn progress(&mut self, _done: u64, _total: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let issue = ilmt::archive::read("s.zip", &Builder::new(ENGLISH).zip(), &SMALL, &mut Impatient).unwrap_err();
    assert_eq!(issue.code, "reading_cancelled");
}

#[test]
fn progress_never_runs_backwards_while_a_zip_is_inflated() {
    struct Steps(Vec<(u64, u64)>);
    impl Watch for Steps {
        fn progress(&mut self, done: u64, total: u64) {
            self.0.push((done, total));
        }
    }
    let mut steps = Steps(Vec::new());
    sheet(&workbook(), &SMALL, &mut steps).unwrap();
    assert!(steps.0.is_sorted() && steps.0.len() > 1);
    steps.0.clear();
    ilmt::archive::read("s.zip", &Builder::new(ENGLISH).zip(), &SMALL, &mut steps).unwrap();
    assert!(steps.0.is_sorted() && steps.0.iter().all(|(done, total)| done <= total));
}

fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, (server, cores)) in [("server", "cores"), ("one", "4"), ("two", "8")].into_iter().enumerate() {
        let row = u32::try_from(row).unwrap();
        sheet.write(row, 0, server).unwrap();
        sheet.write(row, 1, cores).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// The same archive with one part replaced.
fn with_part(bytes: &[u8], part: &str, content: &[u8]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..old.len() {
        let mut entry = old.by_index(index).unwrap();
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut read).unwrap();
        files.push((entry.name().unwrap().into_owned(), read));
    }
    for (name, read) in &mut files {
        if name == part {
            *read = content.to_vec();
        }
    }
    fixture::archive(files.iter().map(|(name, read)| (name.as_str(), read.as_slice())))
}

/// One change of some bytes.
fn mutated(mut bytes: Vec<u8>, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    for (index, value, how) in changes {
        let index = index % bytes.len().max(1);
        match how % 4 {
            0 => bytes[index] = *value,
            1 => bytes[index] ^= 1 << (value % 8),
            2 => bytes.truncate(index.max(1)),
            _ => bytes.insert(index, *value),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000), name in "[a-z]{0,5}\\.(csv|zip|xlsx|json)?") {
        let _ = read(&name, &bytes, &SMALL);
    }

    #[test]
    fn arbitrary_text_never_panics(text in "[\\PC\r\n\t,;\"]{0,400}") {
        let _ = read("x.csv", text.as_bytes(), &SMALL);
    }

    #[test]
    fn a_mutated_snapshot_never_panics(changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..6)) {
        let _ = read("s.zip", &mutated(Builder::new(GERMAN).zip(), &changes), &SMALL);
    }

    #[test]
    fn mutated_tables_within_a_sound_archive_never_panic(
        file in prop::sample::select(vec!["pvu_sub_capacity.csv", "data_condition.txt", "cloud_paks.csv", "audit_snapshot_summary.csv", fixture::DAILY_FILE]),
        changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..8),
    ) {
        let mut builder = Builder::new(ENGLISH);
        let text = mutated(builder.text(file).into_bytes(), &changes);
        prop_assert!(read("s.zip", &builder.put(file, text).zip(), &SMALL).is_ok());
    }

    #[test]
    fn a_mutated_workbook_never_panics(changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..6)) {
        let _ = read("x.xlsx", &mutated(workbook(), &changes), &SMALL);
    }

    #[test]
    fn mutated_parts_of_a_workbook_never_panic(
        part in prop::sample::select(vec!["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]),
        changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..8),
    ) {
        let sound = workbook();
        let mut old = zip::ZipArchive::new(Cursor::new(&sound)).unwrap();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut old.by_name(part).unwrap(), &mut content).unwrap();
        let _ = read("x.xlsx", &with_part(&sound, part, &mutated(content, &changes)), &SMALL);
    }
}
