//! Values as text again.

use super::Value;

/// Writes a value as compact JSON, for cells that hold a list.
pub(in super::super) fn write(value: &Value<'_>, into: &mut String) {
    match value {
        Value::Null => into.push_str("null"),
        Value::Bool(b) => into.push_str(if *b { "true" } else { "false" }),
        Value::Number(n) => into.push_str(n),
        Value::Text(t) => quote(t, into),
        Value::List(list) => {
            into.push('[');
            for (i, item) in list.iter().enumerate() {
                into.push_str(if i > 0 { "," } else { "" });
                write(item, into);
            }
            into.push(']');
        }
        Value::Record(record) => {
            into.push('{');
            for (i, (name, item)) in record.iter().enumerate() {
                into.push_str(if i > 0 { "," } else { "" });
                quote(name, into);
                into.push(':');
                write(item, into);
            }
            into.push('}');
        }
    }
}

/// Writes a string with its quotes.
fn quote(text: &str, into: &mut String) {
    into.push_str(&serde_json::Value::from(text).to_string());
}
