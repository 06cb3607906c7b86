//! What a design says.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, LeftOut, Measure, Reason, Table, Unit, Verdict,
};

use super::{Aim, Allocation, METHOD, Sizes, allocate};
use crate::phrase::{count, number, percent};

/// The answer.
pub(super) fn answer(subject: &str, s: &Sizes, aim: Aim) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = vec![claim(s, aim)];
    answer.measures = measures(s);
    answer.tables = vec![strata(s)];
    if s.left_out > 0 {
        answer.left_out.push(LeftOut { why: Reason::Missing, stations: s.left_out });
    }
    answer.notes = vec![
        "Publish the hashes of the frame and of the plan before the vote; a change after it then shows."
            .to_owned(),
    ];
    answer
}

fn claim(s: &Sizes, aim: Aim) -> Claim {
    Claim {
        class: ClaimClass::Data,
        verdict: Verdict::Estimated,
        headline: format!(
            "±{:.2} points at {} confidence need {} of {} stations drawn at random; the formula for \
             single voters gives {}, too few by a factor of {:.0}.",
            100.0 * aim.margin,
            percent(aim.confidence, 0),
            // A design is rounded up: one station fewer would miss the aim.
            number(s.simple.ceil()),
            number(s.frame as f64),
            number(s.by_voters.ceil()),
            s.factor()
        ),
        base: format!("residuals of {} stations of an earlier election", count(s.used)),
        limits: vec![
            "stations differ as much as they did then".to_owned(),
            "every drawn station reports, or its replacement in the drawn order does".to_owned(),
        ],
        unsupported: "a sample of another kind, or of stations at hand, is as exact".to_owned(),
    }
}

fn measures(s: &Sizes) -> Vec<Measure> {
    vec![
        Measure::plain("stations by simple random sampling", "n", s.simple, Unit::Stations),
        Measure::plain("stations by the formula for voters", "n_v", s.by_voters, Unit::Stations),
        Measure::plain("strata, proportional", "n_p", s.proportional, Unit::Stations),
        Measure::plain("strata, Neyman", "n_N", s.neyman, Unit::Stations),
        Measure::plain("factor of the formula for voters", "n/n_v", s.factor(), Unit::None),
        Measure::plain("design effect against voters", "deff", s.design_effect(), Unit::None),
        Measure::plain("spread of the residuals", "S_e", s.spread, Unit::Votes),
        Measure::plain("mean size of a station", "x̄", s.mean_size, Unit::Votes),
    ]
}

fn strata(s: &Sizes) -> Table {
    // Sizes are below the frame's, so the text of a rounded size is a count.
    let whole = |n: f64| format!("{:.0}", n.ceil()).parse().unwrap_or(0);
    let proportional = allocate(&s.strata, whole(s.proportional), Allocation::Proportional);
    let neyman = allocate(&s.strata, whole(s.neyman), Allocation::Neyman);
    let cell = |n: u64| i64::try_from(n).map_or(Cell::Missing, Cell::Count);
    let rows = s.strata.iter().zip(proportional.iter().zip(&neyman));
    Table {
        name: "strata",
        title: "Stations to draw in each stratum".to_owned(),
        columns: vec![
            Heading::new("stratum", Unit::None),
            Heading::new("stations", Unit::Stations),
            Heading::new("spread", Unit::Votes),
            Heading::new("proportional", Unit::Stations),
            Heading::new("Neyman", Unit::Stations),
        ],
        rows: rows
            .map(|(s, (p, n))| vec![s.0.as_str().into(), cell(s.1), s.2.into(), cell(*p), cell(*n)])
            .collect(),
    }
}
