use super::*;

/// Columns of figures, each with its evidence, and the names of each line.
fn run(columns: &[Vec<i64>], names: &[&str]) -> Vec<Total> {
    let counts: Vec<Vec<Count>> =
        columns.iter().map(|c| c.iter().map(|&v| (v >= 0).then_some(v)).collect()).collect();
    let table = Table {
        columns: counts.iter().map(|c| ("votes", c.as_slice())).collect(),
        evidence: vec![true; columns.len()],
        groups: Vec::new(),
        labels: names.iter().map(|n| Label::of(n.split('|'), &mut Vec::new())).collect(),
        ignored: vec![false; names.len()],
    };
    find(&table)
}

/// Rows of figures turned into columns.
fn columns(rows: &[[i64; 5]]) -> Vec<Vec<i64>> {
    (0..5).map(|c| rows.iter().map(|r| r[c]).collect()).collect()
}

const A: [i64; 5] = [812, 401, 97, 33, 12];
const B: [i64; 5] = [643, 300, 120, 41, 7];
const C: [i64; 5] = [1201, 555, 240, 60, 19];
const D: [i64; 5] = [950, 420, 133, 52, 3];
const E: [i64; 5] = [777, 310, 101, 29, 8];

fn add(rows: &[[i64; 5]]) -> [i64; 5] {
    std::array::from_fn(|c| rows.iter().map(|r| r[c]).sum())
}

fn lines(found: &[Total]) -> Vec<u32> {
    found.iter().map(|t| t.line).collect()
}

#[test]
fn totals_of_several_levels_are_found_without_names() {
    let (ab, cd) = (add(&[A, B]), add(&[C, D]));
    let rows = [A, B, ab, C, D, cd, add(&[ab, cd])];
    let found = run(&columns(&rows), &["s"; 7]);
    assert_eq!(lines(&found), [2, 5, 6]);
    assert_eq!(found[0].covers, [0, 1]);
    assert_eq!(found[2].covers, [0, 1, 3, 4], "the whole covers the stations");
}

#[test]
fn totals_above_their_rows_are_found() {
    let rows = [add(&[A, B, C, D]), add(&[A, B]), A, B, add(&[C, D]), C, D];
    let found = run(&columns(&rows), &["s"; 7]);
    assert_eq!(lines(&found), [0, 1, 4]);
    assert_eq!(found[0].covers, [2, 3, 5, 6]);
}

#[test]
fn a_total_anywhere_of_all_rows_is_found() {
    let rows = [A, B, add(&[A, B, C, D]), C, D];
    assert_eq!(lines(&run(&columns(&rows), &["s"; 5])), [2]);
}

#[test]
fn units_scattered_over_the_file_have_totals_too() {
    let rows = columns(&[A, C, B, D, add(&[A, B]), E, add(&[C, D])]);
    let counts: Vec<Vec<Count>> =
        rows.iter().map(|c| c.iter().copied().map(Some).collect()).collect();
    let table = Table {
        columns: counts.iter().map(|c| ("votes", c.as_slice())).collect(),
        evidence: vec![true; 5],
        groups: vec![vec![0, 1, 0, 1, 0, 2, 1]],
        labels: vec![Label::default(); 7],
        ignored: vec![false; 7],
    };
    assert_eq!(lines(&find(&table)), [4, 6]);
}

#[test]
fn accidents_among_tiny_stations_are_no_totals() {
    let rows = [[2, 1, 1, 0, 0], [3, 2, 1, 0, 0], [5, 3, 2, 0, 0], [0; 5], [0; 5], [0; 5]];
    assert!(run(&columns(&rows), &["s"; 6]).is_empty());
    let twins = [A, A, A, [0; 5], A];
    assert!(run(&columns(&twins), &["s"; 5]).is_empty(), "a copy is no total");
}

#[test]
fn many_random_small_stations_give_no_totals() {
    let mut state = 7_u64;
    let mut draw = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        i64::try_from((state >> 33) % limit).unwrap()
    };
    let rows: Vec<[i64; 5]> = (0..20_000)
        .map(|_| {
            let votes: [i64; 4] = std::array::from_fn(|_| draw(6));
            [votes.iter().sum(), votes[0], votes[1], votes[2], votes[3]]
        })
        .collect();
    let names = vec!["s"; rows.len()];
    assert!(run(&columns(&rows), &names).is_empty());
}

#[test]
fn names_make_sure_of_totals_of_one_station() {
    let rows = [A, B, add(&[A, B]), C, C, D, E, add(&[D, E]), add(&[A, B, C, D, E])];
    let names = ["1", "2", "Total", "3", "Total", "4", "5", "Total", "Total"];
    let found = run(&columns(&rows), &names);
    assert_eq!(lines(&found), [2, 4, 7, 8]);
    assert_eq!(found[1].covers, [3]);
    assert_eq!(found[3].covers, [0, 1, 3, 5, 6]);
}

#[test]
fn a_named_total_that_does_not_add_up_is_set_aside_and_says_so() {
    let mut whole = add(&[A, B, C]);
    whole[1] += 10;
    let found = run(&columns(&[A, B, C, whole]), &["1", "2", "3", "ИТОГО:"]);
    assert_eq!(lines(&found), [3]);
    assert!(found[0].reason.contains("says 1266 where they add up to 1256"), "{}", found[0].reason);
}

#[test]
fn a_station_that_is_called_total_stays() {
    let found = run(&columns(&[A, B, C, D]), &["1", "2", "3", "Total Petrol Station"]);
    assert!(found.is_empty());
}

#[test]
fn totals_rows_may_leave_columns_empty() {
    let mut whole = add(&[A, B, C]);
    whole[0] = -1;
    let found = run(&columns(&[A, B, C, whole]), &["1|a", "2|b", "3|c", "Total|"]);
    assert_eq!(lines(&found), [3]);
    assert!(found[0].reason.contains("the sum of"), "{}", found[0].reason);
}
