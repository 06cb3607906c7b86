//! xz: one compressed file.

use lzma_rust2::XzReader;

use super::{Format, Item, ReadError, Session};

pub(super) const FORMAT: Format =
    Format { name: "xz", marked: |data| data.starts_with(b"\xfd7zXZ\0"), read };

/// The most memory its dictionary may take, in KiB; `xz -9` needs 64 MiB.
const DICTIONARY: u32 = 128 << 10;

fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let packed = XzReader::new_mem_limit(item.data.as_slice(), true, DICTIONARY);
    let data = session.unpack(&item, 0, packed)?;
    super::read_item(item.within(FORMAT.name, None, data), session)
}
