//! Strings in quotes: borrowed where nothing is escaped.

use std::borrow::Cow;

use super::{Fault, Parser};

impl<'t> Parser<'t> {
    pub(super) fn string(&mut self) -> Result<Cow<'t, str>, Fault> {
        self.at += 1;
        let start = self.at;
        let rest = &self.text[start..];
        match rest.bytes().position(|b| b == b'"' || b == b'\\') {
            Some(length) if rest.as_bytes()[length] == b'"' => {
                self.at += length + 1;
                Ok(Cow::Borrowed(&rest[..length]))
            }
            Some(_) => self.escaped().map(Cow::Owned),
            None => self.fault("a quote opens here and is never closed"),
        }
    }

    /// A string with escapes, from after its opening quote.
    fn escaped(&mut self) -> Result<String, Fault> {
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.bytes().position(|b| b == b'"' || b == b'\\') else {
                return self.fault("a quote opens here and is never closed");
            };
            string.push_str(&rest[..length]);
            self.at += length + 1;
            if rest.as_bytes()[length] == b'"' {
                return Ok(string);
            }
            string.push(self.escape()?);
        }
    }

    /// The character after a backslash.
    fn escape(&mut self) -> Result<char, Fault> {
        let Some(letter) = self.peek() else { return self.fault("the text ends in an escape") };
        self.at += 1;
        Ok(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return self.fault("this escape does not exist"),
        })
    }

    /// `\uXXXX`, perhaps the first of a pair; half a pair becomes the replacement character.
    fn unicode(&mut self) -> Result<char, Fault> {
        let unit = self.unit()?;
        if !(0xd800..0xdc00).contains(&unit) || !self.text[self.at..].starts_with("\\u") {
            return Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        self.at += 2;
        let second = self.unit()?;
        let pair = 0x10000 + ((unit - 0xd800) << 10) + (second & 0x3ff);
        let pair = (0xdc00..0xe000).contains(&second).then_some(pair).and_then(char::from_u32);
        Ok(pair.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(unit) = digits.and_then(|d| u32::from_str_radix(d, 16).ok()) else {
            return self.fault("four hexadecimal digits were expected");
        };
        self.at += 4;
        Ok(unit)
    }
}
