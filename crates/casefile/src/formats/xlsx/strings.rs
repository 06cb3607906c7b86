//! Text in a workbook: the strings that cells share, without their phonetic guides, and the escapes that
//! stand for characters XML does not allow.

use std::borrow::Cow;

use quick_xml::events::Event;

use crate::formats::xml;

/// The shared strings, end to end.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    pub(super) fn read(text: &str) -> Self {
        let mut strings = Strings::default();
        let mut reader = xml::reader(text);
        let (mut in_text, mut phonetic) = (false, false);
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) => match e.local_name().as_ref() {
                    "t" => in_text = !phonetic,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Ok(Event::End(e)) => match e.local_name().as_ref() {
                    "t" => in_text = false,
                    "rPh" => phonetic = false,
                    "si" => strings.ends.push(strings.text.len()),
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return strings,
                Ok(event) if in_text => xml::characters(&event, &mut strings.text),
                Ok(_) => {}
            }
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

/// Text with `_x000D_` and its like put back into characters.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        match code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escaped_characters() {
        assert_eq!(unescaped("a_x000D_b_x"), "a\rb_x");
        assert_eq!(unescaped("_x005F_x0041_"), "_x0041_");
    }
}
