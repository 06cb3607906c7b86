//! R110: everything on record about one election.

mod tables;

use glassurn_model::{
    Answer, Claim, Measure, Unit, Verdict,
    register::{Election, Mode, Register},
};

use super::{
    Method,
    observers::Group,
    rated::{self, Rated},
    say::{self, signed, some},
};

#[doc = include_str!("election_sheet.md")]
pub const METHOD: Method = Method {
    code: "R110",
    name: "election-sheet",
    title: "Election sheet",
    doc: include_str!("election_sheet.md"),
};

const UNSUPPORTED: &str = "That the announced result is right or wrong: a claim on record is a claim, whoever made it, \
    and a verdict is its observer's.";

/// The sheet of one election. Refused: an election that is not recorded.
pub fn sheet(register: &Register, id: &str) -> Answer {
    let Some(election) = register.election(id) else {
        return Answer::refused(METHOD.code, id, format!("the register has no election {id}"));
    };
    let rated: Vec<Rated<'_>> =
        rated::all(register).into_iter().filter(|r| r.verdict.election == id).collect();
    let mut answer = Answer::new(METHOD.code, say::election(register, id));
    answer.claims = vec![result(register, election), verdicts(&rated)];
    answer.claims.extend(absences(register, election));
    answer.measures = measures(register, election, &rated);
    answer.tables = tables::all(register, election);
    answer.notes = vec![
        Group::RULE.to_owned(),
        "What is blank is not known; it is neither zero nor no.".to_owned(),
    ];
    if election.grounds.from_memory() {
        answer.notes.push("A part of the election's record is from the compiler's memory: check it before use.".to_owned());
    }
    if !election.grounds.note.is_empty() {
        answer.notes.push(format!("Compiler's note: {}.", election.grounds.note.trim_end_matches('.')));
    }
    answer
}

fn result(register: &Register, election: &Election) -> Claim {
    let others = register.claims.iter().filter(|c| c.election == election.id).count();
    let others = match others {
        0 => "No single claim about the result is on record".to_owned(),
        n => format!("On record: {}, each with what it is a share of, and where", some(n, "claim", "claims")),
    };
    let headline =
        format!("{}: {}{}. {others}.", election.name, announced(election), turnout(election));
    let base = format!("record {}", election.id);
    let limits = ["Figures are comparable only where they are shares of the same thing, in the same places."];
    say::claim(Verdict::Recorded, headline, base, &limits, UNSUPPORTED)
}

/// What was announced, and by whom.
fn announced(election: &Election) -> String {
    let by = match election.commission.as_str() {
        "" => "it was announced that".to_owned(),
        commission => format!("{commission} announced that"),
    };
    match (&election.winner, election.winner_share) {
        (Some(winner), Some(share)) => {
            let basis = election.share_basis.as_ref();
            let basis = basis.map_or_else(|| "of what is not said".to_owned(), tables::basis);
            format!("{by} {winner} has {share} % {basis}")
        }
        (Some(winner), None) => format!("{by} {winner} won; no share is on record"),
        _ => "no announced result is on record".to_owned(),
    }
}

fn turnout(election: &Election) -> String {
    match (&election.turnout, election.turnout_written.as_str()) {
        (Some(turnout), _) => format!(", turnout {turnout} %"),
        (None, "") => String::new(),
        (None, written) => format!("; turnout as it was written: {written}"),
    }
}

/// Who concluded what, and when: `endorsed by CIS (2025-02-03)`.
fn verdicts(rated: &[Rated<'_>]) -> Claim {
    let one = |r: &&Rated<'_>| {
        let day = r.verdict.date.map_or_else(|| "no date".to_owned(), |d| d.to_string());
        format!("{} {} ({day})", r.house.name, signed(f64::from(r.step)))
    };
    let of = |group: Group| {
        let given: Vec<_> = rated.iter().filter(|r| r.house.group == group).collect();
        if given.is_empty() {
            return "none on record".to_owned();
        }
        given.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let headline = format!(
        "What observers concluded, from −2 (rejects) to +2 (endorses). Credible observers: {}. Others: {}.",
        of(Group::Credible),
        of(Group::Other)
    );
    let records: Vec<&str> = rated.iter().map(|r| r.verdict.id.as_str()).collect();
    let base = match records.as_slice() {
        [] => "no verdict on record".to_owned(),
        [record] => format!("record {record}"),
        _ => format!("records {}", records.join(", ")),
    };
    let limits = [Group::RULE, "Being there is no verdict: a mission without one is listed, and not counted."];
    say::claim(Verdict::Recorded, headline, base, &limits, UNSUPPORTED)
}

/// Who did not observe, and why.
fn absences(register: &Register, election: &Election) -> Option<Claim> {
    let absent = register.missions.iter().filter(|m| m.election == election.id);
    let absent = absent.filter_map(|m| match m.mode {
        Mode::Absent(reason) => Some((format!("{} ({})", m.observer, tables::reason(reason)), m.id.as_str())),
        _ => None,
    });
    let (absent, records): (Vec<_>, Vec<_>) = absent.unzip();
    (!absent.is_empty()).then(|| {
        let headline = format!("Did not observe: {}.", absent.join("; "));
        let base = format!("records {}", records.join(", "));
        let limits = ["The reason is the one on record."];
        let unsupported = "What those who did not observe would have found.";
        say::claim(Verdict::Recorded, headline, base, &limits, unsupported)
    })
}

fn measures(register: &Register, election: &Election, rated: &[Rated<'_>]) -> Vec<Measure> {
    let plain = |name: &str, symbol, n: usize| Measure::plain(name, symbol, n as f64, Unit::None);
    let here = |id: &String| *id == election.id;
    let missions = || register.missions.iter().filter(|m| here(&m.election));
    let of = |group| rated.iter().filter(|r| r.house.group == group).count();
    vec![
        plain("claims about the result", "n_c", register.claims.iter().filter(|c| here(&c.election)).count()),
        plain("missions and delegations", "n_m", missions().filter(|m| m.attended()).count()),
        plain("recorded absences", "n_a", missions().filter(|m| !m.attended()).count()),
        plain("verdicts of credible observers", "v_c", of(Group::Credible)),
        plain("verdicts of others", "v_x", of(Group::Other)),
        plain("invitations", "n_i", register.invitations.iter().filter(|i| here(&i.election)).count()),
        plain("reactions", "n_r", register.reactions.iter().filter(|r| here(&r.election)).count()),
    ]
}
