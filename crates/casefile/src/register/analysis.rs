//! The analyses of a register as accounts.

use glassurn_methods::register::{
    anchor_residual, conflicts, dyads, election_sheet, evidence_grade, leniency,
    mutual_endorsement, observer_agreement, reaction_timeline, scorecard,
};
use glassurn_model::{Answer, register::Register};

use super::Measure;
use crate::Account;

/// What no analysis of a register can show.
const CANNOT_SHOW: &str = "A register holds what somebody recorded: what is not in it may have happened all the same, \
    and what observers, governments and media said of an election is no measurement of the election.";

/// What is asked of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Analysis {
    /// Everything about one election.
    Sheet(String),
    /// Records that conflict.
    Conflicts,
    /// Who observed whom.
    Dyads,
    /// Mutual observation and praise.
    Endorsement(mutual_endorsement::Settings),
    /// How missions worked and organisations judge.
    Scorecard,
    /// Agreement and divergence.
    Agreement,
    /// Leniency, beside a measure and by the model.
    Leniency,
    /// The grade of one record, or of all.
    Grade(Option<String>),
    /// Reactions to one election, or to all.
    Timeline(Option<String>),
}

/// Runs an analysis. A measure of elections may be given for those that use one.
pub fn analyse(
    register: &Register,
    of: &Analysis,
    measure: Option<&Measure>,
    command: String,
) -> Account {
    let anchors = measure.map(|m| m.anchors.clone()).unwrap_or_default();
    let answers: Vec<Answer> = match of {
        Analysis::Sheet(election) => vec![election_sheet::sheet(register, election)],
        Analysis::Conflicts => vec![conflicts::check(register, &anchors)],
        Analysis::Dyads => vec![dyads::dyads(register)],
        Analysis::Endorsement(set) => {
            vec![mutual_endorsement::endorsement(register, &anchors, *set)]
        }
        Analysis::Scorecard => vec![scorecard::scorecard(register, &anchors)],
        Analysis::Agreement => vec![observer_agreement::agreement(register)],
        Analysis::Leniency => {
            vec![
                anchor_residual::residuals(register, &anchors),
                leniency::leniency(register, &anchors),
            ]
        }
        Analysis::Grade(record) => vec![evidence_grade::grade(register, record.as_deref())],
        Analysis::Timeline(election) => {
            vec![reaction_timeline::timeline(register, election.as_deref())]
        }
    };
    let mut account = Account::new("Analysis of a register", title(of), command);
    account.cannot_show = CANNOT_SHOW;
    account.answers = answers;
    account.notes = notes(register, measure);
    account.settings = settings(of, measure);
    account
}

fn title(of: &Analysis) -> String {
    match of {
        Analysis::Sheet(election) => format!("Election sheet of {election}"),
        Analysis::Conflicts => "Conflicts among records".to_owned(),
        Analysis::Dyads => "Who observed whom".to_owned(),
        Analysis::Endorsement(_) => "Mutual observation and endorsement".to_owned(),
        Analysis::Scorecard => "Mission scorecard".to_owned(),
        Analysis::Agreement => "Agreement and divergence of observers".to_owned(),
        Analysis::Leniency => "Leniency of observers".to_owned(),
        Analysis::Grade(None) => "Grades of evidence".to_owned(),
        Analysis::Grade(Some(record)) => format!("Grade of evidence of {record}"),
        Analysis::Timeline(None) => "Timeline of reactions".to_owned(),
        Analysis::Timeline(Some(election)) => format!("Timeline of reactions to {election}"),
    }
}

/// Says how many records were left out as sensitive, where some were.
pub(crate) fn withheld(register: &Register) -> Option<String> {
    let count = register.withheld;
    (count > 0).then(|| {
        format!(
            "Left out: {count} of the records, which are marked sensitive or lean on one that is."
        )
    })
}

fn notes(register: &Register, measure: Option<&Measure>) -> Vec<String> {
    let mut notes = vec![format!(
        "The register holds {} elections, {} missions and recorded absences, {} verdicts, {} reactions and {} sources.",
        register.elections.len(),
        register.missions.len(),
        register.all_verdicts().filter(|v| v.scale.is_some()).count(),
        register.reactions.len(),
        register.sources.len()
    )];
    notes.extend(withheld(register));
    notes.extend(measure.map(|m| {
        format!(
            "Independent measure: {}, {} elections' years; {} rows without a known country, a year or a value were left out.",
            m.anchors.name,
            m.anchors.len(),
            m.left_out
        )
    }));
    notes
}

fn settings(of: &Analysis, measure: Option<&Measure>) -> Vec<(String, String)> {
    let mut settings = Vec::new();
    if let Analysis::Endorsement(set) = of {
        settings.push(("draws".to_owned(), set.draws.to_string()));
        settings.push(("seed".to_owned(), set.seed.to_string()));
    }
    settings.push((
        "independent measure".to_owned(),
        measure.map_or("none".to_owned(), |m| m.anchors.name.clone()),
    ));
    settings
}
