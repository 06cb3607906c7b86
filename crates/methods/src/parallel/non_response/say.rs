//! The ranges in words, as tables and as a picture.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, IntervalRow, Measure, Picture, Table, Unit, Verdict,
};

use super::super::station_sample::{LEVEL, StationSample, span};
use super::{METHOD, NonResponse, Range, Tighter};
use crate::phrase::{count, percent};

/// The answer of the ranges under the widest cap and under the tighter one.
pub(super) fn answer(
    sample: &StationSample,
    f: &NonResponse,
    under: Option<(Tighter, NonResponse)>,
    subject: String,
) -> Answer {
    let mut claims: Vec<Claim> = order(sample, f, None).into_iter().collect();
    let mut tables = vec![table(sample, f, None)];
    let mut measures = measures(f);
    if let Some((cap, tight)) = &under {
        claims.extend(order(sample, tight, Some(*cap)));
        tables.push(table(sample, tight, Some(*cap)));
        measures.push(Measure::plain("tighter cap on turnout", "t", cap.turnout, Unit::Share));
    }
    claims.push(shares(sample, f));
    Answer {
        claims,
        measures,
        tables,
        pictures: vec![picture(sample, f)],
        notes: notes(f),
        ..Answer::new(METHOD.code, subject)
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

/// The tighter cap in words, with where it comes from.
fn words(cap: Tighter) -> String {
    let origin = if cap.stated {
        "as stated with the command"
    } else {
        "which one reporting station in a hundred exceeds"
    };
    format!("a turnout above {}, {origin}", percent(cap.turnout, 1))
}

fn base(f: &NonResponse) -> String {
    format!(
        "{} of {} planned stations without a complete report ({})",
        count(f.missing),
        count(f.planned),
        percent(f.missing as f64 / f.planned as f64, 1)
    )
}

fn limits(cap: Option<Tighter>) -> Vec<String> {
    let most = match cap {
        None => "a missing station has at most as many votes as registered voters (or as the largest total reported)".to_owned(),
        Some(cap) => format!(
            "no missing station has {}: an assumption, to be checked when their figures are known",
            words(cap)
        ),
    };
    vec!["the planned stations were drawn at random within their strata".to_owned(), most]
}

/// Whether the first stays ahead.
fn order(sample: &StationSample, f: &NonResponse, cap: Option<Tighter>) -> Option<Claim> {
    let ([a, b, ..], Some(m)) = (f.order.as_slice(), &f.margin) else { return None };
    let [first, second] = [a, b].map(|c| &sample.contestants[*c]);
    let reach =
        if m.interval[0] > 0.0 { "stays ahead of" } else { "may or may not be ahead of" };
    let ahead = match cap {
        None => "Whatever the missing reports hold,".to_owned(),
        Some(cap) => format!("If no missing station has {},", words(cap)),
    };
    let headline = format!(
        "{ahead} {first} {reach} {second}: the margin lies between {:.1} and {:.1} points in the sample.",
        100.0 * m.bounds[0],
        100.0 * m.bounds[1]
    );
    let unsupported = match cap {
        None => "That the missing stations do differ by as much as the range allows.",
        Some(_) => "The same without the cap, or that the missing stations do differ by as much as the range allows.",
    };
    Some(Claim {
        class: ClaimClass::Order,
        verdict: Verdict::Estimated,
        headline: headline.replace('-', "−"),
        base: base(f),
        limits: limits(cap),
        unsupported: unsupported.to_owned(),
    })
}

fn shares(sample: &StationSample, f: &NonResponse) -> Claim {
    let said = |c: &usize| format!("{} {}", sample.contestants[*c], span(f.shares[*c].bounds));
    let list: Vec<String> = f.order.iter().map(said).collect();
    Claim {
        class: ClaimClass::TrueShare,
        verdict: Verdict::Estimated,
        headline: format!(
            "With nothing assumed of the missing reports the shares lie in: {}.",
            list.join(", ")
        ),
        base: base(f),
        limits: limits(None),
        unsupported: "That a share in the middle of its range is likelier than one at its end."
            .to_owned(),
    }
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

fn table(sample: &StationSample, f: &NonResponse, cap: Option<Tighter>) -> Table {
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
    let (name, title) = match cap {
        None => ("ranges", "What missing reports leave open".to_owned()),
        Some(cap) => ("capped", format!("The same if no missing station has {}", words(cap))),
    };
    Table {
        name,
        title,
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
