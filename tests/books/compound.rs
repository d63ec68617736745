//! A compound file (MS-CFB) with one stream: in sectors of 512 bytes, in small ones where the stream is short.

const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

/// The file with a stream of this name and content.
pub(crate) fn compound(name: &str, content: &[u8]) -> Vec<u8> {
    let is_small = content.len() < 4096;
    let sectors = content.len().div_ceil(512).max(1);
    // The table, the directory, the table of small sectors, then the content or the sectors that hold the small ones.
    let tables = (sectors + 3).div_ceil(127);
    let [first, count] = [tables + 2, tables].map(|number| u32::try_from(number).unwrap());
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(24, 0);
    bytes.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    bytes.resize(44, 0);
    let small_table = if is_small { [count + 1, 1] } else { [END, 0] };
    for number in [count, count, 0, 4096, small_table[0], small_table[1], END, 0] {
        bytes.extend(number.to_le_bytes());
    }
    (0..109_u32).for_each(|place| bytes.extend(if place < count { place } else { FREE }.to_le_bytes()));
    let last = first + u32::try_from(sectors).unwrap() - 1;
    for place in 0..count * 128 {
        let next = match place {
            _ if place < count => 0xFFFF_FFFD,
            _ if place == count || place == count + 1 || place == last => END,
            _ if place < last => place + 1,
            _ => FREE,
        };
        bytes.extend(next.to_le_bytes());
    }
    let length = u32::try_from(content.len()).unwrap();
    let root = if is_small { (first, u32::try_from(sectors * 512).unwrap()) } else { (END, 0) };
    let stream = (if is_small { 0 } else { first }, length);
    for (name, kind, (start, length)) in [("Root Entry", 5_u8, root), (name, 2, stream)] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let name_bytes = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(name_bytes.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([0xFF; 8]);
        entry.extend(if kind == 5 { 1 } else { FREE }.to_le_bytes());
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(length.to_le_bytes());
        entry.resize(128, 0);
        bytes.extend(entry);
    }
    bytes.resize(bytes.len() + 256, 0);
    let small = if is_small { content.len().div_ceil(64) } else { 0 };
    for place in 0..128 {
        let next = if place + 1 < small { u32::try_from(place + 1).unwrap() } else { END };
        bytes.extend(if place < small { next } else { FREE }.to_le_bytes());
    }
    bytes.extend(content);
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}
