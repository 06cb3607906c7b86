//! How far a finding is to be trusted: what its screen did on elections whose truth is known, and on honest ones
//! drawn from the returns at hand.

use glassurn_methods::proving::{self, Rate, Standing};
use glassurn_methods::simulate::{Null, Way, shapes};

use super::figures;
use crate::Examination;

/// Fewest elections that are worth a sentence.
const WORTH: u32 = 100;

/// What the screen did on simulated elections; `None` where it was not measured or has no rule.
pub(super) fn standing(code: &str) -> Option<Standing> {
    let standing = Standing::of(proving::measured(), code);
    standing.easy.is_some_and(|rate| rate.judged >= WORTH).then_some(standing)
}

/// Everything that is known, one sentence each.
pub(super) fn sentences(examination: &Examination, code: &str, contest: &str) -> Vec<String> {
    let standing = standing(code);
    let measured = standing.iter().flat_map(|s| [Some(quiet(s)), misled(s), Some(sees(s))]);
    measured.chain([here(examination, code, contest)]).flatten().collect()
}

/// How often it stands out where its null holds.
fn quiet(standing: &Standing) -> String {
    let Some(rate) = standing.easy else { return String::new() };
    format!(
        "In {} simulated honest elections for which its null hypothesis holds it stands out in {}.",
        figures::count(rate.judged.into()),
        figures::percent(rate.share())
    )
}

/// Which honest elections look the same to it.
fn misled(standing: &Standing) -> Option<String> {
    let drawn = standing.misled_by().filter_map(|(base, rate)| Some((shapes::find(base)?, rate)));
    let named: Vec<String> = drawn
        .map(|(shape, rate)| format!("{} ({})", shape.title, figures::percent(rate.share())))
        .collect();
    (!named.is_empty())
        .then(|| format!("It also stands out in honest elections with: {}.", named.join("; ")))
}

/// What it was able to see.
fn sees(standing: &Standing) -> String {
    let list = |seen: &[(Way, f64)]| -> Option<String> {
        let one = |(way, amount): &(Way, f64)| {
            format!("{} (from {})", way.title(), figures::percent(*amount))
        };
        (!seen.is_empty()).then(|| seen.iter().map(one).collect::<Vec<_>>().join("; "))
    };
    let (few, many) = (list(&standing.sees), list(&standing.sees_in_a_country));
    match (few, many) {
        (None, None) => "Of the changes that were tried at up to a tenth of the stations it saw none: when it is \
                         silent, that shows nothing."
            .to_owned(),
        (few, many) => format!(
            "Of the changes that were tried at up to a tenth of the stations it saw every other time or more: \
             among 1,500 stations {}; among 18,000 {}. About others its silence shows nothing.",
            few.unwrap_or_else(|| "none".to_owned()),
            many.unwrap_or_else(|| "none".to_owned())
        ),
    }
}

/// How often it stands out on honest elections drawn from these returns.
fn here(examination: &Examination, code: &str, contest: &str) -> Option<String> {
    let counts = rates(examination, code, contest);
    let named: Vec<String> = counts
        .iter()
        .map(|(null, r)| format!("{} of {} ({})", r.stood_out, r.judged, null.title()))
        .collect();
    (!named.is_empty()).then(|| {
        format!(
            "Of honest elections drawn from these very stations it stands out in {}.",
            named.join(", ")
        )
    })
}

/// The same in a few words, for a line of the terminal.
pub(super) fn brief(examination: &Examination, code: &str, contest: &str) -> Option<String> {
    let counts = rates(examination, code, contest);
    let all = counts.iter().fold(Rate { stood_out: 0, judged: 0 }, |sum, (_, r)| Rate {
        stood_out: sum.stood_out + r.stood_out,
        judged: sum.judged + r.judged,
    });
    // A single null is named: it is not the whole of what might be honest.
    let under = match &counts[..] {
        [(null, _)] => format!(" ({})", null.title()),
        _ => String::new(),
    };
    let here = (all.judged > 0)
        .then(|| format!("{} of {} drawn from these stations{under}", all.stood_out, all.judged));
    let measured = standing(code).and_then(|s| s.easy);
    let measured =
        measured.map(|r| format!("{} of simulated honest elections", figures::percent(r.share())));
    let known: Vec<String> = measured.into_iter().chain(here).collect();
    (!known.is_empty()).then(|| format!("stands out in {}", known.join(", ")))
}

/// False alarms on elections drawn from these returns, null by null.
fn rates(examination: &Examination, code: &str, contest: &str) -> Vec<(Null, Rate)> {
    let mine = examination.calibration.iter().filter(|f| f.screen == code && f.contest == contest);
    mine.map(|f| (f.null, Rate { stood_out: f.stood_out, judged: f.judged })).collect()
}
