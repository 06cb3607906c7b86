//! Strings of BIFF8: one or two bytes a character, perhaps spread over several records.

/// A string with a length of two bytes, as labels and formats have it.
pub(super) fn string(data: &[u8]) -> Option<String> {
    Segments::new(vec![data]).string()
}

/// A string with a length of one byte, as names of sheets have it.
pub(super) fn short_string(data: &[u8]) -> Option<String> {
    let mut segments = Segments::new(vec![data]);
    let length = segments.byte()?;
    let flags = segments.byte()?;
    segments.characters(usize::from(length), flags)
}

/// Bytes spread over records. A string that goes on in the next record begins there with new flags.
pub(super) struct Segments<'s> {
    parts: Vec<&'s [u8]>,
    part: usize,
    at: usize,
}

/// The flag of two bytes a character.
const WIDE: u8 = 1;

impl<'s> Segments<'s> {
    pub(super) fn new(parts: Vec<&'s [u8]>) -> Self {
        Segments { parts, part: 0, at: 0 }
    }

    /// The rest of the current record; goes on to the next at its end.
    fn rest(&mut self) -> &'s [u8] {
        loop {
            let Some(part) = self.parts.get(self.part) else { return &[] };
            match part.get(self.at..) {
                Some(rest) if !rest.is_empty() => return rest,
                _ => {
                    self.part += 1;
                    self.at = 0;
                }
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.rest().first()?;
        self.at += 1;
        Some(byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 {
            let step = self.rest().len().min(count);
            if step == 0 {
                return;
            }
            self.at += step;
            count -= step;
        }
    }

    /// All strings of the shared table, as far as they are whole.
    pub(super) fn strings(mut self) -> Vec<String> {
        self.skip(8);
        std::iter::from_fn(|| self.string()).collect()
    }

    /// A string with its formatting, which is passed over.
    fn string(&mut self) -> Option<String> {
        let length = self.u16()?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { usize::from(self.u16()?) * 4 } else { 0 };
        let more = if flags & 4 != 0 {
            let [low, high] = [self.u16()?, self.u16()?].map(usize::from);
            low + (high << 16)
        } else {
            0
        };
        let string = self.characters(usize::from(length), flags)?;
        self.skip(runs.saturating_add(more));
        Some(string)
    }

    /// So many characters.
    fn characters(&mut self, mut count: usize, mut flags: u8) -> Option<String> {
        let mut string = String::new();
        let mut units = Vec::new();
        while count > 0 {
            if self.at_end_of_part() {
                self.rest();
                flags = self.byte()?;
            }
            let width = if flags & WIDE != 0 { 2 } else { 1 };
            let rest = self.rest();
            let step = (rest.len() / width).min(count);
            if step == 0 {
                return None;
            }
            let bytes = &rest[..step * width];
            if width == 2 {
                units.extend(bytes.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])));
            } else {
                units.extend(bytes.iter().map(|b| u16::from(*b)));
            }
            self.at += step * width;
            count -= step;
        }
        string.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        Some(string)
    }

    /// Whether the current record has ended and another follows.
    fn at_end_of_part(&self) -> bool {
        self.parts.get(self.part).is_none_or(|p| self.at >= p.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_go_on_in_the_next_record() {
        // Two strings: `abc` cut after `a` and gone on in two bytes a character, then `я`.
        let first = [0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, b'a'];
        let second = [1, b'b', 0, b'c', 0, 1, 0, 1, 0x4f, 0x04];
        assert_eq!(Segments::new(vec![&first, &second]).strings(), ["abc", "я"]);
    }

    #[test]
    fn formatting_is_passed_over() {
        let data = [1, 0, 8, 1, 0, b'x', 9, 9, 9, 9, 1, 0, 0, b'y'];
        let mut segments = Segments::new(vec![&data]);
        assert_eq!((segments.string().unwrap(), segments.string().unwrap()), ("x".into(), "y".into()));
        assert_eq!(segments.string(), None);
    }

    #[test]
    fn cut_off_strings_are_none() {
        assert_eq!(string(&[5, 0, 0, b'a']), None);
        assert_eq!(short_string(&[1, 1, b'a']), None);
    }
}
