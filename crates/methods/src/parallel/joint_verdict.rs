//! P220: official shares against a sample's estimates, all at once.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, IntervalRow, Measure, P, PKind, Picture, Table, Unit,
    Verdict,
};
use glassurn_stats::survey::{Estimate, Joint, wald};
use glassurn_stats::{multiple, student};

use super::Method;
use super::station_sample::{LEVEL, Prepared, StationSample, assumptions};
use crate::phrase::{count, percent};

#[doc = include_str!("joint_verdict.md")]
pub const METHOD: Method = Method {
    code: "P220",
    name: "joint-verdict",
    title: "Official shares against the sample",
    doc: include_str!("joint_verdict.md"),
};

/// One contestant's official share against the estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Number of the contestant.
    pub contestant: usize,
    /// The estimate.
    pub estimate: Estimate,
    /// The official share.
    pub official: f64,
    /// Estimate less official in standard errors; `None` where the standard error is zero.
    pub z: Option<f64>,
    /// Two-sided p-value by Student's law, adjusted by Holm over the contestants.
    pub holm: Option<f64>,
}

impl Compared {
    /// Whether the official share is inside the interval.
    pub fn inside(&self) -> bool {
        let [low, high] = self.estimate.interval(LEVEL);
        (low..=high).contains(&self.official)
    }
}

/// The figures that everything printed is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The contestants with an official share, in their order.
    pub rows: Vec<Compared>,
    /// All differences at once; `None` where nothing varies.
    pub joint: Option<Joint>,
    /// The largest half width: a smaller shift of one share could not have been seen.
    pub detectable: f64,
}

/// The comparison, or why there is none; `official` holds a share of the same base for each contestant.
pub fn figures(sample: &StationSample, official: &[Option<f64>]) -> Result<Comparison, String> {
    compare(&sample.prepare()?, official)
}

fn compare(p: &Prepared<'_>, official: &[Option<f64>]) -> Result<Comparison, String> {
    let stated: Vec<(usize, f64)> =
        official.iter().enumerate().filter_map(|(c, o)| Some((c, (*o)?))).collect();
    if stated.is_empty() {
        return Err("no official share is given".to_owned());
    }
    if official.len() != p.sample.contestants.len() {
        return Err("there is not one official share for each contestant".to_owned());
    }
    if stated.iter().any(|(_, o)| !(0.0..=1.0).contains(o)) {
        return Err("an official share is not between 0 and 1".to_owned());
    }
    let shares = p.shares()?;
    let estimates: Vec<&Estimate> = stated.iter().map(|(c, _)| &shares[*c]).collect();
    let gaps: Vec<f64> = estimates.iter().zip(&stated).map(|(e, (_, o))| e.value - o).collect();
    let scores: Vec<Vec<f64>> = estimates.iter().map(|e| e.scores.clone()).collect();
    let df = p.design.df() as f64;
    let joint = wald(&gaps, &p.design.covariance(&scores), df);
    let z: Vec<Option<f64>> =
        estimates.iter().zip(&gaps).map(|(e, g)| (e.se > 0.0).then(|| g / e.se)).collect();
    let raw: Vec<f64> = z.iter().flatten().map(|z| student::two_sided(*z, df)).collect();
    let mut adjusted = multiple::holm(&raw).into_iter();
    let row = |(i, (contestant, official)): (usize, &(usize, f64))| Compared {
        contestant: *contestant,
        estimate: estimates[i].clone(),
        official: *official,
        z: z[i],
        holm: z[i].and_then(|_| adjusted.next()),
    };
    let rows: Vec<Compared> = stated.iter().enumerate().map(row).collect();
    let detectable = rows.iter().map(|r| r.estimate.half_width(LEVEL)).fold(0.0, f64::max);
    Ok(Comparison { rows, joint, detectable })
}

/// The answer.
pub fn answer(sample: &StationSample, official: &[Option<f64>]) -> Answer {
    let subject = format!("official shares of {}", sample.base);
    let done = sample.prepare().and_then(|p| compare(&p, official).map(|c| (p, c)));
    match done {
        Err(why) => Answer::refused(METHOD.code, subject, why),
        Ok((p, c)) => Answer {
            claims: vec![claim(&p, &c)],
            measures: measures(&c),
            p: c.joint.map(|j| P { value: j.p, kind: PKind::Asymptotic }),
            left_out: p.left_out.clone(),
            tables: vec![table(&p, &c)],
            pictures: vec![picture(&p, &c)],
            notes: p.notes(),
            ..Answer::new(METHOD.code, subject)
        },
    }
}

fn claim(p: &Prepared<'_>, c: &Comparison) -> Claim {
    let Some(joint) = c.joint else {
        return Claim {
            class: ClaimClass::OfficialFigure,
            verdict: Verdict::NotTested,
            headline: "The stations do not differ, so no sampling error can be stated.".to_owned(),
            base: base(p),
            limits: assumptions(p),
            unsupported: "That the official shares are right, or that they are not.".to_owned(),
        };
    };
    let apart = joint.p < 1.0 - LEVEL;
    let outside = c.rows.iter().filter(|r| !r.inside());
    let outside: Vec<String> = outside.map(|r| said(p, r)).collect();
    let which = if outside.is_empty() {
        "every official share is inside its 95 % interval".to_owned()
    } else {
        format!("outside its 95 % interval: {}", outside.join(", "))
    };
    let detectable = format!("{:.2} points", 100.0 * c.detectable);
    let tail = match (apart, outside.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!("; the sample could not have detected a shift under {detectable}"),
        (false, false) => format!(
            ", which one of {} intervals does by chance often enough; the sample could not have detected a shift under {detectable}",
            c.rows.len()
        ),
    };
    Claim {
        class: ClaimClass::OfficialFigure,
        verdict: if apart { Verdict::Inconsistent } else { Verdict::Consistent },
        headline: format!(
            "Taken together the official shares are {} the sample (p {}): {which}{tail}.",
            if apart { "inconsistent with" } else { "consistent with" },
            p_text(joint.p)
        ),
        base: base(p),
        limits: assumptions(p),
        unsupported: if apart {
            "Which of the two is wrong, and why: stations that report late, an unlike denominator and errors of reporting look the same.".to_owned()
        } else {
            format!("That the official shares are verified: a shift under {detectable} passes, and so does whatever happened before the count.")
        },
    }
}

fn base(p: &Prepared<'_>) -> String {
    format!("{} at {} reporting stations", p.sample.base, count(p.used.len()))
}

fn said(p: &Prepared<'_>, r: &Compared) -> String {
    let name = &p.sample.contestants[r.contestant];
    let z = r.z.map_or_else(|| "no standard error".to_owned(), |z| format!("|z| {:.1}", z.abs()));
    format!(
        "{name} (official {}, estimate {}, {z})",
        percent(r.official, 2),
        percent(r.estimate.value, 2)
    )
}

/// A p-value in words.
fn p_text(p: f64) -> String {
    if p < 1e-4 { "below 0.0001".to_owned() } else { format!("= {p:.4}") }
}

fn measures(c: &Comparison) -> Vec<Measure> {
    let measure = |name: &str, symbol, value, expected, unit| Measure {
        name: name.to_owned(),
        symbol,
        value,
        expected,
        sd: None,
        unit,
    };
    let joint = c.joint.iter().map(|j| {
        measure("all differences at once", "W", j.statistic, Some(j.rank as f64), Unit::None)
    });
    let shift = measure("smallest shift that could be seen", "δ", c.detectable, None, Unit::Points);
    joint.chain([shift]).collect()
}

fn table(p: &Prepared<'_>, c: &Comparison) -> Table {
    let heads = [
        ("contestant", Unit::None),
        ("official", Unit::Share),
        ("estimate", Unit::Share),
        ("from", Unit::Share),
        ("to", Unit::Share),
        ("inside", Unit::None),
        ("|z|", Unit::None),
        ("p (Holm)", Unit::None),
    ];
    let row = |r: &Compared| -> Vec<Cell> {
        let [low, high] = r.estimate.interval(LEVEL);
        vec![
            p.sample.contestants[r.contestant].as_str().into(),
            r.official.into(),
            r.estimate.value.into(),
            low.into(),
            high.into(),
            if r.inside() { "yes" } else { "no" }.into(),
            r.z.map(f64::abs).into(),
            r.holm.into(),
        ]
    };
    Table {
        name: "official",
        title: "Official shares against the sample".to_owned(),
        columns: heads.map(|(name, unit)| Heading::new(name, unit)).to_vec(),
        rows: c.rows.iter().map(row).collect(),
    }
}

fn picture(p: &Prepared<'_>, c: &Comparison) -> Picture {
    let row = |r: &Compared| {
        let [low, high] = r.estimate.interval(LEVEL);
        IntervalRow {
            label: p.sample.contestants[r.contestant].clone(),
            estimate: Some(r.estimate.value),
            low,
            high,
            mark: Some(r.official),
        }
    };
    Picture::Intervals {
        title: "Estimates with 95 % intervals; the mark is the official share".to_owned(),
        axis: format!("share of {}", p.sample.base),
        unit: Unit::Share,
        rows: c.rows.iter().map(row).collect(),
    }
}
