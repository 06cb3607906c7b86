//! Sources, captures, citations and assessments.

use glassurn_model::register::{
    Answer, Assessment, AssessmentItem, Capture, Citation, Letter, PublisherKind, Quote,
    Reliability, Source, Stance, Subject,
};

use super::{Kind, Merged, Row, events};
use crate::register::content;

pub(super) fn source(row: &Row) -> Source {
    let span = content::span(row.cell("published"));
    Source {
        id: row.id(),
        publisher: row.text("publisher"),
        publisher_kind: PublisherKind::known(row.cell("publisher_type")),
        published: span.map(|(from, _)| from),
        published_until: span.and_then(|(_, to)| to),
        url: row.maybe("url"),
        title: row.text("title"),
        language: row.text("language"),
        reliability: Reliability {
            overall: Letter::from_key(row.cell("suggested_admiralty_reliability")),
            by_matter: content::matters(row.cell("reliability_by_matter")).unwrap_or_default(),
        },
        lineage: row.maybe("lineage"),
        machine_made: row.yes("machine_made"),
        how_read: row.text("how_read"),
        note: row.text("note"),
    }
}

pub(super) fn capture(row: &Row) -> Capture {
    Capture {
        source: row.one("source_id", Kind::Source).unwrap_or_default(),
        sha256: row.id(),
        format: row.text("format"),
        captured_at: row.text("captured_at"),
        by: row.text("by"),
        tool: row.text("tool"),
        timestamp_token: row.maybe("timestamp_token"),
    }
}

pub(super) fn citation(row: &Row) -> Citation {
    Citation {
        id: row.id(),
        fact: row.text("fact"),
        field: row.maybe("field"),
        source: row.one("source_id", Kind::Source).unwrap_or_default(),
        capture: row.maybe("capture_id"),
        quote: Quote {
            prefix: row.text("prefix"),
            exact: row.text("exact"),
            suffix: row.text("suffix"),
        },
        page: row.maybe("page"),
        stance: Stance::of(row.cell("stance")),
    }
}

/// One assessment gathers the answers of one assessor about one subject by one scheme.
pub(super) fn assessments(merged: &Merged) -> Vec<Assessment> {
    let mut all: Vec<Assessment> = Vec::new();
    for row in merged.rows(Kind::Assessment) {
        let Some(subject) = events::subject(&row, "subject") else { continue };
        let (scheme, assessor) = (row.text("scheme"), row.text("assessor"));
        let item = item(&row);
        let same = |a: &&mut Assessment| {
            a.subject == subject && a.scheme == scheme && a.assessor == assessor
        };
        match all.iter_mut().find(same) {
            Some(known) => {
                known.items.push(item);
                known.date = known.date.max(row.date("date"));
                known.reply = known.reply.take().or_else(|| row.maybe("reply"));
            }
            None => all.push(begun(&row, subject, scheme, assessor, item)),
        }
    }
    all
}

fn begun(
    row: &Row,
    subject: Subject,
    scheme: String,
    assessor: String,
    item: AssessmentItem,
) -> Assessment {
    let (id, date, reply) = (row.id(), row.date("date"), row.maybe("reply"));
    Assessment { id, subject, scheme, items: vec![item], assessor, date, reply }
}

fn item(row: &Row) -> AssessmentItem {
    AssessmentItem {
        item: row.text("item"),
        answer: Answer::from_key(row.cell("answer")).unwrap_or(Answer::Unknown),
        evidence: row.list("evidence"),
        note: row.text("note"),
    }
}
