//! zip: an archive of files.

use std::io::Cursor;

use ::zip::ZipArchive;

use super::{Format, Item, Limits, ReadError, Session};

pub(super) const FORMAT: Format = Format { name: "zip", marked, read };

/// Whether the data begin as an archive does, an empty one included.
pub(super) fn marked(data: &[u8]) -> bool {
    data.starts_with(b"PK\x03\x04") || data.starts_with(b"PK\x05\x06")
}

fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let mut archive = open(&item, session.limits())?;
    let mut members: Vec<(String, usize)> = (0..archive.len())
        .filter_map(|i| Some((archive.name_for_index(i)?.ok()?.into_owned(), i)))
        .collect();
    members.sort();
    for (name, index) in members {
        if name.ends_with('/') || name.starts_with("__MACOSX/") {
            continue;
        }
        session.count_member(&item)?;
        let entry = archive.by_index(index);
        let entry = entry.map_err(|e| {
            item.error(format!("`{name}` cannot be unpacked: {e}"), "unpack it yourself, then give the folder")
        });
        let data = entry.and_then(|e| session.unpack(&item, e.size(), e));
        match data {
            Ok(data) => session.member(item.within(FORMAT.name, Some(&name), data))?,
            Err(error) if session.exhausted => return Err(error),
            Err(error) => session.note(format!("{}!{name}", item.place()), format!("not read: {}", error.problem)),
        }
    }
    Ok(())
}

/// Opens an archive whose directory is no larger than it may be.
pub(super) fn open<'d>(
    item: &'d Item,
    limits: &Limits,
) -> Result<ZipArchive<Cursor<&'d [u8]>>, ReadError> {
    if entries(&item.data, limits.members) > limits.members {
        let problem = format!("more than {} members in one archive or folder", limits.members);
        return Err(item.error(problem, "give a part of it"));
    }
    ZipArchive::new(Cursor::new(item.data.as_slice())).map_err(|e| {
        item.error(
            format!("the archive is damaged or cut off: {e}"),
            "download or copy the file again; its size should match the publisher's",
        )
    })
}

/// Bytes of the smallest entry of the directory.
const SMALLEST: usize = 46;

/// About how many entries the directory has, counted only where it could be more than `enough`.
fn entries(data: &[u8], enough: usize) -> usize {
    if data.len() / SMALLEST <= enough {
        return 0;
    }
    data.windows(4).filter(|w| w == b"PK\x01\x02").count()
}
