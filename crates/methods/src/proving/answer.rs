//! What screens say of one election, cut down to what is counted.

use glassurn_model::{Finding, Outcome, Returns};

use crate::{Affected, Focus, Purpose, Screen, Slice};

/// What one screen says of one election.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// Whether it ran at all.
    pub ran: bool,
    /// Whether its finding stands out; `None` where it only describes.
    pub stands_out: Option<bool>,
    /// The votes it estimates to be affected.
    pub affected: Option<Affected>,
}

/// What the screens say of the whole of the first contest.
///
/// The choice in focus is the leader; a screen that refuses it (missing zeros of a large choice) gets the
/// smallest choice that it takes.
pub fn answers(returns: &Returns, screens: &[&dyn Screen], purpose: Purpose) -> Vec<Answer> {
    let focuses = focuses(returns);
    screens.iter().map(|screen| answer(returns, *screen, &focuses, purpose)).collect()
}

fn focuses(returns: &Returns) -> Vec<Option<usize>> {
    let Some(contest) = returns.contests.first() else { return Vec::new() };
    let mut ascending: Vec<usize> = (0..contest.choices.len()).collect();
    ascending.sort_by_key(|&c| contest.choices[c].total());
    contest.leader().into_iter().chain(ascending).map(Some).collect()
}

fn answer(
    returns: &Returns,
    screen: &dyn Screen,
    focuses: &[Option<usize>],
    purpose: Purpose,
) -> Answer {
    let focuses = if screen.meta().focus == Focus::Choice { focuses } else { &[None] };
    let slice = |&choice| Slice { purpose, ..Slice::whole(returns, 0, choice) };
    let found = focuses.iter().find_map(|choice| finding(screen, &slice(choice)));
    Answer {
        ran: found.is_some(),
        stands_out: found.as_ref().and_then(|f| screen.stands_out(f)),
        affected: found.as_ref().and_then(|f| screen.affected(f)),
    }
}

fn finding(screen: &dyn Screen, slice: &Slice<'_>) -> Option<Finding> {
    match screen.run(slice) {
        Outcome::Finding(finding) => Some(*finding),
        Outcome::NotApplicable { .. } => None,
    }
}
