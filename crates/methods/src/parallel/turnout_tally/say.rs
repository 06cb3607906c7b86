//! What the figures carry, in words and tables.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, CountKind, Heading, LeftOut, Level, Measure, Picture, Reason,
    Table, Unit, Verdict,
};

use super::{Figures, METHOD, Pair, Settings, WHOLE, beyond, differences};
use crate::parallel::area_excess::in_hand;
use crate::parallel::beside::{Announced, Beside, sum};
use crate::phrase::{count, number, percent};

/// The shares of a picture, in thousandths: from half of the voters to all.
const GRID: std::ops::RangeInclusive<i64> = 50..=100;

/// The answer.
pub(super) fn answer(
    subject: String,
    beside: &Beside<'_>,
    f: &Figures,
    (announced, whole): (&[Announced], &str),
    set: Settings,
) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = vec![above(beside, f)];
    answer.claims.extend(areas(beside, announced, whole));
    answer.claims.extend(below(beside, f, set));
    answer.measures = measures(f);
    if f.left_out > 0 {
        answer.left_out.push(LeftOut { why: Reason::Missing, stations: f.left_out });
    }
    answer.tables.extend((!f.by_share.is_empty()).then(|| shares(f, set)));
    let levels = beside.levels.iter().filter(|l| (2..=200).contains(&l.units.len()));
    answer.tables.extend(levels.map(|level| by_unit(f, level)));
    answer.tables.extend(stations(beside, f, set));
    answer.pictures.extend((!f.below.is_empty()).then(|| picture(f)));
    answer.notes = notes(beside, f, set);
    answer
}

/// What the other count is of, as a sentence says it.
fn people(kind: CountKind) -> &'static str {
    match kind {
        CountKind::VoterClaim => "ballots that voters proved",
        CountKind::VoterStatement => "votes that voters stated without proof",
        _ => "people seen voting",
    }
}

fn claim(beside: &Beside<'_>, f: &Figures, verdict: Verdict, headline: String, not: &str) -> Claim {
    Claim {
        class: ClaimClass::OfficialFigure,
        verdict,
        headline,
        base: format!(
            "{} stations that have both {} and {}; {} stations lack one of them",
            count(f.pairs.len()),
            beside.official_kind.title(),
            beside.counted_name.to_lowercase(),
            count(f.left_out)
        ),
        limits: vec!["the official figures and the tallies are of the same stations".to_owned()],
        unsupported: not.to_owned(),
    }
}

/// More people than ballots: no coverage is needed for it.
fn above(beside: &Beside<'_>, f: &Figures) -> Claim {
    let (people, all) = (people(beside.counted_kind), count(f.pairs.len()));
    let part = !beside.counted_kind.counts_whole_stations();
    let of_all = f.above.is_empty() && f.below.is_empty() && !part;
    let (verdict, headline, not) = if of_all {
        (
            Verdict::Corroborated,
            format!("At all {all} stations as many ballots were cast as {people}."),
            "that votes were counted rightly, or that the other stations agree too",
        )
    } else if f.above.is_empty() {
        (
            Verdict::NotTested,
            format!("At none of {all} stations do {people} exceed the official ballots cast."),
            "the official ballots cast are right: who was not seen may have voted",
        )
    } else {
        (
            beside.counted_kind.strongest(),
            format!(
                "At {} of {all} stations {people} exceed the official ballots cast: by {} in all.",
                count(f.above.len()),
                number(f.excess as f64)
            ),
            "which of the figures is wrong, or how anybody voted",
        )
    };
    let mut claim = claim(beside, f, verdict, headline, not);
    claim.limits.push(if part {
        "each reported ballot was cast at the station that it is reported for, and is reported once"
            .to_owned()
    } else {
        "nobody was counted twice, and everybody counted cast a ballot there".to_owned()
    });
    claim
}

/// Areas whose announced ballots cast are fewer than what is in hand.
fn areas(beside: &Beside<'_>, announced: &[Announced], whole: &str) -> Vec<Claim> {
    let units = |level: &Level| -> Vec<(String, Vec<usize>)> {
        let members = level.members().into_iter().map(|m| m.iter().map(|s| *s as usize).collect());
        level.units.iter().cloned().zip(members).collect()
    };
    let mut areas = vec![(whole.to_owned(), (0..beside.len()).collect::<Vec<_>>())];
    areas.extend(beside.levels.iter().flat_map(units));
    let one = |stated: &Announced| {
        let mut named = areas.iter().filter(|a| a.0 == stated.area);
        // Of two areas of one name it cannot be told which was meant.
        let (Some((_, stations)), None) = (named.next(), named.next()) else { return None };
        area(beside, stated, stations)
    };
    announced.iter().filter_map(one).collect()
}

/// One area, where more is in hand than was announced.
fn area(beside: &Beside<'_>, stated: &Announced, stations: &[usize]) -> Option<Claim> {
    let hand = in_hand(beside, stations.iter().copied())?;
    let excess = hand.least.checked_sub(stated.value).filter(|e| *e > 0)?;
    Some(Claim {
        class: ClaimClass::OfficialFigure,
        verdict: beside.counted_kind.strongest(),
        headline: format!(
            "For {}, ballots and voters in hand are at least {}: {} more than the announced ballots cast, {}.",
            stated.area,
            number(hand.least as f64),
            number(excess as f64),
            number(stated.value as f64)
        ),
        base: format!(
            "{} at {} stations, {} at {}; at each station the larger of the two; announced by {}",
            beside.official_kind.title(),
            count(hand.protocols),
            beside.counted_name.to_lowercase(),
            count(hand.counted_stations),
            stated.source
        ),
        limits: vec![
            "each figure is of the station it names, and nobody is counted twice".to_owned(),
            "the announced total covers all these stations".to_owned(),
        ],
        unsupported: "how many voted in all, or which of the figures is wrong".to_owned(),
    })
}

/// Ballots beyond the tallies, under the stated coverage or without one.
fn below(beside: &Beside<'_>, f: &Figures, set: Settings) -> Option<Claim> {
    (!f.below.is_empty()).then_some(())?;
    let official = sum(f.below.iter().map(|p| p.1))?;
    let gap = format!(
        "At {} of {} stations more ballots were cast officially than observers saw people voting: {} ballots that \
         these observers saw nobody cast, {} of the ballots there",
        count(f.below.len()),
        count(f.pairs.len()),
        number(f.unseen as f64),
        percent(f.unseen as f64 / official as f64, 1)
    );
    let not = "how these ballots were cast or counted: observers who come late, leave or count one door of two see \
        fewer";
    let Some((share, stated)) = set.seen.zip(f.by_share.first()) else {
        let headline = format!("{gap}. What share of the voters they saw is not stated.");
        let mut claim = claim(beside, f, Verdict::NotTested, headline, not);
        claim.limits.push("observers counted everybody who came while they watched".to_owned());
        return Some(claim);
    };
    let seen = percent(share as f64 / WHOLE as f64, 1);
    let (verdict, rest) = if stated.ballots > 0 {
        let (stations, ballots) = (count(stated.stations), number(stated.ballots as f64));
        (
            Verdict::Contradicted,
            format!(
                "If they saw at least {seen} of the voters at each station, {ballots} ballots at {stations} stations \
                 are beyond that too."
            ),
        )
    } else {
        (Verdict::Consistent, format!("Having missed up to {} explains all of them.", missed(share)))
    };
    let mut claim = claim(beside, f, verdict, format!("{gap}. {rest}"), not);
    claim.limits.extend([
        format!("observers saw at least {seen} of those who voted at each station, as whoever gave --seen states"),
        "early voting, voting at home and voting by post are in both figures, or in neither".to_owned(),
    ]);
    Some(claim)
}

/// The share that was missed.
fn missed(share: i64) -> String {
    percent((WHOLE - share) as f64 / WHOLE as f64, 1)
}

fn measures(f: &Figures) -> Vec<Measure> {
    let stations = |n: usize| n as f64;
    let mut all = vec![
        Measure::plain("stations compared", "n", stations(f.pairs.len()), Unit::Stations),
        Measure::plain("stations with more people than ballots", "n₊", stations(f.above.len()), Unit::Stations),
        Measure::plain("people beyond the ballots", "Σ(t − O)₊", f.excess as f64, Unit::Votes),
    ];
    if let Some(first) = f.by_share.first() {
        let share = percent(first.share as f64 / WHOLE as f64, 1);
        all.extend([
            Measure::plain("stations with more ballots than people seen", "n₋", stations(f.below.len()), Unit::Stations),
            Measure::plain("ballots beyond the people seen", "Σ(O − t)₊", f.unseen as f64, Unit::Votes),
            Measure::plain(format!("the same, if {share} of the voters were seen"), "U", first.ballots as f64, Unit::Votes),
            Measure::plain(format!("stations with such ballots, if {share} were seen"), "n_U", stations(first.stations), Unit::Stations),
        ]);
    }
    all
}

/// What remains under shares of voters seen.
fn shares(f: &Figures, set: Settings) -> Table {
    let row = |u: &super::Unseen| {
        vec![
            Cell::Number(u.share as f64 / WHOLE as f64),
            Cell::from(u.stations),
            Cell::from(u.ballots),
            Cell::from(u.named),
            Cell::from(u.named_ballots),
        ]
    };
    let heads = [
        ("voters seen, at least", Unit::Share),
        ("stations beyond", Unit::Stations),
        ("ballots beyond", Unit::Votes),
        ("stations named", Unit::Stations),
        ("ballots beyond there", Unit::Votes),
    ];
    Table {
        name: "seen",
        title: format!(
            "Ballots that nobody was seen casting, if observers saw at least a share of the voters; named: if they saw each \
             with that probability (Holm over all stations, {})",
            percent(set.alpha, 0)
        ),
        columns: heads.map(|(name, unit)| Heading::new(name, unit)).to_vec(),
        rows: f.by_share.iter().map(row).collect(),
    }
}

/// One row a unit of a level.
fn by_unit(f: &Figures, level: &Level) -> Table {
    let row = |(at, name): (usize, &String)| {
        let own = |pairs: &[Pair]| -> Vec<Pair> {
            let here = |p: &&Pair| level.of.get(p.0).is_some_and(|&u| u as usize == at);
            pairs.iter().filter(here).copied().collect()
        };
        let (pairs, above, below) = (own(&f.pairs), own(&f.above), own(&f.below));
        vec![
            Cell::from(name.as_str()),
            Cell::from(pairs.len()),
            Cell::from(sum(pairs.iter().map(|p| p.1))),
            Cell::from(sum(pairs.iter().map(|p| p.2))),
            Cell::from(above.len()),
            Cell::from(differences(&above)),
            Cell::from(below.len()),
            Cell::from(differences(&below)),
        ]
    };
    let heads = [
        ("stations compared", Unit::Stations),
        ("ballots cast there", Unit::Votes),
        ("people counted there", Unit::Votes),
        ("stations with more people", Unit::Stations),
        ("people beyond", Unit::Votes),
        ("stations with more ballots", Unit::Stations),
        ("ballots beyond", Unit::Votes),
    ];
    let first = Heading::new(&level.name, Unit::None);
    Table {
        name: "units",
        title: format!("Ballots cast and people counted by {}", level.name),
        columns: std::iter::once(first).chain(heads.map(|(n, unit)| Heading::new(n, unit))).collect(),
        rows: level.units.iter().enumerate().map(row).collect(),
    }
}

/// The stations above and below, each where there are some.
fn stations(beside: &Beside<'_>, f: &Figures, set: Settings) -> Vec<Table> {
    let part = !beside.counted_kind.counts_whole_stations();
    let row = |&(s, official, counted): &Pair| {
        let name = beside.ids.get(s).map_or("", String::as_str);
        vec![Cell::from(name), Cell::from(official), Cell::from(counted), Cell::from(official - counted)]
    };
    let table = |name, title: &str, pairs: &[Pair]| Table {
        name,
        title: title.to_owned(),
        columns: vec![
            Heading::new("station", Unit::None),
            Heading::new("official ballots cast", Unit::Votes),
            Heading::new(beside.counted_name, Unit::Votes),
            Heading::new("official minus counted", Unit::Votes),
        ],
        rows: pairs.iter().filter(|p| !part || p.2 >= set.smallest_cell).map(row).collect(),
    };
    let above = table("above", "Stations with more people than ballots cast", &f.above);
    let below = table("below", "Stations with more ballots cast than people seen", &f.below);
    [above, below].into_iter().filter(|t| !t.rows.is_empty()).collect()
}

/// Ballots beyond the tallies against the share of voters seen.
fn picture(f: &Figures) -> Picture {
    let at: Vec<i64> = GRID.map(|percent| 10 * percent).collect();
    let ballots = |share: &i64| f.pairs.iter().map(|p| beyond(p, *share) as f64).sum();
    Picture::Lines {
        title: "Ballots that nobody was seen casting, by the share of voters that observers saw".to_owned(),
        x: "share of the voters seen, per cent".to_owned(),
        y: "ballots".to_owned(),
        at: at.iter().map(|share| *share as f64 / 10.0).collect(),
        series: vec![("ballots beyond".to_owned(), at.iter().map(ballots).collect())],
    }
}

fn notes(beside: &Beside<'_>, f: &Figures, set: Settings) -> Vec<String> {
    if beside.counted_kind.counts_whole_stations() {
        return vec![
            "Stations to which observers were let in are no random part of all: the ballots beyond are counted, not \
             projected to other stations."
                .to_owned(),
        ];
    }
    let small = f.above.iter().filter(|p| p.2 < set.smallest_cell).count();
    let mut notes = vec![
        "Voters' reports cover a part of each station, so that ballots beyond them say nothing.".to_owned(),
    ];
    notes.extend((small > 0).then(|| {
        format!(
            "{} stations with fewer than {} reports are counted and not listed, so that no voter is known by a small \
             number.",
            count(small),
            set.smallest_cell
        )
    }));
    notes
}
