//! P180: the official figure of each station against another whole count of the same station.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, LeftOut, P, PKind, Reason, Table, Unit, Verdict, Measure};
use glassurn_stats::binomial;

use super::Method;
use super::beside::{Beside, sum};
use crate::phrase::{count, number, percent};

#[doc = include_str!("station_match.md")]
pub const METHOD: Method = Method {
    code: "P180",
    name: "station-match",
    title: "Station by station: official figures against another count",
    doc: include_str!("station_match.md"),
};

/// The figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Stations with both figures.
    pub compared: usize,
    /// Stations with an official figure alone.
    pub official_only: usize,
    /// Stations with the other count alone.
    pub counted_only: usize,
    /// Stations at which both agree.
    pub same: usize,
    /// Stations at which they differ: station, official, counted; largest difference first.
    pub differ: Vec<(usize, i64, i64)>,
    /// Stations at which the official figure is higher.
    pub higher: usize,
    /// Sum of official minus counted.
    pub shift: i64,
    /// Two-sided exact sign test: higher and lower equally likely where the figures differ.
    pub sign: f64,
}

/// The figures, or why there are none.
pub fn figures(beside: &Beside<'_>) -> Result<Figures, &'static str> {
    let pairs: Vec<_> = beside.pairs().collect();
    if pairs.is_empty() {
        return Err("no station has both figures");
    }
    let mut differ: Vec<_> = pairs.iter().copied().filter(|p| p.1 != p.2).collect();
    differ.sort_by_key(|&(s, official, counted)| (std::cmp::Reverse(official.abs_diff(counted)), s));
    let higher = differ.iter().filter(|p| p.1 > p.2).count();
    let differences: Option<Vec<i64>> = differ.iter().map(|p| p.1.checked_sub(p.2)).collect();
    let shift = differences.and_then(sum).ok_or("the total shift exceeds 64 bits")?;
    let has = |of: fn(&Beside<'_>, usize) -> Option<i64>| {
        (0..beside.len()).filter(|s| of(beside, *s).is_some()).count()
    };
    Ok(Figures {
        compared: pairs.len(),
        official_only: has(|b, s| b.official(s)) - pairs.len(),
        counted_only: has(|b, s| b.counted(s)) - pairs.len(),
        same: pairs.len() - differ.len(),
        sign: binomial::two_sided(higher as u64, differ.len() as u64, 0.5),
        higher,
        shift,
        differ,
    })
}

/// Compares station by station; only for counts of whole stations.
///
/// Refused: a voters' report (it is a part of a station), no station with both figures.
pub fn compare(beside: &Beside<'_>) -> Answer {
    let subject = format!("{}, {}", beside.choice, beside.counted_name);
    if !beside.counted_kind.counts_whole_stations() {
        let why = "voters' reports cover a part of each station: they can only be a lower bound";
        return Answer::refused(METHOD.code, subject, why);
    }
    let figures = match figures(beside) {
        Ok(figures) => figures,
        Err(why) => return Answer::refused(METHOD.code, subject, why),
    };
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims.push(claim(beside, &figures));
    answer.measures = measures(&figures);
    if !figures.differ.is_empty() {
        answer.p = Some(P { value: figures.sign, kind: PKind::Exact });
    }
    if figures.official_only + figures.counted_only > 0 {
        let stations = figures.official_only + figures.counted_only;
        answer.left_out.push(LeftOut { why: Reason::Missing, stations });
    }
    answer.tables.push(table(beside, &figures));
    answer.notes.push("The p-value is of the sign test: if higher and lower official figures were equally likely where the two differ. It says nothing of the size of the differences.".to_owned());
    answer
}

fn claim(beside: &Beside<'_>, f: &Figures) -> Claim {
    let compared = count(f.compared);
    let (verdict, headline, unsupported) = if f.differ.is_empty() {
        (
            Verdict::Corroborated,
            format!("At all {compared} stations compared the official figure for {} is that of the other count.", beside.choice),
            "that the other stations agree too, or that the ballots themselves were in order",
        )
    } else {
        (
            Verdict::Inconsistent,
            format!(
                "The official figure for {} differs from the other count at {} of {compared} stations: higher at {}, lower at {}, {} votes {} in all.",
                beside.choice,
                count(f.differ.len()),
                count(f.higher),
                count(f.differ.len() - f.higher),
                number(f.shift.unsigned_abs() as f64),
                if f.shift < 0 { "lower" } else { "higher" }
            ),
            "why they differ, or which of the two is right: a slip in copying looks the same",
        )
    };
    Claim {
        class: ClaimClass::OfficialFigure,
        verdict,
        headline,
        base: format!(
            "{compared} stations with both figures; {} with the official one alone, {} with {} alone",
            count(f.official_only),
            count(f.counted_only),
            beside.counted_name.to_lowercase()
        ),
        limits: vec!["both figures are of the same station and the same count".to_owned()],
        unsupported: unsupported.to_owned(),
    }
}

fn measures(f: &Figures) -> Vec<Measure> {
    let compared = f.compared as f64;
    vec![
        Measure::plain("stations compared", "n", compared, Unit::Stations),
        Measure::plain("stations that agree", "n=", f.same as f64, Unit::Stations),
        Measure::plain("share that agrees", "n=/n", f.same as f64 / compared, Unit::Share),
        Measure::plain("official higher", "n+", f.higher as f64, Unit::Stations),
        Measure::plain("official lower", "n−", (f.differ.len() - f.higher) as f64, Unit::Stations),
        Measure::plain("official minus other count, in all", "D", f.shift as f64, Unit::Votes),
    ]
}

fn table(beside: &Beside<'_>, f: &Figures) -> Table {
    let row = |&(s, official, counted): &(usize, i64, i64)| {
        let name = beside.ids.get(s).map_or("", String::as_str);
        let difference = official.checked_sub(counted);
        vec![Cell::from(name), Cell::from(official), Cell::from(counted), Cell::from(difference)]
    };
    Table {
        name: "stations",
        title: format!("Stations at which the figures for {} differ ({})", beside.choice, percent(f.differ.len() as f64 / f.compared as f64, 1)),
        columns: vec![
            Heading::new("station", Unit::None),
            Heading::new("official", Unit::Votes),
            Heading::new(beside.counted_name, Unit::Votes),
            Heading::new("official minus other", Unit::Votes),
        ],
        rows: f.differ.iter().map(row).collect(),
    }
}
