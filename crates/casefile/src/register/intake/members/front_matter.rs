//! The head of a member's file: `---`, lines of `key: value`, and `---`. What the published files use of YAML is
//! read (quotes, values that go on indented), and nothing else is.

use std::collections::BTreeMap;

use super::Member;
use crate::register::RegisterError;

/// The organisation of a file.
pub(super) fn front_matter(name: &str, bytes: &[u8]) -> Result<Member, RegisterError> {
    let fault = |line: usize, problem: &str, hint: &str| {
        Err(RegisterError::at(format!("{name}, line {line}"), problem, hint))
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return fault(1, "it is not in UTF-8", "save it as UTF-8");
    };
    let mut lines = text.lines().enumerate();
    if lines.next().is_none_or(|(_, l)| l.trim_end() != "---") {
        return fault(
            1,
            "it does not begin with ---",
            "give the members' files as they are published",
        );
    }
    let mut fields: BTreeMap<&str, String> = BTreeMap::new();
    let mut last = "";
    let mut closed = false;
    for (n, line) in lines {
        if line.trim_end() == "---" {
            closed = true;
            break;
        }
        match line.split_once(':') {
            _ if line.contains('\0') => {
                return fault(n + 1, "there is a NUL character in it", "take it out");
            }
            // An indented line goes on with the value before it.
            _ if line.starts_with(' ') => {
                let value = fields.entry(last).or_default();
                *value = format!("{value} {}", line.trim());
            }
            Some((key, value)) => {
                last = key.trim();
                fields.insert(
                    last,
                    value.trim().trim_start_matches('>').trim_start_matches('-').to_owned(),
                );
            }
            None if line.trim().is_empty() => {}
            None => return fault(n + 1, "it is no `key: value`", "correct the line"),
        }
    }
    if !closed {
        return fault(1, "its `---` is not closed", "end its head with a line of ---");
    }
    let field = |key: &str| unquoted(fields.get(key).map_or("", String::as_str));
    let stem = name.trim_end_matches(".md").to_owned();
    if field("name").is_empty() {
        return fault(1, "it names no organisation", "write a line `name: …`");
    }
    Ok(Member {
        stem,
        name: field("name"),
        acronym: field("acronym"),
        country: field("country"),
        is_member: field("is_member"),
        networks: field("regional_network"),
        website: field("website"),
        place: name.to_owned(),
    })
}

/// A value without the quotes around it.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    let within = |q: char| text.strip_prefix(q).and_then(|t| t.strip_suffix(q));
    match (within('\''), within('"')) {
        (Some(t), _) => t.replace("''", "'"),
        (_, Some(t)) => t.replace("\\\"", "\""),
        // YAML's words for nothing.
        _ if ["null", "~"].contains(&text) => String::new(),
        _ => text.to_owned(),
    }
}
