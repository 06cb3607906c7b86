//! P110: what is in hand of an area against the figure announced for the whole of it.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Count, CountKind, Heading, IntervalRow, Picture, Table, Unit, Verdict, Measure};

use super::beside::{Announced, Beside, sum};
use super::Method;
use crate::phrase::{count, number};

#[doc = include_str!("area_excess.md")]
pub const METHOD: Method = Method {
    code: "P110",
    name: "area-excess",
    title: "Votes in hand against the announced total",
    doc: include_str!("area_excess.md"),
};

/// What is in hand of one choice in one area; every figure is a sum over stations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InHand {
    /// Stations with an official figure (a protocol).
    pub protocols: usize,
    /// Sum of those figures.
    pub official: i64,
    /// Stations with another count.
    pub counted_stations: usize,
    /// Sum of the other count over all stations.
    pub counted: i64,
    /// The lower bound: at each station the larger of the two, each where it exists.
    pub least: i64,
}

/// Sums what is in hand over the chosen stations; `None` when a figure is negative or a sum leaves 64 bits.
pub fn in_hand(beside: &Beside<'_>, stations: impl Iterator<Item = usize> + Clone) -> Option<InHand> {
    let official = || stations.clone().filter_map(|s| beside.official(s));
    let counted = || stations.clone().filter_map(|s| beside.counted(s));
    if official().chain(counted()).any(|v| v < 0) {
        return None;
    }
    let larger = |s: usize| beside.official(s).max(beside.counted(s));
    Some(InHand {
        protocols: official().count(),
        official: sum(official())?,
        counted_stations: counted().count(),
        counted: sum(counted())?,
        least: sum(stations.clone().filter_map(larger))?,
    })
}

/// Compares what is in hand with what was announced, in the whole and in every unit of the levels.
///
/// Refused: nothing in hand, a negative figure, a sum beyond 64 bits, no announced figure for any area.
pub fn compare(beside: &Beside<'_>, announced: &[Announced], whole: &str) -> Answer {
    let subject = format!("{}, {}", beside.choice, beside.counted_name);
    let refuse = |why: &str| Answer::refused(METHOD.code, subject.clone(), why);
    let Some(all) = in_hand(beside, 0..beside.len()) else {
        return refuse("a count is negative, or a sum exceeds 64 bits");
    };
    if all.protocols + all.counted_stations == 0 {
        return refuse("no station has a figure for this choice");
    }
    let areas = areas(beside, all, whole);
    // A city and its region may share a name: which of them was meant cannot be told, so neither is compared.
    let bearers = |a: &Announced| areas.iter().filter(|(name, _)| *name == a.area).count();
    let (announced, unclear): (Vec<_>, Vec<_>) = announced.iter().cloned().partition(|a| bearers(a) <= 1);
    let stated = |area: &str| announced.iter().find(|a| a.area == area);
    if !areas.iter().any(|(name, _)| stated(name).is_some()) {
        return refuse("no total was announced for this choice in any area of the inputs");
    }
    let mut answer = Answer::new(METHOD.code, subject);
    for (area, hand) in &areas {
        if let Some(stated) = stated(area) {
            answer.claims.extend(protocols_alone(beside, *hand, stated));
            answer.claims.extend(claim(beside, *hand, stated));
        }
    }
    answer.measures = measures(beside, &all, stated(whole));
    answer.tables = vec![table(beside, &areas, &announced)];
    answer.pictures.extend(picture(beside, &areas, &announced));
    answer.notes = unclear.iter().map(unclear_name).collect();
    answer
}

/// What is said of a total whose area's name several units bear.
fn unclear_name(announced: &Announced) -> String {
    format!(
        "The total of {} announced for {} is compared with nothing: more than one area has that name.",
        number(announced.value as f64),
        announced.area
    )
}

/// The whole and every unit of every level with at most 200 units, with what is in hand there.
fn areas(beside: &Beside<'_>, all: InHand, whole: &str) -> Vec<(String, InHand)> {
    let mut areas = vec![(whole.to_owned(), all)];
    for level in beside.levels.iter().filter(|l| (2..=200).contains(&l.units.len())) {
        for (unit, members) in level.units.iter().zip(level.members()) {
            let stations = members.iter().map(|&s| s as usize);
            areas.extend(in_hand(beside, stations).map(|hand| (unit.clone(), hand)));
        }
    }
    areas
}

/// Where the authority's own station figures exceed its total no voter's word is needed: a claim of its
/// own, unless nothing else was counted and the other claim says the same.
fn protocols_alone(beside: &Beside<'_>, hand: InHand, stated: &Announced) -> Option<Claim> {
    let excess = hand.official.checked_sub(stated.value).filter(|e| *e > 0)?;
    let other = beside.counted_kind != CountKind::VoterStatement && hand.counted_stations > 0;
    let protocols = InHand { counted_stations: 0, counted: 0, least: hand.official, ..hand };
    other.then(|| Claim {
        class: ClaimClass::OfficialFigure,
        verdict: Verdict::Impossible,
        headline: format!(
            "For {}, {} at {} stations alone add up to {} votes for {}: {} more than the announced total of {}.",
            stated.area,
            beside.official_kind.title(),
            count(hand.protocols),
            number(hand.official as f64),
            beside.choice,
            number(excess as f64),
            number(stated.value as f64)
        ),
        base: base(beside, protocols, stated),
        limits: limits(beside, protocols),
        unsupported: "which of the figures is wrong, or how the stations without a copy voted".to_owned(),
    })
}

/// The claim of one area: contradicted, or not reached.
fn claim(beside: &Beside<'_>, hand: InHand, stated: &Announced) -> Option<Claim> {
    let excess = hand.least.checked_sub(stated.value)?;
    let (least, value) = (number(hand.least as f64), number(stated.value as f64));
    let choice = beside.choice;
    let (verdict, headline, unsupported) = if excess > 0 {
        let told = match beside.counted_kind {
            CountKind::VoterStatement => "by protocols and by voters' own statements without proof, ",
            _ => "at least ",
        };
        let text = format!(
            "For {}, {told}{least} votes for {choice} are in hand: {} more than the announced total of {value}.",
            stated.area,
            number(excess as f64)
        );
        let not = format!(
            "how many votes {choice} received in all, or who has most votes: the stations in hand are not a random part of the area"
        );
        (beside.counted_kind.strongest(), text, not)
    } else {
        let text = format!(
            "The {least} votes for {choice} in hand for {} do not exceed the announced total of {value}.",
            stated.area
        );
        let not = "the announced total is right: what is in hand is a part of the stations, and a part need not exceed the whole".to_owned();
        (Verdict::NotTested, text, not)
    };
    Some(Claim {
        class: ClaimClass::OfficialFigure,
        verdict,
        headline,
        base: base(beside, hand, stated),
        limits: limits(beside, hand),
        unsupported,
    })
}

/// What was counted, over what.
fn base(beside: &Beside<'_>, hand: InHand, stated: &Announced) -> String {
    let protocols = format!(
        "{} at {} stations ({} votes)",
        beside.official_kind.title(),
        count(hand.protocols),
        number(hand.official as f64)
    );
    let counted = match hand.counted_stations {
        0 => String::new(),
        n => format!(
            "; {} at {} stations ({} votes); at each station the larger of the two",
            beside.counted_name.to_lowercase(),
            count(n),
            number(hand.counted as f64)
        ),
    };
    format!("{protocols}{counted}; announced by {}", stated.source)
}

/// The assumptions, one each.
fn limits(beside: &Beside<'_>, hand: InHand) -> Vec<String> {
    let mut limits = Vec::new();
    if hand.protocols > 0 {
        limits.push("the copies of protocols are authentic, and each is of a different station".to_owned());
    }
    if hand.counted_stations > 0 && !beside.counted_kind.counts_whole_stations() {
        limits.push("each reported ballot was cast, is counted once, and belongs to this area".to_owned());
    } else if hand.counted_stations > 0 {
        limits.push("each count is of the station it names".to_owned());
    }
    limits.push("the announced total covers all these stations".to_owned());
    limits
}

fn measures(
    beside: &Beside<'_>,
    all: &InHand,
    stated: Option<&Announced>,
) -> Vec<Measure> {
    let mut measures = vec![
        Measure::plain("votes in hand, at least", "L", all.least as f64, Unit::Votes),
        Measure::plain("in official protocols", "P", all.official as f64, Unit::Votes),
    ];
    if all.counted_stations > 0 {
        let name = beside.counted_name.to_lowercase();
        measures.push(Measure::plain(name, "v", all.counted as f64, Unit::Votes));
    }
    if let Some(stated) = stated {
        measures.push(Measure::plain("announced total", "O", stated.value as f64, Unit::Votes));
        let excess = all.least as f64 - stated.value as f64;
        measures.push(Measure::plain("in hand beyond the announced total", "L - O", excess, Unit::Votes));
        if stated.value > 0 {
            let ratio = all.least as f64 / stated.value as f64;
            measures.push(Measure::plain("in hand, per vote announced", "L/O", ratio, Unit::None));
        }
    }
    measures
}

/// One row an area.
fn table(beside: &Beside<'_>, areas: &[(String, InHand)], announced: &[Announced]) -> Table {
    let row = |(area, hand): &(String, InHand)| {
        let stated: Count = announced.iter().find(|a| a.area == *area).map(|a| a.value);
        let excess = stated.and_then(|s| hand.least.checked_sub(s));
        vec![
            Cell::from(area.as_str()),
            Cell::from(hand.protocols),
            Cell::from(hand.official),
            Cell::from(hand.counted),
            Cell::from(hand.least),
            Cell::from(stated),
            Cell::from(excess),
        ]
    };
    let votes = |name: &str| Heading::new(name, Unit::Votes);
    Table {
        name: "areas",
        title: format!("{}: votes in hand by area", beside.choice),
        columns: vec![
            Heading::new("area", Unit::None),
            Heading::new("stations with a protocol", Unit::Stations),
            votes("in protocols"),
            votes(beside.counted_name),
            votes("in hand, at least"),
            votes("announced"),
            votes("beyond the announced"),
        ],
        rows: areas.iter().map(row).collect(),
    }
}

/// What is in hand beside what was announced, where something was.
fn picture(
    beside: &Beside<'_>,
    areas: &[(String, InHand)],
    announced: &[Announced],
) -> Option<Picture> {
    let row = |(area, hand): &(String, InHand)| {
        let stated = announced.iter().find(|a| a.area == *area)?;
        Some(IntervalRow {
            label: area.clone(),
            estimate: None,
            low: 0.0,
            high: hand.least as f64,
            mark: Some(stated.value as f64),
        })
    };
    let rows: Vec<_> = areas.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| Picture::Intervals {
        title: format!("{}: votes in hand, and the announced total", beside.choice),
        axis: "votes".to_owned(),
        unit: Unit::Votes,
        rows,
    })
}

