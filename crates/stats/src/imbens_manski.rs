//! Confidence intervals for a number that is only bounded: sampling error and missing knowledge together.
//!
//! The interval covers the *number* with the stated probability, wherever between its bounds it lies; it
//! does not claim to cover the whole range. It is therefore narrower than both bounds' own intervals put
//! together, and is the usual two-sided interval where the bounds meet.
//!
//! G. W. Imbens, C. F. Manski (2004). Confidence Intervals for Partially Identified Parameters.
//! *Econometrica* 72(6), 1845-1857.

use crate::normal;

/// Halvings that find the factor to the last bit that matters.
const STEPS: usize = 200;

/// The factor c by which the standard errors are multiplied: Φ(c + width / se) − Φ(−c) = level.
///
/// `se` is the larger standard error of the two bounds. From 1.96 (no width) down to 1.645 (wide) at 95 %.
/// `None` where the width or the error is negative or no number, or the level is not inside (0, 1).
pub fn factor(width: f64, se: f64, level: f64) -> Option<f64> {
    if !(width >= 0.0
        && se >= 0.0
        && width.is_finite()
        && se.is_finite()
        && level > 0.0
        && level < 1.0)
    {
        return None;
    }
    let one_sided = normal::quantile(level).max(0.0);
    let two_sided = normal::quantile(f64::midpoint(1.0, level));
    if se == 0.0 {
        return Some(if width > 0.0 { one_sided } else { two_sided });
    }
    let (mut low, mut high) = (0.0, two_sided);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if normal::cdf(middle + width / se) - normal::cdf(-middle) < level {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

/// The interval of a number between two estimated bounds, each with its standard error.
///
/// `None` where the bounds are crossed or something is no number.
pub fn interval(bounds: [f64; 2], se: [f64; 2], level: f64) -> Option<[f64; 2]> {
    let [low, high] = bounds;
    if !(se[0] >= 0.0 && se[1] >= 0.0) {
        return None;
    }
    let c = factor(high - low, se[0].max(se[1]), level)?;
    Some([low - c * se[0], high + c * se[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: Option<f64>, want: f64) {
        assert!(got.is_some_and(|g| (g - want).abs() < 1e-9), "{got:?} {want}");
    }

    #[test]
    fn bounds_that_meet_give_the_usual_interval() {
        close(factor(0.0, 0.1, 0.95), 1.959_963_984_540_054);
        let ends = interval([0.5, 0.5], [0.1, 0.1], 0.95).unwrap_or_default();
        close(Some(ends[0]), 0.5 - 0.195_996_398_454_005_4);
        close(Some(ends[1]), 0.5 + 0.195_996_398_454_005_4);
    }

    #[test]
    fn wide_bounds_need_one_side_only() {
        close(factor(1.0, 0.01, 0.95), 1.644_853_626_951_472);
    }

    #[test]
    fn without_sampling_error_the_bounds_stay() {
        assert_eq!(interval([0.2, 0.7], [0.0, 0.0], 0.95), Some([0.2, 0.7]));
    }

    #[test]
    fn each_end_moves_by_its_own_error() {
        let ends = interval([0.2, 0.7], [0.01, 0.02], 0.95).unwrap_or_default();
        close(Some(0.2 - ends[0]), 0.016_448_536_269_514_72);
        close(Some(ends[1] - 0.7), 0.032_897_072_539_029_44);
    }

    #[test]
    fn what_is_no_range_has_no_interval() {
        assert_eq!(interval([0.7, 0.2], [0.1, 0.1], 0.95), None);
        assert_eq!(interval([0.2, 0.7], [-0.1, 0.1], 0.95), None);
        assert_eq!(interval([0.2, f64::NAN], [0.1, 0.1], 0.95), None);
        assert_eq!(factor(0.1, 0.1, 1.0), None);
    }
}
