//! What the comparison says.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, IntervalRow, LeftOut, Measure, Picture, Reason, Table,
    Unit, Verdict,
};
use glassurn_stats::normal;

use super::{Estimate, Figures, METHOD, Settings, Spill};
use crate::phrase::{count, counted, percent};

/// Of a design by areas.
const DISPLACED: &str = "Where votes move from observed stations to others near by, the gap between observed \
    and unobserved stations counts them twice: once as missing here, once as added there. Read the direct \
    difference and the spill-over instead.";

/// What was assigned to be near or far.
const UNITS: [&str; 2] = [
    "The standard error of the spill-over takes each station as near or far by itself; where whole areas were \
     made dense it is too small: give the areas as blocks.",
    "No block has both near and far stations: the spill-over compares means of whole blocks, each counted once.",
];

/// Shares of the stations that have a figure.
const PRESENT: [(&str, &str); 2] =
    [("of observed stations, with a figure", "r₁"), ("of unobserved stations, with a figure", "r₀")];

pub(super) fn answer(subject: &str, f: &Figures, set: Settings) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = vec![claim(subject, f, set)];
    answer.measures = measures(f, set.unit);
    answer.p = f.permuted.map(|p| p.p);
    if f.missing > 0 {
        answer.left_out.push(LeftOut { why: Reason::Missing, stations: f.missing });
    }
    answer.tables = vec![table(f, set.unit)];
    answer.pictures = vec![picture(f, set)];
    answer.notes = notes(f);
    answer
}

fn notes(f: &Figures) -> Vec<String> {
    let mut notes = Vec::new();
    let [[seen, observed], [other, unobserved]] = f.present;
    if seen < observed || other < unobserved {
        notes.push(format!(
            "Of {} observed stations {} have a figure, of {} unobserved ones {}. Whether a station has one may \
             itself go with observers, and then the two groups are not alike.",
            count(observed),
            count(seen),
            count(unobserved),
            count(other)
        ));
    }
    if f.alone > 0 {
        notes.push(format!(
            "{} in blocks with fewer than two observed or two unobserved, and not used.",
            counted(f.alone, "station stands", "stations stand")
        ));
    }
    if let Some(lacking) = f.uncovered.filter(|n| *n > 0) {
        notes.push(format!(
            "{} the earlier figure, so nothing is adjusted for it.",
            counted(lacking, "station lacks", "stations lack")
        ));
    }
    if let Some(spill) = f.spill {
        notes.push(DISPLACED.to_owned());
        notes.push(UNITS[usize::from(spill.areas)].to_owned());
    }
    notes
}

/// A number with its sign as it is printed.
fn signed(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}").replace('-', "−")
}

/// A mean in its unit.
fn level(value: f64, unit: Unit) -> String {
    if unit == Unit::Share { percent(value, 2) } else { signed(value, 4) }
}

/// A difference without its unit's name.
fn bare(value: f64, unit: Unit) -> String {
    if unit == Unit::Share { signed(100.0 * value, 2) } else { signed(value, 4) }
}

/// A difference in its unit.
fn gap(value: f64, unit: Unit) -> String {
    let points = if unit == Unit::Share { " points" } else { "" };
    format!("{}{points}", bare(value, unit))
}

/// The interval of an estimate.
fn ends(e: Estimate, set: Settings) -> [f64; 2] {
    let half = normal::quantile(0.5 + set.confidence / 2.0) * e.se;
    [e.difference - half, e.difference + half]
}

fn claim(subject: &str, f: &Figures, set: Settings) -> Claim {
    let best = f.lin.unwrap_or(f.plain);
    let [low, high] = ends(best, set).map(|v| bare(v, set.unit));
    let [observed, unobserved] = f.means.map(|v| level(v, set.unit));
    let word = if set.random { "difference" } else { "association" };
    let verdict = match f.permuted {
        Some(p) if p.p.value <= 1.0 - set.confidence => Verdict::Inconsistent,
        Some(_) => Verdict::Consistent,
        None => Verdict::NotTested,
    };
    Claim {
        class: if set.random { ClaimClass::OfficialFigure } else { ClaimClass::Data },
        verdict,
        headline: format!(
            "{subject}: stations with observers have {observed}, those without {unobserved}; the {word} within \
             blocks is {} ({} interval {low} to {high}).",
            gap(best.difference, set.unit),
            percent(set.confidence, 0),
        ),
        base: format!(
            "{} observed and {} unobserved stations in {}; each station counts once",
            count(f.used[0]),
            count(f.used[1]),
            if f.blocks.len() == 1 { "one block".to_owned() } else { format!("{} blocks", count(f.blocks.len())) }
        ),
        limits: limits(f, set.random),
        unsupported: if set.random {
            "the difference says why figures differ, or that it holds at stations of no block".to_owned()
        } else {
            "observers changed the figures".to_owned()
        },
    }
}

fn limits(f: &Figures, random: bool) -> Vec<String> {
    let mut limits = vec!["a station's figure does not depend on observers elsewhere".to_owned()];
    limits.push(if random {
        "observers were assigned at random within each block".to_owned()
    } else {
        "stations with and without observers are otherwise alike; nothing here tests that".to_owned()
    });
    if f.present.iter().any(|[with, all]| with < all) {
        limits.push("whether a station's figure is known does not go with observers".to_owned());
    }
    limits
}

/// The unit of a difference.
fn between(unit: Unit) -> Unit {
    if unit == Unit::Share { Unit::Points } else { unit }
}

fn measures(f: &Figures, unit: Unit) -> Vec<Measure> {
    let of = between(unit);
    let measure = |name: &str, symbol, value, unit, sd| Measure::plain(name, symbol, value, unit).with_sd(sd);
    let estimate = |name: &str, symbol, e: Estimate| measure(name, symbol, e.difference, of, Some(e.se));
    let mut all = vec![
        estimate("difference within blocks", "D", f.plain),
        measure("standard error (Neyman, HC2)", "se", f.plain.se, of, None),
        measure("mean of observed stations", "ȳ₁", f.means[0], unit, None),
        measure("mean of unobserved stations", "ȳ₀", f.means[1], unit, None),
    ];
    for ([with, of_all], (name, symbol)) in f.present.into_iter().zip(PRESENT) {
        let share = with as f64 / of_all as f64;
        all.extend((with < of_all).then(|| measure(name, symbol, share, Unit::Share, None)));
    }
    all.extend(f.lin.map(|lin| estimate("difference by Lin's regression", "D_L", lin)));
    if let Some((cuped, theta)) = f.cuped {
        all.push(estimate("difference by CUPED", "D_C", cuped));
        all.push(measure("slope on the covariate", "θ", theta, Unit::None, None));
    }
    if let Some(permuted) = f.permuted {
        all.push(measure("p by permutation", "p", permuted.p.value, Unit::None, None));
        all.push(measure("least constant shift not rejected", "τ₁", permuted.set[0], of, None));
        all.push(measure("largest constant shift not rejected", "τ₂", permuted.set[1], of, None));
    }
    if let Some(Spill { direct, over, .. }) = f.spill {
        all.extend(direct.map(|e| estimate("direct, where many are observed", "D_d", e)));
        all.extend(over.map(|e| estimate("spill-over, unobserved near minus far", "D_s", e)));
    }
    // A set that covers every shift has no ends to print.
    all.retain(|m| m.value.is_finite());
    all
}

/// One row a block.
fn table(f: &Figures, unit: Unit) -> Table {
    let row = |b: &super::Block| {
        let [observed, unobserved] = b.means;
        vec![
            Cell::from(b.name.as_str()),
            Cell::from(b.used[0]),
            Cell::from(b.used[1]),
            Cell::from(observed),
            Cell::from(unobserved),
            Cell::from(observed - unobserved),
        ]
    };
    let heads = [
        ("block", Unit::None),
        ("observed", Unit::Stations),
        ("unobserved", Unit::Stations),
        ("mean of observed", unit),
        ("mean of unobserved", unit),
        ("difference", between(unit)),
    ];
    Table {
        name: "blocks",
        title: "Observed and unobserved stations by block".to_owned(),
        columns: heads.map(|(name, unit)| Heading::new(name, unit)).to_vec(),
        rows: f.blocks.iter().map(row).collect(),
    }
}

/// Each estimate with its interval.
fn picture(f: &Figures, set: Settings) -> Picture {
    let spill = |pick: fn(Spill) -> Option<Estimate>| f.spill.and_then(pick);
    let all = [
        ("within blocks", Some(f.plain)),
        ("Lin's regression", f.lin),
        ("CUPED", f.cuped.map(|c| c.0)),
        ("direct (dense)", spill(|s| s.direct)),
        ("spill-over", spill(|s| s.over)),
    ];
    let row = |(label, e): (&str, Option<Estimate>)| {
        let e = e?;
        let [low, high] = ends(e, set);
        let label = label.to_owned();
        Some(IntervalRow { label, estimate: Some(e.difference), low, high, mark: None })
    };
    Picture::Intervals {
        title: "Observed minus unobserved stations, with intervals".to_owned(),
        axis: match set.unit {
            Unit::Share => "difference, percentage points".to_owned(),
            _ => "difference".to_owned(),
        },
        unit: between(set.unit),
        rows: all.into_iter().filter_map(row).collect(),
    }
}
