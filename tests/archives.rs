//! Zip archives of other writers are read byte for byte, and broken ones are told from sound ones.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use highwater::import::opened::door::archive::Archive;
use highwater::import::{Limits, Watch};
use highwater::model::issue::Issue;
use proptest::prelude::*;
use zip::write::{FileOptions, SimpleFileOptions};
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The names and bytes of entries, in the order of the archive.
type Files = Vec<(String, Vec<u8>)>;

/// Limits that none of these archives reaches unless it lies.
const WIDE: Limits = Limits { entries: 100_000, ..Limits::PAGE };

/// Counts how often the reading looks around: once a piece.
struct Patience(u32);

impl Watch for Patience {
    fn progress(&mut self, _done: u64, _total: u64) {
        self.0 = self.0.checked_sub(1).expect("the reading must come to an end");
    }
}

/// Reads all entries. The code of the issue when they cannot be read.
fn read(bytes: &[u8]) -> Result<Files, String> {
    let all = || {
        let mut archive = Archive::open(bytes, &WIDE)?;
        let mut files = Files::new();
        archive.read(&WIDE, &mut Patience(1_000), |_| true, &mut |_, name, piece| {
            match files.last_mut() {
                Some((last, content)) if last == name => content.extend_from_slice(piece),
                _ => files.push((name.to_owned(), piece.to_vec())),
            }
            Ok(())
        })?;
        assert_eq!(files.iter().map(|(name, _)| name).collect::<Vec<_>>(), archive.names().iter().collect::<Vec<_>>());
        Ok(files)
    };
    all().map_err(|issue: Issue| issue.code.into_owned())
}

/// The sum by which a reader sees that bytes are not those that were written.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

fn damaged() -> Result<Files, String> {
    Err("zip_damaged".to_owned())
}

/// What the library reads.
fn read_by_library(bytes: &[u8]) -> Option<Files> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.replace('\\', "/");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).ok()?;
        files.push((name, content));
    }
    Some(files)
}

/// How an entry is written.
#[derive(Clone, Debug)]
struct How {
    method: CompressionMethod,
    level: Option<i64>,
    /// Sizes of 64 bits, whether they need them or not.
    large: bool,
    comment: String,
    align: u16,
}

/// How an archive is written.
#[derive(Clone, Debug)]
struct Whole {
    /// Without going back: the sizes follow on the content of an entry.
    stream: bool,
    comment: Vec<u8>,
    before: Vec<u8>,
    extensions: Option<Vec<u8>>,
}

fn write<W: Write + std::io::Seek>(mut writer: ZipWriter<W>, files: &[(String, Vec<u8>, How)], whole: &Whole) -> W {
    for (name, content, how) in files {
        let options = FileOptions::<zip::write::ExtendedFileOptions>::default()
            .compression_method(how.method)
            .compression_level(how.level.filter(|_| how.method == CompressionMethod::Deflated))
            .large_file(how.large)
            .with_file_comment(how.comment.as_str())
            .with_alignment(how.align);
        writer.start_file(name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.set_raw_comment(whole.comment.clone().into()).unwrap();
    if let Some(extensions) = &whole.extensions {
        writer.set_raw_zip64_extensible_data_sector(extensions.clone().into());
    }
    writer.finish().unwrap()
}

fn written(files: &[(String, Vec<u8>, How)], whole: &Whole) -> Vec<u8> {
    let archive = if whole.stream {
        write(ZipWriter::new_stream(Vec::new()), files, whole).into_inner()
    } else {
        write(ZipWriter::new(Cursor::new(Vec::new())), files, whole).into_inner()
    };
    [whole.before.as_slice(), &archive].concat()
}

fn simple(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn name() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9äЖ日 _-]{1,12}(/[a-z0-9 ]{1,8}){0,2}(\\.[a-z]{3}|/)?"
}

/// Bytes of which so many in a row are alike, few of them different: from noise to what packs well.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let length = prop_oneof![Just(0_usize), 1..300_usize, 30_000..35_000_usize, 60_000..140_000_usize];
    (length, 1..=255_u8, 1..40_usize, any::<u64>()).prop_map(|(length, most, alike, seed)| {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            u8::try_from(state >> 56).unwrap() % most
        };
        let mut bytes = Vec::with_capacity(length + alike);
        while bytes.len() < length {
            let byte = next();
            bytes.extend(std::iter::repeat_n(byte, 1 + usize::from(next()) % alike));
        }
        bytes.truncate(length);
        bytes
    })
}

fn how() -> impl Strategy<Value = How> {
    let method = prop_oneof![Just(CompressionMethod::Stored), Just(CompressionMethod::Deflated)];
    let align = prop::sample::select(vec![0_u16, 1, 4, 64]);
    (method, prop::option::of(1..=9_i64), any::<bool>(), "[a-zä]{0,9}", align)
        .prop_map(|(method, level, large, comment, align)| How { method, level, large, comment, align })
}

/// Bytes among which stand beginnings of records.
fn records(most: usize) -> impl Strategy<Value = Vec<u8>> {
    let record = prop_oneof![
        prop::sample::select(vec![
            &b"PK\x05\x06"[..],
            b"PK\x06\x06",
            b"PK\x06\x07",
            b"PK\x01\x02",
            b"PK\x03\x04",
            b"\0\0\0\0\0\0\0\0",
            b"\xFF\xFF\xFF\xFF",
            b"\x01\0",
        ])
        .prop_map(<[u8]>::to_vec),
        prop::collection::vec(any::<u8>(), 0..9),
    ];
    prop::collection::vec(record, 0..most).prop_map(|records| records.concat())
}

fn whole() -> impl Strategy<Value = Whole> {
    let has_end = |bytes: &[u8]| bytes.windows(4).any(|window| window == b"PK\x05\x06");
    let before = prop_oneof![Just(Vec::new()), records(20).prop_map(|before| [b"#", before.as_slice()].concat())];
    let extensions = prop::option::of(prop::collection::vec(any::<u8>(), 0..30));
    (any::<bool>(), records(20), before, extensions).prop_map(move |(stream, comment, before, extensions)| Whole {
        stream,
        // The library takes what is an end within a comment for the end.
        comment: if has_end(&comment) { Vec::new() } else { comment },
        // Where the end stands is said from the beginning of the archive, and with extensions it is not found by its
        // size.
        extensions: extensions.filter(|_| before.is_empty()),
        before,
    })
}

fn archive(most: usize) -> impl Strategy<Value = (Vec<(String, Vec<u8>, How)>, Whole)> {
    let files = prop::collection::btree_map(name(), (content(), how()), 0..most);
    let listed = |files: BTreeMap<String, (Vec<u8>, How)>| {
        files.into_iter().map(|(name, (content, how))| (name, content, how)).collect::<Vec<_>>()
    };
    (files.prop_map(listed), whole())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_another_writer_has_packed_is_read_byte_for_byte((files, whole) in archive(12)) {
        let bytes = written(&files, &whole);
        let expected: Files = files.into_iter().map(|(name, content, _)| (name, content)).collect();
        prop_assert!(read(&bytes).as_ref() == Ok(&expected), "{:?}", read(&bytes).map(|files| files.len()));
    }

    #[test]
    fn bytes_that_were_added_after_an_archive_change_nothing((files, whole) in archive(3), after in "[a-z\n]{0,99}") {
        let sound = written(&files, &Whole { comment: b"comment".to_vec(), before: Vec::new(), ..whole });
        prop_assert!(read(&[&sound, after.as_bytes()].concat()) == read(&sound));
        prop_assert!(read(&sound).is_ok());
    }

    #[test]
    fn an_archive_that_is_cut_short_is_damaged((files, whole) in archive(3), cut in any::<prop::sample::Index>()) {
        let sound = written(&files, &Whole { comment: Vec::new(), before: Vec::new(), ..whole });
        let cut = cut.index(sound.len());
        prop_assert_eq!(read(&sound[..cut]), damaged());
    }

    #[test]
    fn a_changed_archive_is_refused_or_read_as_the_library_reads_it(
        (files, whole) in archive(4),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8, any::<bool>()), 1..5),
    ) {
        let short = |content: Vec<u8>| content.into_iter().take(400).collect();
        let files: Vec<_> = files.into_iter().map(|(name, content, how)| (name, short(content), how)).collect();
        // Without what looks like the end of an archive: there the library takes another end.
        let mut bytes = written(&files, &Whole { comment: b"comment".to_vec(), before: Vec::new(), ..whole });
        // Most bits are content: half of the changes are made where the table of contents is.
        let table = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap_or_default();
        for (index, bit, in_table) in changes {
            let from = if in_table { table } else { 0 };
            let index = from + index.index(bytes.len() - from);
            bytes[index] ^= 1 << bit;
        }
        if let (Ok(ours), Some(theirs)) = (read(&bytes), read_by_library(&bytes)) {
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn bytes_that_look_like_an_archive_come_to_an_end(bytes in records(60)) {
        let _ = read(&bytes);
    }
}

/// What the table of contents says of an entry that is stored as it is.
struct Said {
    crc32: u32,
    packed: u32,
    size: u32,
    start: u32,
    extra: Vec<u8>,
}

impl Said {
    /// Moves the numbers that are chosen into the field for wide ones.
    fn widen(&mut self, [size, packed, start]: [bool; 3]) {
        let mut wide = Vec::new();
        for (number, chosen) in [(&mut self.size, size), (&mut self.packed, packed), (&mut self.start, start)] {
            if chosen {
                wide.extend(u64::from(std::mem::replace(number, u32::MAX)).to_le_bytes());
            }
        }
        self.extra.extend([1, 0, u8::try_from(wide.len()).unwrap(), 0]);
        self.extra.extend(wide);
    }
}

fn bytes_of<const N: usize>(halves: [u16; N]) -> Vec<u8> {
    halves.into_iter().flat_map(u16::to_le_bytes).collect()
}

/// An archive whose table of contents may say what is not so.
fn by_hand(files: &[(&[u8], &[u8])], lie: impl Fn(usize, &mut Said)) -> Vec<u8> {
    let (mut bytes, mut table) = (Vec::new(), Vec::new());
    for (index, (name, content)) in files.iter().enumerate() {
        let size = u32::try_from(content.len()).unwrap();
        let start = u32::try_from(bytes.len()).unwrap();
        let name_size = u16::try_from(name.len()).unwrap();
        let mut said = Said { crc32: crc32(content), packed: size, size, start, extra: Vec::new() };
        lie(index, &mut said);
        bytes.extend([b"PK\x03\x04", bytes_of([20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, name_size, 0]).as_slice()].concat());
        bytes.extend([*name, content].concat());
        table.extend([b"PK\x01\x02", bytes_of([20, 20, 0, 0, 0, 0]).as_slice()].concat());
        table.extend([said.crc32, said.packed, said.size].into_iter().flat_map(u32::to_le_bytes));
        table.extend(bytes_of([name_size, u16::try_from(said.extra.len()).unwrap(), 0, 0, 0, 0, 0]));
        table.extend([&said.start.to_le_bytes(), *name, &said.extra].concat());
    }
    let count = u16::try_from(files.len()).unwrap();
    let (start, size) = (u32::try_from(bytes.len()).unwrap(), u32::try_from(table.len()).unwrap());
    bytes.extend([table.as_slice(), b"PK\x05\x06", &bytes_of([0, 0, count, count])].concat());
    bytes.extend([size.to_le_bytes().as_slice(), &start.to_le_bytes(), &[0, 0]].concat());
    bytes
}

const TWO: [(&[u8], &[u8]); 2] = [(b"one.csv", b"first"), (b"two.csv", b"second")];

fn two() -> Files {
    vec![("one.csv".to_owned(), b"first".to_vec()), ("two.csv".to_owned(), b"second".to_vec())]
}

#[test]
fn numbers_of_64_bits_are_read_where_those_of_32_say_so() {
    for chosen in 0..8_u8 {
        let bytes = by_hand(&TWO, |_, said| {
            said.extra.extend([0x99, 0x99, 3, 0, 1, 0, 0]);
            said.widen([chosen & 1 > 0, chosen & 2 > 0, chosen & 4 > 0]);
            // Filling that is no field.
            said.extra.extend([0, 0, 9]);
        });
        assert_eq!(read(&bytes), Ok(two()), "{chosen}");
        let bytes = by_hand(&TWO, |_, said| {
            said.widen([true; 3]);
            let length = said.extra.len();
            said.extra[2] = 16;
            said.extra.truncate(length - 8);
        });
        assert_eq!(read(&bytes), damaged(), "a wide number that is missing");
    }
}

#[test]
fn an_archive_with_more_entries_than_16_bits_can_count_is_read() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..66_000 {
        writer.start_file(number.to_string(), SimpleFileOptions::default()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    let archive = Archive::open(&bytes, &WIDE).unwrap();
    assert_eq!((archive.names().len(), archive.names()[65_999].as_str()), (66_000, "65999"));
    let later = [b"something before", bytes.as_slice()].concat();
    assert_eq!(Archive::open(&later, &WIDE).unwrap().names(), archive.names());
    let issue = Archive::open(&bytes, &Limits::PAGE).unwrap_err();
    assert_eq!(issue.code, "zip_too_many_entries");
}

#[test]
fn names_that_are_no_utf8_are_read_in_the_code_page_of_old_archives() {
    let bytes = by_hand(&[(b"old\\Stra\xE1e \x80\xFF.csv", b""), ("Straße".as_bytes(), b"")], |_, _| ());
    let names: Vec<String> = read(&bytes).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["old/Straße Ç\u{A0}.csv", "Straße"]);
}

#[test]
fn entries_that_share_bytes_are_damage() {
    assert_eq!(read(&by_hand(&TWO, |_, _| ())), Ok(two()));
    let same = by_hand(&[(b"one.csv", b"same"), (b"two.csv", b"same")], |_, said| said.start = 0);
    assert_eq!(read(&same), damaged(), "two entries with one content");
    // The first entry is the second with its header, and both sums are right.
    let sound = by_hand(&TWO, |_, _| ());
    let (from, to) = (30 + 7, 30 + 7 + 5 + 30 + 7 + 6);
    let within = by_hand(&TWO, |index, said| {
        if index == 0 {
            said.size = u32::try_from(to - from).unwrap();
            said.packed = said.size;
            said.crc32 = crc32(&sound[from..to]);
        }
    });
    assert_eq!(read(&within), damaged(), "an entry within another");
}

#[test]
fn an_entry_that_reaches_into_the_table_of_contents_or_beyond_the_file_is_damaged() {
    for more in [1, 46, 10_000, u32::MAX - 100, u32::MAX - 6] {
        let bytes = by_hand(&TWO, |index, said| {
            if index == 1 {
                (said.packed, said.size) = (6 + more, 6 + more);
            }
        });
        assert_eq!(read(&bytes), damaged(), "{more}");
        let bytes =
            by_hand(&TWO, |index, said| said.start = said.start.saturating_add(if index == 1 { more } else { 0 }));
        assert_eq!(read(&bytes), damaged(), "{more}");
    }
    let into_table = by_hand(&TWO, |index, said| {
        if index == 1 {
            (said.packed, said.size, said.crc32) = (10, 10, crc32(b"secondPK\x01\x02"));
        }
    });
    assert_eq!(read(&into_table), damaged(), "its sum is right");
}

#[test]
fn an_entry_without_the_size_or_the_sum_that_it_should_have_is_damaged() {
    let content = b"0123456789".repeat(9_000);
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let sound = simple(&[("a.csv", &content)], method);
        assert_eq!(read(&sound).unwrap()[0].1, content);
        let table = sound.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        let said = |index: usize, change: i32| {
            let mut bytes = sound.clone();
            let number = u32::from_le_bytes(bytes[table + index..][..4].try_into().unwrap());
            bytes[table + index..][..4].copy_from_slice(&number.wrapping_add_signed(change).to_le_bytes());
            read(&bytes)
        };
        for change in [1, -1, 1 << 20, -80_000] {
            assert_eq!(said(16, change), damaged(), "sum, {method:?}, {change}");
            assert_eq!(said(24, change), damaged(), "size, {method:?}, {change}");
        }
        assert_eq!(said(20, -1), damaged(), "packed, {method:?}");
    }
}

#[test]
fn a_table_of_contents_that_does_not_hold_what_its_end_says_is_damaged() {
    let sound = by_hand(&TWO, |_, _| ());
    let end = sound.len() - 22;
    let said = |changes: &[(usize, u8)]| {
        let mut bytes = sound.clone();
        for (index, value) in changes {
            bytes[end + index] = *value;
        }
        read(&bytes)
    };
    assert_eq!(said(&[]), Ok(two()));
    for count in [0, 1, 3, 255] {
        assert_eq!(said(&[(8, count), (10, count)]), damaged(), "{count} entries");
    }
    for other in [[(4, 1), (6, 0)], [(4, 0), (6, 1)], [(4, 1), (6, 1)], [(8, 1), (10, 2)]] {
        assert_eq!(said(&other), damaged(), "on several disks");
    }
    assert_eq!(said(&[(16, 255)]), damaged(), "a table that begins before the archive");
}

#[test]
fn names_that_only_their_slashes_tell_apart_are_the_same_name() {
    let bytes = by_hand(&[(b"a/b", b"1"), (b"c", b"2"), (b"a\\b", b"3")], |_, _| ());
    assert_eq!(read(&bytes), Err("zip_duplicate_entry".to_owned()));
}
