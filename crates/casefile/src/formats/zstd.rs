//! Zstandard: one compressed file, perhaps of several frames.

use ruzstd::decoding::StreamingDecoder;

use super::{Format, Item, ReadError, Session};

pub(super) const FORMAT: Format =
    Format { name: "zstd", marked: |data| data.starts_with(b"\x28\xb5\x2f\xfd"), read };

fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let mut rest = item.data.as_slice();
    let mut data = Vec::new();
    while !rest.is_empty() {
        let frame = StreamingDecoder::new(&mut rest).map_err(|e| {
            item.error(format!("it cannot be unpacked: {e}"), "download or copy the file again")
        })?;
        data.append(&mut session.unpack(&item, 0, frame)?);
    }
    super::read_item(item.within(FORMAT.name, None, data), session)
}
