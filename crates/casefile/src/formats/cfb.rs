//! Compound files: the file system inside an `.xls`. Only what is needed to find one stream.
//!
//! Every chain of sectors is followed for at most as many steps as the file has sectors, so a chain that
//! bites its tail ends.

use std::collections::HashSet;

/// The mark of a compound file.
pub(super) const MARK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Sector numbers from here on are no sectors.
const RESERVED: u32 = 0xffff_fffa;

/// Streams shorter than this are in the small sectors.
const SMALL_STREAM: usize = 4096;

/// Bytes of a small sector.
const SMALL_SECTOR: usize = 64;

/// A compound file.
pub(super) struct CompoundFile<'d> {
    data: &'d [u8],
    sector: usize,
    next: Vec<u32>,
    small_next: Vec<u32>,
    small: Vec<u8>,
    directory: Vec<u8>,
}

/// A number in the file.
fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

/// A number in the file.
fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl<'d> CompoundFile<'d> {
    /// Opens a file; `None` when it is damaged.
    pub(super) fn open(data: &'d [u8]) -> Option<Self> {
        let shift = u16_at(data, 30)?;
        if !data.starts_with(MARK) || !matches!(shift, 9 | 12) {
            return None;
        }
        let mut file = CompoundFile {
            data,
            sector: 1 << shift,
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            directory: Vec::new(),
        };
        file.next = file.sector_table()?;
        file.directory = file.chain(u32_at(data, 48)?, usize::MAX)?;
        let small_table = file.chain(u32_at(data, 60)?, usize::MAX).unwrap_or_default();
        file.small_next = numbers(&small_table);
        let (start, length) = file.entry(0)?;
        file.small = file.chain(start, length).unwrap_or_default();
        Some(file)
    }

    /// The bytes of a sector; the last may be cut off.
    fn sector(&self, number: u32) -> Option<&'d [u8]> {
        let start = index(number).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.data.len());
        self.data.get(start..end).filter(|s| !s.is_empty())
    }

    /// The table that says which sector follows which.
    fn sector_table(&self) -> Option<Vec<u32>> {
        let mut sectors = numbers(self.data.get(76..512)?);
        let mut more = u32_at(self.data, 68)?;
        let mut seen = HashSet::new();
        while more < RESERVED {
            if !seen.insert(more) {
                return None;
            }
            let mut list = numbers(self.sector(more)?);
            more = list.pop()?;
            sectors.append(&mut list);
        }
        let mut table = Vec::new();
        let mut used = HashSet::new();
        for number in sectors.into_iter().filter(|s| *s < RESERVED) {
            if !used.insert(number) {
                return None;
            }
            table.extend(numbers(self.sector(number)?));
        }
        Some(table)
    }

    /// The bytes of a chain of sectors, at most `length` of them.
    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut number = start;
        for _ in 0..=self.data.len() / self.sector {
            if number >= RESERVED || bytes.len() >= length {
                bytes.truncate(length);
                return Some(bytes);
            }
            bytes.extend_from_slice(self.sector(number)?);
            number = *self.next.get(index(number))?;
        }
        None
    }

    /// The bytes of a chain of small sectors.
    fn small_chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut number = start;
        for _ in 0..=self.small.len() / SMALL_SECTOR {
            if number >= RESERVED || bytes.len() >= length {
                bytes.truncate(length);
                return Some(bytes);
            }
            let at = index(number).checked_mul(SMALL_SECTOR)?;
            let end = at.checked_add(SMALL_SECTOR)?.min(self.small.len());
            bytes.extend_from_slice(self.small.get(at..end)?);
            number = *self.small_next.get(index(number))?;
        }
        None
    }

    /// Start and length of the directory's entry.
    fn entry(&self, number: usize) -> Option<(u32, usize)> {
        let entry = self.directory.get(number * 128..(number + 1) * 128)?;
        Some((u32_at(entry, 116)?, index(u32_at(entry, 120)?)))
    }

    /// The bytes of a stream by its name.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let fits = |e: &[u8]| {
            e.get(..wanted.len() + 2)
                .is_some_and(|n| n.starts_with(&wanted) && n.ends_with(&[0, 0]))
        };
        let number = self.directory.chunks(128).position(fits)?;
        let (start, length) = self.entry(number)?;
        if length < SMALL_STREAM {
            self.small_chain(start, length)
        } else {
            self.chain(start, length)
        }
    }
}

/// A table of numbers.
fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|c| u32_at(c, 0)).collect()
}
