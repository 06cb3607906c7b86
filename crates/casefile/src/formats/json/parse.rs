//! JSON into values that borrow from the text. Numbers keep their text: `1.50` and counts beyond 2⁵³
//! arrive as they were written.

use std::borrow::Cow;

mod text;
mod write;

pub(super) use write::write;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    Text(Cow<'t, str>),
    List(Vec<Value<'t>>),
    Record(Vec<(Cow<'t, str>, Value<'t>)>),
}

/// What is wrong, and at which byte.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) what: &'static str,
    pub(super) at: usize,
}

/// Values inside each other.
const DEPTH: usize = 64;

/// Values of one text; each takes about 60 bytes.
const VALUES: usize = 16_000_000;

/// Reads all values of a text: one, or one after another (JSON Lines).
pub(super) fn parse(text: &str) -> Result<Vec<Value<'_>>, Fault> {
    let mut parser = Parser { text, at: 0, values: 0 };
    let mut values = Vec::new();
    parser.blank();
    while parser.at < text.len() {
        values.push(parser.value(0)?);
        parser.blank();
        // Some writers put commas between the lines.
        if parser.peek() == Some(b',') && !values.is_empty() {
            parser.at += 1;
            parser.blank();
        }
    }
    Ok(values)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    values: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fault<T>(&self, what: &'static str) -> Result<T, Fault> {
        Err(Fault { what, at: self.at })
    }

    fn value(&mut self, depth: usize) -> Result<Value<'t>, Fault> {
        self.values += 1;
        if self.values > VALUES {
            return self.fault("more than 16 million values");
        }
        if depth > DEPTH {
            return self.fault("values inside values go deeper than 64 levels");
        }
        match self.peek() {
            Some(b'{') => self.record(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Value::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'N') => self.word("NaN", Value::Null),
            None => self.fault("the text ends inside a value; was it cut off?"),
            Some(_) => self.fault("a value was expected"),
        }
    }

    fn word(&mut self, word: &str, value: Value<'t>) -> Result<Value<'t>, Fault> {
        if !self.text[self.at..].starts_with(word) {
            return self.fault("a value was expected");
        }
        self.at += word.len();
        Ok(value)
    }

    fn list(&mut self, depth: usize) -> Result<Value<'t>, Fault> {
        let mut list = Vec::new();
        self.at += 1;
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(list));
        }
        loop {
            self.blank();
            list.push(self.value(depth + 1)?);
            if self.end_of(b']')? {
                return Ok(Value::List(list));
            }
        }
    }

    fn record(&mut self, depth: usize) -> Result<Value<'t>, Fault> {
        let mut record = Vec::new();
        self.at += 1;
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Record(record));
        }
        loop {
            self.blank();
            if self.peek() != Some(b'"') {
                return self.fault("a name in quotes was expected");
            }
            let name = self.string()?;
            self.blank();
            if self.peek() != Some(b':') {
                return self.fault("a colon was expected");
            }
            self.at += 1;
            self.blank();
            record.push((name, self.value(depth + 1)?));
            if self.end_of(b'}')? {
                return Ok(Value::Record(record));
            }
        }
    }

    /// After an element: true at the closing bracket, false after a comma.
    fn end_of(&mut self, bracket: u8) -> Result<bool, Fault> {
        self.blank();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(false)
            }
            Some(b) if b == bracket => {
                self.at += 1;
                Ok(true)
            }
            None => self.fault("the text ends inside a value; was it cut off?"),
            Some(_) => self.fault("a comma or closing bracket was expected"),
        }
    }

    fn number(&mut self) -> Result<Value<'t>, Fault> {
        let rest = &self.text[self.at..];
        let part = |b: u8| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.bytes().position(|b| !part(b)).unwrap_or(rest.len());
        let number = &rest[..length];
        if number.parse::<f64>().is_err() {
            return self.fault("this is no number");
        }
        self.at += length;
        Ok(Value::Number(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_text() {
        let values = parse("[1.50, 9007199254740993, 1e3, -0]").unwrap();
        let numbers = ["1.50", "9007199254740993", "1e3", "-0"].map(Value::Number).to_vec();
        assert_eq!(values, [Value::List(numbers)]);
    }

    #[test]
    fn faults_say_where() {
        assert_eq!(parse("[1,\n2").unwrap_err().at, 5);
        assert_eq!(parse(r#"{"a" 1}"#).unwrap_err().what, "a colon was expected");
        assert!(parse(&"[".repeat(1_000_000)).unwrap_err().what.contains("deeper"));
    }

    /// The same value as the other implementation makes of it.
    fn to_serde(value: &Value<'_>) -> serde_json::Value {
        match value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(b) => (*b).into(),
            Value::Number(n) => serde_json::from_str(n).unwrap(),
            Value::Text(t) => t.as_ref().into(),
            Value::List(l) => l.iter().map(to_serde).collect::<Vec<_>>().into(),
            Value::Record(r) => r.iter().map(|(n, v)| (n.to_string(), to_serde(v))).collect(),
        }
    }

    #[test]
    fn agrees_with_serde_json() {
        use proptest::prelude::*;
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<String>().prop_map(Into::into),
        ];
        let tree = leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
                prop::collection::vec((any::<String>(), inner), 0..5)
                    .prop_map(|r| r.into_iter().collect::<serde_json::Value>()),
            ]
        });
        proptest!(|(value in tree, pretty: bool)| {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            let ours = parse(&text).unwrap();
            prop_assert_eq!(ours.iter().map(to_serde).collect::<Vec<_>>(), [value]);
            let mut again = String::new();
            write(&ours[0], &mut again);
            prop_assert_eq!(parse(&again).unwrap(), ours);
        });
    }
}
