//! The answer of mutual endorsement.

use glassurn_model::{
    Answer, Cell, Claim, Measure, Table, Unit, Verdict,
    register::state_name,
};

use super::super::{
    anchors::Anchors,
    say::{self, fixed, some},
};
use super::{Bounds, Figures, METHOD, Null, Pair, Settings};

const UNSUPPORTED: &str = "That any two governments agreed on anything: visits and praise in both directions may have \
    other reasons.";
const COVERAGE: &str = "Attendance is on record only where somebody looked: few hosts covered mean few pairs that \
    could be mutual at all.";

pub(super) fn answer(anchors: &Anchors, f: &Figures, null: Option<&Null>, set: Settings) -> Answer {
    let subject = format!("hosts covered: {} ({})", f.hosts.len(), f.hosts.join(", "));
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims.push(headline(f, null));
    answer.measures = measures(f, null);
    answer.p = null.map(|n| n.p);
    answer.tables = vec![pairs(&f.pairs)];
    answer.notes = notes(anchors, f, null, set);
    answer
}

fn mutual(f: &Figures) -> usize {
    f.pairs.iter().filter(|p| p.both_attended).count()
}

fn headline(f: &Figures, null: Option<&Null>) -> Claim {
    let pairs = some(mutual(f), "pair of states", "pairs of states");
    let base = format!(
        "{} of sender and host; hosts covered: {}",
        some(f.links.len(), "pair", "pairs"),
        f.hosts.len()
    );
    let (headline, verdict) = match null {
        Some(n) => {
            let headline = format!(
                "{pairs} observed each other; with the same numbers of visits and shuffled partners {} are \
                 expected (p = {}).",
                fixed(n.mean, 1),
                fixed(n.p.value, 3)
            );
            (headline, if n.p.value <= 0.05 { Verdict::Inconsistent } else { Verdict::Consistent })
        }
        None => {
            let headline = format!(
                "{pairs} observed each other; {} of sender and host are too few to say whether that is more than chance.",
                some(f.links.len(), "pair", "pairs")
            );
            (headline, Verdict::NotTested)
        }
    };
    say::claim(verdict, headline, base, &[COVERAGE], UNSUPPORTED)
}

fn measures(f: &Figures, null: Option<&Null>) -> Vec<Measure> {
    let plain = |name: &str, symbol, value: f64| Measure::plain(name, symbol, value, Unit::None);
    let mut measures = vec![
        plain("pairs of sender and host", "L", f.links.len() as f64),
        plain("pairs of states that observed each other", "L_m", mutual(f) as f64),
        plain("hosts covered", "H", f.hosts.len() as f64),
    ];
    if let Some(n) = null {
        let of = &n.observed;
        let found = [
            ("share of links that are returned", "r", of.share),
            ("the same, corrected for density", "ρ", of.corrected),
            ("the same, weighed by visits", "r_w", of.weighted),
            ("mutual pairs expected with shuffled partners", "L_0", Some(n.mean)),
        ];
        measures.extend(found.into_iter().filter_map(|(n, s, v)| v.map(|v| plain(n, s, v))));
    }
    measures
}

fn shown(b: Bounds) -> String {
    if b.low == b.high {
        fixed(b.low, 2)
    } else {
        format!("{} to {}", fixed(b.low, 2), fixed(b.high, 2))
    }
}

/// The index in words.
fn index(p: &Pair) -> String {
    match p.index() {
        Some(index) => fixed(index, 2),
        None if p.strength().high == 0.0 => "no endorsement on record".to_owned(),
        None => "not known: how bad the praised elections were is not on record".to_owned(),
    }
}

fn pairs(pairs: &[Pair]) -> Table {
    let name = |code: &str| Cell::from(state_name(code).unwrap_or(code));
    let mut order: Vec<&Pair> = pairs.iter().collect();
    order.sort_by_key(|p| !p.both_attended);
    let row = |p: &Pair| {
        vec![
            name(&p.a),
            name(&p.b),
            Cell::from(if p.both_attended { "both ways" } else { "one way or none on record" }),
            Cell::from(p.verdicts[0]),
            Cell::from(p.verdicts[1]),
            Cell::Text(shown(p.praise_ab)),
            Cell::Text(shown(p.praise_ba)),
            Cell::Text(index(p)),
            Cell::Text(shown(p.strength())),
        ]
    };
    let columns =
        ["a", "b", "attendance", "verdicts of a on b", "of b on a", "e_ab", "e_ba", "MEI", "strength"];
    let title = "Praise in both directions, weighed by how bad the praised elections were";
    say::table("pairs", title, &columns, order.into_iter().map(row).collect())
}

fn notes(anchors: &Anchors, f: &Figures, null: Option<&Null>, set: Settings) -> Vec<String> {
    let measure = if anchors.is_empty() {
        "No independent measure was given: how bad an election was is known only where credible observers judged it."
            .to_owned()
    } else {
        format!("Where no credible observer judged, severity is taken from {}.", anchors.name)
    };
    let mut notes = vec![measure];
    if null.is_none() {
        notes.push(format!(
            "Shares and a comparison with chance need at least {} pairs of sender and host; there are {}. The table \
             is all that can be said.",
            set.fewest,
            f.links.len()
        ));
    }
    notes
}
