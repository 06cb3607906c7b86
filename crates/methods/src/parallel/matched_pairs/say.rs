//! What the pairs say.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, LeftOut, Measure, P, PKind, Picture, Reason, Table,
    Unit, Verdict,
};
use glassurn_stats::signed_rank::{MOST, SignedRank};

use super::{Figures, GRID, METHOD, Settings};
use crate::phrase::{count, counted, percent};

pub(super) fn answer(subject: &str, f: &Figures, names: &[&str], set: Settings) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = vec![claim(subject, f, names, set)];
    answer.measures = measures(f, set);
    if f.missing > 0 {
        answer.left_out.push(LeftOut { why: Reason::Missing, stations: f.missing });
    }
    if let Some(ranked) = &f.ranked {
        let kind = if ranked.is_exact() { PKind::Exact } else { PKind::Asymptotic };
        answer.p = Some(P { value: ranked.two_sided(1.0), kind });
        answer.tables.push(bounds(ranked));
        answer.pictures.push(picture(ranked, f.crossing, set));
    }
    answer.tables.extend((!f.balance.is_empty()).then(|| balance(f)));
    let [observed, unobserved] = f.usable;
    answer.notes = vec![format!(
        "{} made, of {} observed and {} unobserved stations; the others have no like one within their area and the \
         caliper, or no free one.",
        counted(f.pairs.len(), "pair is", "pairs are"),
        count(observed),
        count(unobserved),
    )];
    answer
}

/// A difference in its unit.
fn gap(value: f64, unit: Unit) -> String {
    let text = match unit {
        Unit::Share => format!("{:.2} points", 100.0 * value),
        _ => format!("{value:.4}"),
    };
    text.replace('-', "−")
}

fn claim(subject: &str, f: &Figures, names: &[&str], set: Settings) -> Claim {
    let found = format!(
        "{subject}: in {} of like stations the observed one differs from the other by {} in the median",
        counted(f.pairs.len(), "pair", "pairs"),
        gap(f.median, set.unit)
    );
    let level = percent(set.alpha, 0);
    let (verdict, rest) = match f.crossing {
        None => (
            Verdict::NotTested,
            format!("no more than chance gives at {level}, were either of a pair as likely to be observed"),
        ),
        Some(gamma) if gamma >= MOST => (
            Verdict::Estimated,
            format!("a hidden difference that makes one {MOST} times as likely to be observed could not explain it at {level}"),
        ),
        Some(gamma) => (
            Verdict::Estimated,
            format!(
                "a hidden difference that makes one of a pair {gamma:.2} times as likely to be observed as the other \
                 could explain it at {level}, a weaker one alone could not"
            ),
        ),
    };
    let mut limits: Vec<String> = Vec::new();
    limits.push(if names.is_empty() {
        "the two of a pair are of one area; they may differ in everything else".to_owned()
    } else {
        format!("the two of a pair are alike in area and {}; they may differ in everything else", names.join(", "))
    });
    limits.push("a station's figure does not depend on observers elsewhere".to_owned());
    limits.push("whether a station's figure is known does not go with observers".to_owned());
    Claim {
        class: ClaimClass::Data,
        verdict,
        headline: format!("{found}; {rest}."),
        base: format!("{} pairs of an observed and an unobserved station; each pair counts once", count(f.pairs.len())),
        limits,
        unsupported: "observers changed the figures: hidden bias is bounded here, not measured".to_owned(),
    }
}

fn measures(f: &Figures, set: Settings) -> Vec<Measure> {
    let unit = if set.unit == Unit::Share { Unit::Points } else { set.unit };
    let mut all = vec![
        Measure::plain("pairs", "n", f.pairs.len() as f64, Unit::None),
        Measure::plain("median difference, observed minus unobserved", "d̃", f.median, unit),
        Measure::plain("mean difference", "d̄", f.mean, unit),
    ];
    if let Some(ranked) = &f.ranked {
        all.push(Measure::plain("signed-rank statistic", "T", ranked.statistic(), Unit::None));
        all.push(Measure::plain("p, two-sided, without hidden bias", "p(1)", ranked.two_sided(1.0), Unit::None));
    }
    all.extend(f.crossing.map(|gamma| Measure::plain("largest Γ at which p stays at the level", "Γ*", gamma, Unit::None)));
    all
}

/// Whether probabilities are exact, in words.
fn how(ranked: &SignedRank) -> &'static str {
    if ranked.is_exact() { "exact" } else { "normal law" }
}

fn bounds(ranked: &SignedRank) -> Table {
    Table {
        name: "gamma",
        title: format!("Largest p-value by Γ ({}, two-sided)", how(ranked)),
        columns: vec![Heading::new("Γ", Unit::None), Heading::new("largest p", Unit::None)],
        rows: GRID.map(|gamma| vec![Cell::Number(gamma), Cell::Number(ranked.two_sided(gamma))]).to_vec(),
    }
}

fn picture(ranked: &SignedRank, crossing: Option<f64>, set: Settings) -> Picture {
    let end = crossing.map_or(2.0, |gamma| (1.5 * gamma).clamp(2.0, 20.0));
    let at: Vec<f64> = (0..=40).map(|i| 1.0 + (end - 1.0) * f64::from(i) / 40.0).collect();
    let p = at.iter().map(|gamma| ranked.two_sided(*gamma)).collect();
    Picture::Lines {
        title: "Largest p-value by how strong hidden bias may be".to_owned(),
        x: "Γ".to_owned(),
        y: "p".to_owned(),
        series: vec![
            ("largest p".to_owned(), p),
            (percent(set.alpha, 0), vec![set.alpha; at.len()]),
        ],
        at,
    }
}

fn balance(f: &Figures) -> Table {
    let row = |b: &super::Balance| {
        let apart = |[a, c]: [f64; 2]| (b.sd > 0.0).then(|| (a - c) / b.sd);
        vec![
            Cell::from(b.name.as_str()),
            Cell::from(b.before[0]),
            Cell::from(b.before[1]),
            Cell::from(apart(b.before)),
            Cell::from(b.after[0]),
            Cell::from(b.after[1]),
            Cell::from(apart(b.after)),
        ]
    };
    let heads = [
        "alike in",
        "all observed",
        "all unobserved",
        "apart (sd)",
        "paired observed",
        "paired unobserved",
        "apart (sd), paired",
    ];
    Table {
        name: "balance",
        title: "How alike observed and unobserved stations are, before pairing and in pairs".to_owned(),
        columns: heads.map(|name| Heading::new(name, Unit::None)).to_vec(),
        rows: f.balance.iter().map(row).collect(),
    }
}
