//! The table of contents of a zip archive: what its central directory says, and where the bytes of each entry stand.
//!
//! Of the header before each entry only its length counts: the directory alone says what an entry is called, how it is
//! packed and how large it is. Every `None` here is damage.

use std::str;

/// How the records of an archive begin: an entry, an entry of the directory, the end of the directory; and of archives
/// with numbers of 64 bits the end of the directory, and what says where that end stands.
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const END_64: [u8; 4] = *b"PK\x06\x06";
const LOCATOR: [u8; 4] = *b"PK\x06\x07";

/// The bytes of the records at the end, without comment and extensions.
const END_BYTES: usize = 22;
const END_64_BYTES: usize = 56;
const LOCATOR_BYTES: usize = 20;

/// The extra field with the numbers that do not fit into 32 bits.
const WIDE: u16 = 1;

/// What byte 128 and those after it mean in the names of old archives: code page 437.
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// Where the table of contents stands.
pub(super) struct Directory<'a> {
    /// How many entries there should be.
    pub(super) entries: u64,
    /// What stands before the table.
    before: &'a [u8],
    table: &'a [u8],
    /// How many bytes stand before the archive that do not belong to it.
    shift: usize,
}

/// What the table of contents says of an entry.
#[derive(Debug)]
pub(super) struct Member<'a> {
    name: &'a [u8],
    pub(super) encrypted: bool,
    pub(super) method: u16,
    pub(super) crc32: u32,
    /// Its bytes when it is unpacked.
    pub(super) size: u64,
    pub(super) packed: &'a [u8],
    /// Where it begins, with its header, and where it ends.
    place: (usize, usize),
}

impl<'a> Directory<'a> {
    /// Looks for the end of the table, which says the rest.
    pub(super) fn find(bytes: &'a [u8]) -> Option<Self> {
        let last = bytes.len().checked_sub(END_BYTES)?;
        let first = last.saturating_sub(usize::from(u16::MAX));
        // A comment may hold what looks like an end, and bytes may have been added to a file: the end whose comment
        // leaves the fewest bytes over is the end.
        let (_, at) = (first..=last)
            .rev()
            .filter_map(|at| {
                let comment = Fields::at(bytes, at, END)?.skip(16)?.u16()?;
                Some((last.checked_sub(at)?.checked_sub(usize::from(comment))?, at))
            })
            .min_by_key(|(left_over, _)| *left_over)?;
        let mut end = Fields::at(bytes, at, END)?;
        let mut disks = (u32::from(end.u16()?), u32::from(end.u16()?));
        let (mut here, mut entries) = (u64::from(end.u16()?), u64::from(end.u16()?));
        let (mut size, mut offset) = (end.u32()?.into(), end.u32()?.into());
        let mut after_table = at;
        if let Some((at, end)) = wide_end(bytes, at) {
            // Its size and versions.
            let mut end = end.skip(12)?;
            disks = (end.u32()?, end.u32()?);
            (here, entries) = (end.u64()?, end.u64()?);
            (size, offset) = (end.u64()?, end.u64()?);
            after_table = at;
        }
        let start = after_table.checked_sub(usize::try_from(size).ok()?)?;
        let shift = start.checked_sub(usize::try_from(offset).ok()?)?;
        let (before, table) = bytes.get(..after_table)?.split_at_checked(start)?;
        (disks == (0, 0) && here == entries).then_some(Self { entries, before, table, shift })
    }

    /// What the table says of the entries, in its order.
    pub(super) fn members(&self) -> Option<Vec<Member<'a>>> {
        let mut rest = self.table;
        let mut members = Vec::new();
        for _ in 0..self.entries {
            let (member, after) = self.member(Fields::at(rest, 0, CENTRAL)?)?;
            members.push(member);
            rest = after;
        }
        // An entry within another is how a small archive inflates to a very large one.
        let mut places: Vec<(usize, usize)> = members.iter().map(|member| member.place).collect();
        places.sort_unstable();
        let apart = places.is_sorted_by(|(_, end), (next, _)| end <= next);
        (apart && !rest.starts_with(&CENTRAL)).then_some(members)
    }

    /// What the table says of one entry, and the rest of the table.
    fn member(&self, fields: Fields<'a>) -> Option<(Member<'a>, &'a [u8])> {
        let mut fields = fields.skip(4)?;
        let (flags, method) = (fields.u16()?, fields.u16()?);
        fields = fields.skip(4)?;
        let (crc32, packed, size) = (fields.u32()?, fields.u32()?, fields.u32()?);
        let (name, extra, comment) = (fields.u16()?, fields.u16()?, fields.u16()?);
        // Disks are told at the end of the table; attributes do not matter.
        fields = fields.skip(8)?;
        let start = fields.u32()?;
        let (name, extra) = (fields.take(name.into())?, fields.take(extra.into())?);
        let rest = fields.skip(comment.into())?.0;
        let wide = wide(extra);
        let mut wide_fields = Fields(wide.unwrap_or_default());
        let mut number = |number: u32| match wide {
            Some(_) if number == u32::MAX => wide_fields.u64(),
            _ => Some(number.into()),
        };
        let (size, packed, start) = (number(size)?, number(packed)?, number(start)?);
        let start = usize::try_from(start).ok()?.checked_add(self.shift)?;
        let mut header = Fields::at(self.before, start, LOCAL)?.skip(22)?;
        let (local_name, local_extra) = (header.u16()?, header.u16()?);
        let mut content = header.skip(local_name.into())?.skip(local_extra.into())?;
        let packed = content.take(usize::try_from(packed).ok()?)?;
        let place = (start, self.before.len().checked_sub(content.0.len())?);
        Some((Member { name, encrypted: flags & 1 == 1, method, crc32, size, packed, place }, rest))
    }
}

impl Member<'_> {
    /// Its name: UTF-8, or what packers wrote before that. `/` sets folders apart.
    pub(super) fn name(&self) -> String {
        if let Ok(name) = str::from_utf8(self.name) {
            return name.replace('\\', "/");
        }
        let upper: Vec<char> = CODE_PAGE_437.chars().collect();
        let meant = |byte: &u8| match byte.checked_sub(128) {
            Some(place) => upper.get(usize::from(place)).copied(),
            None if *byte == b'\\' => Some('/'),
            None => Some(char::from(*byte)),
        };
        self.name.iter().filter_map(meant).collect()
    }
}

/// Numbers one after the other, the smallest byte of each first.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    /// What follows on the beginning of a record that must stand at a place.
    fn at(bytes: &'a [u8], place: usize, magic: [u8; 4]) -> Option<Self> {
        bytes.get(place..)?.strip_prefix(&magic).map(Self)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn skip(mut self, length: usize) -> Option<Self> {
        self.take(length).map(|_| self)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }
}

/// The end with numbers of 64 bits and where it stands, if there is one before the end that stands at a place.
fn wide_end(bytes: &[u8], end: usize) -> Option<(usize, Fields<'_>)> {
    let locator = end.checked_sub(LOCATOR_BYTES)?;
    // It says where, but bytes before the archive make that wrong.
    let said = Fields::at(bytes, locator, LOCATOR)?.skip(4)?.u64()?;
    let near = locator.checked_sub(END_64_BYTES);
    near.into_iter().chain(usize::try_from(said)).find_map(|at| Some((at, Fields::at(bytes, at, END_64)?)))
}

/// The extra field with wide numbers, if there is one. What is no field is filling, as some packers leave it.
fn wide(extra: &[u8]) -> Option<&[u8]> {
    let mut fields = Fields(extra);
    loop {
        let (kind, length) = (fields.u16()?, fields.u16()?);
        let content = fields.take(length.into())?;
        if kind == WIDE {
            return Some(content);
        }
    }
}
