//! Every law against another implementation; the scripts are in `oracle/stats/`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::cast_possible_truncation)]

use glassurn_stats::{
    beta_binomial, binomial, chi_squared, clustered, interval, moments, multiple, normal, ols,
    poisson, poisson_binomial, student, uniformity, weighted_bernoulli,
};
use serde_json::Value;

/// The cases of one oracle file.
fn cases(subject: &str) -> Vec<Value> {
    let path = format!("{}/tests/oracle/{subject}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    let cases = file["cases"].take().as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

fn f(case: &Value, key: &str) -> f64 {
    case[key].as_f64().unwrap()
}

fn u(case: &Value, key: &str) -> u64 {
    case[key].as_u64().unwrap()
}

fn list(case: &Value, key: &str) -> Vec<f64> {
    case[key].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// Keeps the worst relative error, so that a failure and a success both say how good it is.
struct Worst {
    what: &'static str,
    error: f64,
    at: String,
}

impl Worst {
    fn of(what: &'static str) -> Self {
        Worst { what, error: 0.0, at: String::new() }
    }

    fn see(&mut self, got: f64, expected: f64, case: &Value) {
        let error = if expected == got { 0.0 } else { (got / expected - 1.0).abs() };
        if error.is_nan() || error > self.error {
            self.error = if error.is_nan() { f64::INFINITY } else { error };
            let text = case.to_string();
            self.at = format!("{got:e} for {expected:e} in {:.200}", text);
        }
    }

    fn below(self, bound: f64) {
        println!("{}: worst relative error {:.1e}", self.what, self.error);
        assert!(self.error < bound, "{}: {:e} at {}", self.what, self.error, self.at);
    }
}

#[test]
fn binomial_agrees_with_mpmath() {
    let (mut pmf, mut tails, mut ranges) =
        (Worst::of("binomial pmf"), Worst::of("binomial tails"), Worst::of("binomial between"));
    for case in cases("binomial") {
        let (k, n, p) = (u(&case, "k"), u(&case, "n"), f(&case, "p"));
        pmf.see(binomial::pmf(k, n, p), f(&case, "pmf"), &case);
        tails.see(binomial::cdf(k, n, p), f(&case, "cdf"), &case);
        tails.see(binomial::sf(k, n, p), f(&case, "sf"), &case);
        let (lo, hi) = (i64::try_from(k).unwrap(), i64::try_from(k + u(&case, "width")).unwrap());
        ranges.see(binomial::between(lo, hi, n, p), f(&case, "between"), &case);
    }
    pmf.below(5e-13);
    tails.below(1e-12);
    ranges.below(1e-12);
}

#[test]
fn beta_binomial_agrees_with_mpmath() {
    let (mut pmf, mut tails) = (Worst::of("beta-binomial pmf"), Worst::of("beta-binomial tails"));
    for case in cases("beta_binomial") {
        let (k, n, a, b) = (u(&case, "k"), u(&case, "n"), f(&case, "a"), f(&case, "b"));
        pmf.see(beta_binomial::pmf(k, n, a, b), f(&case, "pmf"), &case);
        if case["cdf"].is_f64() {
            tails.see(beta_binomial::cdf(k, n, a, b), f(&case, "cdf"), &case);
            tails.see(beta_binomial::sf(k, n, a, b), f(&case, "sf"), &case);
        }
    }
    pmf.below(1e-12);
    tails.below(1e-12);
}

#[test]
fn poisson_agrees_with_mpmath() {
    let (mut pmf, mut tails) = (Worst::of("Poisson pmf"), Worst::of("Poisson tails"));
    for case in cases("poisson") {
        let (k, mean) = (u(&case, "k"), f(&case, "lambda"));
        pmf.see(poisson::pmf(k, mean), f(&case, "pmf"), &case);
        tails.see(poisson::cdf(k, mean), f(&case, "cdf"), &case);
        tails.see(poisson::sf(k, mean), f(&case, "sf"), &case);
    }
    pmf.below(1e-12);
    tails.below(1e-12);
}

/// The probabilities a case of the Poisson-binomial oracle speaks of.
fn probabilities(case: &Value) -> Vec<f64> {
    match case["kind"].as_str().unwrap() {
        "list" => list(case, "p"),
        "dyadic" => {
            let (step, shift) = (u(case, "step"), u(case, "shift"));
            let numerator = |i: u64| (i * step) % 4096 + shift;
            (0..u(case, "n")).map(|i| numerator(i) as f64 / 8192.0).collect()
        }
        _ => {
            let group =
                |n, p| std::iter::repeat_n(f(case, p), usize::try_from(u(case, n)).unwrap());
            group("n1", "p1").chain(group("n2", "p2")).collect()
        }
    }
}

#[test]
fn poisson_binomial_agrees_with_exact_convolution() {
    let (mut pmf, mut tails) =
        (Worst::of("Poisson-binomial pmf"), Worst::of("Poisson-binomial tails"));
    for case in cases("poisson_binomial") {
        let (p, k) = (probabilities(&case), u(&case, "k"));
        pmf.see(poisson_binomial::pmf(&p, k), f(&case, "pmf"), &case);
        tails.see(poisson_binomial::cdf(&p, k), f(&case, "cdf"), &case);
        tails.see(poisson_binomial::sf(&p, k), f(&case, "sf"), &case);
    }
    pmf.below(1e-11);
    tails.below(1e-11);
}

#[test]
fn weighted_sums_are_near_the_exact_law() {
    let (mut worst, mut coarse) = (Worst::of("saddle point"), Worst::of("saddle point, 60 terms"));
    for case in cases("weighted_bernoulli") {
        let (n, scale) = (u(&case, "n"), u(&case, "scale"));
        let weights: Vec<f64> = (0..n).map(|i| ((i * 31) % scale + 1) as f64).collect();
        let p: Vec<f64> = (0..n).map(|i| ((i * 389) % 512 + 16) as f64 / 1024.0).collect();
        let near = weighted_bernoulli::sf_saddlepoint(&weights, &p, f(&case, "x") - 0.5);
        let worst = if n > 100 { &mut worst } else { &mut coarse };
        worst.see(near, f(&case, "sf"), &case);
    }
    worst.below(1e-3);
    // Sixty terms of weight 1 to 3 are nearly a lattice; the error is in the far tail.
    coarse.below(3e-2);
}

#[test]
fn continuous_laws_agree_with_mpmath() {
    let mut worst = ["normal", "normal quantile", "chi-squared", "Student"].map(Worst::of);
    for case in cases("continuous") {
        match case["law"].as_str().unwrap() {
            "normal" => {
                worst[0].see(normal::sf(f(&case, "x")), f(&case, "sf"), &case);
                worst[0].see(normal::cdf(-f(&case, "x")), f(&case, "sf"), &case);
            }
            "quantile" if f(&case, "p") != 0.5 => {
                worst[1].see(normal::quantile(f(&case, "p")), f(&case, "x"), &case);
            }
            "chi_squared" => {
                worst[2].see(chi_squared::sf(f(&case, "x"), f(&case, "df")), f(&case, "sf"), &case);
            }
            "student" => {
                let got = student::two_sided(f(&case, "t"), f(&case, "df"));
                worst[3].see(got, f(&case, "two_sided"), &case);
            }
            _ => {}
        }
    }
    let [normal, quantile, chi_squared, student] = worst;
    normal.below(1e-12);
    quantile.below(1e-13);
    chi_squared.below(1e-10);
    student.below(1e-10);
}

#[test]
fn kolmogorovs_law_agrees_with_scipy() {
    // In larger samples (from about 200) scipy takes Pelz and Good's series, good to 1e-6, where this crate is still exact.
    let [mut exact, mut series, mut limit] =
        ["Kolmogorov, exact", "Kolmogorov, scipy's series", "Kolmogorov, limit"].map(Worst::of);
    for case in cases("uniformity") {
        if case["values"].is_array() {
            let values = list(&case, "values");
            let (d, p) = uniformity::ks(&values);
            exact.see(d, f(&case, "d"), &case);
            let worst = if values.len() < 200 { &mut exact } else { &mut series };
            worst.see(p, f(&case, "p"), &case);
            continue;
        }
        // A sample with this very D: the i-th value as far as possible above its place.
        let (n, d) = (u(&case, "n"), f(&case, "d"));
        let values: Vec<f64> = (0..n).map(|i| (i as f64 / n as f64 + d).min(1.0)).collect();
        let (got, p) = uniformity::ks(&values);
        if (got - d).abs() < 1e-15 {
            let worst = match n {
                0..200 => &mut exact,
                200..=2000 => &mut series,
                _ => &mut limit,
            };
            worst.see(p, f(&case, "p"), &case);
        }
    }
    exact.below(1e-12);
    series.below(1e-6);
    limit.below(1e-4);
}

#[test]
fn estimates_agree_with_statsmodels_and_scipy() {
    let mut worst = Worst::of("estimates");
    for case in cases("estimates") {
        match case["what"].as_str().unwrap() {
            "ols" => regression(&case, &mut worst),
            "multiple" => {
                let p = list(&case, "p");
                pairwise(&multiple::holm(&p), &list(&case, "holm"), &case, &mut worst);
                let bh = multiple::benjamini_hochberg(&p);
                pairwise(&bh, &list(&case, "bh"), &case, &mut worst);
            }
            "wilson" => {
                let z = normal::quantile(0.975);
                let [low, high] = interval::wilson(u(&case, "k"), u(&case, "n"), z);
                let expected = list(&case, "interval");
                worst.see(1.0 + low, 1.0 + expected[0], &case);
                worst.see(high, expected[1], &case);
            }
            _ => {
                let values = list(&case, "values");
                worst.see(moments::mean(&values), f(&case, "mean"), &case);
                worst.see(moments::variance(&values), f(&case, "variance"), &case);
                worst.see(moments::skewness(&values), f(&case, "skewness"), &case);
                worst.see(moments::kurtosis(&values), f(&case, "kurtosis"), &case);
            }
        }
    }
    worst.below(1e-11);
}

fn pairwise(got: &[f64], expected: &[f64], case: &Value, worst: &mut Worst) {
    assert_eq!(got.len(), expected.len());
    got.iter().zip(expected).for_each(|(g, e)| worst.see(*g, *e, case));
}

fn regression(case: &Value, worst: &mut Worst) {
    let groups: Vec<u32> =
        case["groups"].as_array().unwrap().iter().map(|g| g.as_u64().unwrap() as u32).collect();
    let fit = ols::fit(&list(case, "x"), &list(case, "y"), Some(&groups)).unwrap();
    pairwise(&[fit.intercept, fit.slope], &list(case, "params"), case, worst);
    pairwise(&[fit.intercept_se, fit.slope_se], &list(case, "hc1"), case, worst);
    let clustered = [fit.intercept_se_clustered.unwrap(), fit.slope_se_clustered.unwrap()];
    pairwise(&clustered, &list(case, "cr1"), case, worst);
    worst.see(fit.r_squared, f(case, "r2"), case);
}

#[test]
fn errors_by_groups_agree_with_matrices_written_out() {
    let mut values = Worst::of("plane");
    let mut errors = Worst::of("errors by groups, and degrees of freedom");
    for case in cases("clustered") {
        let x: Vec<[f64; 2]> = case["x"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| [0, 1].map(|k| r[k].as_f64().unwrap()))
            .collect();
        let groups = case["groups"].as_array().unwrap().iter();
        let groups: Vec<u32> =
            groups.map(|g| u32::try_from(g.as_u64().unwrap()).unwrap()).collect();
        let fit = clustered::fit(&x, &list(&case, "y"), &groups).unwrap();
        for k in 0..3 {
            values.see(fit.coefficients[k], list(&case, "coefficients")[k], &case);
            errors.see(fit.se[k], list(&case, "se")[k], &case);
            errors.see(fit.df[k], list(&case, "df")[k], &case);
        }
    }
    values.below(1e-11);
    errors.below(1e-10);
}
