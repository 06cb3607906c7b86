//! X410, the resampled kernel density of spikes. Order: by hand, oracle, the package's own result, calibration, what
//! must not matter, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::peers::Published;
use glassurn_methods::peers::spikes::*;
use glassurn_methods::simulate::{Plan, election};
use glassurn_methods::{Screen, Slice};
use glassurn_model::{Caveat, Reason, Returns};
use glassurn_stats::beta_mixture::{self, Component, Pair, Tables};

mod ballots;
use ballots::{Figures as Columns, Honest, canada, run};
mod common;
use common::{Case, close, data_or_skip, finding, measure, oracle, refusal};

const PUBLISHED: ResampledKernelDensity = ResampledKernelDensity::DEFAULT;
const SHORT: ResampledKernelDensity = ResampledKernelDensity { resamples: 100, ..PUBLISHED };

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn a_heap_of_equal_shares_is_above_the_envelope() {
    // Stations of 1000 ballots spread evenly over 30 to 60 %, and a hundred at exactly 50 %.
    let stations: Vec<Station> =
        (0..600).map(|i| [1_500, 1_000, if i < 100 { 500 } else { 300 + i / 2 }]).collect();
    let laws = SHORT.mixtures(&stations).unwrap();
    let f = SHORT.figures(&stations, &laws);
    assert!(f.density[500] > f.envelope[500], "{} {}", f.density[500], f.envelope[500]);
    // A sixth of the stations and a few of the others' neighbours, less a few that are drawn there.
    assert!((0.13..0.18).contains(&f.part()), "{}", f.part());
    assert_eq!(f.weights[0], 0.0);
}

// --- oracle --------------------------------------------------------------------------------------

fn laws(case: &Case, key: &str) -> Vec<Component> {
    let law = |c: &[f64]| Component { weight: c[0], a: c[1], b: c[2] };
    case.numbers(key).chunks(3).map(law).collect()
}

/// The likelihood of counts without the binomial coefficients.
fn log_likelihood(laws: &[Component], pairs: &[Pair]) -> f64 {
    let largest = pairs.iter().map(|p| p.1).max().unwrap();
    let (tables, mut chances) = (Tables::new(laws, largest), vec![0.0; laws.len()]);
    pairs.iter().map(|&pair| beta_mixture::chances(&tables, pair, &mut chances)).sum()
}

fn pairs(stations: &[Station]) -> [Vec<Pair>; 2] {
    [(0, 1), (1, 2)].map(|(whole, part)| stations.iter().map(|s| (s[part], s[whole])).collect())
}

#[test]
fn agrees_with_the_steps_in_numpy() {
    for case in oracle("spikes.json") {
        let columns = ["registered", "ballots", "votes"].map(|k| case.counts(k));
        let of = |column: usize, i: usize| u32::try_from(columns[column][i]).unwrap();
        let stations: Vec<Station> =
            (0..columns[0].len()).map(|i| [of(0, i), of(1, i), of(2, i)]).collect();
        let mixtures = Mixtures { turnout: laws(&case, "turnout"), share: laws(&case, "share") };
        for (i, pairs) in pairs(&stations).iter().enumerate() {
            let laws = [&mixtures.turnout, &mixtures.share][i];
            close(log_likelihood(laws, pairs), case.numbers("log_likelihood")[i], 1e-9);
        }
        let resamples = u32::try_from(case.whole("resamples")).unwrap();
        let f = ResampledKernelDensity { resamples, ..PUBLISHED }.figures(&stations, &mixtures);
        let n = stations.len() as f64;
        for (i, place) in (0..1_001).step_by(7).enumerate() {
            close(f.density[place], case.numbers("density")[i], 1e-9);
            let (mean, seen) = (case.numbers("mean")[i], case.numbers("seen")[i]);
            // Five standard errors of the difference of two means of resamples.
            let error = (2.0 * mean.max(1e-4) / (n * f64::from(resamples))).sqrt();
            let want = if place == 0 { 0.0 } else { (seen - mean).max(0.0) };
            assert!((f.weights[place] - want).abs() < 5.0 * error, "{place}");
        }
        let sum: f64 = f.envelope.iter().sum();
        assert!((sum / case.number("highest_sum") - 1.0).abs() < 0.02, "{sum}");
    }
}

// --- the package's own result --------------------------------------------------------------------

/// Its mixtures for Canada 2011.
fn shipped() -> Mixtures {
    let law = |a, b, weight| Component { weight, a, b };
    Mixtures {
        turnout: vec![law(21.676410, 19.010158, 0.653139), law(8.878047, 9.569332, 0.346861)],
        share: vec![
            law(8.489956, 8.660315, 0.4734652),
            law(4.059976, 32.111545, 0.2138356),
            law(7.833839, 20.104290, 0.1789699),
            law(5.488676, 3.114695, 0.1337292),
        ],
    }
}

#[test]
fn canada_2011_is_as_the_package_has_it() {
    let test = "canada_2011_is_as_the_package_has_it";
    let Some(returns) = canada(test) else { return };
    let file = "../../oracles/spikes/envelope_weights.csv";
    let Some(text) = data_or_skip(test, file) else { return };
    let shipped_columns: Vec<[f64; 2]> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<f64> = line.split(',').map(|c| c.parse().unwrap()).collect();
            [cells[1], cells[2]]
        })
        .collect();
    let (stations, _) = PUBLISHED.stations(&Slice::whole(&returns, 0, Some(0))).unwrap();
    assert_eq!(stations.len(), 66_111);
    let laws = shipped();
    // Exactly: the likelihood of its mixtures as scipy has it, and its figure from its envelope and weights.
    for (pairs, (laws, want)) in pairs(&stations)
        .iter()
        .zip([(&laws.turnout, -16_381_007.02391291), (&laws.share, -7_132_269.957897768)])
    {
        close(log_likelihood(laws, pairs), want, 1e-9);
        // Another fit of as many laws is at least as likely: the shipped one is not the only one.
        let ours = beta_mixture::fit(pairs, laws.len()).unwrap();
        println!("likelihood {} beside {want}", ours.log_likelihood);
        assert!(ours.log_likelihood > want - 1.0);
    }
    let ours = ResampledKernelDensity { resamples: 200, ..PUBLISHED }.figures(&stations, &laws);
    let theirs = Figures {
        density: ours.density.clone(),
        envelope: shipped_columns.iter().map(|c| c[0]).collect(),
        weights: shipped_columns.iter().map(|c| c[1]).collect(),
    };
    assert_eq!(format!("{:.8}", 100.0 * theirs.part()), "0.03888007");
    // Within chance: the weights, and the envelope, which is lower for fewer resamples, and so F higher.
    let n = stations.len() as f64;
    let mut seen = vec![0.0; 1_001];
    stations
        .iter()
        .for_each(|s| seen[((2_000 * s[2] + s[1] - 1) / (2 * s[1])) as usize] += 1.0 / n);
    let draws = 1.0 / 200.0 + 1.0 / 1_000.0;
    let error = |i: usize| ((seen[i] - theirs.weights[i]).max(1e-6) * draws / n).sqrt();
    let off = |i: usize| (ours.weights[i] - theirs.weights[i]) / error(i);
    let offs: Vec<f64> = (1..1_000).filter(|&i| theirs.weights[i] > 2e-5).map(off).collect();
    let mean = offs.iter().sum::<f64>() / offs.len() as f64;
    let spread = (offs.iter().map(|o| o * o).sum::<f64>() / offs.len() as f64).sqrt();
    let ratio = ours.envelope.iter().sum::<f64>() / theirs.envelope.iter().sum::<f64>();
    println!(
        "weights off by {mean:.3} errors, {spread:.3} in the mean square; envelope {ratio:.4}; F {}",
        ours.part()
    );
    assert!(mean.abs() < 0.2 && spread < 1.2, "{mean} {spread}");
    assert!((0.90..0.99).contains(&ratio) && (0.0005..0.006).contains(&ours.part()));
}

// --- calibration ---------------------------------------------------------------------------------

#[test]
fn the_figure_falls_with_the_number_of_resamples() {
    let returns = election(&Plan { stations_per_region: 60, seed: 1, ..Plan::default() });
    let (stations, _) = PUBLISHED.stations(&Slice::whole(&returns, 0, Some(0))).unwrap();
    let laws = PUBLISHED.mixtures(&stations).unwrap();
    let parts = [20, 100, 1_000].map(|resamples| {
        ResampledKernelDensity { resamples, ..PUBLISHED }.figures(&stations, &laws).part()
    });
    println!("{parts:?}");
    assert!(parts[0] > parts[1] && parts[1] > parts[2], "{parts:?}");
}

#[test]
fn a_quarter_of_clean_elections_meets_the_rule() {
    let met = (1..=12).filter(|&seed| {
        let returns = election(&Plan { stations_per_region: 60, seed, ..Plan::default() });
        let f = finding(run(&PUBLISHED, &returns));
        PUBLISHED.met(&f) == Some(true)
    });
    let met = met.count();
    println!("{met} of 12");
    assert!((1..=8).contains(&met), "{met}");
}

// --- what must not matter, refusals, words -------------------------------------------------------

fn honest(stations: usize) -> Returns {
    Honest { stations, sizes: [200.0, 2_500.0], groups: 4 }.draw(3).returns()
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let returns = honest(600);
    let one = rayon_of(1, || finding(run(&SHORT, &returns)));
    assert_eq!(one, rayon_of(3, || finding(run(&SHORT, &returns))));
}

fn rayon_of<T: Send>(threads: usize, f: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(f)
}

#[test]
fn refuses_instead_of_guessing() {
    assert_eq!(refusal(run(&PUBLISHED, &honest(499))), Reason::TooFew { used: 499, needed: 500 });
    let large = Columns::same(600, [30_000, 25_000, 25_000, 9_000]).returns();
    assert_eq!(refusal(run(&PUBLISHED, &large)), Reason::TooFew { used: 0, needed: 500 });
    let returns = honest(600);
    let refused = refusal(PUBLISHED.run(&Slice::whole(&returns, 0, None)));
    assert!(matches!(refused, Reason::WrongSubject(_)));
}

#[test]
fn says_that_the_figure_depends_on_the_resamples() {
    let f = finding(run(&SHORT, &honest(600)));
    let verb = if measure(&f, "F") > 0.0 { "is met" } else { "is not met" };
    assert!(f.plain.contains(&format!("the published rule (F is above 0) {verb}")), "{}", f.plain);
    assert!(f.plain.ends_with("F shrinks with more resamples, towards nothing."));
    assert!(f.caveats.contains(&Caveat::PublishedRule) && f.p.is_none());
}
