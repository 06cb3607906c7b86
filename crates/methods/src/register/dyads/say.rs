//! The answer of who observed whom.

use glassurn_model::{Answer, Cell, Claim, Measure, Table, Unit, Verdict, register::state_name};

use super::super::{
    attendance,
    say::{self, signed, some},
};
use super::{CONGRATULATED_WITHIN, Direction, Figures, METHOD};

const UNSUPPORTED: &str =
    "That a pair which is not listed did not observe: only the hosts covered were searched, and not to the end.";

pub(super) fn answer(f: &Figures) -> Answer {
    let mut answer = Answer::new(METHOD.code, coverage(f));
    answer.claims.push(headline(f));
    answer.claims.extend(f.mutual.iter().map(|pair| both_ways(f, *pair)));
    answer.measures = measures(f);
    answer.tables = vec![directions(f)];
    answer.notes = notes(f);
    answer
}

fn coverage(f: &Figures) -> String {
    format!("hosts covered: {} ({})", f.hosts.len(), f.hosts.join(", "))
}

fn headline(f: &Figures) -> Claim {
    let headline = format!(
        "{} of sender and host are on record by an attended invitation, {} with delegations that no invitation \
         names; {} observed each other under the same rulers. {}.",
        some(f.pairs(|d| d.by_invitation), "pair", "pairs"),
        f.pairs(|_| true),
        some(f.mutual.len(), "pair of states", "pairs of states"),
        capital(&coverage(f)),
    );
    let base = "recorded attendance by states and organisations, each sender and host once";
    let limits = ["Who attended is on record only where somebody looked: absence here is no absence there."];
    say::claim(Verdict::Recorded, headline, base.to_owned(), &limits, UNSUPPORTED)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

fn both_ways(f: &Figures, (i, j): (usize, usize)) -> Claim {
    let (a, b) = (&f.directions[i], &f.directions[j]);
    let headline = format!("{}; {}.", side(a), side(b));
    let base = format!("records {} and {}", a.records.join(", "), b.records.join(", "));
    let limits = ["The records name the delegations; a verdict is named where one is on record, and only there."];
    let unsupported = "That one visit was given in return for the other, or that a delegation without a verdict on \
        record praised the election.";
    say::claim(Verdict::Recorded, headline, base, &limits, unsupported)
}

/// One direction in words: who attended what, when, what it concluded there, and what followed.
fn side(d: &Direction) -> String {
    let days = match &d.dates {
        Some((first, last)) if first == last => format!(" ({first})"),
        Some((first, last)) => format!(" ({first} to {last})"),
        None => String::new(),
    };
    let said: Vec<String> = d.verdicts.iter().map(|v| signed(f64::from(*v))).collect();
    let said = match said.as_slice() {
        [] => ", without a verdict on record".to_owned(),
        [one] => format!(", and its verdict on record is {one}"),
        more => format!(", and its verdicts on record are {}", more.join(", ")),
    };
    let followed = match d.congratulations.as_slice() {
        [] => String::new(),
        days => format!(", and congratulated ({})", days.join(", ")),
    };
    let (sender, elections, host) = (&d.sender.name, d.named.join(" and "), country(&d.host));
    format!("{sender} attended {elections} in {host}{days}{said}{followed}")
}

fn country(code: &str) -> &str {
    state_name(code).unwrap_or(code)
}

fn measures(f: &Figures) -> Vec<Measure> {
    let plain = |name: &str, symbol, n: usize| Measure::plain(name, symbol, n as f64, Unit::None);
    vec![
        plain("pairs of sender and host by attended invitations", "L", f.pairs(|d| d.by_invitation)),
        plain("the same with delegations that no invitation names", "L₊", f.pairs(|_| true)),
        plain("of these, senders that are states", "L_s", f.pairs(|d| attendance::is_state(&d.sender))),
        plain("pairs of states that observed each other", "L_m", f.mutual.len()),
        plain("hosts covered", "H", f.hosts.len()),
    ]
}

fn directions(f: &Figures) -> Table {
    let columns = [
        "sender", "host", "elections", "first", "last", "verdicts", "congratulated", "returned",
        "sender's rulers", "host's rulers", "records",
    ];
    let returned = |at: usize| f.mutual.iter().any(|(i, j)| *i == at || *j == at);
    let row = |(at, d): (usize, &Direction)| {
        let spell = |s: &Option<String>| say::text(s.as_deref().unwrap_or_default());
        let verdicts: Vec<_> = d.verdicts.iter().map(|v| signed(f64::from(*v))).collect();
        vec![
            Cell::from(d.sender.name.as_str()),
            Cell::from(country(&d.host)),
            Cell::from(d.elections.join(", ")),
            say::text(d.dates.as_ref().map_or("", |d| &d.0)),
            say::text(d.dates.as_ref().map_or("", |d| &d.1)),
            say::text(&verdicts.join(", ")),
            say::text(&d.congratulations.join(", ")),
            Cell::from(if returned(at) { "yes" } else { "none on record" }),
            spell(&d.sender_spell),
            spell(&d.host_spell),
            Cell::from(d.records.join(", ")),
        ]
    };
    let mut order: Vec<usize> = (0..f.directions.len()).collect();
    order.sort_by_key(|at| !returned(*at));
    let rows = order.into_iter().map(|at| row((at, &f.directions[at]))).collect();
    say::table("dyads", format!("Who attended whose elections; {}", coverage(f)), &columns, rows)
}

fn notes(f: &Figures) -> Vec<String> {
    let unknown = f.directions.iter().filter(|d| d.host_spell.is_none() || d.sender_spell.is_none());
    vec![
        format!("{}. A pair that is not listed may have observed all the same.", capital(&coverage(f))),
        format!(
            "A congratulation is listed where its date can lie within {CONGRATULATED_WITHIN} days after the last day of voting."
        ),
        format!(
            "For {} the register does not say who ruled on both sides; visits under different rulers are no one relation.",
            some(unknown.count(), "direction", "directions")
        ),
        format!(
            "{} of states or organisations are on record without a word on whether anybody came.",
            some(f.open_invitations, "invitation", "invitations")
        ),
    ]
}
