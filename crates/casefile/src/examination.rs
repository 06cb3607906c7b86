//! An examination: everything that was read, checked, screened and found. The terminal, the page, the
//! JSON and the tables are four views of this one value.

use glassurn_methods::battery::{self, Plan, Tested};
use glassurn_methods::calibration::{FalseAlarms, false_alarms};
use glassurn_methods::peers::{self, Published};
use glassurn_methods::{Cost, Screen, screens};
use glassurn_model::{
    CheckOutcome, Column, Contest, Count, Field, Origin, Reason, Returns, Severity, checks,
};
use rayon::prelude::*;
use serde::Serialize;

use crate::Mapping;

/// Version of the JSON envelope; it changes when a reader of the old one would be misled.
pub const ENVELOPE: u32 = 1;

/// What to examine, and how.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Settings {
    /// Names of the choices in focus; empty means the leader of each contest.
    pub choices: Vec<String>,
    /// Look at every choice.
    pub all_choices: bool,
    /// Levels looked at unit by unit; empty means the outermost that has between 2 and 200 units.
    pub levels: Vec<String>,
    /// Leave the stations out that an `F…` check flags.
    pub without_flagged: bool,
    /// Codes of the screens to run; empty means all quick ones.
    pub only: Vec<String>,
    /// Run the slow screens as well, when no codes are given.
    pub models: bool,
    /// Other programs whose procedures are run as well, by their keys.
    pub published: Vec<String>,
    /// Honest elections to draw from the returns under each null, to see how often each screen stands out in
    /// them; 0 draws none.
    pub calibration: u32,
}

/// Everything that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Examination {
    /// Version of this envelope.
    pub envelope: u32,
    /// Version of the program.
    pub program: String,
    /// The command that makes this examination again.
    pub command: String,
    /// The settings.
    pub settings: Settings,
    /// The mapping used.
    pub mapping: Mapping,
    /// Where the mapping comes from.
    pub mapping_from: MappingFrom,
    /// The returns (counts themselves are not in the envelope).
    pub returns: Returns,
    /// The result of each contest.
    pub results: Vec<ContestResult>,
    /// What each check says of each contest.
    pub checks: Vec<Checked>,
    /// What each screen says.
    pub screens: Vec<Tested>,
    /// What the procedures of other programs say.
    pub published: Vec<Tested>,
    /// How often each screen stands out on honest elections drawn from these returns.
    pub calibration: Vec<FalseAlarms>,
}

/// Where a mapping comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "from")]
pub enum MappingFrom {
    /// Recognised from the file's names and arithmetic.
    Recognised,
    /// Ships with the program under this name.
    Catalogue {
        /// The data set's name.
        name: String,
    },
    /// Given by the user.
    Given {
        /// The mapping file.
        file: String,
    },
    /// Made by the program itself (simulated elections).
    Simulated,
}

/// One check on one contest.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// The check's code.
    pub code: &'static str,
    /// The contest's name.
    pub contest: String,
    /// What it says.
    #[serde(flatten)]
    pub outcome: CheckOutcome,
}

/// The figures of one contest.
#[derive(Debug, Clone, Serialize)]
pub struct ContestResult {
    /// The contest's name.
    pub contest: String,
    /// Totals of the protocol lines and choices.
    pub totals: Vec<Total>,
    /// Turnout in the whole, where it can be computed.
    pub turnout: Option<f64>,
    /// The leading choice.
    pub leader: Option<String>,
    /// Votes between the leader and the second.
    pub margin: Count,
    /// What the stations flagged as impossible amount to.
    pub flagged: Flagged,
}

/// One total.
#[derive(Debug, Clone, Serialize)]
pub struct Total {
    /// The field's key, absent for a choice.
    pub field: Option<Field>,
    /// The name a reader sees.
    pub name: String,
    /// Sum over stations that have a value.
    pub total: Count,
    /// Stations without a value.
    pub missing: usize,
    /// Whether the column was reported or derived.
    pub origin: Origin,
    /// Share of the ballots cast (of the valid votes, where ballots cast are unknown), for choices.
    pub share: Option<f64>,
    /// Share of the valid votes, for choices: the percentage that most commissions publish.
    pub share_of_valid: Option<f64>,
}

/// The stations an `F…` check flags.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flagged {
    /// How many.
    pub stations: usize,
    /// Ballots (or votes) in them.
    pub ballots: i64,
    /// Leader's lead without them.
    pub margin_without: Count,
    /// The leader without them.
    pub leader_without: Option<String>,
    /// Whether another choice leads without them, or could if all their ballots were its.
    pub could_change_outcome: Option<bool>,
}

/// Checks and screens the returns.
pub fn examine(
    returns: Returns,
    mapping: Mapping,
    mapping_from: MappingFrom,
    settings: Settings,
    command: String,
) -> Examination {
    let checks = check(&returns);
    let flagged = flagged(&returns, &checks);
    let results =
        (0..returns.contests.len()).map(|c| result(&returns.contests[c], &flagged[c])).collect();
    let plan = plan(&returns, &settings, &flagged);
    let screens = battery::run(&returns, &plan);
    let calibration = calibrate(&returns, &screens, settings.calibration);
    let published = battery::published(&returns, &plan, &procedures(&settings.published));
    Examination {
        envelope: ENVELOPE,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        command,
        settings,
        mapping,
        mapping_from,
        returns,
        results,
        checks,
        screens,
        published,
        calibration,
    }
}

/// The procedures of the programs with these keys.
fn procedures(keys: &[String]) -> Vec<&'static dyn Published> {
    let wanted = peers::ALL.iter().filter(|p| keys.iter().any(|k| k == p.key));
    wanted.flat_map(|p| p.procedures).copied().collect()
}

/// False alarms of the screens that gave an opinion on the whole of some contest.
fn calibrate(returns: &Returns, answers: &[Tested], draws: u32) -> Vec<FalseAlarms> {
    let judged = |code: &str| {
        let mine = |t: &&Tested| {
            t.stands_out.is_some() && t.outcome.finding().is_some_and(|f| f.screen == code)
        };
        answers.iter().any(|t| mine(&t))
    };
    let all = screens::ALL.iter().copied();
    let quick: Vec<&dyn Screen> =
        all.filter(|s| s.meta().cost == Cost::Quick && judged(s.meta().code)).collect();
    if draws == 0 { Vec::new() } else { false_alarms(returns, &quick, draws, 1) }
}

/// Runs every check on every contest.
pub fn check(returns: &Returns) -> Vec<Checked> {
    let jobs: Vec<_> = (0..returns.contests.len())
        .flat_map(|contest| checks::ALL.iter().map(move |check| (contest, check)))
        .collect();
    jobs.par_iter()
        .map(|&(contest, check)| Checked {
            code: check.meta().code,
            contest: returns.contests[contest].name.clone(),
            outcome: check.run(returns, contest),
        })
        .collect()
}

/// For each contest and station, whether an `F…` check flags it.
fn flagged(returns: &Returns, checked: &[Checked]) -> Vec<Vec<bool>> {
    let impossible: Vec<_> = checks::ALL
        .iter()
        .map(|c| c.meta())
        .filter(|m| m.severity() == Severity::Impossible)
        .map(|m| m.code)
        .collect();
    let mut marks = vec![vec![false; returns.stations.len()]; returns.contests.len()];
    for (contest, marks) in returns.contests.iter().zip(&mut marks) {
        let of_contest = checked.iter().filter(|c| c.contest == contest.name);
        for found in of_contest.filter(|c| impossible.contains(&c.code)) {
            let CheckOutcome::Ran { flags, .. } = &found.outcome else { continue };
            for station in flags.iter().filter_map(|f| f.station) {
                marks[station as usize] = true;
            }
        }
    }
    marks
}

/// The figures of one contest.
fn result(contest: &Contest, flagged: &[bool]) -> ContestResult {
    let sum = |column: Result<&Column, Reason>| column.ok().and_then(Column::total);
    let (ballots, valid) = (sum(contest.share_denominator()), sum(contest.field(Field::Valid)));
    let fields = contest.fields.iter().map(|(&f, c)| (Some(f), c));
    let totals = fields
        .chain(contest.choices.iter().map(|c| (None, c)))
        .map(|(field, column)| Total {
            field,
            name: field.map_or_else(|| column.name.clone(), |f| f.title().to_owned()),
            total: column.total(),
            missing: column.missing(),
            origin: column.origin,
            share: field.is_none().then(|| ratio(column.total(), ballots)).flatten(),
            share_of_valid: field.is_none().then(|| ratio(column.total(), valid)).flatten(),
        })
        .collect();
    let registered = sum(contest.field(Field::Registered));
    let voted = sum(contest.turnout_numerator());
    let (leader, margin) = lead(contest, |_| true);
    ContestResult {
        contest: contest.name.clone(),
        totals,
        turnout: ratio(voted, registered),
        leader,
        margin,
        flagged: flagged_result(contest, flagged),
    }
}

/// A share, where both parts are there and the whole is not zero.
fn ratio(part: Count, whole: Count) -> Option<f64> {
    let (part, whole) = (part?, whole?);
    (whole != 0).then(|| part as f64 / whole as f64)
}

/// Who leads over the chosen stations, and by how many votes.
fn lead(contest: &Contest, keep: impl Fn(usize) -> bool) -> (Option<String>, Count) {
    let total = |values: &[Count]| -> i64 {
        let kept = values.iter().enumerate().filter(|(i, _)| keep(*i));
        kept.filter_map(|(_, v)| *v).fold(0, i64::saturating_add)
    };
    let mut totals: Vec<_> = contest.choices.iter().map(|c| (total(&c.values), &c.name)).collect();
    totals.sort_by_key(|t| std::cmp::Reverse(t.0));
    let margin = (totals.len() > 1).then(|| totals[0].0 - totals[1].0);
    (totals.first().map(|t| t.1.clone()), margin)
}

/// What the flagged stations amount to, and whether they could change who leads.
fn flagged_result(contest: &Contest, flagged: &[bool]) -> Flagged {
    let (leader, _) = lead(contest, |_| true);
    let (leader_without, margin_without) = lead(contest, |i| !flagged[i]);
    let ballots = contest.share_denominator().ok().map_or(0, |column| {
        let marked = column.values.iter().zip(flagged).filter(|(_, f)| **f);
        marked.filter_map(|(v, _)| *v).fold(0, i64::saturating_add)
    });
    let changes = leader != leader_without;
    Flagged {
        stations: flagged.iter().filter(|f| **f).count(),
        ballots,
        margin_without,
        leader_without,
        could_change_outcome: margin_without.map(|m| changes || ballots >= m),
    }
}

/// What the battery is to run.
fn plan(returns: &Returns, settings: &Settings, flagged: &[Vec<bool>]) -> Plan {
    let wanted = |contest: &Contest| -> Vec<usize> {
        let all = contest.choices.iter().enumerate();
        all.filter(|(_, c)| settings.all_choices || settings.choices.contains(&c.name))
            .map(|(i, _)| i)
            .collect()
    };
    let levels = &returns.stations.levels;
    let named = |name: &String| levels.iter().position(|l| l.name == *name);
    let mut chosen: Vec<usize> = settings.levels.iter().filter_map(named).collect();
    if settings.levels.is_empty() {
        chosen.extend(levels.iter().position(|l| (2..=200).contains(&l.units.len())));
    }
    let any = |s: usize| flagged.iter().any(|marks| marks[s]);
    let leave_out = if settings.without_flagged {
        (0..returns.stations.len()).map(any).collect()
    } else {
        Vec::new()
    };
    Plan {
        choices: returns.contests.iter().map(wanted).collect(),
        levels: chosen,
        leave_out,
        only: settings.only.clone(),
        models: settings.models,
    }
}
