//! What the factors carry, in words.

use glassurn_model::{Answer, Claim, ClaimClass, Heading, Measure, Picture, Table, Unit, Verdict};

use super::{Figures, METHOD, Row, SelectionFactor};
use crate::phrase::{count, number, percent};

/// The answer.
pub(super) fn answer(subject: String, ask: &SelectionFactor<'_>, f: &Figures) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = [stated(ask, f), rival(ask, f), range(ask, f)].into_iter().flatten().collect();
    answer.measures = measures(f);
    answer.left_out.clone_from(&f.left_out);
    answer.tables = vec![grid(f)];
    answer.pictures = picture(ask, f).into_iter().collect();
    answer.notes = vec![
        "Factors between stations take the stations in hand as all the kinds that there are; factors \
         between single votes do not."
            .to_owned(),
    ];
    answer
}

fn claim(ask: &SelectionFactor<'_>, f: &Figures, class: ClaimClass, text: [String; 2]) -> Claim {
    let [headline, unsupported] = text;
    Claim {
        class,
        verdict: Verdict::NotTested,
        headline,
        base: format!(
            "{} of {} {} at {} stations in hand",
            number(f.total[0] as f64),
            number(f.total[1] as f64),
            ask.base,
            count(f.used)
        ),
        limits: vec![
            "the counts in hand are authentic".to_owned(),
            "every station that is not in hand is of a kind that is".to_owned(),
            "no station in hand is more than the stated factor likelier to be so than another".to_owned(),
        ],
        unsupported,
    }
}

/// A factor in words.
fn times(factor: f64) -> String {
    format!("{factor:.2} times")
}

fn stated(ask: &SelectionFactor<'_>, f: &Figures) -> Option<Claim> {
    let ((share, who), reached) = (ask.stated?, f.to_stated?);
    let (choice, share) = (ask.choice, percent(share, 2));
    let headline = match reached {
        Some(factor) => format!(
            "In hand {choice} has {}; for {who} of {share} to be right, some stations must have been at \
             least {} as likely to be in hand as others.",
            percent(f.share, 2),
            times(factor)
        ),
        None => format!(
            "In hand {choice} has {}; no weighting of the stations in hand gives {who} of {share}: no \
             single station goes so far.",
            percent(f.share, 2)
        ),
    };
    let unsupported = "the stations in hand were not selected so unequally, so that the figure is wrong";
    Some(claim(ask, f, ClaimClass::OfficialFigure, [headline, unsupported.to_owned()]))
}

fn rival(ask: &SelectionFactor<'_>, f: &Figures) -> Option<Claim> {
    let ((rival, _), reached) = (ask.rival?, f.to_rival?);
    let choice = ask.choice;
    let headline = match reached {
        Some(factor) => format!(
            "{choice} and {rival} change order only if some stations were at least {} as likely to be in \
             hand as others.",
            times(factor)
        ),
        None => format!(
            "No weighting of the stations in hand changes the order of {choice} and {rival}: it is the \
             same at every one of them."
        ),
    };
    let unsupported = "the order in hand is the order among all votes";
    Some(claim(ask, f, ClaimClass::Order, [headline, unsupported.to_owned()]))
}

/// The line for the factor nearest to two.
fn middle(f: &Figures) -> Option<&Row> {
    let off = |r: &&Row| (r.factor - 2.0).abs();
    f.grid.iter().filter(|r| r.factor > 1.0).min_by(|a, b| off(a).total_cmp(&off(b)))
}

fn range(ask: &SelectionFactor<'_>, f: &Figures) -> Option<Claim> {
    let row = middle(f)?;
    let headline = format!(
        "If no station was more than {} as likely to be in hand as another, the share of {} lies between \
         {} and {}.",
        times(row.factor),
        ask.choice,
        percent(row.stations[0], 1),
        percent(row.stations[1], 1)
    );
    let unsupported = format!("the share of {} is {}", ask.choice, percent(f.share, 1));
    Some(claim(ask, f, ClaimClass::TrueShare, [headline, unsupported]))
}

fn measures(f: &Figures) -> Vec<Measure> {
    let optional = [
        ("factor between stations that reaches the stated share", "Γ*", f.to_stated.flatten()),
        ("factor between single votes that reaches it", "Γ°", f.to_stated_odds),
        ("factor between stations that changes the order", "Γ₌", f.to_rival.flatten()),
    ];
    let mut measures = vec![Measure::plain("share in hand", "p", f.share, Unit::Share)];
    let there = optional.into_iter().filter_map(|(n, s, v)| Some(Measure::plain(n, s, v?, Unit::None)));
    measures.extend(there);
    measures.push(Measure::plain("stations in hand", "n", f.used as f64, Unit::Stations));
    measures
}

fn grid(f: &Figures) -> Table {
    let row = |r: &Row| {
        [r.factor, r.stations[0], r.stations[1], r.votes[0], r.votes[1]].map(Into::into).to_vec()
    };
    let share = |name: &str| Heading::new(name, Unit::Share);
    Table {
        name: "factors",
        title: "How far the share moves with unequal chances of being in hand".to_owned(),
        columns: vec![
            Heading::new("factor Γ", Unit::None),
            share("between stations: from"),
            share("to"),
            share("between single votes: from"),
            share("to "),
        ],
        rows: f.grid.iter().map(row).collect(),
    }
}

fn picture(ask: &SelectionFactor<'_>, f: &Figures) -> Option<Picture> {
    let line = |of: fn(&Row) -> f64| f.grid.iter().map(of).collect::<Vec<_>>();
    let mut series = vec![
        ("lowest".to_owned(), line(|r| r.stations[0])),
        ("highest".to_owned(), line(|r| r.stations[1])),
    ];
    if let Some((share, who)) = ask.stated {
        series.push((who.to_owned(), vec![share; f.grid.len()]));
    }
    (f.grid.len() > 1).then(|| Picture::Lines {
        title: format!("Share of {} by selection factor", ask.choice),
        x: "factor Γ between stations".to_owned(),
        y: "share".to_owned(),
        at: line(|r| r.factor),
        series,
    })
}
