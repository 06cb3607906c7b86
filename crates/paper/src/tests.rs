//! What is printed, what is refused, and that nothing steers the setter.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use typst::{
    layout::{Frame, FrameItem},
    model::Destination,
};

use crate::{Options, PaperError, pdf, set};

const STYLE: &str = ":root { --ink: #1c2127; } svg text { fill: var(--ink); } .bar { fill: var(--ink); } \
    footer { margin: 0; } @media print { .bar { fill: red; } }";

/// A page as the report writes it, with this body.
fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A vote</title>\
         <style>{STYLE}</style></head><body><header><h1>A vote</h1></header><main>{body}</main></body></html>"
    )
}

/// The words on the sheets, and where links lead.
fn printed(body: &str) -> (String, Vec<String>) {
    let (document, _) = set(&page(body), Options { running: "A-1", date: None }).unwrap();
    let (mut words, mut links) = (String::new(), Vec::new());
    document.pages().iter().for_each(|p| walk(&p.frame, &mut words, &mut links));
    (words, links)
}

fn walk(frame: &Frame, words: &mut String, links: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, words, links),
            FrameItem::Text(text) => words.push_str(&text.text),
            FrameItem::Link(Destination::Url(url), _) => links.push(url.as_str().to_owned()),
            FrameItem::Link(Destination::Location(_), _) => links.push("#".to_owned()),
            _ => {}
        }
    }
}

// --- what stands on the sheets -------------------------------------------------------------------

#[test]
fn names_of_strangers_are_printed_to_the_letter() {
    for hostile in [
        "#eval(\"1+1\")",
        "$x^2$",
        "] #panic() [",
        "*bold* _slanted_ `raw`",
        "@ref <label> // comment",
        "= heading",
        "\\u{41} \\ ~ --",
        "#sys.inputs",
        "<script>alert(1)</script>",
    ] {
        let escaped = hostile.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        for around in [
            format!("<p>{escaped}</p>"),
            format!("<pre><code>{escaped}</code></pre>"),
            format!("<h2>{escaped}</h2>"),
            format!(
                "<table><thead><tr><th>name</th></tr></thead><tbody><tr><td>{escaped}</td></tr></tbody></table>"
            ),
        ] {
            let (words, _) = printed(&around);
            let plain = |text: &str| text.split_whitespace().collect::<String>();
            assert!(plain(&words).contains(&plain(hostile)), "{hostile} in {around}: {words}");
        }
    }
}

#[test]
fn a_script_without_a_font_is_spelled_and_never_an_empty_box() {
    let (words, _) = printed("<p>Лукашенко, မြန်မာ and \u{e000}\u{200b}!</p>");
    assert!(words.contains("Лукашенко"), "{words}");
    assert!(words.contains('‹') && words.contains('›'), "{words}");
    assert!(words.contains("does not have") || words.contains("do not have"), "{words}");
    assert!(!words.contains(['မ', '\u{e000}', '\u{200b}']), "{words}");
    let (plain, _) = printed("<p>Лукашенко</p>");
    assert!(!plain.contains("do not have"), "{plain}");
}

#[test]
fn a_wide_table_of_words_is_set_row_by_row() {
    let cells = |tag: &str, text: &str| {
        (0..9).map(|i| format!("<{tag}>{text}{i}</{tag}>")).collect::<String>()
    };
    let row = format!("<tr>{}<td>not reported</td></tr>", cells("td", "value"));
    let head = format!("<tr>{}<th>unknown</th></tr>", cells("th", "name"));
    let (words, _) = printed(&format!("<table><thead>{head}</thead><tbody>{row}</tbody></table>"));
    assert!(words.contains("name8") && words.contains("value8"), "{words}");
    assert!(!words.contains("not reported"), "{words}");
}

#[test]
fn links_lead_to_sources_and_out() {
    let body = "<p><a href=\"#s\">S1</a> <a href=\"#nowhere\">S2</a> <a href=\"https://example.org/a?b=1\">page</a> \
        <a href=\"javascript:alert(1)\">no</a></p><dl><dt id=\"s\">S1</dt><dd>a source</dd></dl>";
    let (words, links) = printed(body);
    assert!(
        links.contains(&"#".to_owned()) && links.contains(&"https://example.org/a?b=1".to_owned())
    );
    assert!(links.iter().all(|l| !l.starts_with("javascript")), "{links:?}");
    assert!(words.contains("https://example.org"), "paper shows where a link leads: {words}");
    let short =
        "<dl class=\"small\"><dt>S1</dt><dd><a href=\"https://example.org/\">page</a></dd></dl>";
    let (words, links) = printed(short);
    assert!(!words.contains("https") && links.contains(&"https://example.org/".to_owned()));
}

#[test]
fn what_only_screens_need_is_left_out() {
    let (words, _) = printed(
        "<a class=\"skip\" href=\"#x\">Skip</a><span class=\"hidden\">of it</span><p>seen</p>",
    );
    assert!(
        words.contains("seen") && !words.contains("Skip") && !words.contains("of it"),
        "{words}"
    );
}

// --- the file ------------------------------------------------------------------------------------

const DRAWING: &str = "<figure><figcaption>Counts</figcaption><svg viewBox=\"0 0 40 20\"><title>Counts</title>\
    <desc>Two bars</desc><rect class=\"bar\" width=\"10\" height=\"20\"></rect><text x=\"1\" y=\"9\">ten</text></svg></figure>";

#[test]
fn the_same_page_gives_the_same_bytes() {
    let page = page(&format!("<h2>One</h2><p>Text</p>{DRAWING}"));
    let options = Options { running: "A-1", date: Some((2026, 11, 24)) };
    let one = pdf(&page, options).unwrap();
    assert_eq!(one, pdf(&page, options).unwrap());
    assert_ne!(one, pdf(&page, Options { date: Some((2026, 11, 25)), ..options }).unwrap());
}

#[test]
fn it_says_what_it_conforms_to() {
    let has = |bytes: &[u8], what: &str| bytes.windows(what.len()).any(|w| w == what.as_bytes());
    let page = page(DRAWING);
    let dated = pdf(&page, Options { running: "", date: Some((2026, 11, 24)) }).unwrap();
    let undated = pdf(&page, Options::default()).unwrap();
    assert!(has(&dated, "pdfuaid:part") && has(&dated, "pdfaid:part"));
    // Without a day of publication it is no file for archives, and no day is invented.
    assert!(has(&undated, "pdfuaid:part") && !has(&undated, "pdfaid:part"));
    assert!(!has(&undated, "CreationDate"));
}

// --- refusals ------------------------------------------------------------------------------------

#[test]
fn what_is_no_page_is_refused() {
    assert!(matches!(pdf("<p>&nothing;</p>", Options::default()), Err(PaperError::Page(_))));
}
