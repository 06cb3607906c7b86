//! What the page and the envelope promise, whatever the file holds.

use super::{html, json, testing};

/// Words that name an offence; the report measures and leaves naming to others.
const FORBIDDEN: [&str; 6] = ["fraud", "rigged", "rigging", "stolen", "falsif", "verdict"];

/// Elements without content.
const VOID: [&str; 4] = ["meta", "br", "img", "hr"];

fn page() -> String {
    html(&testing::examination())
}

/// A page of every kind: made-up findings, and the whole documentation.
fn pages() -> [String; 2] {
    [page(), html(&testing::documented())]
}

/// The page without what others wrote: titles of papers.
fn own_words(page: &str) -> String {
    let mut parts = page.split("<div class=\"references\">");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |text, part| text + part.split_once("</div>").map_or("", |p| p.1))
}

/// The tags of a page in order: name, attributes, whether it closes. Fails on a stray `<`.
fn tags(page: &str) -> Vec<(String, String, bool)> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let mut quoted = false;
        let end = tag.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let end = end.expect("every tag ends");
        let inner = &tag[..end];
        rest = &tag[end + 1..];
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |i| (true, i));
        let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
        assert!(
            name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'),
            "stray < before {name:?}"
        );
        tags.push((name.to_owned(), attributes.to_owned(), closes));
        if name == "style" && !closes {
            rest = &rest[rest.find("</style").expect("style ends")..];
        }
    }
    tags
}

/// The values of an attribute, over all tags.
fn values(page: &str, attribute: &str) -> Vec<String> {
    let find = |attributes: &String| -> Option<String> {
        let start =
            format!(" {attributes}").find(&format!(" {attribute}=\""))? + attribute.len() + 2;
        Some(attributes[start..].split('"').next().unwrap_or("").to_owned())
    };
    tags(page).iter().filter_map(|(_, attributes, _)| find(attributes)).collect()
}

#[test]
fn elements_are_closed_in_the_order_they_were_opened() {
    pages().iter().for_each(|page| nested(page));
}

fn nested(page: &str) {
    let mut open: Vec<String> = Vec::new();
    for (name, _, closes) in tags(page) {
        match closes {
            true => assert_eq!(open.pop().as_deref(), Some(&*name), "after {open:?}"),
            false if VOID.contains(&&*name) || name.starts_with('!') => {}
            false => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn anchors_are_unique_and_every_link_inside_the_page_has_its_target() {
    pages().iter().for_each(|page| anchored(page));
}

fn anchored(page: &str) {
    let mut ids = values(page, "id");
    ids.sort();
    let before = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), before);
    let inner =
        values(page, "href").into_iter().filter_map(|h| h.strip_prefix('#').map(str::to_owned));
    for target in inner {
        assert!(ids.contains(&target), "no #{target}");
    }
}

#[test]
fn headings_descend_without_gaps() {
    let levels: Vec<u32> = tags(&page())
        .iter()
        .filter(|(_, _, closes)| !closes)
        .filter_map(|(name, _, _)| name.strip_prefix('h')?.parse().ok())
        .collect();
    assert_eq!(levels.iter().filter(|l| **l == 1).count(), 1);
    assert!(levels.windows(2).all(|w| w[1] <= w[0] + 1), "{levels:?}");
}

#[test]
fn nothing_is_loaded_run_or_styled_from_elsewhere() {
    let page = page();
    for (name, attributes, _) in tags(&page) {
        assert!(
            !["script", "link", "iframe", "object", "embed", "form", "base", "img", "image"]
                .contains(&&*name)
        );
        assert!(!format!(" {attributes}").contains(" on"), "{attributes}");
        assert!(!format!(" {attributes}").contains(" style="), "{attributes}");
        assert!(!format!(" {attributes}").contains(" src="), "{attributes}");
    }
    let style =
        page.split_once("<style>").and_then(|p| p.1.split_once("</style>")).map(|p| p.0).unwrap();
    assert!(!style.contains("url(") && !style.contains("@import") && !style.contains('<'));
    assert!(
        values(&page, "href")
            .iter()
            .all(|h| h.starts_with('#') || h.starts_with("https://doi.org/"))
    );
    assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
}

#[test]
fn hostile_names_stand_as_words() {
    let page = page();
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains("<script") && !page.contains("<img"));
    assert!(!page.contains(super::figures::steers));
    assert!(page.contains("<bdi>הליכוד"));
}

#[test]
fn the_same_examination_gives_the_same_bytes() {
    assert_eq!(page(), page());
    assert_eq!(json(&testing::examination()), json(&testing::examination()));
}

#[test]
fn no_output_names_an_offence() {
    let examination = testing::examination();
    let documented = html(&testing::documented());
    let outputs = [
        own_words(&page()),
        own_words(&documented),
        json(&examination),
        super::text(&examination, 100, false),
    ];
    for output in outputs {
        let output = output.to_lowercase();
        for word in FORBIDDEN {
            assert!(!output.contains(word), "{word}");
        }
    }
}

#[test]
fn an_empty_examination_still_is_a_page() {
    let mut empty = testing::examination();
    empty.returns = glassurn_model::Returns::default();
    empty.results.clear();
    empty.checks.clear();
    empty.screens.clear();
    empty.mapping = crate::Mapping::default();
    let page = html(&empty);
    nested(&page);
    validate("examination-1.json", &json(&empty));
    assert!(super::text(&empty, 80, false).contains("cannot"));
}

#[test]
fn the_envelope_is_the_published_schema() {
    validate("examination-1.json", &json(&testing::examination()));
}

/// Validates against the schema, with properties that it does not name refused.
pub(super) fn validate(schema: &str, envelope: &str) {
    let path = format!("{}/../../docs/schema/{schema}", env!("CARGO_MANIFEST_DIR"));
    let mut schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    close(&mut schema);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value: serde_json::Value = serde_json::from_str(envelope).unwrap();
    let errors: Vec<_> =
        validator.iter_errors(&value).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// Refuses unnamed properties wherever some are named.
fn close(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(object) => {
            object.values_mut().for_each(close);
            if object.get("properties").is_some_and(serde_json::Value::is_object)
                && object.get("type").is_some_and(|t| t == "object")
            {
                object.insert("additionalProperties".to_owned(), false.into());
            }
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn writes_what_it_makes_where_it_can_be_looked_at() {
    let Some(folder) = std::env::var_os("GLASSURN_LOOK") else { return };
    let folder = std::path::Path::new(&folder);
    super::write_atomically(&folder.join("fixture.html"), page().as_bytes()).unwrap();
    super::write_atomically(&folder.join("fixture.json"), json(&testing::examination()).as_bytes())
        .unwrap();
}
