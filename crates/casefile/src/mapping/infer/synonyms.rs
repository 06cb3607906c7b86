//! The synonym table: which words name which role, in which language.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::view::RECOGNISED;
use super::words::words;

/// The table as data.
const TABLE: &str = include_str!("synonyms.toml");
/// Below this similarity two words are different words.
const SAME_WORD: f64 = 0.90;
/// Weight of a word that many names of columns share.
const GENERIC: f64 = 0.3;
/// A longer text is no name of a column.
const LONGEST: usize = 600;
/// Shortest name without spaces that is looked for inside longer ones.
const INSIDE: usize = 7;

/// One language of the table.
#[derive(Debug, Deserialize)]
struct Language {
    /// Its English name.
    name: String,
    /// Words that do not count.
    #[serde(default)]
    stop: Vec<String>,
    /// Words that count little.
    #[serde(default)]
    generic: Vec<String>,
    /// Whether words are written apart.
    #[serde(default = "yes")]
    spaces: bool,
    /// Phrases by role.
    #[serde(flatten)]
    phrases: BTreeMap<String, Vec<String>>,
}

/// The default of `spaces`.
fn yes() -> bool {
    true
}

/// A phrase that names a role.
#[derive(Debug)]
struct Phrase {
    role: &'static str,
    text: &'static str,
    language: usize,
    words: Vec<(u32, f64)>,
}

/// A language's weights of words.
#[derive(Debug)]
struct Weights {
    name: &'static str,
    spaces: bool,
    stop: HashSet<String>,
    generic: HashSet<String>,
}

/// The table, ready to match.
#[derive(Debug)]
pub(super) struct Synonyms {
    languages: Vec<Weights>,
    phrases: Vec<Phrase>,
    vocabulary: HashMap<String, u32>,
    /// Words by their first letter, for fuzzy matching.
    by_letter: HashMap<u8, Vec<(String, u32)>>,
    /// Phrases that contain a word.
    containing: Vec<Vec<u32>>,
}

/// How well a name fits a role.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NameMatch {
    /// The role's key in the table.
    pub(super) role: &'static str,
    /// Between 0 and 1.
    pub(super) score: f64,
    /// The phrase that fits best.
    pub(super) phrase: &'static str,
    /// Its language.
    pub(super) language: &'static str,
}

/// A name's words found in the vocabulary: which word of the name, how similar, how often.
type Seen = HashMap<u32, (usize, f64, u32)>;

/// The table, read once.
pub(super) fn synonyms() -> &'static Synonyms {
    static ONCE: OnceLock<Synonyms> = OnceLock::new();
    ONCE.get_or_init(Synonyms::load)
}

impl Synonyms {
    /// Reads the embedded table; a test makes sure that it can be read.
    fn load() -> Self {
        let table: BTreeMap<String, Language> = toml::from_str(TABLE).unwrap_or_default();
        let table: &'static BTreeMap<String, Language> = Box::leak(Box::new(table));
        let mut all = Synonyms {
            languages: Vec::new(),
            phrases: Vec::new(),
            vocabulary: HashMap::new(),
            by_letter: HashMap::new(),
            containing: Vec::new(),
        };
        table.values().for_each(|language| all.add(language));
        for (word, &id) in &all.vocabulary {
            let letter = word.as_bytes().first().copied().unwrap_or(0);
            all.by_letter.entry(letter).or_default().push((word.clone(), id));
        }
        all.by_letter.values_mut().for_each(|list| list.sort());
        all
    }

    /// Adds one language.
    fn add(&mut self, language: &'static Language) {
        let set = |list: &[String]| list.iter().flat_map(|w| words(w)).collect();
        let at = self.languages.len();
        self.languages.push(Weights {
            name: &language.name,
            spaces: language.spaces,
            stop: set(&language.stop),
            generic: set(&language.generic),
        });
        for (role, phrases) in &language.phrases {
            phrases.iter().for_each(|text| self.add_phrase(role, text, at));
        }
    }

    /// Adds one phrase.
    fn add_phrase(&mut self, role: &'static str, text: &'static str, language: usize) {
        let number = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        let mut list = Vec::new();
        for word in self.split(text, language) {
            let weight = self.languages[language].weight(&word);
            let id = self.id(word);
            if weight > 0.0 {
                list.push((id, weight));
                self.containing[id as usize].push(number);
            }
        }
        self.phrases.push(Phrase { role, text, language, words: list });
    }

    /// A phrase's words; one word where the language does not write them apart.
    fn split(&self, text: &str, language: usize) -> Vec<String> {
        let list = words(text);
        let latin = text.is_ascii();
        if self.languages[language].spaces || latin { list } else { vec![list.concat()] }
    }

    /// The number of a word, new or known.
    fn id(&mut self, word: String) -> u32 {
        let next = u32::try_from(self.vocabulary.len()).unwrap_or(u32::MAX);
        let id = *self.vocabulary.entry(word).or_insert(next);
        if id == next {
            self.containing.push(Vec::new());
        }
        id
    }

    /// Whether a name fits some role well.
    pub(super) fn knows(&self, name: &str) -> bool {
        name.len() <= LONGEST && self.matches(name).first().is_some_and(|m| m.score >= RECOGNISED)
    }

    /// The best match for each role, best first.
    pub(super) fn matches(&self, name: &str) -> Vec<NameMatch> {
        let list = words(&name[..name.floor_char_boundary(LONGEST)]);
        let seen = self.seen(&list);
        let mut found: BTreeMap<&'static str, NameMatch> = BTreeMap::new();
        let mut phrases: Vec<u32> =
            seen.keys().flat_map(|w| self.containing[*w as usize].iter().copied()).collect();
        phrases.sort_unstable();
        phrases.dedup();
        for number in phrases {
            let phrase = &self.phrases[number as usize];
            let score = self.score(phrase, &list, &seen);
            keep_best(&mut found, self.as_match(phrase, score));
        }
        self.inside(&list.concat(), name.is_ascii(), &mut found);
        let mut found: Vec<NameMatch> = found.into_values().collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.role.cmp(b.role)));
        found
    }

    /// Whether a text contains all words of a phrase of the role, none of them changed, as a good part of it.
    pub(super) fn says(&self, text: &str, role: &str) -> bool {
        let list = words(text);
        let phrase = |m: &NameMatch| {
            m.phrase.chars().count() > 4 && words(m.phrase).iter().all(|w| list.contains(w))
        };
        self.matches(text).iter().any(|m| m.role == role && m.score >= 0.75 && phrase(m))
    }

    /// A phrase's match.
    fn as_match(&self, phrase: &Phrase, score: f64) -> NameMatch {
        let language = self.languages[phrase.language].name;
        NameMatch { role: phrase.role, score, phrase: phrase.text, language }
    }

    /// Looks for phrases of languages that write words together inside a longer name.
    fn inside(&self, joined: &str, ascii: bool, found: &mut BTreeMap<&'static str, NameMatch>) {
        if ascii {
            return;
        }
        for phrase in self.phrases.iter().filter(|p| !self.languages[p.language].spaces) {
            let text = words(phrase.text).concat();
            if text.len() >= INSIDE && joined.contains(&text) {
                let covered = ratio(text.len(), joined.len());
                keep_best(found, self.as_match(phrase, 0.7 + 0.3 * covered));
            }
        }
    }

    /// The vocabulary's words that occur in a name, exactly or nearly.
    fn seen(&self, list: &[String]) -> Seen {
        let mut seen = Seen::new();
        for (at, word) in list.iter().enumerate() {
            if let Some(&id) = self.vocabulary.get(word) {
                let times = seen.get(&id).map_or(0, |s| s.2);
                seen.insert(id, (at, 1.0, times + 1));
                continue;
            }
            for (id, similarity) in self.similar(word) {
                let entry = seen.entry(id).or_insert((at, similarity, 1));
                if similarity > entry.1 {
                    *entry = (at, similarity, entry.2);
                }
            }
        }
        seen
    }

    /// Vocabulary words close to one that is not in it. The first letter must agree: negations differ
    /// there (`valid`, `invalid`).
    fn similar(&self, word: &str) -> Vec<(u32, f64)> {
        let letter = word.as_bytes().first().copied().unwrap_or(0);
        let Some(list) = self.by_letter.get(&letter).filter(|_| word.len() >= 4) else {
            return Vec::new();
        };
        let near = |other: &str| other.len() >= 4 && other.len().abs_diff(word.len()) <= 4;
        let alike = list.iter().filter(|(other, _)| near(other));
        alike
            .map(|(other, id)| (*id, strsim::jaro_winkler(word, other)))
            .filter(|(_, similarity)| *similarity >= SAME_WORD)
            .collect()
    }

    /// How well a phrase fits: how much of it occurs in the name, and how much of the name it explains.
    fn score(&self, phrase: &Phrase, list: &[String], seen: &Seen) -> f64 {
        let weights = &self.languages[phrase.language];
        let (mut wanted, mut got) = (0.0, 0.0);
        let mut explained = vec![0.0_f64; list.len()];
        for (i, (word, weight)) in phrase.words.iter().enumerate() {
            wanted += weight;
            let earlier = phrase.words[..i].iter().filter(|w| w.0 == *word).count();
            let found = seen.get(word).filter(|s| earlier < s.2 as usize);
            if let Some(&(at, similarity, _)) = found {
                got += weight * similarity;
                explained[at] = explained[at].max(similarity);
            }
        }
        let whole: f64 = list.iter().map(|w| weights.weight(w)).sum();
        let part: f64 = list.iter().zip(&explained).map(|(w, e)| weights.weight(w) * e).sum();
        if wanted <= 0.0 || whole <= 0.0 {
            return 0.0;
        }
        (got / wanted) * (0.6 + 0.4 * part / whole)
    }
}

impl Weights {
    /// How much a word says.
    fn weight(&self, word: &str) -> f64 {
        if self.stop.contains(word) {
            0.0
        } else if word.bytes().all(|b| b.is_ascii_digit()) {
            0.1
        } else if self.generic.contains(word) {
            GENERIC
        } else if word.len() == 1 {
            0.2
        } else {
            1.0
        }
    }
}

/// Keeps the better of two matches of a role.
fn keep_best(found: &mut BTreeMap<&'static str, NameMatch>, new: NameMatch) {
    match found.get(new.role) {
        Some(old) if old.score >= new.score => {}
        _ => {
            found.insert(new.role, new);
        }
    }
}

/// A ratio of two lengths.
fn ratio(part: usize, whole: usize) -> f64 {
    let float = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    float(part) / float(whole.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(name: &str) -> (&'static str, &'static str) {
        let matches = synonyms().matches(name);
        matches.first().map_or(("", ""), |m| (m.role, m.language))
    }

    #[test]
    fn the_table_can_be_read_and_has_the_promised_languages() {
        let table: BTreeMap<String, Language> = toml::from_str(TABLE).unwrap();
        assert_eq!(table.len(), 17);
        assert!(synonyms().phrases.len() > 1_000);
    }

    #[test]
    fn protocol_lines_are_told_apart() {
        for (name, role) in [
            (
                "Число избирательных бюллетеней, полученных участковой избирательной комиссией",
                "received",
            ),
            (
                "Число избирательных бюллетеней, выданных избирателям, проголосовавшим досрочно",
                "issued.early",
            ),
            ("Число избирательных бюллетеней, выданных  досрочно", "issued.early"),
            ("Число избирательных бюллетеней, выданных в день голосования", "issued.station"),
            (
                "Число избирательных бюллетеней, выданных вне помещения для голосования в день голосования",
                "issued.outside",
            ),
            (
                "Число избирательных бюллетеней, выданных в помещении для голосования в день голосования",
                "issued.station",
            ),
            ("Число погашенных избирательных бюллетеней", "cancelled"),
            ("Число погашенных неиспользованных открепительных удостоверений", "extra"),
            ("Число избирателей, проголосовавших по открепительным удостоверениям", "extra"),
            ("Число избирательных бюллетеней в переносных ящиках", "found.portable"),
            ("Число недействительных избирательных бюллетеней", "invalid"),
            ("Число действительных избирательных бюллетеней", "valid"),
            ("Число избирателей, внесенных в список", "registered"),
            ("VOTOS_NULOS", "invalid"),
            ("Blancos", "blank"),
            ("ungültig2", "invalid"),
            ("gültigeStimmzettel", "valid"),
            ("Suara Tidak Sah", "invalid"),
            ("Geçersiz Oy", "invalid"),
            ("officialVoters", "registered"),
            ("FemaleVoters", "extra"),
            ("აქტივობა 12 საათი", "extra"),
            ("ბათილი ბიულეტენები", "invalid"),
            ("कुल", ""),
        ] {
            assert_eq!(best(name).0, role, "{name}: {:?}", synonyms().matches(name));
        }
    }

    #[test]
    fn misspelt_and_latin_forms_are_found() {
        assert_eq!(best("Избиратели в спискe").0, "registered");
        assert_eq!(best("Число избирателей, внесенных в списки"), ("registered", "Russian"));
        assert_eq!(best("registred voters").0, "registered");
        assert_eq!(best("Chislo nedeystvitelnyh byulleteney").0, "invalid");
    }
}
