//! The fonts that are built in, and what happens to a script that they do not have: it is spelled in Latin
//! letters between ‹ and ›, and the sheet says so. Nothing is ever printed as an empty box.

use std::sync::OnceLock;

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::tree::{Node, Page};

/// The font of the text.
pub(crate) const BODY: &str = "Libertinus Serif";

/// Families of which a page is set, in this order; mathematics is not among them.
const FAMILIES: [&str; 3] = [BODY, "DejaVu Sans Mono", "New Computer Modern"];

/// The fonts with their list.
pub(crate) struct Shelf {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
}

/// The shelf, filled once.
pub(crate) fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| {
        let all = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data)));
        let fonts: Vec<Font> =
            all.filter(|f| FAMILIES.contains(&f.info().family.as_str())).collect();
        Shelf { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    })
}

/// Makes every text of the page printable; answers whether anything had to be spelled anew.
pub(crate) fn legible(page: &mut Page) -> bool {
    let before = page.title.clone();
    page.title = legible_text(&page.title);
    let title = page.title != before;
    nodes(&mut page.body) | title
}

fn nodes(nodes: &mut [Node]) -> bool {
    let mut changed = false;
    for node in nodes {
        changed |= match node {
            Node::Text(text) => replace(text),
            Node::Element(element) => {
                let drawn = element.drawing.as_mut().is_some_and(replace);
                let said = element.words.as_mut().is_some_and(replace);
                self::nodes(&mut element.children) | drawn | said
            }
        };
    }
    changed
}

/// Whether the text had to be changed in a way that a reader must know of.
fn replace(text: &mut String) -> bool {
    if text.chars().all(printable) {
        return false;
    }
    let spelled = legible_text(text);
    let changed = spelled.contains(OPEN) && !text.contains(OPEN);
    *text = spelled;
    changed
}

/// Around what was spelled anew.
const OPEN: char = '‹';
const CLOSE: char = '›';

/// The text with every character printable.
pub(crate) fn legible_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c| !printable(c)) {
        out.push_str(&rest[..at]);
        let run = &rest[at..];
        // Spaces and marks inside the run belong to it; those at its end do not.
        let end = run.find(|c: char| printable(c) && !c.is_whitespace()).unwrap_or(run.len());
        let run = run[..end].trim_end_matches(|c: char| printable(c));
        out.push_str(&spelled(run));
        rest = &rest[at + run.len()..];
    }
    out + rest
}

/// A run in Latin letters, or as the numbers of its characters where it has none.
fn spelled(run: &str) -> String {
    let seen: String = run.chars().filter(|c| !unseen(*c)).collect();
    if seen.trim().is_empty() {
        return String::new();
    }
    let latin: String = any_ascii::any_ascii(&seen).chars().filter(|c| printable(*c)).collect();
    if latin.trim().is_empty() {
        let codes: Vec<String> =
            seen.chars().take(8).map(|c| format!("U+{:04X}", u32::from(c))).collect();
        return format!("{OPEN}{}{CLOSE}", codes.join(" "));
    }
    format!("{OPEN}{}{CLOSE}", latin.trim())
}

/// Characters that are not seen where they are understood.
fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether a font has the character, and archives take it.
fn printable(c: char) -> bool {
    if matches!(c, '\n' | '\t' | ' '..='~') {
        return true;
    }
    let private = matches!(u32::from(c), 0xe000..=0xf8ff | 0xf_0000..);
    let code = u32::from(c);
    !private && !unseen(c) && shelf().fonts.iter().any(|f| f.info().coverage.contains(code))
}
