//! Caveats that depend on numbers alone.

use glassurn_model::Caveat;

/// From so many stations on, a difference of no practical size gives a tiny p.
const VERY_MANY: usize = 20_000;

/// The caveats of a screen that used some of the stations in view.
pub(crate) fn of(used: usize, in_view: usize) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    if (in_view - used.min(in_view)) * 4 > in_view {
        caveats.push(Caveat::ManyLeftOut);
    }
    if used >= VERY_MANY {
        caveats.push(Caveat::VeryManyStations);
    }
    caveats
}

/// The same for a screen that gives no p.
pub(crate) fn describing(used: usize, in_view: usize) -> Vec<Caveat> {
    let mut caveats = of(used, in_view);
    caveats.retain(|c| *c != Caveat::VeryManyStations);
    caveats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_not_yet_many() {
        assert_eq!(of(75, 100), []);
        assert_eq!(of(74, 100), [Caveat::ManyLeftOut]);
        assert_eq!(of(30_000, 30_000), [Caveat::VeryManyStations]);
        assert_eq!(describing(30_000, 50_000), [Caveat::ManyLeftOut]);
    }
}
