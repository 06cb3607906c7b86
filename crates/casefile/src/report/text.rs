//! The examination in a terminal: under sixty lines, understandable without colour.

use glassurn_methods::peers;
use glassurn_model::{CheckOutcome, Severity};

use super::chapters::{self, Chapter, Kind};
use super::lines::{Out, columns, cut, fitted, one_line};
use super::sections::{self, summary};
use super::{CANNOT_SHOW, figures, trust};
use crate::Examination;
use crate::examination::{Checked, ContestResult, Total};

/// How many choices, checks and screens are shown.
const CHOICES: usize = 6;
const CHECKS: usize = 8;
const SCREENS: usize = 5;

/// Columns for a choice's name.
const NAME: usize = 44;

/// The summary for a terminal of this many columns.
///
/// Whatever could steer the terminal in names that come from the file is made visible.
pub fn text(examination: &Examination, width: usize, colour: bool) -> String {
    let mut out = Out::new(width, colour);
    out.heading(&examination.returns.title, "");
    out.read(examination);
    for (at, result) in examination.results.iter().enumerate().take(2) {
        out.result(result, if at == 0 { CHOICES } else { 3 });
    }
    if examination.results.len() > 2 {
        out.line(&format!("  and {} more contests", figures::size(examination.results.len() - 2)));
    }
    out.checks(examination);
    out.screens(examination);
    out.published(examination);
    out.lines.push(String::new());
    out.wrapped(CANNOT_SHOW, "");
    out.finish()
}

impl Out {
    /// What was read.
    fn read(&mut self, examination: &Examination) {
        let returns = &examination.returns;
        self.wrapped(&summary::read(examination), "  ");
        for source in returns.sources.iter().filter(|s| !s.sha256.is_empty()).take(2) {
            let hash: String = source.sha256.chars().take(16).collect();
            self.line(&format!(
                "  {}  {}  sha256 {hash}…",
                source.name,
                figures::bytes(source.bytes)
            ));
        }
        if let Some(earlier) = &returns.earlier {
            let source = earlier.sources.first();
            let hash = source.map_or("", |s| s.sha256.get(..16).unwrap_or(&s.sha256));
            let name = source.map_or(earlier.title.as_str(), |s| &s.name);
            let pairs = figures::size(earlier.partners.pairs());
            self.line(&format!(
                "  before: {name}  sha256 {hash}…  {pairs} stations have a partner"
            ));
        }
        self.wrapped(&super::sections::mapping_origin(&examination.mapping_from), "  ");
        if !returns.oddities.is_empty() {
            let cells = figures::some(returns.oddities.len(), "cell is", "cells are");
            self.line(&format!("  {cells} not the count they should be: read as missing"));
        }
    }

    /// The figures of one contest.
    fn result(&mut self, result: &ContestResult, most: usize) {
        let turnout = result.turnout.map(|t| format!("turnout {}", figures::percent(t)));
        let margin = result.margin.map(|m| format!("margin {}", figures::count(m)));
        let remark: Vec<_> = [turnout, margin].into_iter().flatten().collect();
        self.heading(&result.contest, &remark.join(" · "));
        let mut choices: Vec<&Total> = result.totals.iter().filter(|t| t.field.is_none()).collect();
        choices.sort_by_key(|t| std::cmp::Reverse(t.total));
        let name_width = self.width.saturating_sub(42).min(NAME);
        if !choices.is_empty() {
            self.line(&format!(
                "  {:name_width$}  {:>14}  {:>9}  {:>10}",
                "", "votes", "of cast", "of valid"
            ));
        }
        for total in choices.iter().take(most) {
            let name = fitted(&one_line(&total.name), name_width);
            let votes = figures::count_or_missing(total.total);
            let share = figures::percent_in_column(total.share);
            let of_valid = figures::percent_in_column(total.share_of_valid);
            let line = format!("  {name}  {votes:>14}  {share:>9}  {of_valid:>10}");
            self.line(line.trim_end());
        }
        if choices.len() > most {
            self.line(&format!("  and {}", figures::some(choices.len() - most, "other", "others")));
        }
    }

    /// What the checks say.
    fn checks(&mut self, examination: &Examination) {
        let mut found: Vec<(&Checked, usize, usize)> = Vec::new();
        let mut ran = 0;
        for checked in &examination.checks {
            let CheckOutcome::Ran { tested, flags } = &checked.outcome else { continue };
            ran += 1;
            if !flags.is_empty() {
                found.push((checked, flags.len(), *tested));
            }
        }
        found.sort_by_key(|(c, n, _)| {
            (chapters::severity(c.code) == Severity::Look, std::cmp::Reverse(*n))
        });
        let not = examination.checks.len() - ran;
        self.heading(
            "Checks",
            &format!("{ran} ran, {not} could not, {} flag something", found.len()),
        );
        for (checked, flags, tested) in found.iter().take(CHECKS) {
            let of = format!("{} of {}", figures::size(*flags), figures::size(*tested));
            let question = chapters::check(checked.code).map_or("", |m| m.form().question());
            let room = self.width.saturating_sub(32);
            self.line(&format!("  {:<5} {of:>20}  {}", checked.code, cut(question, room)));
        }
        if found.len() > CHECKS {
            self.line(&format!("  and {} more", found.len() - CHECKS));
        }
        let several = examination.results.len() > 1;
        for result in examination.results.iter().take(2) {
            let Some(sentence) = summary::flagged(result) else { continue };
            let of = if several { format!("{}: ", result.contest) } else { String::new() };
            self.wrapped(&(of + &sentence), "  ");
        }
    }

    /// What the screens found, strongest first.
    fn screens(&mut self, examination: &Examination) {
        let tests = figures::some(chapters::tests(examination), "test", "tests");
        self.heading("Screens", &format!("{tests} run; strongest first"));
        let chapters = chapters::chapters(examination);
        let found: Vec<&Chapter<'_>> = chapters
            .iter()
            .filter(|c| matches!(c.kind(), Kind::StandsOut | Kind::Tested | Kind::Descriptive))
            .collect();
        for chapter in found.iter().take(SCREENS) {
            let Some((tested, finding)) =
                chapter.whole.and_then(|t| Some((t, t.outcome.finding()?)))
            else {
                continue;
            };
            let of = chapter.choice.unwrap_or(chapter.contest);
            let p = finding.p.map(|p| format!(" · {}", figures::p_sentence(p.value)));
            let holm = tested.holm.map(|h| format!(", Holm {}", figures::p(h)));
            let stands_out =
                (chapter.kind() == Kind::StandsOut).then(|| " · stands out".to_owned());
            let tail = [stands_out, p, holm].map(Option::unwrap_or_default).concat();
            let head = format!("  {} {} · ", chapter.code, chapters::title(chapter.code));
            let room = self.width.saturating_sub(columns(&head) + columns(&tail));
            self.line(&format!("{head}{}{tail}", cut(&one_line(of), room.max(8))));
            self.wrapped(&finding.plain, "       ");
            let stands_out = chapter.kind() == Kind::StandsOut;
            let trust =
                stands_out.then(|| trust::brief(examination, chapter.code, chapter.contest));
            if let Some(trust) = trust.flatten() {
                self.wrapped(&trust, "       ");
            }
        }
        let refused = chapters.iter().filter(|c| c.kind() == Kind::Refused).count();
        let more = found.len().saturating_sub(SCREENS);
        let rest = [(more, "more in the report"), (refused, "could not run, see the report")];
        let rest: Vec<_> =
            rest.iter().filter(|(n, _)| *n > 0).map(|(n, t)| format!("{n} {t}")).collect();
        if !rest.is_empty() {
            self.line(&format!("  {}", rest.join("; ")));
        }
    }
}

impl Out {
    /// What other programs' procedures say, one line each.
    fn published(&mut self, examination: &Examination) {
        for peer in peers::ALL {
            let answers = sections::published_by(examination, peer);
            if answers.is_empty() {
                continue;
            }
            self.heading(peer.title, "its procedures, its rules; met is no finding of Glassurn");
            for tested in answers {
                let (code, _) = chapters::about(&tested.outcome);
                let said = match tested.outcome.finding() {
                    Some(f) => figures::bare(f.effect.value, f.effect.unit),
                    None => "not applicable".to_owned(),
                };
                let title = fitted(sections::named(code).0, 52);
                self.line(&format!("  {code}  {title}  {said:>16}  {}", sections::met(tested)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn the_summary_is_short_and_complete() {
        let text = text(&testing::examination(), 100, false);
        assert!(text.lines().count() < 60, "{} lines", text.lines().count());
        insta::assert_snapshot!(text);
    }

    #[test]
    fn nothing_in_a_file_can_steer_the_terminal() {
        for colour in [false, true] {
            let text = text(&testing::examination(), 80, colour);
            let text = text.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
            assert!(!text.contains(figures::steers), "{text:?}");
        }
    }

    #[test]
    fn lines_fit_the_terminal() {
        let text = text(&testing::examination(), 60, false);
        let too_long: Vec<_> =
            text.lines().filter(|l| columns(l) > 60 && l.contains(' ')).collect();
        assert!(
            too_long.iter().all(|l| l.contains("sha256") || !l.starts_with("       ")),
            "{too_long:?}"
        );
    }
}
