//! The answer of the comparison of observers.

use glassurn_model::{
    Answer, Cell, Claim, IntervalRow, Measure, Picture, Table, Unit, Verdict, register::Register,
};
use glassurn_stats::agreement::Alpha;

use super::super::{
    observers::Group,
    say::{self, fixed, median, signed, some},
};
use super::{Divergence, Figures, METHOD, Pair};

const COLLECTED: &str = "The verdicts on record stand for those that were given: verdicts collected from reports of \
    disagreement overstate it.";
const UNSUPPORTED: &str =
    "That either group is right: observers who agree judge alike, which is no proof that they judge well.";

pub(super) fn answer(register: &Register, f: &Figures) -> Answer {
    let subject = format!("{} with at least two verdicts", some(f.all.units, "election", "elections"));
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims.push(groups(f));
    answer.claims.extend(opposed(f));
    answer.measures = measures(f);
    answer.tables = vec![divergence(register, f), pairs(f)];
    answer.pictures.extend(picture(f));
    answer.notes = notes(f);
    answer
}

/// Alpha in words.
fn shown(alpha: &Alpha) -> String {
    match alpha.alpha {
        Some(a) => format!("α = {}", fixed(a, 3)),
        None if alpha.units == 0 => "no election with two verdicts".to_owned(),
        None => "no variation to agree about".to_owned(),
    }
}

fn rests(alpha: &Alpha) -> String {
    format!(
        "{} and {}",
        some(alpha.units, "election", "elections"),
        some(alpha.values, "verdict", "verdicts")
    )
}

fn groups(f: &Figures) -> Claim {
    let [(_, credible), (_, other)] = &f.within;
    let headline = format!(
        "Agreement of all observers: {} on {}; of the credible: {} on {}; of the others: {} on {}.",
        shown(&f.all),
        rests(&f.all),
        shown(credible),
        rests(credible),
        shown(other),
        rests(other)
    );
    let base = "verdicts on the scale from −2 to 2, of elections with at least two".to_owned();
    say::claim(Verdict::Estimated, headline, base, &[Group::RULE, COLLECTED], UNSUPPORTED)
}

fn opposed(f: &Figures) -> Option<Claim> {
    let opposed = f.divergence.iter().filter(|d| d.opposed).count();
    if f.divergence.is_empty() {
        return None;
    }
    let headline = format!(
        "In {opposed} of {} that both groups judged, the middle verdicts of the groups have opposite signs.",
        some(f.divergence.len(), "election", "elections")
    );
    let base = "elections with a verdict of each group; medians, never averaged across the groups";
    Some(say::claim(Verdict::Estimated, headline, base.to_owned(), &[Group::RULE, COLLECTED], UNSUPPORTED))
}

fn measures(f: &Figures) -> Vec<Measure> {
    let count = |n: usize| n as f64;
    let [(_, credible), (_, other)] = &f.within;
    let alphas = [
        ("Krippendorff's alpha of all observers", "α", f.all.alpha),
        ("the same, with the order of the steps alone", "α_o", f.all_ordinal.alpha),
        ("alpha of credible observers", "α_c", credible.alpha),
        ("alpha of other observers", "α_x", other.alpha),
    ];
    let counts = [
        ("elections with two verdicts", "n_e", f.all.units),
        ("verdicts on them", "n_v", f.all.values),
        ("elections with two credible verdicts", "n_ce", credible.units),
        ("credible verdicts on them", "n_cv", credible.values),
    ];
    let alphas = alphas.into_iter().filter_map(|(name, symbol, alpha)| {
        alpha.map(|a| Measure::plain(name, symbol, a, Unit::None))
    });
    let counts = counts.map(|(name, symbol, n)| Measure::plain(name, symbol, count(n), Unit::None));
    alphas.chain(counts).collect()
}

fn listed(steps: &[i8]) -> String {
    steps.iter().map(|s| signed(f64::from(*s))).collect::<Vec<_>>().join(", ")
}

fn divergence(register: &Register, f: &Figures) -> Table {
    let row = |d: &Divergence| {
        vec![
            Cell::Text(say::election(register, &d.election)),
            Cell::Text(listed(&d.credible)),
            Cell::Text(listed(&d.other)),
            Cell::Text(signed(d.distance)),
            Cell::from(if d.opposed { "opposite signs" } else { "" }),
        ]
    };
    let title = "Elections that both groups judged: median of the credible minus median of the others";
    let columns = ["election", "credible", "other", "D", "conflict of signs"];
    say::table("divergence", title, &columns, f.divergence.iter().map(row).collect())
}

fn pairs(f: &Figures) -> Table {
    let row = |p: &Pair| {
        vec![
            Cell::from(p.first.name.as_str()),
            Cell::from(p.second.name.as_str()),
            Cell::from(p.elections),
            Cell::from(p.same_sign),
            p.kappa.map_or(Cell::from("no variation"), |k| Cell::Text(fixed(k, 2))),
        ]
    };
    let columns = ["observer", "observer", "elections of both", "same sign", "κ_w"];
    let title = "Pairs of observers on the same elections";
    say::table("pairs", title, &columns, f.pairs.iter().map(row).collect())
}

/// The range of the credible, with the median of the others as a mark.
fn picture(f: &Figures) -> Option<Picture> {
    let row = |d: &Divergence| {
        let ends = |pick: fn(i8, i8) -> i8| d.credible.iter().copied().reduce(pick).map(f64::from);
        Some(IntervalRow {
            label: d.election.clone(),
            estimate: median(&d.credible),
            low: ends(i8::min)?,
            high: ends(i8::max)?,
            mark: median(&d.other),
        })
    };
    let rows: Vec<_> = f.divergence.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| Picture::Intervals {
        title: "Credible observers (point and range) and the others' middle verdict (mark)".to_owned(),
        axis: "verdict, −2 rejects to 2 endorses".to_owned(),
        unit: Unit::None,
        rows,
    })
}

fn notes(f: &Figures) -> Vec<String> {
    let mut notes = vec![Group::RULE.to_owned()];
    let silent = f.within.iter().filter(|(_, a)| a.units > 0 && a.alpha.is_none());
    notes.extend(silent.map(|(group, _)| {
        format!(
            "All verdicts of the {} observers are equal: that is no variation, not perfect agreement.",
            group.title()
        )
    }));
    notes
}
