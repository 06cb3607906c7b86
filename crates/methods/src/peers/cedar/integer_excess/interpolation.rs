//! Tenths of a per cent, and what their neighbours give at whole percentages.

/// Bins of a tenth of a percentage point, open below and closed above.
pub(super) const BINS: usize = 1_000;

/// Sums in each bin.
pub(super) type Bins = [f64; BINS];

/// Neighbours averaged on either side, and bins averaged in the end.
const SIDE: usize = 5;
const WINDOW: usize = 7;

/// The upper edge of the bin before `k`, in floating point as the notebook has it.
fn edge(k: usize) -> f64 {
    k as f64 * 0.001
}

/// The bin of a rate; none for 0, for more than all and for no number.
pub(super) fn bin(rate: f64) -> Option<usize> {
    if !(rate > 0.0 && rate <= 1.0) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1000")]
    let mut bin = (rate * BINS as f64) as usize;
    while bin > 0 && rate <= edge(bin) {
        bin -= 1;
    }
    while rate > edge(bin + 1) {
        bin += 1;
    }
    Some(bin.min(BINS - 1))
}

/// The four bins around each whole percentage from ten tenths on, made of five on either side.
fn without_whole(y: &Bins) -> Bins {
    let mean = |from: usize| y[from..from + SIDE].iter().sum::<f64>() / SIDE as f64;
    std::array::from_fn(|i| {
        let percent = i - i % 10;
        match i % 10 {
            _ if i < 10 => y[i],
            9 if i < BINS - 1 => f64::midpoint(mean(percent + 3), mean(percent + 13)),
            9 => y[percent - 2],
            0..=2 => f64::midpoint(mean(percent - 7), mean(percent + 3)),
            _ => y[i],
        }
    })
}

/// Averages of seven bins, with nothing beyond the ends; the last two as they are.
fn smooth(y: &Bins) -> Bins {
    let half = WINDOW / 2;
    std::array::from_fn(|i| match i {
        _ if i + 2 >= BINS => y[i],
        _ => {
            y[i.saturating_sub(half)..(i + half + 1).min(BINS)].iter().sum::<f64>() / WINDOW as f64
        }
    })
}

/// What the neighbours give in each bin.
pub(super) fn expected(y: &Bins) -> Bins {
    smooth(&without_whole(y))
}

/// The sum beyond it, without the last bin.
pub(super) fn excess(y: &Bins) -> f64 {
    y.iter().zip(expected(y)).take(BINS - 1).map(|(y, e)| y - e).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_percentage_is_in_the_bin_below_it_where_floats_allow() {
        assert_eq!([0.0, f64::NAN, 1.1].map(bin), [None; 3]);
        assert_eq!([1.0, 0.5, 0.5004, 1e-9].map(bin), [Some(999), Some(499), Some(500), Some(0)]);
    }

    #[test]
    fn a_flat_line_has_no_excess_inside_and_peaks_are_all_excess() {
        let mut y = [2.0; BINS];
        // The three bins at either end are averaged with nothing, 6/7, 5/7 and 4/7 of them; two at the top stay.
        let ends = 2.0 * (3.0 + 2.0 + 1.0) / 7.0 + 2.0 * 1.0 / 7.0;
        assert!((excess(&y) - ends).abs() < 1e-9);
        (19..900).step_by(10).for_each(|i| y[i] += 5.0);
        assert!((excess(&y) - ends - 89.0 * 5.0).abs() < 1e-9);
    }
}
