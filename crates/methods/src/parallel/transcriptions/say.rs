//! What the reconciliation carries, in words.

mod tables;

use glassurn_model::{
    Answer, Claim, ClaimClass, IntervalRow, Measure, Picture, Unit, Verdict,
};
use glassurn_stats::interval;

use super::{How, METHOD, Question, Rate, Reconciled};
use crate::phrase::{count, percent};

/// Standard deviations of a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// The answer.
pub(super) fn answer(subject: String, ask: &Question<'_>, f: &Reconciled) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = [conflicts(ask, f), agreement(ask, f), alone(ask, f)].into_iter().flatten().collect();
    answer.claims.sort_by_key(|c| c.verdict);
    answer.measures = measures(f);
    answer.tables = tables::all(ask, f);
    answer.pictures = picture(ask, f).into_iter().collect();
    answer.notes = notes(ask, f);
    answer
}

/// Whether the lines have keys.
fn keyed(ask: &Question<'_>) -> bool {
    ask.entries.iter().flat_map(|e| &e.lines).any(|l| !l.key.is_empty())
}

fn settled(f: &Reconciled) -> usize {
    f.rows.iter().filter(|r| r.how != How::Open).count()
}

fn claim(ask: &Question<'_>, f: &Reconciled, verdict: Verdict, text: [String; 2]) -> Claim {
    let [headline, unsupported] = text;
    let rows = |e: &super::Entry| format!("{}: {} rows", e.name, count(e.lines.len()));
    let entries = ask.entries.iter().map(rows).collect::<Vec<_>>().join("; ");
    let mut limits = vec!["the entries were made independently from the same sheets".to_owned()];
    if !keyed(ask) {
        limits.push("rows with equal values are the same sheet: no key names the sheets".to_owned());
    }
    Claim {
        class: ClaimClass::Data,
        verdict,
        headline,
        base: format!("{entries}; {} entries have to agree", f.needed),
        limits,
        unsupported,
    }
}

fn agreement(ask: &Question<'_>, f: &Reconciled) -> Option<Claim> {
    let most = ask.entries.iter().map(|e| e.lines.len()).min()?;
    let (done, columns) = (settled(f), ask.columns.join(", "));
    let headline = if keyed(ask) {
        format!("{} sheets are settled on {columns}.", count(done))
    } else {
        format!(
            "{} rows are reconciled on {columns}, of {} in the smallest entry.",
            count(done),
            count(most)
        )
    };
    let unsupported = "the sheets themselves are right, or an error that every entry shares is absent";
    (done > 0).then(|| claim(ask, f, Verdict::Corroborated, [headline, unsupported.to_owned()]))
}

fn conflicts(ask: &Question<'_>, f: &Reconciled) -> Option<Claim> {
    let sheets = f.rows.iter().filter(|r| r.how == How::Open).count();
    let headline = format!(
        "On {} {} the entries give different values for the same sheet, {} in all; no decision settles them.",
        count(sheets),
        if sheets == 1 { "sheet" } else { "sheets" },
        count(f.open.len())
    );
    let unsupported = "one of the entries is the wrong one, or somebody intended the difference";
    (sheets > 0).then(|| claim(ask, f, Verdict::Impossible, [headline, unsupported.to_owned()]))
}

fn alone(ask: &Question<'_>, f: &Reconciled) -> Option<Claim> {
    let of = |(i, e): (usize, &super::Entry)| {
        let rows = f.alone.iter().filter(|a| a.entry == i).count();
        format!("{} of {} in {}", count(rows), count(e.lines.len()), e.name)
    };
    let each = ask.entries.iter().enumerate().map(of).collect::<Vec<_>>().join(", ");
    let headline = format!("Rows that remain without enough counterparts: {each}.");
    let unsupported = "sheets that some entry lacks were withheld, or do not exist";
    (!f.alone.is_empty())
        .then(|| claim(ask, f, Verdict::NotTested, [headline, unsupported.to_owned()]))
}

fn measures(f: &Reconciled) -> Vec<Measure> {
    let mut measures = vec![
        Measure::plain("rows settled", "n₌", settled(f) as f64, Unit::None),
        Measure::plain("cells in conflict", "n≠", f.open.len() as f64, Unit::None),
        Measure::plain("rows without enough counterparts", "n₁", f.alone.len() as f64, Unit::None),
        Measure::plain("decided by hand", "n_d", f.decided as f64, Unit::None),
        Measure::plain("entries that have to agree", "k", f.needed as f64, Unit::None),
    ];
    let (pairs, equal) = f.rates.iter().fold((0, 0), |s, r| (s.0 + r.pairs, s.1 + r.equal));
    if pairs > 0 {
        measures.push(Measure::plain("agreement", "a", equal as f64 / pairs as f64, Unit::Share));
    }
    measures
}

/// Name, rate and Wilson's interval of each column, or of whole rows.
fn rates<'a>(ask: &'a Question<'_>, f: &'a Reconciled) -> impl Iterator<Item = (&'a str, Rate, [f64; 2])> {
    let names = ask.columns.iter().map(String::as_str);
    let whole = std::iter::once("whole rows");
    let keyed = keyed(ask);
    let names = names.filter(move |_| keyed).chain(whole.filter(move |_| !keyed));
    names.zip(&f.rates).map(|(n, r)| (n, *r, interval::wilson(r.equal, r.pairs, Z)))
}

fn picture(ask: &Question<'_>, f: &Reconciled) -> Option<Picture> {
    let row = |(name, rate, [low, high]): (&str, Rate, [f64; 2])| IntervalRow {
        label: name.to_owned(),
        estimate: (rate.pairs > 0).then(|| rate.equal as f64 / rate.pairs as f64),
        low,
        high,
        mark: None,
    };
    let rows: Vec<_> = rates(ask, f).filter(|r| r.1.pairs > 0).map(row).collect();
    (!rows.is_empty()).then(|| Picture::Intervals {
        title: "How often entries agree".to_owned(),
        axis: "equal pairs, with 95 % intervals".to_owned(),
        unit: Unit::Share,
        rows,
    })
}

fn notes(ask: &Question<'_>, f: &Reconciled) -> Vec<String> {
    let mut notes: Vec<_> = rates(ask, f)
        .filter(|(_, r, _)| r.pairs > 0)
        .map(|(name, r, [low, high])| {
            let rate = percent(r.equal as f64 / r.pairs as f64, 2);
            format!(
                "{name}: {rate} equal ({} of {}; 95 % interval {} to {}).",
                count(usize::try_from(r.equal).unwrap_or(usize::MAX)),
                count(usize::try_from(r.pairs).unwrap_or(usize::MAX)),
                percent(low, 2),
                percent(high, 2)
            )
        })
        .collect();
    for alias in ask.aliases {
        notes.push(format!("{} was read as {} in {} cells.", alias.from, alias.to, count(alias.cells)));
    }
    for alias in &f.suggestions {
        notes.push(format!(
            "{} ({} cells) is in one entry only, and {} in another; if they are the same: --same '{}={}'.",
            alias.from, alias.cells, alias.to, alias.from, alias.to
        ));
    }
    if f.unused > 0 {
        notes.push(format!("{} decisions name no sheet and column of these entries.", count(f.unused)));
    }
    notes
}
