use super::{alike, support};
use crate::{
    Check, CheckMeta, CheckOutcome, Column, Contest, Count, Field, Flag, Level, Reason, Returns,
    check::Tested,
};

#[doc = include_str!("repeated_counts.md")]
#[derive(Debug, Clone, Copy)]
pub struct RepeatedCounts;

impl Check for RepeatedCounts {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("repeated_counts.md");
        CheckMeta { code: "W201", name: "repeated-counts", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// How many pairs that chance alone explains may be flagged in a whole file, on average and at most.
const BY_CHANCE: f64 = 0.01;

/// Looks for stations that report the same counts in every column, where chance hardly does that.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    if contest.choices.is_empty() {
        return Err(Reason::ColumnMissing("votes for a choice".to_owned()));
    }
    let columns: Vec<&Column> = support::all_reported(contest).collect();
    let hashed = hashes(&columns, &complete(contest));
    let tested = hashed.len();
    let value = |c: &Column, station: u32| c.values.get(station as usize).copied().flatten();
    let groups = alike::groups(hashed, |a, b| {
        columns.iter().map(|c| value(c, a)).cmp(columns.iter().map(|c| value(c, b)))
    });
    let mut flags: Vec<Flag> = Vec::new();
    for group in groups {
        let chance = chance(contest, group[0] as usize, tested);
        if chance.expected * tested as f64 / 2.0 <= BY_CHANCE {
            flags.extend(describe(returns, &group, &chance, columns.len()));
        }
    }
    flags.sort_by_key(|f| f.station);
    Ok((tested, flags))
}

/// The stations that have votes for every choice.
fn complete(contest: &Contest) -> Vec<bool> {
    let stations = contest.choices.iter().map(|c| c.values.len()).min().unwrap_or(0);
    let mut complete = vec![true; stations];
    for choice in &contest.choices {
        complete.iter_mut().zip(&choice.values).for_each(|(all, v)| *all &= v.is_some());
    }
    complete
}

/// A hash of each complete station's counts, by blocks that fit the cache.
fn hashes(columns: &[&Column], complete: &[bool]) -> Vec<(u64, u32)> {
    const BLOCK: usize = 1024;
    let mut hashes: Vec<(u64, u32)> = (0..).take(complete.len()).map(|i| (0, i)).collect();
    for (number, block) in hashes.chunks_mut(BLOCK).enumerate() {
        for column in columns {
            let values = column.values.iter().skip(number * BLOCK);
            for ((hash, _), value) in block.iter_mut().zip(values) {
                let bits = value.map_or(u64::MAX / 3, |v| u64::from_ne_bytes(v.to_ne_bytes()));
                *hash = alike::mix(*hash, bits);
            }
        }
    }
    hashes.retain(|&(_, station)| complete[station as usize]);
    hashes
}

/// How surprising a repetition is.
struct Chance {
    /// Stations that could have repeated it: those with as many registered voters, else all others.
    candidates: usize,
    /// Voters on the list, where it is reported.
    registered: Count,
    /// The most that chance explains: candidates expected to repeat the counts.
    expected: f64,
}

/// Bounds the chance of a repetition. If voters act independently, then whatever their leanings, and
/// however these differ from place to place, a station shows exactly these counts with at most the
/// probability that the multinomial with the counts' own shares gives them. Only reported lines count: a
/// derived one was not compared, so the stations of a group may differ in it.
fn chance(contest: &Contest, station: usize, stations: usize) -> Chance {
    let line = |f: Field| support::reported(contest, f).ok();
    let at = |f: Field| line(f).and_then(|c| c.values.get(station).copied().flatten());
    let choices = contest.choices.iter().map(|c| c.values.get(station).copied().flatten());
    let mut cells: Vec<i64> = choices.flatten().collect();
    let mut total: i64 = cells.iter().fold(0, |sum, v| sum.saturating_add(*v));
    for whole in [Field::Valid, Field::Cast, Field::Registered].into_iter().filter_map(at) {
        if whole >= total {
            cells.push(whole.saturating_sub(total));
            total = whole;
        }
    }
    let registered = at(Field::Registered);
    let list = line(Field::Registered).map(|c| &c.values);
    let same = registered.and_then(|r| Some(list?.iter().filter(|&&v| v == Some(r)).count()));
    let candidates = same.unwrap_or(stations).saturating_sub(1);
    Chance { candidates, registered, expected: candidates as f64 * libm::exp(ln_most(&cells)) }
}

/// Logarithm of the most probable value's probability among multinomials: n! / Π c! · Π (c/n)^c.
fn ln_most(cells: &[i64]) -> f64 {
    let term = |c: f64| if c > 0.0 { c * libm::log(c) - libm::lgamma(c + 1.0) } else { 0.0 };
    let counts = cells.iter().map(|&c| c.max(0) as f64);
    let n: f64 = counts.clone().sum();
    (counts.map(term).sum::<f64>() - term(n)).min(0.0)
}

/// One flag for each station of a group.
fn describe<'a>(
    returns: &'a Returns,
    group: &'a [u32],
    chance: &'a Chance,
    columns: usize,
) -> impl Iterator<Item = Flag> + 'a {
    let places = alike::places(returns, group);
    let unit = shared_unit(returns, group);
    let among = match chance.registered {
        Some(list) => format!("the {} others with {list} registered voters", chance.candidates),
        None => format!("the {} others", chance.candidates),
    };
    group.iter().map(move |&station| {
        let rows = alike::other_rows(returns, &places, station);
        let message = format!(
            "the same counts in all {columns} columns as {rows}{unit}; chance explains at most \
             {:.1e} such stations among {among}",
            chance.expected
        );
        Flag::told(Some(station), Vec::new(), message)
    })
}

/// Names the innermost unit that has all stations of a group.
fn shared_unit(returns: &Returns, group: &[u32]) -> String {
    let of = |level: &Level, s: u32| level.of.get(s as usize).copied();
    let shared = |l: &&Level| group.iter().all(|&s| of(l, s) == of(l, group[0]));
    let levels = &returns.stations.levels;
    let unit = |l: &Level| l.units.get(of(l, group[0])? as usize).cloned();
    match levels.iter().rev().find(shared).and_then(|l| Some((&l.name, unit(l)?))) {
        Some((level, unit)) => format!(", in the same unit ({level} {unit})"),
        None if levels.is_empty() => String::new(),
        None => ", in different units".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, Stream, clean, messages};

    #[test]
    fn a_repeated_station_is_flagged_with_its_chance() {
        let returns = Builder::new(4)
            .level("district", &["1", "1", "2", "2"])
            .field(Field::Registered, [956, 956, 1000, 956])
            .field(Field::Cast, [496, 496, 448, 490])
            .choice("A", [260, 260, 200, 250])
            .choice("B", [236, 236, 248, 240])
            .build();
        // Multinomial probability of (260, 236, 460) with its own shares: 9.255377e-4 (mpmath), for
        // each of two candidates.
        assert!((libm::exp(ln_most(&[260, 236, 460])) - 9.255_377_083e-4).abs() < 1e-12);
        let tail = "chance explains at most 1.9e-3 such stations among the 2 others with 956 \
                    registered voters";
        assert_eq!(
            messages(&RepeatedCounts, &returns),
            [
                format!("the same counts in all 4 columns as row 3, in the same unit (district 1); {tail}"),
                format!("the same counts in all 4 columns as row 2, in the same unit (district 1); {tail}"),
            ]
        );
    }

    #[test]
    fn the_bound_agrees_with_mpmath() {
        // Made with mpmath 1.3: n! / prod c! * prod (c/n)^c.
        let cases: [(&[i64], f64); 3] = [
            (&[5, 0, 3], 0.281_631_946_563_721),
            (&[100, 0, 0], 1.0),
            (&[300, 150, 30, 11, 5, 460], 1.644_088_407_846_24e-6),
        ];
        for (cells, expected) in cases {
            let bound = libm::exp(ln_most(cells));
            assert!((bound / expected - 1.0).abs() < 1e-10, "{cells:?}: {bound}");
        }
    }

    #[test]
    fn repetitions_that_chance_explains_are_not_flagged() {
        let small = Builder::new(3).choice("A", [8, 8, 8]).choice("B", [1, 1, 1]).build();
        assert!(messages(&RepeatedCounts, &small).is_empty());
        let unanimous = Builder::new(2).choice("A", [342, 342]).choice("B", [0, 0]).build();
        assert!(messages(&RepeatedCounts, &unanimous).is_empty());
        assert!(messages(&RepeatedCounts, &clean(2000, 5)).is_empty());
    }

    #[test]
    fn a_station_without_a_vote_count_is_not_tested() {
        let returns = Builder::new(3)
            .choice("A", [Some(500), Some(500), None])
            .choice("B", [Some(400), Some(400), None])
            .choice("C", [300, 300, 300])
            .build();
        let CheckOutcome::Ran { tested, flags } = RepeatedCounts.run(&returns, 0) else { panic!() };
        assert_eq!((tested, flags.len()), (2, 2));
        let outcome = RepeatedCounts.run(&Builder::new(1).build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }

    #[test]
    fn lines_that_were_not_compared_do_not_enter_the_chance() {
        let flags = |registered: [i64; 2]| {
            let returns = Builder::new(2).derived(Field::Registered, registered);
            let returns = returns.choice("A", [500, 500]).choice("B", [400, 400]);
            messages(&RepeatedCounts, &returns.choice("C", [300, 300]).build())
        };
        assert!(flags([956, 1000])[0].ends_with("among the 1 others"));
        assert_eq!(flags([956, 1000]), flags([1000, 956]));
    }

    #[test]
    fn independent_voters_hardly_ever_repeat_a_station() {
        // 300 files of 200 stations whose 60 voters choose alike among three: the bound promises that
        // not one file in a hundred holds a flagged pair.
        let flagged = (0..300).filter(|&seed| {
            let mut stream = Stream::new(seed);
            let mut votes = [vec![0_i64; 200], vec![0; 200], vec![0; 200]];
            for vote in 0..200 * 60 {
                votes[(stream.bits() % 3) as usize][vote / 60] += 1;
            }
            let [a, b, c] = votes;
            let returns = Builder::new(200).choice("A", a).choice("B", b).choice("C", c).build();
            !messages(&RepeatedCounts, &returns).is_empty()
        });
        assert!(flagged.count() <= 6);
    }
}
