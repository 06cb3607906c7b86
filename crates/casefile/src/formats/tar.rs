//! tar: files one after the other.

use ::tar::Archive;

use super::{Format, Item, ReadError, Session};

pub(super) const FORMAT: Format = Format { name: "tar", marked, read };

/// Bytes of a member's header.
const HEADER: usize = 512;

/// Whether the first header's checksum is right; only newer archives have a mark.
fn marked(data: &[u8]) -> bool {
    let Some(header) = data.get(..HEADER) else { return false };
    let written = header[148..156].iter().filter(|b| b.is_ascii_digit());
    let written = written.fold(0_u32, |sum, b| sum.wrapping_mul(8).wrapping_add(u32::from(b - b'0')));
    let byte = |(i, b): (usize, &u8)| u32::from(if (148..156).contains(&i) { b' ' } else { *b });
    header[0] != 0 && header.iter().enumerate().map(byte).sum::<u32>() == written
}

fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let mut members = Vec::new();
    let mut archive = Archive::new(item.data.as_slice());
    let damaged = |e: std::io::Error| {
        item.error(
            format!("the archive is damaged or cut off: {e}"),
            "download or copy the file again; its size should match the publisher's",
        )
    };
    for entry in archive.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        if entry.header().entry_type().is_file() {
            session.count_member(&item)?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            members.push((name, entry.raw_file_position(), entry.size()));
        }
    }
    members.sort();
    for (name, start, size) in members {
        let part = span(&item.data, start, size).ok_or_else(|| {
            item.error(format!("the archive is cut off inside `{name}`"), "download or copy the file again")
        })?;
        let data = session.unpack(&item, size, part)?;
        session.member(item.within(FORMAT.name, Some(&name), data))?;
    }
    Ok(())
}

/// A member's bytes, where the archive has them all.
fn span(data: &[u8], start: u64, size: u64) -> Option<&[u8]> {
    let end = usize::try_from(start.checked_add(size)?).ok()?;
    data.get(usize::try_from(start).ok()?..end)
}
