//! Every sender and host, with dates, verdicts and congratulations.

use glassurn_model::register::{ReactionKind, Register};

use super::super::{
    attendance::{self, Attended},
    observers::House,
    rated,
};
use super::CONGRATULATED_WITHIN;

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Who attended whose elections, by sender and host.
    pub directions: Vec<Direction>,
    /// Countries on whose elections any mission or invitation is on record.
    pub hosts: Vec<String>,
    /// Pairs of states with attendance both ways, under whatever rulers: indices of `directions`.
    pub mutual: Vec<(usize, usize)>,
    /// Invitations of states of which nothing says that anybody came.
    pub open_invitations: usize,
}

/// A sender and a host, under the same rulers on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Direction {
    /// Who sent.
    pub sender: House,
    /// Whose election, by country.
    pub host: String,
    /// The elections, with their dates as far as known.
    pub elections: Vec<String>,
    /// The same by their names, where they are recorded.
    pub named: Vec<String>,
    /// The records, invitations first.
    pub records: Vec<String>,
    /// Whether an invitation is on record.
    pub by_invitation: bool,
    /// First and last day known.
    pub dates: Option<(String, String)>,
    /// Who ruled at the sender's; `None` where the register does not say.
    pub sender_spell: Option<String>,
    /// Who ruled at the host's.
    pub host_spell: Option<String>,
    /// The sender's verdicts on these elections.
    pub verdicts: Vec<i8>,
    /// Congratulations by the sender within the days allowed, with their dates.
    pub congratulations: Vec<String>,
}

impl Figures {
    /// Distinct senders and hosts, whoever ruled.
    pub fn pairs(&self, keep: impl Fn(&Direction) -> bool) -> usize {
        let mut pairs: Vec<_> = self.directions.iter().filter(|d| keep(d)).map(|d| (&d.sender.id, &d.host)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.len()
    }

    /// Only what one state hosted or sent; the hosts covered stay those of the whole register.
    pub(super) fn of_state(self, country: &str) -> Figures {
        let concerns = |d: &Direction| d.host == country || d.sender.id == country;
        let (mut directions, mut moved) = (Vec::new(), Vec::new());
        for direction in self.directions {
            moved.push(concerns(&direction).then_some(directions.len()));
            directions.extend(Some(direction).filter(concerns));
        }
        let mutual = self.mutual.iter().filter_map(|(a, b)| moved[*a].zip(moved[*b])).collect();
        Figures { directions, mutual, ..self }
    }
}

/// Computes them.
pub fn figures(register: &Register) -> Figures {
    let attended = attendance::all(register);
    let mut directions = Vec::new();
    for of in attendance::pairs(&attended).values() {
        directions.extend(by_spell(register, of));
    }
    let hosts = attendance::covered(register).into_iter().map(str::to_owned).collect();
    let mutual = mutual(&directions);
    let open_invitations = open(register, &attended);
    Figures { directions, hosts, mutual, open_invitations }
}

/// One direction for each pair of rulers.
fn by_spell(register: &Register, of: &[&Attended<'_>]) -> Vec<Direction> {
    let mut groups: Vec<(Option<String>, Option<String>, Vec<&Attended<'_>>)> = Vec::new();
    for one in of {
        let sender = attendance::spell(register, &one.sender.id, one.date);
        let host = attendance::spell(register, one.host, one.date);
        match groups.iter_mut().find(|g| g.0 == sender && g.1 == host) {
            Some(group) => group.2.push(one),
            None => groups.push((sender, host, vec![one])),
        }
    }
    groups.into_iter().filter_map(|(s, h, of)| direction(register, s, h, &of)).collect()
}

fn direction(
    register: &Register,
    sender_spell: Option<String>,
    host_spell: Option<String>,
    of: &[&Attended<'_>],
) -> Option<Direction> {
    let first = of.first()?;
    let mut elections: Vec<&str> = of.iter().map(|a| a.election).collect();
    elections.sort_unstable();
    elections.dedup();
    let dates: Vec<_> = of.iter().filter_map(|a| a.date).collect();
    let verdicts = rated::all(register).into_iter();
    let own = |r: &rated::Rated<'_>| r.house.id == first.sender.id && elections.contains(&&*r.verdict.election);
    let shown = |d: &glassurn_model::register::PartialDate| d.to_string();
    Some(Direction {
        sender: first.sender.clone(),
        host: first.host.to_owned(),
        records: of.iter().map(|a| a.record.to_owned()).collect(),
        by_invitation: of.iter().any(|a| a.invited),
        dates: dates.iter().min().zip(dates.iter().max()).map(|(a, b)| (shown(a), shown(b))),
        sender_spell,
        host_spell,
        verdicts: verdicts.filter(own).map(|r| r.step).collect(),
        congratulations: elections.iter().flat_map(|e| congratulations(register, &first.sender, e)).collect(),
        named: elections.iter().map(|id| register.election(id).map_or_else(|| (*id).to_owned(), |e| e.name.clone())).collect(),
        elections: elections.into_iter().map(str::to_owned).collect(),
    })
}

/// Congratulations that may lie within the days allowed after the last day of voting.
fn congratulations(register: &Register, sender: &House, election: &str) -> Vec<String> {
    let end = register.election(election).and_then(|e| e.end.or(e.start));
    let of = |r: &&glassurn_model::register::Reaction| {
        r.kind == ReactionKind::Congratulation && r.election == election && r.actors.contains(&sender.id)
    };
    let soon = |r: &glassurn_model::register::Reaction| {
        let (fewest, most) = end?.days_until(r.date?);
        (most >= 0 && fewest <= CONGRATULATED_WITHIN).then(|| r.date.map(|d| d.to_string()))?
    };
    register.reactions.iter().filter(of).filter_map(soon).collect()
}

/// Directions that answer each other.
fn mutual(directions: &[Direction]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (i, a) in directions.iter().enumerate() {
        let answers = |b: &Direction| {
            a.sender.id == b.host && b.sender.id == a.host
                // Under the same rulers, as far as the register says who ruled.
                && same(a.sender_spell.as_ref(), b.host_spell.as_ref())
                && same(a.host_spell.as_ref(), b.sender_spell.as_ref())
        };
        found.extend((i + 1..directions.len()).filter(|j| answers(&directions[*j])).map(|j| (i, j)));
    }
    found
}

fn same(a: Option<&String>, b: Option<&String>) -> bool {
    a == b || a.is_none() || b.is_none()
}

/// Invited states of which no record says that they came.
fn open(register: &Register, attended: &[Attended<'_>]) -> usize {
    use glassurn_model::register::InvitationStatus::{Accepted, Invited};
    let came = |election: &str, code: &str| {
        attended.iter().any(|a| a.election == election && a.sender.id == code)
    };
    let invited = register.invitations.iter().filter(|i| matches!(i.status, Invited | Accepted));
    invited.flat_map(|i| i.invitees.iter().filter(|code| !came(&i.election, code))).count()
}
