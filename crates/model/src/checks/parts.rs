//! The whole against its parts: valid, invalid and, where they are counted apart, blank.

use super::support::{self, Verdict, compare};
use crate::{Column, Contest, Field, Reason, check::Tested};

/// Compares a protocol line with the sum of its reported parts.
///
/// Where valid votes are not reported and the choices are all there were, their sum stands in. Whether
/// blank ballots are a part of their own or stand among the others differs from law to law: the reading
/// that fits more stations is taken.
pub(super) fn against(contest: &Contest, whole: Field, title: &str) -> Result<Tested, Reason> {
    let whole = support::reported(contest, whole)?;
    let invalid = support::reported(contest, Field::Invalid)?;
    let choices;
    let (valid, words) = match support::reported(contest, Field::Valid) {
        Ok(valid) => (valid, "valid votes"),
        Err(reason) if !contest.exhaustive => return Err(reason),
        Err(_) => {
            choices = support::sum_of_choices(contest)?;
            (&choices, "votes for the choices")
        }
    };
    support::independent(whole, valid)?;
    support::independent(whole, invalid)?;
    match support::reported(contest, Field::Blank) {
        Ok(blank) if apart([whole, valid, invalid, blank]) => {
            Ok(with_blank([whole, valid, invalid, blank], title, words))
        }
        _ => Ok(plain([whole, valid, invalid], title, words)),
    }
}

/// Whether more stations fit with blank ballots as a part of their own.
fn apart(columns: [&Column; 4]) -> bool {
    let [whole, valid, invalid, _] = columns;
    let among = support::misfits([whole, valid, invalid], |[w, v, i]| w != v + i);
    among > 0 && support::misfits(columns, |[w, v, i, b]| w != v + i + b) < among
}

/// Blank ballots stand among the valid or invalid ones, or nowhere.
fn plain(columns: [&Column; 3], title: &str, valid: &str) -> Tested {
    let template = format!(
        "{{0}} {title}, but {{1}} {valid} + {{2}} invalid ballots = {{3}}: difference {{4}}"
    );
    compare(columns, ["sum", "difference"], template, |_, [whole, valid, invalid]| {
        verdict(whole, valid + invalid)
    })
}

/// Blank ballots are a part of their own.
fn with_blank(columns: [&Column; 4], title: &str, valid: &str) -> Tested {
    let template = format!(
        "{{0}} {title}, but {{1}} {valid} + {{2}} invalid + {{3}} blank ballots = {{4}}: difference {{5}}"
    );
    compare(columns, ["sum", "difference"], template, |_, [whole, valid, invalid, blank]| {
        verdict(whole, valid + invalid + blank)
    })
}

/// Whether the sum is the whole.
fn verdict(whole: i128, sum: i128) -> Verdict<2> {
    if sum == whole { Verdict::Fits } else { Verdict::Differs([sum, sum - whole]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Builder;

    fn found(builder: Builder) -> Result<(usize, usize), Reason> {
        let returns = builder.build();
        against(&returns.contests[0], Field::Cast, "ballots cast").map(|(n, f)| (n, f.len()))
    }

    #[test]
    fn blank_ballots_are_read_as_most_stations_have_them() {
        let apart = Builder::new(3)
            .field(Field::Cast, [100, 100, 100])
            .field(Field::Valid, [90, 90, 90])
            .field(Field::Invalid, [6, 6, 10])
            .field(Field::Blank, [4, 4, 4]);
        assert_eq!(found(apart), Ok((3, 1)));
        let among = Builder::new(3)
            .field(Field::Cast, [100, 100, 100])
            .field(Field::Valid, [90, 90, 90])
            .field(Field::Invalid, [10, 10, 6])
            .field(Field::Blank, [4, 4, 4]);
        assert_eq!(found(among), Ok((3, 1)));
    }

    #[test]
    fn exhaustive_choices_stand_in_for_valid_votes() {
        let builder = Builder::new(2)
            .field(Field::Cast, [10, 10])
            .field(Field::Invalid, [1, 1])
            .derived(Field::Valid, [9, 8])
            .choice("A", [9, 8]);
        assert!(found(builder.clone()).is_err());
        assert_eq!(found(builder.exhaustive()), Ok((2, 1)));
    }

    #[test]
    fn a_whole_read_from_its_parts_is_refused() {
        let builder = Builder::new(1)
            .field(Field::Cast, [10])
            .field(Field::Valid, [9])
            .field(Field::Invalid, [1])
            .source_columns(Field::Cast, &["valid votes", "invalid ballots"]);
        assert!(matches!(found(builder), Err(Reason::WrongSubject(_))));
    }
}
