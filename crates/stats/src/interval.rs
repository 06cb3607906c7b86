//! Intervals for proportions, and of resamples.

/// Wilson's score interval for k of n at `z` standard deviations; `[0, 1]` when n is zero.
///
/// E. B. Wilson (1927). Probable inference, the law of succession, and statistical inference.
/// *Journal of the American Statistical Association* 22, 209-212.
pub fn wilson(k: u64, n: u64, z: f64) -> [f64; 2] {
    if n == 0 || k > n {
        return [0.0, 1.0];
    }
    let (count, n) = (n, n as f64);
    let share = k as f64 / n;
    let square = z * z;
    let centre = share + square / (2.0 * n);
    let half = z.abs() * libm::sqrt((share * (1.0 - share) + square / (4.0 * n)) / n);
    let scale = 1.0 + square / n;
    // The formula gives exactly 0 and 1 at the ends; rounding must not hide that.
    let low = if k == 0 { 0.0 } else { (centre - half) / scale };
    let high = if k == count { 1.0 } else { (centre + half) / scale };
    [low.max(0.0), high.min(1.0)]
}

/// The middle 95 % of resampled figures; figures that are no number are left out, and of none it is zero.
pub fn middle_95(mut figures: Vec<f64>) -> [f64; 2] {
    figures.retain(|f| f.is_finite());
    figures.sort_by(f64::total_cmp);
    let out = figures.len() / 40;
    let at = |i: usize| figures.get(i).copied().unwrap_or(0.0);
    [at(out), at((figures.len() - out).saturating_sub(1))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newcombes_example() {
        // R. G. Newcombe (1998), table I, method 3: 81 of 263.
        let [low, high] = wilson(81, 263, 1.959_963_984_540_054);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
    }

    #[test]
    fn a_fortieth_is_out_at_either_end() {
        let figures = (0..80).rev().map(f64::from).chain([f64::NAN]).collect();
        assert_eq!(middle_95(figures), [2.0, 77.0]);
        assert_eq!(middle_95(vec![3.0]), [3.0, 3.0]);
        assert_eq!(middle_95(Vec::new()), [0.0, 0.0]);
    }

    #[test]
    fn ends() {
        assert_eq!(wilson(0, 20, 1.96)[0], 0.0);
        assert_eq!(wilson(20, 20, 1.96)[1], 1.0);
        assert_eq!(wilson(0, 0, 1.96), [0.0, 1.0]);
    }
}
