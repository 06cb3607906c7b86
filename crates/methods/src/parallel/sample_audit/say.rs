//! What the figures carry, in words.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, LeftOut, Measure, P, PKind, Reason, Table, Unit, Verdict,
};

use super::{Figures, METHOD, Settings};
use crate::phrase::{count, number, percent};

/// The answer.
pub(super) fn answer(subject: String, choices: &[String], f: &Figures, set: Settings) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims.extend(differences(f));
    answer.claims.push(order(choices, f, set));
    answer.measures = measures(f);
    answer.p = Some(P { value: f.p(), kind: PKind::Exact });
    if f.without_copy > 0 {
        answer.left_out.push(LeftOut { why: Reason::Missing, stations: f.without_copy });
    }
    answer.tables = vec![pairs(choices, f), differing(f)];
    answer.notes = notes(f);
    answer
}

fn limits(f: &Figures) -> Vec<String> {
    let mut limits = vec![
        "the copies are authentic: each shows what was counted at its station".to_owned(),
        "the stations were drawn at random from the whole frame, by a rule fixed before".to_owned(),
        "no station holds more ballots than its cap".to_owned(),
        "the count at the station was right: ballots added before the count are not seen".to_owned(),
    ];
    if !f.ordered {
        limits.push("the order of drawing is not on record; a seeded order stands for it".to_owned());
    }
    limits
}

fn base(f: &Figures) -> String {
    format!(
        "{} complete copies of {} drawn stations, {} stations in the frame, {} {}",
        count(f.drawn - f.without_copy),
        count(f.drawn),
        count(f.stations),
        count(f.strata),
        if f.strata == 1 { "stratum" } else { "strata" }
    )
}

/// About who has most votes.
fn order(choices: &[String], f: &Figures, set: Settings) -> Claim {
    let (leader, p) = (&choices[f.leader], f.p());
    let supported = p <= set.risk;
    let headline = if supported {
        format!(
            "If {leader}, announced with most votes, did not have most votes, copies that speak so \
             clearly for it would come in at most {} of such draws (risk limit {}).",
            percent(p, 2),
            percent(set.risk, 0)
        )
    } else {
        format!(
            "The copies in hand do not settle whether {leader}, announced with most votes, has most \
             votes: p = {p:.3}, above the risk limit of {}.",
            percent(set.risk, 0)
        )
    };
    let unsupported = if supported {
        "the announced shares are exact, or every station was counted rightly"
    } else {
        "another choice has most votes: a large p is no evidence against the announced order"
    };
    Claim {
        class: ClaimClass::Order,
        verdict: if supported { Verdict::Consistent } else { Verdict::NotTested },
        headline,
        base: base(f),
        limits: limits(f),
        unsupported: unsupported.to_owned(),
    }
}

/// About the official figures of the stations that were drawn.
fn differences(f: &Figures) -> Option<Claim> {
    let copies = f.drawn - f.without_copy;
    let net: i64 = f.differ.iter().map(|d| d.1).sum();
    let (verdict, headline, unsupported) = if copies == 0 {
        return None;
    } else if f.differ.is_empty() {
        let text = format!("All {} copies agree with the official figures.", count(copies));
        (Verdict::Corroborated, text, "the stations without a copy agree too")
    } else {
        let text = format!(
            "{} of {} copies differ from the official figures of the same station; together they put \
             the margin {} votes {} than the official figures do.",
            count(f.differ.len()),
            count(copies),
            number((net as f64).abs()),
            if net < 0 { "higher" } else { "lower" }
        );
        (Verdict::Impossible, text, "the official order is wrong, or somebody intended the difference")
    };
    Some(Claim {
        class: ClaimClass::OfficialFigure,
        verdict,
        headline,
        base: base(f),
        limits: limits(f).into_iter().take(1).collect(),
        unsupported: unsupported.to_owned(),
    })
}

fn measures(f: &Figures) -> Vec<Measure> {
    let mut measures = vec![
        Measure::plain("p of: the announced leader does not have most votes", "p", f.p(), Unit::None),
        Measure::plain("stations drawn", "n", f.drawn as f64, Unit::Stations),
        Measure::plain("stations in the frame", "N", f.stations as f64, Unit::Stations),
        Measure::plain("copies equal to the official figures", "n₌", f.equal as f64, Unit::Stations),
        Measure::plain("copies that differ", "n≠", f.differ.len() as f64, Unit::Stations),
        Measure::plain("drawn without a complete copy", "n₀", f.without_copy as f64, Unit::Stations),
    ];
    if let Some((total, p)) = f.macro_batch {
        measures.push(Measure::plain("sum of the error bounds in margins (MACRO)", "U", total, Unit::None));
        measures.push(Measure::plain("product of MACRO, for comparison only", "P_M", p, Unit::None));
    }
    measures
}

fn pairs(choices: &[String], f: &Figures) -> Table {
    let row = |p: &super::Pair| {
        vec![
            Cell::from(format!("{} − {}", choices[f.leader], choices[p.other])),
            p.margin.into(),
            p.bound.into(),
            p.overstated.into(),
            p.p.into(),
            p.kaplan_markov.into(),
            p.bravo.into(),
        ]
    };
    Table {
        name: "pairs",
        title: "The announced leader against every other choice".to_owned(),
        columns: vec![
            Heading::new("pair", Unit::None),
            Heading::new("official margin", Unit::Votes),
            Heading::new("largest overstatement of a station", Unit::Votes),
            Heading::new("overstated in the sample", Unit::Votes),
            Heading::new("p (ALPHA)", Unit::None),
            Heading::new("Kaplan-Markov (comparison)", Unit::None),
            Heading::new("BRAVO (comparison)", Unit::None),
        ],
        rows: f.pairs.iter().map(row).collect(),
    }
}

fn differing(f: &Figures) -> Table {
    Table {
        name: "stations",
        title: "Copies that differ from the official figures".to_owned(),
        columns: vec![
            Heading::new("station", Unit::None),
            Heading::new("margin overstated", Unit::Votes),
        ],
        rows: f.differ.iter().map(|(name, by)| vec![name.as_str().into(), (*by).into()]).collect(),
    }
}

fn notes(f: &Figures) -> Vec<String> {
    let mut notes = vec![
        "Kaplan-Markov and BRAVO stand beside ALPHA for comparison: the first is valid for draws with \
         replacement, the second for single ballots drawn at random, which votes of whole stations \
         are not."
            .to_owned(),
    ];
    if f.macro_batch.is_some() {
        notes.push(
            "The product of MACRO is valid only for draws with replacement and with probability in \
             proportion to each station's error bound; it is no p-value for this sample."
                .to_owned(),
        );
    }
    if f.without_copy > 0 {
        notes.push(format!(
            "{} drawn stations have no complete copy; each counts as if all its ballots were for the \
             other choice.",
            count(f.without_copy)
        ));
    }
    if f.without_official > 0 {
        notes.push(format!(
            "{} stations have no complete official figures; each counts as if all its ballots were for \
             the other choice.",
            count(f.without_official)
        ));
    }
    notes
}
