//! A compound file: a small file system in one file, as old workbooks and those under a password have it. Chains of
//! sectors may lead out of the file or into themselves; here they are followed only as far as the file is long.

use super::records::{size, u16_at, u32_at};
use crate::import::sniff::COMPOUND;

/// Where a chain ends, and from where on numbers are no sectors.
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const NO_SECTOR: u32 = 0xFFFF_FFFA;

/// A sector of a table, and what no sector is.
const TABLE_SECTOR: u32 = 0xFFFF_FFFD;
const FREE: u32 = 0xFFFF_FFFF;

/// Streams shorter than this stand in the small sectors.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;

/// The sectors of the files that are written here.
const SECTOR: usize = 4096;

/// A compound file that is read.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    /// The streams, and first the root, which holds the small sectors.
    streams: Vec<Stream>,
}

/// A stream: its name, its first sector and its length.
struct Stream {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    /// Reads the tables and the directory; `None` when they are damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self { bytes, sector, table: Vec::new(), small_table: Vec::new(), streams: Vec::new() };
        let most = bytes.len() / sector;
        let mut of_table: Vec<u32> = (0..109).filter_map(|place| u32_at(bytes, 76 + 4 * place)).collect();
        let mut next = u32_at(bytes, 68)?;
        for _ in 0..most {
            if next >= NO_SECTOR {
                break;
            }
            let mut numbers = file.numbers(next)?;
            next = numbers.pop()?;
            of_table.append(&mut numbers);
        }
        for place in of_table.into_iter().filter(|place| *place < NO_SECTOR) {
            let numbers = file.numbers(place)?;
            file.table.extend(numbers);
            if file.table.len() > most.saturating_add(sector) {
                break;
            }
        }
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        file.streams = directory.as_chunks::<128>().0.iter().filter_map(|entry| stream(entry, sector)).collect();
        let small = file.chain(u32_at(bytes, 60)?, usize::MAX).unwrap_or_default();
        file.small_table = numbers(&small);
        Some(file)
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|stream| stream.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream; `None` when there is none, or when it is damaged.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let stream = self.streams.iter().find(|stream| stream.name.eq_ignore_ascii_case(name))?;
        if stream.length >= SMALL_STREAM {
            return self.chain(stream.start, stream.length);
        }
        let root = self.streams.first()?;
        let small = self.chain(root.start, root.length)?;
        let sectors = follow(stream.start, &self.small_table, stream.length.div_ceil(SMALL_SECTOR))?;
        let mut bytes = Vec::new();
        for place in sectors {
            let start = size(place).checked_mul(SMALL_SECTOR)?;
            bytes.extend_from_slice(small.get(start..start.checked_add(SMALL_SECTOR)?)?);
        }
        bytes.truncate(stream.length);
        Some(bytes)
    }

    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let most = length.div_ceil(self.sector).min(self.bytes.len() / self.sector + 1);
        let mut bytes = Vec::new();
        for place in follow(start, &self.table, most)? {
            bytes.extend_from_slice(self.at(place)?);
        }
        if length < usize::MAX && bytes.len() < length {
            return None;
        }
        bytes.truncate(length);
        Some(bytes)
    }

    /// A sector; the last one of a file may be cut short.
    fn at(&self, place: u32) -> Option<&'a [u8]> {
        let start = size(place).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    fn numbers(&self, place: u32) -> Option<Vec<u32>> {
        self.at(place).map(numbers)
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

/// The sectors of a chain, at most so many: `None` when it leads out of the table.
fn follow(start: u32, table: &[u32], most: usize) -> Option<Vec<u32>> {
    let mut sectors = Vec::new();
    let mut next = start;
    while next < NO_SECTOR && sectors.len() < most.min(table.len()) {
        sectors.push(next);
        next = *table.get(size(next))?;
    }
    Some(sectors)
}

fn stream(entry: &[u8], sector: usize) -> Option<Stream> {
    let kind = *entry.get(66)?;
    let units = entry.get(..64)?.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
    let name = char::decode_utf16(units.take_while(|unit| *unit != 0)).filter_map(Result::ok).collect();
    let high = if sector == SECTOR { u32_at(entry, 124)? } else { 0 };
    let length = if high == 0 { size(u32_at(entry, 120)?) } else { usize::MAX - 1 };
    matches!(kind, 2 | 5).then_some(Stream { name, start: u32_at(entry, 116)?, length })
}

/// A compound file that holds one stream.
pub(super) fn holding(name: &str, content: &[u8]) -> Option<Vec<u8>> {
    let sectors = content.len().div_ceil(SECTOR).max(1);
    let of_table = (sectors + 1).div_ceil(SECTOR / 4 - 1);
    let number = |count: usize| u32::try_from(count).ok();
    let (first, tables) = (number(of_table + 1)?, number(of_table)?);
    let mut header = COMPOUND.to_vec();
    header.resize(24, 0);
    // Versions, order of bytes, sizes of sectors.
    header.extend([0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0]);
    header.resize(40, 0);
    // One sector of the directory behind the table, no small sectors, no further table of tables.
    for count in [1, tables, tables, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0] {
        header.extend(count.to_le_bytes());
    }
    for place in 0..109 {
        header.extend(if place < tables { place } else { FREE }.to_le_bytes());
    }
    header.resize(SECTOR, 0);
    let mut bytes = header;
    let last = first.checked_add(number(sectors)?)?;
    for place in 0..number(of_table * (SECTOR / 4))? {
        let next = match place {
            _ if place < tables => TABLE_SECTOR,
            _ if place == tables || place.checked_add(1) == Some(last) => END_OF_CHAIN,
            _ if place < last => place.checked_add(1)?,
            _ => FREE,
        };
        bytes.extend(next.to_le_bytes());
    }
    // The root must begin somewhere for the library, though it holds nothing.
    for (name, kind, child, start, length) in
        [("Root Entry", 5, 1, 0, 0), (name, 2, FREE, first, number(sectors * SECTOR)?)]
    {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let name_bytes = u16::try_from(entry.len() + 2).ok()?;
        entry.resize(64, 0);
        entry.extend(name_bytes.to_le_bytes());
        entry.extend([kind, 1]);
        for number in [FREE, FREE, child] {
            entry.extend(number.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(length.to_le_bytes());
        entry.resize(128, 0);
        bytes.extend(entry);
    }
    bytes.resize(SECTOR * (of_table + 2), 0);
    bytes.extend_from_slice(content);
    bytes.resize(SECTOR * (of_table + 2 + sectors), 0);
    Some(bytes)
}
