//! The "super-simple" ballot comparison: how many cards, and the p-value, by Kaplan-Markov with a margin.
//!
//! P. B. Stark (2010). Super-simple simultaneous single-ballot risk-limiting audits. *EVT/WOTE '10*.

/// The error inflation factor γ that Stark's tools use.
pub const GAMMA: f64 = 1.03905;

/// Cards whose hand reading differs from the record, in votes of margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Discrepancies {
    /// Record one vote too favourable.
    pub over_by_one: u32,
    /// Record two votes too favourable.
    pub over_by_two: u32,
    /// Record one vote too unfavourable.
    pub under_by_one: u32,
    /// Record two votes too unfavourable.
    pub under_by_two: u32,
}

impl Discrepancies {
    /// Logarithm of what the discrepancies divide the p-value by.
    fn log(self) -> f64 {
        let at = |count: u32, by: f64| f64::from(count) * libm::log1p(by / GAMMA);
        at(self.over_by_one, -0.5)
            + at(self.over_by_two, -1.0)
            + at(self.under_by_one, 0.5)
            + at(self.under_by_two, 1.0)
    }
}

/// The p-value of "the outcome is wrong" after so many cards, at a diluted margin (margin / cards).
pub fn p(margin: f64, cards: u32, found: Discrepancies) -> f64 {
    let per_card = libm::log1p(-margin / (2.0 * GAMMA));
    libm::exp(f64::from(cards) * per_card - found.log()).min(1.0)
}

/// Cards to draw so that p ≤ `risk` if so many discrepancies are met; `None` for an empty margin.
pub fn cards(margin: f64, risk: f64, expected: Discrepancies) -> Option<f64> {
    let fits = margin > 0.0 && margin <= 1.0 && risk > 0.0 && risk < 1.0;
    fits.then(|| libm::ceil(-2.0 * GAMMA * (libm::log(risk) + expected.log()) / margin))
}
