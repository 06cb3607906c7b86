//! P240: what the stations that did not report could change.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, IntervalRow, Measure, Picture, Table, Unit, Verdict,
};
use glassurn_stats::{
    imbens_manski,
    survey::{Estimate, ratio},
};

use super::Method;
use super::station_sample::{LEVEL, Prepared, StationSample, by_share, span};
use crate::phrase::{count, percent};

#[doc = include_str!("non_response.md")]
pub const METHOD: Method = Method {
    code: "P240",
    name: "non-response",
    title: "What missing reports could change",
    doc: include_str!("non_response.md"),
};

/// A figure with the range that missing reports leave open.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// Estimate as if reports were missing at random within strata.
    pub at_random: Estimate,
    /// Lowest and highest value of the sample's own ratio, whatever the missing stations hold.
    pub bounds: [f64; 2],
    /// The range with sampling error: Imbens and Manski's interval.
    pub interval: [f64; 2],
}

/// The figures that everything printed is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct NonResponse {
    /// Range of each contestant's share.
    pub shares: Vec<Range>,
    /// Contestants, largest share first.
    pub order: Vec<usize>,
    /// Range of the first less the second.
    pub margin: Option<Range>,
    /// Planned stations without a complete report.
    pub missing: usize,
    /// Planned stations.
    pub planned: usize,
    /// Missing stations whose cap is the largest total reported, for want of registered voters.
    pub largest: usize,
}

/// The planned sample with room for what is missing.
struct Completed<'a> {
    prepared: Prepared<'a>,
    design: glassurn_stats::survey::Design,
    /// Cap on the votes of each missing station.
    caps: Vec<f64>,
    largest: usize,
}

impl<'a> Completed<'a> {
    fn of(sample: &'a StationSample) -> Result<Self, String> {
        let absent = sample.not_in_hand().ok_or("the planned sample is not given")?;
        let prepared = sample.prepare()?;
        let most = prepared.base.iter().copied().fold(0.0, f64::max);
        let cap = |registered: Option<i64>| registered.filter(|r| *r > 0).map(|r| r as f64);
        let caps: Vec<f64> = absent.iter().map(|a| cap(a.registered).unwrap_or(most)).collect();
        let largest = absent.iter().filter(|a| cap(a.registered).is_none()).count();
        let reported = prepared.used.iter().filter_map(|r| r.stratum);
        let homes: Vec<usize> = reported.chain(absent.iter().filter_map(|a| a.stratum)).collect();
        let (_, design) = sample.design(&homes)?;
        Ok(Completed { prepared, design, caps, largest })
    }

    /// The range of Σy/Σx when each missing station's y lies between `least` and 1 times its cap.
    fn range(&self, at_random: Estimate, votes: &[f64], least: f64) -> Option<Range> {
        let filled = |values: &[f64], part: f64| -> Vec<f64> {
            values.iter().copied().chain(self.caps.iter().map(|c| part * c)).collect()
        };
        let base = filled(&self.prepared.base, 1.0);
        let low = ratio(&self.design, &filled(votes, least), &base)?;
        let high = ratio(&self.design, &filled(votes, 1.0), &base)?;
        let bounds = [low.value, high.value];
        let interval = imbens_manski::interval(bounds, [low.se, high.se], LEVEL)?;
        Some(Range { at_random, bounds, interval })
    }
}

/// The ranges, or why there are none.
pub fn figures(sample: &StationSample) -> Result<NonResponse, String> {
    let all = Completed::of(sample)?;
    ranges(&all).ok_or_else(|| format!("the reports have no {}", sample.base))
}

fn ranges(all: &Completed<'_>) -> Option<NonResponse> {
    let p = &all.prepared;
    let estimates = p.shares().ok()?;
    let order = by_share(&estimates);
    let share = |(c, e): (usize, Estimate)| all.range(e, &p.votes(c), 0.0);
    let margin = match order.as_slice() {
        [a, b, ..] => {
            let gap: Vec<f64> =
                p.votes(*a).iter().zip(p.votes(*b)).map(|(a, b)| a - b).collect();
            Some(all.range(p.margin(*a, *b)?, &gap, -1.0)?)
        }
        _ => None,
    };
    Some(NonResponse {
        shares: estimates.into_iter().enumerate().map(share).collect::<Option<_>>()?,
        order,
        margin,
        missing: all.caps.len(),
        planned: all.caps.len() + p.used.len(),
        largest: all.largest,
    })
}

/// The answer.
pub fn answer(sample: &StationSample) -> Answer {
    let subject = format!("shares of {}", sample.base);
    match figures(sample) {
        Err(why) => Answer::refused(METHOD.code, subject, why),
        Ok(f) => Answer {
            claims: claims(sample, &f),
            measures: measures(&f),
            tables: vec![table(sample, &f)],
            pictures: vec![picture(sample, &f)],
            notes: notes(&f),
            ..Answer::new(METHOD.code, subject)
        },
    }
}

fn notes(f: &NonResponse) -> Vec<String> {
    if f.largest == 0 {
        return Vec::new();
    }
    vec![format!(
        "{} missing stations have no known number of registered voters; their cap is the largest total that any station reported",
        count(f.largest)
    )]
}

fn claims(sample: &StationSample, f: &NonResponse) -> Vec<Claim> {
    let base = format!(
        "{} of {} planned stations without a complete report ({})",
        count(f.missing),
        count(f.planned),
        percent(f.missing as f64 / f.planned as f64, 1)
    );
    let limits = vec![
        "the planned stations were drawn at random within their strata".to_owned(),
        "a missing station has at most as many votes as registered voters (or as the largest total reported)".to_owned(),
    ];
    let mut claims = Vec::new();
    if let ([a, b, ..], Some(m)) = (f.order.as_slice(), &f.margin) {
        let [first, second] = [a, b].map(|c| &sample.contestants[*c]);
        let reach = if m.interval[0] > 0.0 {
            "stays ahead of"
        } else {
            "may or may not be ahead of"
        };
        claims.push(Claim {
            class: ClaimClass::Order,
            verdict: Verdict::Estimated,
            headline: format!(
                "Whatever the missing reports hold, {first} {reach} {second}: the margin lies between {:.1} and {:.1} points in the sample.",
                100.0 * m.bounds[0],
                100.0 * m.bounds[1]
            )
            .replace('-', "−"),
            base: base.clone(),
            limits: limits.clone(),
            unsupported: "That the missing stations do differ by as much as the range allows.".to_owned(),
        });
    }
    let said = |c: &usize| format!("{} {}", sample.contestants[*c], span(f.shares[*c].bounds));
    let list: Vec<String> = f.order.iter().map(said).collect();
    claims.push(Claim {
        class: ClaimClass::TrueShare,
        verdict: Verdict::Estimated,
        headline: format!("With nothing assumed of the missing reports the shares lie in: {}.", list.join(", ")),
        base,
        limits,
        unsupported: "That a share in the middle of its range is likelier than one at its end.".to_owned(),
    });
    claims
}

fn measures(f: &NonResponse) -> Vec<Measure> {
    vec![
        Measure::plain("share of planned stations missing", "m", f.missing as f64 / f.planned as f64, Unit::Share),
        Measure::plain("planned stations", "n", f.planned as f64, Unit::Stations),
    ]
}

/// One line of the table or picture: its name and range.
fn rows<'a>(sample: &'a StationSample, f: &'a NonResponse) -> Vec<(String, &'a Range)> {
    let share = |c: &usize| (sample.contestants[*c].clone(), &f.shares[*c]);
    let margin = f.margin.iter().map(|m| ("margin of the first two".to_owned(), m));
    f.order.iter().map(share).chain(margin).collect()
}

fn table(sample: &StationSample, f: &NonResponse) -> Table {
    let heads = [
        ("figure", Unit::None),
        ("missing at random: estimate", Unit::Share),
        ("from", Unit::Share),
        ("to", Unit::Share),
        ("nothing assumed: lowest", Unit::Share),
        ("highest", Unit::Share),
        ("with sampling error: from", Unit::Share),
        ("to (with sampling error)", Unit::Share),
    ];
    let row = |(name, r): (String, &Range)| -> Vec<Cell> {
        let numbers =
            [[r.at_random.value, r.at_random.interval(LEVEL)[0]], [r.at_random.interval(LEVEL)[1], r.bounds[0]], [r.bounds[1], r.interval[0]]];
        let cells = numbers.into_iter().flatten().chain([r.interval[1]]).map(Cell::from);
        std::iter::once(Cell::from(name)).chain(cells).collect()
    };
    Table {
        name: "ranges",
        title: "What missing reports leave open".to_owned(),
        columns: heads.map(|(name, unit)| Heading::new(name, unit)).to_vec(),
        rows: rows(sample, f).into_iter().map(row).collect(),
    }
}

fn picture(sample: &StationSample, f: &NonResponse) -> Picture {
    let row = |(label, r): (String, &Range)| IntervalRow {
        label,
        estimate: Some(r.at_random.value),
        low: r.interval[0],
        high: r.interval[1],
        mark: None,
    };
    Picture::Intervals {
        title: "Ranges with nothing assumed of the missing reports".to_owned(),
        axis: format!("share of {}", sample.base),
        unit: Unit::Share,
        rows: rows(sample, f).into_iter().map(row).collect(),
    }
}
