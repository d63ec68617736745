//! A zip container whose members are stored as they are: all that a workbook needs.

use crate::model::crc32::crc32;

/// A container that is being written.
#[derive(Default)]
pub(super) struct Container {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    members: u16,
}

/// Version 2.0 of the format, and the flag that says names are UTF-8.
const VERSION: u16 = 20;
const UTF8: u16 = 1 << 11;
/// 1 January 1980, midnight: a file is the same whenever it is written.
const TIME: u16 = 0;
const DATE: u16 = (1 << 5) | 1;

impl Container {
    /// Adds a member.
    ///
    /// # Errors
    /// When the container would be larger than the format can say (4 GiB).
    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> Result<(), &'static str> {
        const TOO_LARGE: &str = "the workbook would be larger than 4 GiB";
        let size = u32::try_from(content.len()).map_err(|_| TOO_LARGE)?;
        let index = u32::try_from(self.bytes.len()).map_err(|_| TOO_LARGE)?;
        let name_size = u16::try_from(name.len()).map_err(|_| TOO_LARGE)?;
        // What the entry and the directory say alike: version, flags, method, time, date, checksum, sizes, lengths.
        let mut common = Vec::new();
        for half in [VERSION, UTF8, 0, TIME, DATE] {
            common.extend(half.to_le_bytes());
        }
        for whole in [crc32(0, content), size, size] {
            common.extend(whole.to_le_bytes());
        }
        common.extend(name_size.to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&common);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(content);
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(&common);
        // No comment, disk 0, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(index.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.members = self.members.saturating_add(1);
        Ok(())
    }

    /// The whole container.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let index = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let size = u32::try_from(self.directory.len()).unwrap_or(u32::MAX);
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06");
        self.bytes.extend([0; 4]);
        self.bytes.extend(self.members.to_le_bytes());
        self.bytes.extend(self.members.to_le_bytes());
        self.bytes.extend(size.to_le_bytes());
        self.bytes.extend(index.to_le_bytes());
        self.bytes.extend([0; 2]);
        self.bytes
    }
}
