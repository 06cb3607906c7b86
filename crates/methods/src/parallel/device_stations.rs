//! P530: stations with a technical device beside stations without, unit by unit.

use std::collections::BTreeMap;

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Count, Heading, IntervalRow, LeftOut, Measure, Picture, Reason,
    Table, Unit, Verdict,
};
use glassurn_stats::{bootstrap, rng, sample};

use super::Method;
use crate::phrase::{count, counted, number};

#[doc = include_str!("device_stations.md")]
pub const METHOD: Method = Method {
    code: "P530",
    name: "device-stations",
    title: "Stations with and without a technical device",
    doc: include_str!("device_stations.md"),
};

/// Units that are drawn and listed.
const SHOWN: usize = 30;

/// One station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Votes for the choice.
    pub votes: Count,
    /// What the share is out of.
    pub ballots: Count,
    /// Registered voters, where they are known.
    pub registered: Count,
    /// Whether the station had a device.
    pub device: Option<bool>,
    /// The unit within which stations are compared.
    pub unit: String,
}

/// How to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Samples of units that the interval is made of.
    pub draws: u32,
    /// Seed of these samples.
    pub seed: u64,
}

impl Settings {
    /// 1,999 samples, seed 1.
    pub const DEFAULT: Self = Settings { draws: 1_999, seed: 1 };
}

/// What one unit has.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Stations with a device, and without.
    pub stations: [usize; 2],
    /// Share of the choice with a device, and without.
    pub shares: [f64; 2],
    /// Votes without a device beyond those of as many ballots with one.
    pub excess: f64,
    /// The same of as many registered voters.
    pub by_voters: Option<f64>,
}

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The units that have both, by name.
    pub areas: Vec<Area>,
    /// Stations with a device, and without, in these units.
    pub stations: [usize; 2],
    /// Votes for the choice at all stations with figures, and at those without a device in these units.
    pub votes: [f64; 2],
    /// The excess over all units, and its 95 % interval.
    pub excess: f64,
    /// The interval; `None` where units do not differ or only one has both.
    pub interval: Option<[f64; 2]>,
    /// The excess by registered voters, and its interval; where all are known.
    pub by_voters: Option<(f64, Option<[f64; 2]>)>,
    /// Stations that lack a figure or a mark.
    pub missing: usize,
    /// Stations in units that lack one of the two kinds.
    pub alone: usize,
}

/// Sums of one side of a unit.
#[derive(Debug, Clone, Copy, Default)]
struct Side {
    stations: usize,
    votes: f64,
    ballots: f64,
    voters: f64,
    /// Stations without registered voters.
    unknown: usize,
}

/// Compares stations with and without a device.
///
/// Refused: no unit that has both, with ballots.
pub fn compare(subject: &str, stations: &[Station], set: Settings) -> Answer {
    match figures(stations, set) {
        Ok(figures) => answer(subject, &figures),
        Err(why) => Answer::refused(METHOD.code, subject, why),
    }
}

/// Computes the figures, or says why not.
pub fn figures(stations: &[Station], set: Settings) -> Result<Figures, String> {
    let mut units: BTreeMap<&str, [Side; 2]> = BTreeMap::new();
    let (mut missing, mut votes) = (0, 0.0);
    for s in stations {
        let (Some(v), Some(b), Some(device)) = (s.votes, s.ballots, s.device) else {
            missing += 1;
            continue;
        };
        if v < 0 || b < 0 || v > b {
            missing += 1;
            continue;
        }
        votes += v as f64;
        let side = &mut units.entry(&s.unit).or_default()[usize::from(!device)];
        side.stations += 1;
        side.votes += v as f64;
        side.ballots += b as f64;
        match s.registered.filter(|r| *r > 0) {
            Some(r) => side.voters += r as f64,
            None => side.unknown += 1,
        }
    }
    let used: usize = units.values().flatten().map(|s| s.stations).sum();
    units.retain(|_, [with, without]| with.ballots > 0.0 && without.ballots > 0.0);
    if units.is_empty() {
        return Err("no unit has stations with a device and stations without".to_owned());
    }
    let side = |k: usize, of: &dyn Fn(&Side) -> f64| units.values().map(|u| of(&u[k])).sum::<f64>();
    let count = |k: usize| units.values().map(|u| u[k].stations).sum();
    let kinds: [usize; 2] = [count(0), count(1)];
    let areas: Vec<Area> = units.iter().map(|(name, sides)| area(name, sides)).collect();
    let each: Vec<f64> = areas.iter().map(|a| a.excess).collect();
    let by_voters: Option<Vec<f64>> = areas.iter().map(|a| a.by_voters).collect();
    Ok(Figures {
        stations: kinds,
        votes: [votes, side(1, &|s| s.votes)],
        excess: each.iter().sum(),
        interval: interval(&each, set),
        by_voters: by_voters.map(|v| (v.iter().sum(), interval(&v, set))),
        missing,
        alone: used - kinds.iter().sum::<usize>(),
        areas,
    })
}

fn area(name: &str, [with, without]: &[Side; 2]) -> Area {
    let known = with.unknown + without.unknown == 0;
    Area {
        name: name.to_owned(),
        stations: [with.stations, without.stations],
        shares: [with.votes / with.ballots, without.votes / without.ballots],
        excess: without.votes - without.ballots * with.votes / with.ballots,
        by_voters: known.then(|| without.votes - without.voters * with.votes / with.voters),
    }
}

/// What the sum over units would be, were units drawn again.
fn interval(each: &[f64], set: Settings) -> Option<[f64; 2]> {
    let sum = |draw: u32| -> f64 {
        let mut rng = rng::stream(set.seed, "units with devices", draw.into());
        let pick = |_| each[usize::try_from(sample::below(&mut rng, each.len() as u64)).unwrap_or(0)];
        (0..each.len()).map(pick).sum()
    };
    bootstrap::basic_95(each.iter().sum(), (0..set.draws).map(sum).collect())
}

fn answer(subject: &str, f: &Figures) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = vec![claim(subject, f)];
    answer.measures = measures(f);
    if f.missing > 0 {
        answer.left_out.push(LeftOut { why: Reason::Missing, stations: f.missing });
    }
    answer.tables = vec![table(f)];
    answer.pictures = vec![picture(f)];
    if f.alone > 0 {
        answer.notes.push(format!(
            "{} in units that have a device nowhere or everywhere, and not used.",
            counted(f.alone, "station stands", "stations stand")
        ));
    }
    if f.interval.is_none() {
        answer.notes.push("There is no interval: too few units, or units that do not differ.".to_owned());
    }
    answer
}

fn ends(interval: Option<[f64; 2]>) -> String {
    interval.map_or_else(String::new, |[low, high]| {
        format!(" (95 % interval {} to {})", number(low), number(high))
    })
}

fn claim(subject: &str, f: &Figures) -> Claim {
    Claim {
        class: ClaimClass::Data,
        verdict: Verdict::Estimated,
        headline: format!(
            "{subject}: with the votes per ballot of the stations that had a device in the same unit, the {} \
             without one would have {} votes {}{}, of {} votes counted there and {} in all.",
            if f.stations[1] == 1 { "one station".to_owned() } else { format!("{} stations", count(f.stations[1])) },
            number(f.excess.abs()),
            if f.excess < 0.0 { "more" } else { "fewer" },
            ends(f.interval),
            number(f.votes[1]),
            number(f.votes[0]),
        ),
        base: format!(
            "{} with a device and {} without, in {} both",
            counted(f.stations[0], "station", "stations"),
            count(f.stations[1]),
            counted(f.areas.len(), "unit that has", "units that have")
        ),
        limits: vec![
            "inside a unit, stations with and without a device have voters alike; nothing here tests that".to_owned(),
            "units are independent of each other".to_owned(),
        ],
        unsupported: "the device made the difference, or counts without one are wrong: devices stand in larger and \
             more urban places"
            .to_owned(),
    }
}

fn measures(f: &Figures) -> Vec<Measure> {
    let plain = Measure::plain;
    let mut all = vec![
        plain("votes beyond those per ballot at stations with a device", "E", f.excess, Unit::Votes),
        plain("the same, of the votes without a device", "E/W", f.excess / f.votes[1].max(1.0), Unit::Share),
    ];
    if let Some([low, high]) = f.interval {
        all.push(plain("lower end of its interval", "E₁", low.round(), Unit::Votes));
        all.push(plain("upper end of its interval", "E₂", high.round(), Unit::Votes));
    }
    if let Some((excess, interval)) = f.by_voters {
        all.push(plain("votes beyond those per registered voter", "E_N", excess, Unit::Votes));
        if let Some([low, high]) = interval {
            all.push(plain("lower end of that", "E_N₁", low.round(), Unit::Votes));
            all.push(plain("upper end of that", "E_N₂", high.round(), Unit::Votes));
        }
    }
    let above = f.areas.iter().filter(|a| a.excess > 0.0).count();
    all.push(plain("units in which stations without a device have more", "U", above as f64, Unit::None));
    all
}

/// The units by the size of what they add.
fn ordered(f: &Figures) -> Vec<&Area> {
    let mut areas: Vec<&Area> = f.areas.iter().collect();
    areas.sort_by(|a, b| b.excess.abs().total_cmp(&a.excess.abs()).then(a.name.cmp(&b.name)));
    areas
}

fn table(f: &Figures) -> Table {
    let heads = [
        ("unit", Unit::None),
        ("with a device", Unit::Stations),
        ("without", Unit::Stations),
        ("share with a device", Unit::Share),
        ("share without", Unit::Share),
        ("beyond, by ballots", Unit::Votes),
        ("beyond, by voters", Unit::Votes),
    ];
    let row = |a: &&Area| -> Vec<Cell> {
        vec![
            a.name.clone().into(),
            a.stations[0].into(),
            a.stations[1].into(),
            a.shares[0].into(),
            a.shares[1].into(),
            a.excess.round().into(),
            a.by_voters.map(f64::round).into(),
        ]
    };
    Table {
        name: "devices",
        title: "Stations with and without a device by unit".to_owned(),
        columns: heads.map(|(name, unit)| Heading::new(name, unit)).to_vec(),
        rows: ordered(f).iter().map(row).collect(),
    }
}

/// For each unit the share with a device, marked, and from there to the share without.
fn picture(f: &Figures) -> Picture {
    let row = |a: &&Area| IntervalRow {
        label: a.name.clone(),
        estimate: Some(a.shares[1]),
        low: a.shares[0].min(a.shares[1]),
        high: a.shares[0].max(a.shares[1]),
        mark: Some(a.shares[0]),
    };
    Picture::Intervals {
        title: "Share without a device (dot) and with one (stroke), where the difference in votes is largest".to_owned(),
        axis: "share of the choice".to_owned(),
        unit: Unit::Share,
        rows: ordered(f).iter().take(SHOWN).map(row).collect(),
    }
}
