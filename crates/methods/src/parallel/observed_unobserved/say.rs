//! What the comparison says.

use glassurn_model::{Answer, Claim, ClaimClass, LeftOut, Measure, Reason, Unit, Verdict};
use glassurn_stats::normal;

use super::{Figures, METHOD, Settings};
use crate::phrase::{count, percent};

/// Of a design by areas.
const DISPLACED: &str = "Where votes move from observed stations to others near by, the gap between observed \
    and unobserved stations counts them twice: once as missing here, once as added there. Direct difference \
    and spill-over are means without a standard error: areas, not stations, were assigned.";

pub(super) fn answer(subject: &str, f: &Figures, set: Settings) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = vec![claim(f, set)];
    answer.measures = measures(f);
    answer.p = f.permuted.map(|p| p.p);
    if f.missing > 0 {
        answer.left_out.push(LeftOut { why: Reason::Missing, stations: f.missing });
    }
    if f.alone > 0 {
        answer.notes.push(format!(
            "{} stations stand in blocks with fewer than two observed or two unobserved; they are not used.",
            count(f.alone)
        ));
    }
    if f.spill.is_some() {
        answer.notes.push(DISPLACED.to_owned());
    }
    answer
}

fn signed(value: f64) -> String {
    format!("{value:.4}").replace('-', "−")
}

fn claim(f: &Figures, set: Settings) -> Claim {
    let best = f.lin.unwrap_or(f.plain);
    let half = normal::quantile(0.5 + set.confidence / 2.0) * best.se;
    let word = if set.random { "difference" } else { "association" };
    let verdict = match f.permuted {
        Some(p) if p.p.value <= 1.0 - set.confidence => Verdict::Inconsistent,
        Some(_) => Verdict::Consistent,
        None => Verdict::NotTested,
    };
    let mut limits = vec!["a station's figure does not depend on observers elsewhere".to_owned()];
    limits.push(if set.random {
        "observers were assigned at random within each block".to_owned()
    } else {
        "stations with and without observers are otherwise alike; nothing here tests that".to_owned()
    });
    Claim {
        class: if set.random { ClaimClass::OfficialFigure } else { ClaimClass::Data },
        verdict,
        headline: format!(
            "Stations with observers have {}, those without {}; the {word} within blocks is {} \
             ({} interval {} to {}).",
            signed(f.means[0]),
            signed(f.means[1]),
            signed(best.difference),
            percent(set.confidence, 0),
            signed(best.difference - half),
            signed(best.difference + half)
        ),
        base: format!(
            "{} observed and {} unobserved stations in {} blocks",
            count(f.used[0]),
            count(f.used[1]),
            count(f.blocks)
        ),
        limits,
        unsupported: if set.random {
            "the difference says why figures differ, or that it holds at stations of no block".to_owned()
        } else {
            "observers changed the figures".to_owned()
        },
    }
}

fn measures(f: &Figures) -> Vec<Measure> {
    let measure = |name: &str, symbol, value, sd| Measure::plain(name, symbol, value, Unit::None).with_sd(sd);
    let mut all = vec![
        measure("difference within blocks", "D", f.plain.difference, Some(f.plain.se)),
        measure("standard error (Neyman, HC2)", "se", f.plain.se, None),
    ];
    if let Some(lin) = f.lin {
        all.push(measure("difference by Lin's regression", "D_L", lin.difference, Some(lin.se)));
    }
    if let Some((cuped, theta)) = f.cuped {
        all.push(measure("difference by CUPED", "D_C", cuped.difference, Some(cuped.se)));
        all.push(measure("slope on the covariate", "θ", theta, None));
    }
    if let Some(permuted) = f.permuted {
        all.push(measure("p by permutation", "p", permuted.p.value, None));
        all.push(measure("least constant shift not rejected", "τ₁", permuted.set[0], None));
        all.push(measure("largest constant shift not rejected", "τ₂", permuted.set[1], None));
    }
    if let Some([direct, over]) = f.spill {
        all.push(measure("direct, where many are observed", "D_d", direct, None));
        all.push(measure("spill-over, unobserved near minus far", "D_s", over, None));
    }
    all
}
