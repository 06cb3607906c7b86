//! `glassurn register judge`: the answer to one question about a record.

use glassurn_casefile::register::Kind;

use super::act;
use crate::{
    exit_code::Exit,
    failure::Done,
    flags::register::{JudgeArgs, RegisterArgs},
    terminal,
};

/// Records the answer with what it rests on; an earlier answer by the same person is replaced.
pub(crate) fn run(args: &RegisterArgs, own: &JudgeArgs) -> Done {
    let mut store = args.store()?;
    let (item, answer) = &own.answer;
    let author = args.author();
    let mut name = String::new();
    let act = act("judge", format!("{}: {item}={answer}", own.record));
    args.write(&mut store, act, |now| {
        let subject = now.locate(&own.record)?.1.id.clone();
        let key = [
            ("subject", &*subject),
            ("scheme", &own.scheme),
            ("item", item),
            ("assessor", &author.by),
        ];
        let value = [
            ("answer", answer.as_str()),
            ("evidence", &own.evidence),
            ("note", &own.note),
            ("date", author.at.get(..10).unwrap_or_default()),
        ];
        let cells = |given: &[(&str, &str)]| {
            given.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect::<Vec<_>>()
        };
        let sheet = now.sheet(Kind::Assessment);
        let earlier = sheet.and_then(|s| {
            s.rows.iter().find(|r| key.iter().all(|(column, value)| s.cell(r, column) == *value))
        });
        if let Some(earlier) = earlier {
            name = earlier.id.clone();
            return now.editing(&format!("assessment/{name}"), cells(&value));
        }
        let (id, change) = now.adding(Kind::Assessment, [cells(&key), cells(&value)].concat())?;
        name = id;
        Ok(change)
    })?;
    terminal::print(&name)?;
    Ok(Exit::Done)
}
