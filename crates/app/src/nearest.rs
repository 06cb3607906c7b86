//! What a mistyped name could have meant.

/// Similarity below which a name is not worth offering.
const LEAST: f64 = 0.6;

/// The three names nearest to what was typed, nearest first.
pub(crate) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let typed = typed.to_lowercase();
    let score = |name: &str| strsim::jaro_winkler(&typed, &name.to_lowercase());
    let mut scored: Vec<_> = names.map(|n| (score(n), n)).filter(|(s, _)| *s > LEAST).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}
