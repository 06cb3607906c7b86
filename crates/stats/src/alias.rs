//! Draws from a few chances in constant time.
//!
//! A. J. Walker (1977). An efficient method for generating discrete random variables with general distributions.
//! *ACM Transactions on Mathematical Software* 3, 253-256; the table is made as by M. D. Vose (1991).

use rand::Rng;

use crate::rng::ChaCha8Rng;

/// A table to draw from; chances are kept to 2⁻³².
#[derive(Debug, Clone, Default)]
pub struct Alias {
    cells: Vec<(u32, u32)>,
    low: Vec<usize>,
    high: Vec<usize>,
    scaled: Vec<f64>,
}

impl Alias {
    /// Makes the table of these chances, which need not add up to 1, in the place of the one before.
    pub fn make(&mut self, chances: &[f64]) {
        let n = chances.len();
        let scale = n as f64 / chances.iter().sum::<f64>();
        self.low.clear();
        self.high.clear();
        self.scaled.clear();
        self.scaled.extend(chances.iter().map(|c| c * scale));
        self.cells.clear();
        self.cells.extend((0..n).map(|i| (u32::MAX, narrow(i as f64))));
        for (i, &s) in self.scaled.iter().enumerate() {
            if s < 1.0 { self.low.push(i) } else { self.high.push(i) }
        }
        while let (Some(low), Some(&high)) = (self.low.pop(), self.high.last()) {
            self.cells[low] = (narrow(self.scaled[low] * 4_294_967_296.0), narrow(high as f64));
            self.scaled[high] -= 1.0 - self.scaled[low];
            if self.scaled[high] < 1.0 {
                self.high.pop();
                self.low.push(high);
            }
        }
    }

    /// The index of a chance; 0 of an empty table.
    pub fn draw(&self, rng: &mut ChaCha8Rng) -> usize {
        let bits = rng.next_u64();
        let at = ((bits >> 32) * self.cells.len() as u64) >> 32;
        #[expect(clippy::cast_possible_truncation, reason = "below the length; the lower half")]
        let (at, part) = (at as usize, bits as u32);
        let Some(&(own, other)) = self.cells.get(at) else { return 0 };
        // Without a branch: one draw in two would be guessed wrongly.
        let keep = usize::from(part <= own).wrapping_neg();
        (at & keep) | (other as usize & !keep)
    }
}

/// A number of at most 2³² − 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
fn narrow(value: f64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{chi_squared, rng};

    #[test]
    fn draws_have_the_chances() {
        let chances = [0.5, 0.0, 3.0, 1.5, 0.25, 4.75];
        let mut table = Alias::default();
        table.make(&[1.0; 40]);
        table.make(&chances);
        let mut rng = rng::stream(1, "alias", 0);
        let mut counts = [0.0; 6];
        (0..40_000).for_each(|_| counts[table.draw(&mut rng)] += 1.0);
        let kept = [0, 2, 3, 4, 5];
        let x2 = kept.map(|i| (counts[i] - 4_000.0 * chances[i]).powi(2) / (4_000.0 * chances[i]));
        assert!(chi_squared::sf(x2.iter().sum(), 4.0) > 0.001 && counts[1] < 1.0, "{counts:?}");
        assert_eq!(Alias::default().draw(&mut rng), 0);
    }
}
