//! gzip: one compressed file, perhaps of several parts.

use flate2::read::MultiGzDecoder;

use super::{Format, Item, ReadError, Session};

pub(super) const FORMAT: Format =
    Format { name: "gzip", marked: |data| data.starts_with(&[0x1f, 0x8b, 0x08]), read };

fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let data = session.unpack(&item, 0, MultiGzDecoder::new(item.data.as_slice()))?;
    let print = super::place::sha256(&data);
    let mut inside = item.within(FORMAT.name, None, data);
    inside.prints.push(print);
    super::read_item(inside, session)
}
