//! The kernel density of the package, as R 4.2 makes it: shares split between the two nearest of 1,024 points, smoothed
//! by a normal kernel so narrow that only its own point is left, and read off straight lines at 1,001 places.

/// Places of the density, from a share of 0 to one of 1.
pub(super) const PLACES: usize = 1_001;

/// Points of the binning.
const POINTS: usize = 1_024;

/// The package's bandwidth.
const WIDTH: f64 = 1e-4;

/// The density at each place.
pub type Density = Vec<f64>;

/// Shares in the making of a density.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    points: Vec<f64>,
    places: Vec<u32>,
    shares: f64,
}

impl Default for Grid {
    fn default() -> Self {
        Grid { points: vec![0.0; POINTS], places: vec![0; PLACES], shares: 0.0 }
    }
}

impl Grid {
    /// Where the points begin, and how far they are apart.
    const LOW: f64 = -4.0 * WIDTH;
    const STEP: f64 = (1.0 + 8.0 * WIDTH) / (POINTS - 1) as f64;

    /// Adds votes out of ballots; none out of none is a share of 0.
    pub fn add(&mut self, votes: u64, ballots: u64) {
        let share = if ballots == 0 { 0.0 } else { votes as f64 / ballots as f64 };
        let at = (share - Self::LOW) / Self::STEP;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1023")]
        let (point, place) = (at as usize, libm::ceil(1_000.0 * share - 0.5) as usize);
        let part = at - point as f64;
        self.points[point] += 1.0 - part;
        self.points[(point + 1).min(POINTS - 1)] += part;
        self.places[place.min(PLACES - 1)] += 1;
        self.shares += 1.0;
    }

    /// How many shares are nearest to each place; those in the middle of two belong to the lower.
    pub fn places(&self) -> &[u32] {
        &self.places
    }

    /// The density.
    pub fn density(&self) -> Density {
        // The height of the kernel over its own point; the next points are ten bandwidths away.
        let height = 1.0 / (WIDTH * libm::sqrt(2.0 * std::f64::consts::PI) * self.shares);
        let at = |place: usize| {
            let at = (place as f64 / (PLACES - 1) as f64 - Self::LOW) / Self::STEP;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 1023"
            )]
            let point = (at as usize).min(POINTS - 2);
            let part = at - point as f64;
            height * ((1.0 - part) * self.points[point] + part * self.points[point + 1])
        };
        (0..PLACES).map(at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_stands_at_its_place() {
        let mut grid = Grid::default();
        [(1, 2), (1, 2), (0, 0), (3, 3)].iter().for_each(|&(v, n)| grid.add(v, n));
        assert_eq!([grid.places()[0], grid.places()[500], grid.places()[1_000]], [1, 2, 1]);
        // A sixteenth is 62.5 thousandths.
        let mut half = Grid::default();
        half.add(1, 16);
        assert_eq!(half.places()[62], 1);
        let density = grid.density();
        assert!(density[500] > 1.5 * density[0] && density[250] == 0.0);
        assert!((density[0] - density[1_000]).abs() < 1e-9);
    }
}
