//! A written result: which kind it is, what it was made from, and whether two are of one task.

use serde_json::Value;

use crate::{account, examination as examined};

/// Why two results cannot be compared, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct ReadingError {
    /// What is wrong.
    pub problem: String,
    /// What to do next.
    pub hint: String,
}

impl ReadingError {
    fn new(problem: impl Into<String>, hint: &str) -> Self {
        ReadingError { problem: problem.into(), hint: hint.to_owned() }
    }

    pub(super) fn same() -> Self {
        ReadingError::new(
            "nothing differs between the two results, so there is nothing to correct",
            "give the JSON that was published first, then the one that replaces it",
        )
    }
}

/// A result as it was written.
pub(super) struct Written {
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) program: String,
    pub(super) command: String,
    envelope: u64,
    /// Name and SHA-256.
    pub(super) files: Vec<(String, String)>,
    pub(super) settings: Vec<(String, String)>,
    pub(super) value: Value,
}

/// What to do about a file that is no result.
const HINT: &str = "give two files that Glassurn wrote with --json, of the same command";

/// Reads a result; `which` names the file in errors.
pub(super) fn read(bytes: &[u8], which: &str) -> Result<Written, ReadingError> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|e| ReadingError::new(format!("{which} is no JSON: {e}"), HINT))?;
    let text = |v: &Value, key: &str| v[key].as_str().unwrap_or_default().to_owned();
    let account = value["answers"].is_array();
    let examination = value["screens"].is_array() && value["returns"].is_object();
    if !account && !examination {
        let problem =
            format!("{which} is no result of Glassurn: it has neither answers nor screens");
        return Err(ReadingError::new(problem, HINT));
    }
    let known = if account { account::ENVELOPE } else { examined::ENVELOPE };
    let envelope = value["envelope"].as_u64().unwrap_or(0);
    if envelope != u64::from(known) {
        let problem = format!(
            "{which} is written in version {envelope} of its schema; this program reads version {known}"
        );
        let hint =
            "make both results again with one version of the program, and say so in the reason";
        return Err(ReadingError::new(problem, hint));
    }
    let kind = if account { text(&value, "kind") } else { "Examination of returns".to_owned() };
    let title = text(if account { &value } else { &value["returns"] }, "title");
    Ok(Written {
        kind,
        title,
        program: text(&value, "program"),
        command: text(&value, "command"),
        envelope,
        files: files(&value),
        settings: settings(&value["settings"]),
        value,
    })
}

/// Name and SHA-256 of every source, wherever this kind of result keeps them.
fn files(value: &Value) -> Vec<(String, String)> {
    let inputs = value["inputs"].as_array().into_iter().flatten();
    let listed = value["returns"]["sources"]["listed"].as_array();
    let all = inputs.filter_map(|i| i["sources"].as_array()).chain(listed).flatten();
    let of = |s: &Value, key: &str| s[key].as_str().unwrap_or_default().to_owned();
    all.map(|s| (of(s, "name"), of(s, "sha256"))).collect()
}

/// Settings as name and value, from a list of pairs or an object.
fn settings(value: &Value) -> Vec<(String, String)> {
    let shown = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    match value {
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), shown(v))).collect(),
        Value::Array(pairs) => pairs.iter().map(|p| (shown(&p[0]), shown(&p[1]))).collect(),
        _ => Vec::new(),
    }
}

/// Refuses results of different tasks.
pub(super) fn comparable(a: &Written, b: &Written, renamed: bool) -> Result<(), ReadingError> {
    if a.kind != b.kind || a.envelope != b.envelope {
        let problem = format!("the results are of different kinds: `{}` and `{}`", a.kind, b.kind);
        return Err(ReadingError::new(problem, HINT));
    }
    if a.title != b.title && !renamed {
        let problem = format!("the results have different titles: `{}` and `{}`", a.title, b.title);
        let hint = "if they are of the same election and task, say so with --renamed; the notice shows both titles";
        return Err(ReadingError::new(problem, hint));
    }
    Ok(())
}
