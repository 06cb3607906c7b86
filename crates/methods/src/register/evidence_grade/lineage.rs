//! Sources that repeat each other count once.

use std::collections::BTreeMap;

use glassurn_model::register::{Id, Letter, Matter, PublisherKind, Register, Source};

/// News agencies whose texts other outlets print.
const WIRES: &[&str] = &[
    "AP", "AFP", "Reuters", "dpa", "TASS", "Sputnik", "RIA Novosti", "BelTA", "Interfax", "IANS", "UPI", "Xinhua",
];

/// How much the best source of a lineage carries for a matter, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// The document or act itself, from whom it is of.
    Original,
    /// A report by somebody without a part in it.
    Secondary,
    /// By a party with an interest, on its own behalf.
    Interested,
    /// A lead to follow: undated, written by a machine, or not reliable.
    Lead,
    /// No evidence at all.
    Nothing,
}

impl Weight {
    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            Weight::Original => "original",
            Weight::Secondary => "secondary",
            Weight::Interested => "interested party",
            Weight::Lead => "lead at most",
            Weight::Nothing => "no evidence",
        }
    }
}

/// Sources of one lineage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// What they go back to.
    pub name: String,
    /// The sources.
    pub sources: Vec<Id>,
    /// The weight of the best.
    pub weight: Weight,
}

/// Groups sources into lineages and weighs each by its best.
pub(super) fn lineages(register: &Register, sources: &[Id], matter: &Matter, actors: &[String]) -> Vec<Lineage> {
    let mut groups: BTreeMap<String, Lineage> = BTreeMap::new();
    for source in sources.iter().filter_map(|id| register.source(id)) {
        let name = origin(source);
        let weight = weight(source, matter, actors);
        let lineage =
            groups.entry(name.clone()).or_insert(Lineage { name, sources: Vec::new(), weight });
        lineage.weight = lineage.weight.min(weight);
        if !lineage.sources.contains(&source.id) {
            lineage.sources.push(source.id.clone());
        }
    }
    let mut found: Vec<Lineage> = groups.into_values().collect();
    found.sort_by_key(|l| l.weight);
    found
}

/// What a source goes back to: the lineage on record, a wire that it names, else its publisher.
fn origin(source: &Source) -> String {
    if let Some(lineage) = &source.lineage {
        return lineage.clone();
    }
    let named = |wire: &&&str| {
        source.publisher.split(|c: char| !c.is_alphanumeric() && c != ' ').any(|part| {
            let part = part.trim();
            part == **wire || part.starts_with(&format!("{wire} ")) || part.ends_with(&format!(" {wire}"))
        })
    };
    let wire = WIRES.iter().find(named).map(|w| (*w).to_owned());
    let own = || source.publisher.split([',', '(']).next().unwrap_or_default().trim().to_owned();
    wire.unwrap_or_else(own)
}

fn weight(source: &Source, matter: &Matter, actors: &[String]) -> Weight {
    if !source.is_evidence() {
        return Weight::Nothing;
    }
    let letter = source.reliability.letter_for(matter);
    let reliable = letter.is_some_and(|l| l <= Letter::C);
    if source.machine_made == Some(true) || source.published.is_none() || !reliable {
        return Weight::Lead;
    }
    let own = actors.iter().any(|a| !a.is_empty() && source.publisher.contains(a.as_str()));
    let of_state = matches!(source.publisher_kind, Some(PublisherKind::Government | PublisherKind::StateMedia));
    match matter {
        // What somebody did or said is best told by its own outlet.
        Matter::OwnAct | Matter::OwnWords if own || of_state && letter.is_some_and(|l| l <= Letter::B) => {
            if own { Weight::Original } else { Weight::Secondary }
        }
        // On the matter itself a party's word is its word.
        Matter::Conduct | Matter::Figures if own || of_state => Weight::Interested,
        _ => Weight::Secondary,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(publisher: &str) -> Source {
        Source {
            id: "S1".into(),
            publisher: publisher.into(),
            publisher_kind: None,
            published: None,
            published_until: None,
            url: None,
            title: String::new(),
            language: String::new(),
            reliability: glassurn_model::register::Reliability::default(),
            lineage: None,
            machine_made: None,
            how_read: String::new(),
            note: String::new(),
        }
    }

    #[test]
    fn a_wire_is_one_lineage_under_all_mastheads() {
        for (publisher, name) in [
            ("AP via WSLS", "AP"),
            ("The Moscow Times (AFP)", "AFP"),
            ("Nation Thailand (Reuters)", "Reuters"),
            ("Reuters", "Reuters"),
            ("news.mail.ru (BelTA/agency text)", "BelTA"),
            ("BelTA (eng.belta.by)", "BelTA"),
            ("UrduPoint/Sputnik", "Sputnik"),
            ("Apollo", "Apollo"),
            ("RIA Novosti via data.minsk.by", "RIA Novosti"),
        ] {
            assert_eq!(origin(&source(publisher)), name, "{publisher}");
        }
    }
}
