//! The chance that two draws of the same votes at the same levels give the same counts.

use crate::Slice;

use super::classes::Vector;

/// P(two independent multinomial draws with these means are equal).
///
/// With Poisson counts the chance that one choice agrees is e^(−2μ) I₀(2μ); given that both draws have V
/// votes, the product is multiplied by 2 √(πV), by the local limit theorem. The result is never below the
/// exact one where it was compared (20 votes and more), and 6 % above it at most from 100 votes on where
/// there are up to eight choices.
pub(super) fn collision(slice: &Slice<'_>, v: &Vector, shares: &[f64]) -> f64 {
    let total = v.votes as f64;
    // The station's own shares, with one vote of its group's: a choice without a vote here is not impossible.
    let scale = total / (total + 1.0);
    let mut chance = 2.0 * (std::f64::consts::PI * total).sqrt();
    for (choice, share) in slice.contest().choices.iter().zip(shares) {
        let own = choice.values.get(v.row as usize).copied().flatten().unwrap_or(0);
        chance *= scaled_bessel(2.0 * scale * (own as f64 + share));
    }
    chance.min(1.0)
}

/// e^(−x) I₀(x) to 1e-9: the power series for small x, Hankel's asymptotic series for large x.
fn scaled_bessel(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    if x < 15.0 {
        let quarter = x * x / 4.0;
        for k in 1..100 {
            term *= quarter / f64::from(k * k);
            sum += term;
            if term < 1e-11 * sum {
                break;
            }
        }
        return sum * libm::exp(-x);
    }
    for k in 1..20 {
        let odd = f64::from(2 * k - 1);
        term *= odd * odd / (8.0 * f64::from(k) * x);
        sum += term;
        if term < 1e-11 {
            break;
        }
    }
    sum / (std::f64::consts::TAU * x).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bessel_agrees_with_tables() {
        // scipy.special.i0e
        for (x, want) in [
            (0.0, 1.0),
            (0.5, 0.645_035_270_449_15),
            (10.0, 0.127_833_337_163_428_6),
            (14.9, 0.10425387282429126),
            (15.1, 0.1035487812057697),
            (500.0, 0.017_845_706_500_153_165),
        ] {
            assert!((scaled_bessel(x) / want - 1.0).abs() < 1e-9, "{x}: {}", scaled_bessel(x));
        }
    }
}
