//! P230: the estimate as reports came in.

use glassurn_model::{Answer, Cell, Claim, ClaimClass, Heading, Measure, Picture, Table, Unit, Verdict};
use glassurn_stats::survey::Estimate;

use super::Method;
use super::non_response;
use super::station_sample::{Absent, LEVEL, Prepared, Report, StationSample, by_share};
use crate::phrase::{count, percent};

#[doc = include_str!("arrival.md")]
pub const METHOD: Method = Method {
    code: "P230",
    name: "arrival",
    title: "The estimate as reports came in",
    doc: include_str!("arrival.md"),
};

/// Moments at which the estimate is made.
pub const STEPS: usize = 12;

/// The estimate at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Minutes since the first report.
    pub minute: f64,
    /// Complete reports by then.
    pub reports: usize,
    /// Estimate as if reports were missing at random.
    pub estimate: Estimate,
    /// Range with nothing assumed of what is missing, sampling error included; `None` without a plan.
    pub range: Option<[f64; 2]>,
}

/// The estimates of the contestant with most votes at the end, in order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// Number of the contestant.
    pub contestant: usize,
    /// The moments.
    pub steps: Vec<Step>,
    /// Planned stations; `None` where the plan is not known.
    pub planned: Option<usize>,
    /// Reports without a time, in no step but the last.
    pub untimed: usize,
}

/// The steps, or why there are none. The order in which reports are given does not matter.
pub fn figures(sample: &StationSample) -> Result<Arrival, String> {
    let last = sample.prepare()?;
    let contestant = *by_share(&last.shares()?).first().ok_or("there is no contestant")?;
    let mut times: Vec<f64> =
        last.used.iter().filter_map(|r| r.minute).filter(|m| m.is_finite()).collect();
    times.sort_by(f64::total_cmp);
    let (Some(first), Some(end)) = (times.first(), times.last()) else {
        return Err("the reports have no time".to_owned());
    };
    if first == end {
        return Err("all reports have the same time".to_owned());
    }
    let untimed = last.used.len() - times.len();
    let mut moments: Vec<f64> =
        (1..=STEPS).map(|i| times[(times.len() * i).div_ceil(STEPS) - 1]).collect();
    moments.dedup();
    let steps = moments.iter().filter_map(|m| step(sample, contestant, *m, *m >= *end, *first));
    let planned = sample.not_in_hand().map(|a| a.len() + last.used.len());
    Ok(Arrival { contestant, steps: steps.collect(), planned, untimed })
}

/// The estimate by one moment; `None` while too few reports are there.
fn step(
    sample: &StationSample,
    contestant: usize,
    moment: f64,
    last: bool,
    first: f64,
) -> Option<Step> {
    let there = |r: &&Report| last || r.minute.is_some_and(|m| m <= moment);
    let reports: Vec<Report> = sample.reports.iter().filter(there).cloned().collect();
    let p = Prepared::of(sample, &reports).ok()?;
    let (estimate, used) = (p.share(contestant)?, p.used.len());
    let range = sample.absent.as_ref().and_then(|absent| {
        let late = sample.reports.iter().filter(|r| !there(r));
        let late = late.map(|r| Absent { stratum: r.stratum, registered: r.registered });
        let absent = absent.iter().cloned().chain(late).collect();
        let then = StationSample { reports: reports.clone(), absent: Some(absent), ..sample.clone() };
        Some(non_response::figures(&then, non_response::Cap::Registered).ok()?.shares.get(contestant)?.interval)
    });
    Some(Step { minute: moment - first, reports: used, estimate, range })
}

/// The answer.
pub fn answer(sample: &StationSample) -> Answer {
    let subject = format!("shares of {} by time of report", sample.base);
    match figures(sample) {
        Err(why) => Answer::refused(METHOD.code, subject, why),
        Ok(a) if a.steps.len() < 2 => {
            Answer::refused(METHOD.code, subject, "too few reports before the last moment")
        }
        Ok(a) => Answer {
            claims: claim(sample, &a).into_iter().collect(),
            measures: measures(&a),
            tables: vec![table(&a)],
            pictures: vec![picture(sample, &a)],
            notes: notes(&a),
            ..Answer::new(METHOD.code, subject)
        },
    }
}

/// The early and the late estimate, where they are further apart than the early interval allows.
fn claim(sample: &StationSample, a: &Arrival) -> Option<Claim> {
    let (first, last) = (a.steps.first()?, a.steps.last()?);
    let name = &sample.contestants[a.contestant];
    let [low, high] = first.estimate.interval(LEVEL);
    let moved = !(low..=high).contains(&last.estimate.value);
    Some(Claim {
        class: ClaimClass::Data,
        verdict: Verdict::Estimated,
        headline: format!(
            "The estimate for {name} went from {} with {} reports to {} with {}{}.",
            percent(first.estimate.value, 2),
            count(first.reports),
            percent(last.estimate.value, 2),
            count(last.reports),
            if moved { ", out of the first 95 % interval: early and late stations differ" } else { ", inside the first 95 % interval" }
        ),
        base: format!("{} at the stations that had reported", sample.base),
        limits: vec!["the times are those at which the reports came in".to_owned()],
        unsupported: if moved {
            "That somebody held reports back: far and large stations are late for plain reasons.".to_owned()
        } else {
            "That the stations still missing are like those that reported.".to_owned()
        },
    })
}

fn notes(a: &Arrival) -> Vec<String> {
    let mut notes = Vec::new();
    if a.planned.is_none() {
        notes.push("the planned sample is not given: the reporting rate and the range with nothing assumed are not known".to_owned());
    }
    if a.untimed > 0 {
        notes.push(format!("{} reports have no time and count in the last step alone", count(a.untimed)));
    }
    notes.push("in early steps strata without a report are merged with the next".to_owned());
    notes
}

fn measures(a: &Arrival) -> Vec<Measure> {
    let values = a.steps.iter().map(|s| s.estimate.value);
    let (low, high) = values.fold((1.0, 0.0), |(l, h), v| (f64::min(l, v), f64::max(h, v)));
    vec![Measure::plain("spread of the estimates over time", "D", high - low, Unit::Points)]
}

fn rate(a: &Arrival, s: &Step) -> Option<f64> {
    a.planned.filter(|p| *p > 0).map(|p| s.reports as f64 / p as f64)
}

fn table(a: &Arrival) -> Table {
    let heads = [
        ("minutes since the first report", Unit::None),
        ("reports", Unit::Stations),
        ("reporting rate", Unit::Share),
        ("estimate", Unit::Share),
        ("from", Unit::Share),
        ("to", Unit::Share),
        ("nothing assumed: from", Unit::Share),
        ("to (nothing assumed)", Unit::Share),
    ];
    let row = |s: &Step| -> Vec<Cell> {
        let [low, high] = s.estimate.interval(LEVEL);
        vec![
            s.minute.round().into(),
            s.reports.into(),
            rate(a, s).into(),
            s.estimate.value.into(),
            low.into(),
            high.into(),
            s.range.map(|r| r[0]).into(),
            s.range.map(|r| r[1]).into(),
        ]
    };
    Table {
        name: "arrival",
        title: "The estimate as reports came in".to_owned(),
        columns: heads.map(|(name, unit)| Heading::new(name, unit)).to_vec(),
        rows: a.steps.iter().map(row).collect(),
    }
}

fn picture(sample: &StationSample, a: &Arrival) -> Picture {
    let of = |pick: &dyn Fn(&Step) -> Option<f64>| -> Option<Vec<f64>> {
        a.steps.iter().map(pick).collect()
    };
    let ends = |s: &Step, i: usize| Some(s.estimate.interval(LEVEL)[i]);
    let lines: [(&str, Option<Vec<f64>>); 6] = [
        ("estimate", of(&|s| Some(s.estimate.value))),
        ("95 % interval, from", of(&|s| ends(s, 0))),
        ("95 % interval, to", of(&|s| ends(s, 1))),
        ("nothing assumed, from", of(&|s| s.range.map(|r| r[0]))),
        ("nothing assumed, to", of(&|s| s.range.map(|r| r[1]))),
        ("reporting rate", of(&|s| rate(a, s))),
    ];
    Picture::Lines {
        title: format!("{} as reports came in", sample.contestants[a.contestant]),
        x: "minutes since the first report".to_owned(),
        y: format!("share of {}", sample.base),
        at: a.steps.iter().map(|s| s.minute).collect(),
        series: lines.into_iter().filter_map(|(n, v)| Some((n.to_owned(), v?))).collect(),
    }
}
