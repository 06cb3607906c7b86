//! An interval for a value that is known only to lie between two estimated bounds.

use crate::normal;

/// Imbens and Manski's interval [low − c·se, high + c·se]: it covers the *value* with this level, so that c
/// goes from the two-sided quantile, where the bounds meet, to the one-sided, where they are far apart.
///
/// `None` when the bounds are crossed or a standard error is no number of at least zero.
///
/// G. W. Imbens, C. F. Manski (2004). Confidence intervals for partially identified parameters.
/// *Econometrica* 72, 1845-1857.
pub fn imbens_manski(bounds: [f64; 2], se: [f64; 2], level: f64) -> Option<[f64; 2]> {
    let [low, high] = bounds;
    let sound = low <= high && se.iter().all(|s| *s >= 0.0) && level > 0.0 && level < 1.0;
    if !sound {
        return None;
    }
    let largest = se[0].max(se[1]);
    if largest == 0.0 {
        return Some(bounds);
    }
    let apart = (high - low) / largest;
    let covered = |c: f64| normal::cdf(c + apart) - normal::cdf(-c);
    let (mut below, mut above) = (normal::quantile(level), normal::quantile(0.5 + level / 2.0));
    for _ in 0..60 {
        let middle = f64::midpoint(below, above);
        if covered(middle) < level { below = middle } else { above = middle }
    }
    Some([low - above * se[0], high + above * se[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_two_sided_to_one_sided() {
        let [low, high] = imbens_manski([0.0, 0.0], [1.0, 1.0], 0.95).unwrap();
        assert!((low + 1.959_964).abs() < 1e-6 && (high - 1.959_964).abs() < 1e-6);
        let [low, high] = imbens_manski([0.0, 100.0], [1.0, 1.0], 0.95).unwrap();
        assert!((low + 1.644_854).abs() < 1e-6 && (high - 101.644_854).abs() < 1e-6);
    }

    #[test]
    fn edges() {
        assert_eq!(imbens_manski([0.2, 0.4], [0.0, 0.0], 0.95), Some([0.2, 0.4]));
        assert_eq!(imbens_manski([0.4, 0.2], [0.1, 0.1], 0.95), None);
        assert_eq!(imbens_manski([0.2, 0.4], [f64::NAN, 0.1], 0.95), None);
    }
}
