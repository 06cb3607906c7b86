//! The largest value of a function with one hill, by the golden section.
//!
//! J. Kiefer (1953). Sequential minimax search for a maximum. *Proceedings of the American Mathematical Society* 4,
//! 502-506.

/// The golden ratio less one.
const PART: f64 = 0.618_033_988_749_894_9;

/// Steps: each leaves 0.618 of the range, fifty of them 4e-11.
const STEPS: usize = 50;

/// Where a function with one hill between two numbers is highest, and its value there; the ends count.
pub fn maximum(low: f64, high: f64, of: impl Fn(f64) -> f64) -> (f64, f64) {
    let [mut a, mut b] = [low, high];
    let [mut c, mut d] = [b - PART * (b - a), a + PART * (b - a)];
    let [mut at_c, mut at_d] = [of(c), of(d)];
    for _ in 0..STEPS {
        if at_c >= at_d {
            (b, d, at_d) = (d, c, at_c);
            c = b - PART * (b - a);
            at_c = of(c);
        } else {
            (a, c, at_c) = (c, d, at_d);
            d = a + PART * (b - a);
            at_d = of(d);
        }
    }
    let inside = if at_c >= at_d { (c, at_c) } else { (d, at_d) };
    let higher = |best: (f64, f64), x: f64| {
        let value = of(x);
        if value > best.1 { (x, value) } else { best }
    };
    [low, high].into_iter().fold(inside, higher)
}

/// How far from a place where a function is at least `least` it stays so on the way to `limit`, where it falls.
pub fn reach(from: f64, limit: f64, least: f64, of: impl Fn(f64) -> f64) -> f64 {
    if of(limit) >= least {
        return limit;
    }
    let [mut good, mut bad] = [from, limit];
    for _ in 0..STEPS {
        let middle = f64::midpoint(good, bad);
        if of(middle) >= least { good = middle } else { bad = middle }
    }
    good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hills_inside_and_at_the_ends() {
        let (x, value) = maximum(0.0, 1.0, |x| -(x - 0.3).powi(2));
        assert!((x - 0.3).abs() < 1e-7 && value.abs() < 1e-14);
        assert_eq!(maximum(0.0, 1.0, |x| x), (1.0, 1.0));
        assert_eq!(maximum(0.0, 1.0, |x| -x), (0.0, 0.0));
        assert_eq!(maximum(0.5, 0.5, |x| x), (0.5, 0.5));
    }

    #[test]
    fn the_reach_ends_where_the_function_falls_below() {
        let hill = |x: f64| -(x - 0.3_f64).powi(2);
        assert!((reach(0.3, 1.0, -0.04, hill) - 0.5).abs() < 1e-12);
        assert!((reach(0.3, 0.0, -0.04, hill) - 0.1).abs() < 1e-12);
        assert_eq!(reach(0.3, 0.0, -1.0, hill), 0.0);
    }
}
