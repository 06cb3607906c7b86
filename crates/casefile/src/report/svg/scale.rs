//! From numbers to places, with round ticks.

/// A straight scale.
pub(super) struct Scale {
    domain: (f64, f64),
    /// The places of the domain's ends.
    pub(super) pixels: (f64, f64),
}

impl Scale {
    /// A scale; a domain without extent or with non-numbers becomes one around its start.
    pub(super) fn new((low, high): (f64, f64), pixels: (f64, f64)) -> Self {
        let low = if low.is_finite() { low } else { 0.0 };
        let high = if high.is_finite() && high > low { high } else { low + 1.0 };
        Scale { domain: (low, high), pixels }
    }

    /// The place of a number; what lies outside is drawn at the edge.
    pub(super) fn at(&self, v: f64) -> f64 {
        let (low, high) = self.domain;
        let v = if v.is_finite() { v.clamp(low, high) } else { low };
        self.pixels.0 + (v - low) / (high - low) * (self.pixels.1 - self.pixels.0)
    }

    /// Round numbers inside the domain, about so many.
    pub(super) fn ticks(&self, about: u32) -> Vec<f64> {
        let (low, high) = self.domain;
        let step = step((high - low) / f64::from(about));
        let first = (low / step).ceil();
        let count = (high / step + 1e-9).floor() - first;
        (0_u32..).map(f64::from).take_while(|i| *i <= count).map(|i| (first + i) * step).collect()
    }
}

/// The smallest of 1, 2 or 5 times a power of ten that is at least `raw`.
pub(super) fn step(raw: f64) -> f64 {
    if !(raw.is_finite() && raw > 0.0) {
        return 1.0;
    }
    let mut ten = 1.0;
    while ten > raw {
        ten /= 10.0;
    }
    while ten * 10.0 <= raw {
        ten *= 10.0;
    }
    [1.0, 2.0, 5.0].into_iter().map(|m| m * ten).find(|s| *s >= raw).unwrap_or(10.0 * ten)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(
            Scale::new((0.0, 1000.0), (0.0, 1.0)).ticks(5),
            [0.0, 200.0, 400.0, 600.0, 800.0, 1000.0]
        );
        assert_eq!(Scale::new((-3.0, 4.0), (0.0, 1.0)).ticks(5), [-2.0, 0.0, 2.0, 4.0]);
        assert_eq!(Scale::new((0.0, 0.3), (0.0, 1.0)).ticks(3).len(), 4);
    }

    #[test]
    fn nonsense_domains_draw_at_an_edge() {
        let scale = Scale::new((f64::NAN, f64::NAN), (10.0, 20.0));
        assert_eq!((scale.at(f64::NAN), scale.at(-5.0), scale.at(9.0)), (10.0, 10.0, 20.0));
        assert!(Scale::new((5.0, 5.0), (0.0, 1.0)).ticks(5).len() > 1);
        assert_eq!(step(f64::INFINITY), 1.0);
    }
}
