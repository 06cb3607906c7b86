//! log P(l < latent ≤ u) of the logistic law with its derivatives, stable at any distance.

/// 1 / (1 + e⁻ˣ).
pub(super) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// log(1 + eˣ).
fn soft_plus(x: f64) -> f64 {
    if x > 0.0 { x + libm::log1p(libm::exp(-x)) } else { libm::log1p(libm::exp(x)) }
}

/// The logarithm, its slopes along both ends, and its curvatures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Term {
    pub(super) value: f64,
    pub(super) upper: f64,
    pub(super) lower: f64,
    pub(super) upper_upper: f64,
    pub(super) upper_lower: f64,
    pub(super) lower_lower: f64,
}

/// The term between two ends; an end may be infinite.
///
/// F(u) − F(l) = F(u) · (1 − F(l)) · (1 − e^(l − u)), which loses no digits.
pub(super) fn term(lower: f64, upper: f64) -> Term {
    let (low, high) = (logistic(lower), logistic(-upper));
    let width = upper - lower;
    // d log(1 − e⁻ʷ)/dw, and minus its slope; both 0 where an end is infinite.
    let (rise, bend) = if width.is_finite() {
        let growth = libm::expm1(width);
        (1.0 / growth, (1.0 + 1.0 / growth) / growth)
    } else {
        (0.0, 0.0)
    };
    Term {
        value: -soft_plus(-upper) - soft_plus(lower) + libm::log(-libm::expm1(-width)),
        upper: high + rise,
        lower: -low - rise,
        upper_upper: -high * (1.0 - high) - bend,
        upper_lower: bend,
        lower_lower: -low * (1.0 - low) - bend,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_logistic_law() {
        let t = term(-1.0, 1.0);
        assert!((t.value - (logistic(1.0) - logistic(-1.0)).ln()).abs() < 1e-14);
        assert!((t.upper + t.lower).abs() < 1e-15);
        assert_eq!(term(f64::NEG_INFINITY, f64::INFINITY).value, 0.0);
    }

    #[test]
    fn slopes_and_curvatures_are_those_of_the_value() {
        let h = 1e-5;
        for (l, u) in [
            (-1.0, 0.5),
            (2.0, 2.3),
            (-30.0, -29.0),
            (f64::NEG_INFINITY, 1.0),
            (0.2, f64::INFINITY),
        ] {
            let t = term(l, u);
            let value = |dl: f64, du: f64| term(l + dl, u + du).value;
            assert!((t.upper - (value(0.0, h) - value(0.0, -h)) / (2.0 * h)).abs() < 1e-6);
            assert!((t.lower - (value(h, 0.0) - value(-h, 0.0)) / (2.0 * h)).abs() < 1e-6);
            let slope = |dl: f64, du: f64| term(l + dl, u + du);
            let bent = (slope(0.0, h).upper - slope(0.0, -h).upper) / (2.0 * h);
            assert!((t.upper_upper - bent).abs() < 1e-5, "{l} {u}");
            let crossed = (slope(h, 0.0).upper - slope(-h, 0.0).upper) / (2.0 * h);
            assert!((t.upper_lower - crossed).abs() < 1e-5);
            let bent = (slope(h, 0.0).lower - slope(-h, 0.0).lower) / (2.0 * h);
            assert!((t.lower_lower - bent).abs() < 1e-5);
        }
    }

    #[test]
    fn far_away_nothing_is_lost() {
        let t = term(700.0, 701.0);
        assert!((t.value + 700.0 - (-1_f64).exp().mul_add(-1.0, 1.0).ln()).abs() < 1e-9);
        assert!(t.upper_upper.is_finite() && t.lower_lower.is_finite());
    }
}
