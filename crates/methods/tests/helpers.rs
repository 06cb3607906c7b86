//! The helpers of the tests can fail.

mod common;
use common::{Table, close, p_values_are_conservative, p_values_look_uniform, plain_csv};

#[test]
#[should_panic(expected = "Kolmogorov")]
fn a_lump_of_p_values_is_not_uniform() {
    p_values_look_uniform((0..100).map(|i| f64::from(i) / 200.0), 0.1);
}

#[test]
#[should_panic(expected = "allowed")]
fn too_many_small_p_values_are_not_conservative() {
    p_values_are_conservative((0..100).map(|i| f64::from(i) / 300.0));
}

#[test]
#[should_panic(expected = "relative tolerance")]
fn a_difference_is_seen() {
    close(1.0, 1.001, 1e-6);
}

#[test]
fn what_is_no_number_is_missing() {
    let columns = plain_csv("a,b\n1,NA\n2,3\n", &["b", "a"]);
    assert_eq!(columns, [vec![None, Some(3)], vec![Some(1), Some(2)]]);
}

#[test]
fn returns_are_made_of_columns() {
    let returns = Table::of(&[10, 20], &[3, 4]).grouped(vec![0, 1]).returns();
    assert_eq!(returns.stations.len(), 2);
    assert_eq!(returns.stations.levels[0].units.len(), 2);
    assert_eq!(returns.contests[0].total("A"), Some(7));
}
