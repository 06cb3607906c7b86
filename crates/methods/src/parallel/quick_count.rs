//! P210: shares, margin and turnout from a random sample of stations.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, IntervalRow, Measure, Picture, Table, Unit, Verdict,
};
use glassurn_stats::survey::Estimate;

use super::Method;
use super::station_sample::{LEVEL, Prepared, StationSample, assumptions, by_share, span};
use crate::phrase::{count, percent};

#[doc = include_str!("quick_count.md")]
pub const METHOD: Method = Method {
    code: "P210",
    name: "quick-count",
    title: "Estimate from a sample of stations",
    doc: include_str!("quick_count.md"),
};

/// The figures that everything printed is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct QuickCount {
    /// Share of each contestant.
    pub shares: Vec<Estimate>,
    /// Contestants, largest share first.
    pub order: Vec<usize>,
    /// First less second as one ratio; `None` with one contestant.
    pub margin: Option<Estimate>,
    /// Turnout, and the stations whose registered voters are known.
    pub turnout: Option<(Estimate, usize)>,
    /// Votes at the reporting stations.
    pub votes: f64,
}

/// The figures, or why there are none.
pub fn figures(sample: &StationSample) -> Result<QuickCount, String> {
    of(&sample.prepare()?)
}

fn of(p: &Prepared<'_>) -> Result<QuickCount, String> {
    let shares = p.shares()?;
    let order = by_share(&shares);
    let margin = match order.as_slice() {
        [first, second, ..] => p.margin(*first, *second),
        _ => None,
    };
    Ok(QuickCount { shares, order, margin, turnout: p.turnout(), votes: p.base.iter().sum() })
}

impl QuickCount {
    /// Variance against a simple random sample of as many voters; `None` where that has none.
    pub fn deff_voters(&self, contestant: usize) -> Option<f64> {
        let share = self.shares.get(contestant)?;
        let simple = share.value * (1.0 - share.value) / self.votes;
        (simple > 0.0).then(|| share.se * share.se / simple)
    }
}

/// The answer.
pub fn answer(sample: &StationSample) -> Answer {
    let subject = format!("shares of {}", sample.base);
    let done = sample.prepare().and_then(|p| of(&p).map(|q| (p, q)));
    match done {
        Err(why) => Answer::refused(METHOD.code, subject, why),
        Ok((p, q)) => {
            let mut notes = p.notes();
            notes.push(
                "the unweighted column is the plain share in hand; it takes no account of strata and is no estimate"
                    .to_owned(),
            );
            Answer {
                claims: claims(&p, &q),
                measures: measures(&p, &q),
                left_out: p.left_out.clone(),
                tables: vec![table(&p, &q)],
                pictures: vec![picture(&p, &q)],
                notes,
                ..Answer::new(METHOD.code, subject)
            }
        }
    }
}

fn claims(p: &Prepared<'_>, q: &QuickCount) -> Vec<Claim> {
    let base = format!(
        "{} at {} reporting stations of {} strata",
        p.sample.base,
        count(p.used.len()),
        count(p.collapsed.count)
    );
    let name = |c: &usize| p.sample.contestants[*c].as_str();
    let mut claims = Vec::new();
    if let ([a, b, ..], Some(m)) = (q.order.as_slice(), &q.margin) {
        let [low, _] = m.interval(LEVEL);
        let most = if low > 0.0 { "has most votes" } else { "is not separated from the next" };
        claims.push(Claim {
            class: ClaimClass::Order,
            verdict: Verdict::Estimated,
            headline: format!(
                "By the sample {} {most}: {} is ahead of {} by {:.2} points (95 % interval {:.2} to {:.2}).",
                name(a), name(a), name(b), 100.0 * m.value, 100.0 * low, 100.0 * m.interval(LEVEL)[1]
            ).replace('-', "−"),
            base: base.clone(),
            limits: assumptions(p),
            unsupported: "That the votes were cast freely, or that stations outside the sample counted alike.".to_owned(),
        });
    }
    let listed: Vec<String> = q
        .order
        .iter()
        .map(|c| {
            let s = &q.shares[*c];
            format!("{} {} ({})", name(c), percent(s.value, 2), span(s.interval(LEVEL)))
        })
        .collect();
    claims.push(Claim {
        class: ClaimClass::TrueShare,
        verdict: Verdict::Estimated,
        headline: format!("Estimated shares with 95 % intervals: {}.", listed.join(", ")),
        base,
        limits: assumptions(p),
        unsupported: "That the true share of any one contestant is certainly inside its interval: one interval in twenty misses by chance.".to_owned(),
    });
    claims
}

fn measures(p: &Prepared<'_>, q: &QuickCount) -> Vec<Measure> {
    let measure = |name: &str, symbol, value, sd, unit| Measure::plain(name, symbol, value, unit).with_sd(sd);
    let mut list = Vec::new();
    if let Some(m) = &q.margin {
        list.push(measure("margin of the first two", "M", m.value, Some(m.se), Unit::Points));
    }
    if let Some((t, _)) = &q.turnout {
        list.push(measure("turnout", "T", t.value, Some(t.se), Unit::Share));
    }
    list.push(measure("reporting stations", "r", p.used.len() as f64, None, Unit::Stations));
    list.push(measure("degrees of freedom", "df", p.design.df() as f64, None, Unit::None));
    list
}

fn table(p: &Prepared<'_>, q: &QuickCount) -> Table {
    let heads = [
        ("contestant", Unit::None),
        ("estimate", Unit::Share),
        ("standard error", Unit::Points),
        ("from", Unit::Share),
        ("to", Unit::Share),
        ("design effect (stations)", Unit::None),
        ("design effect (voters)", Unit::None),
        ("unweighted", Unit::Share),
    ];
    let row = |name: &str, e: &Estimate, voters: Option<f64>, plain: Option<f64>| -> Vec<Cell> {
        let [low, high] = e.interval(LEVEL);
        vec![
            name.into(),
            e.value.into(),
            e.se.into(),
            low.into(),
            high.into(),
            e.deff.into(),
            voters.into(),
            plain.into(),
        ]
    };
    let share = |&c: &usize| {
        let plain = p.sample.unweighted(c).map(|e| e.value);
        row(&p.sample.contestants[c], &q.shares[c], q.deff_voters(c), plain)
    };
    let mut rows: Vec<_> = q.order.iter().map(share).collect();
    rows.extend(q.turnout.as_ref().map(|(t, _)| row("turnout", t, None, None)));
    Table {
        name: "shares",
        title: format!("Estimated shares of {}", p.sample.base),
        columns: heads.map(|(name, unit)| Heading::new(name, unit)).to_vec(),
        rows,
    }
}

fn picture(p: &Prepared<'_>, q: &QuickCount) -> Picture {
    let row = |&c: &usize| {
        let [low, high] = q.shares[c].interval(LEVEL);
        let label = p.sample.contestants[c].clone();
        IntervalRow { label, estimate: Some(q.shares[c].value), low, high, mark: None }
    };
    Picture::Intervals {
        title: "Estimates with 95 % intervals".to_owned(),
        axis: format!("share of {}", p.sample.base),
        unit: Unit::Share,
        rows: q.order.iter().map(row).collect(),
    }
}
