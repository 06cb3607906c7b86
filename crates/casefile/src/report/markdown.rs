//! The small part of Markdown that the documentation forms use, as HTML: paragraphs, lists, tables,
//! indented and fenced code; inside a line code, emphasis and DOIs. Anything else is shown as it stands.

use maud::{Markup, html};

/// A block of a document.
#[derive(Debug, PartialEq)]
enum Block<'a> {
    Paragraph(String),
    Code(Vec<&'a str>),
    List { ordered: bool, items: Vec<String> },
    Table(Vec<Vec<&'a str>>),
}

/// A form's section as HTML.
pub(super) fn render(text: &str) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                Block::Paragraph(text) => { p { (inline(&text)) } },
                Block::Code(lines) => { pre tabindex="0" { code { (lines.join("\n")) } } },
                Block::List { ordered: true, items } => { ol { (list(&items)) } },
                Block::List { ordered: false, items } => { ul { (list(&items)) } },
                Block::Table(rows) => { (table(&rows)) },
            }
        }
    }
}

/// The items of a list.
fn list(items: &[String]) -> Markup {
    html! { @for item in items { li { (inline(item)) } } }
}

/// A table whose first row is its head.
fn table(rows: &[Vec<&str>]) -> Markup {
    let Some((head, body)) = rows.split_first() else { return html! {} };
    html! {
        div.scroll tabindex="0" role="group" aria-label="table" { table {
            thead { tr { @for cell in head {
                @if cell.is_empty() { td {} } @else { th scope="col" { (inline(cell)) } }
            } } }
            tbody { @for row in body { tr { @for cell in row { td { (inline(cell)) } } } } }
        } }
    }
}

/// Cuts a text into blocks.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut fenced = false;
    let mut after_blank = true;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            if fenced {
                blocks.push(Block::Code(Vec::new()));
            }
        } else if fenced {
            push_code(&mut blocks, line);
        } else {
            push_line(&mut blocks, line, after_blank);
        }
        after_blank = !fenced && line.trim().is_empty();
    }
    for block in &mut blocks {
        if let Block::Code(lines) = block {
            while lines.last().is_some_and(|l| l.is_empty()) {
                lines.pop();
            }
        }
    }
    blocks
}

/// Adds a line to the code block at the end.
fn push_code<'a>(blocks: &mut [Block<'a>], line: &'a str) {
    if let Some(Block::Code(lines)) = blocks.last_mut() {
        lines.push(line);
    }
}

/// Adds a line that is not inside a fence.
fn push_line<'a>(blocks: &mut Vec<Block<'a>>, line: &'a str, after_blank: bool) {
    let trimmed = line.trim();
    let code = line.strip_prefix("    ");
    match (blocks.last_mut(), code) {
        (Some(Block::Code(lines)), _) if trimmed.is_empty() => lines.push(""),
        (Some(Block::Code(lines)), Some(code)) => lines.push(code),
        (_, Some(code)) if after_blank && !trimmed.is_empty() => {
            blocks.push(Block::Code(vec![code]))
        }
        _ if trimmed.is_empty() => {}
        (last, _) if trimmed.starts_with('|') => {
            let row: Vec<_> = trimmed.trim_matches('|').split('|').map(str::trim).collect();
            let rule = row.iter().all(|c| !c.is_empty() && c.chars().all(|c| ":-".contains(c)));
            match last {
                _ if rule => {}
                Some(Block::Table(rows)) if !after_blank => rows.push(row),
                _ => blocks.push(Block::Table(vec![row])),
            }
        }
        (last, _) => push_text(last, line, after_blank).into_iter().for_each(|b| blocks.push(b)),
    }
}

/// Adds a line of prose: to the paragraph or item before it, or as a new block.
fn push_text<'a>(last: Option<&mut Block<'a>>, line: &str, after_blank: bool) -> Option<Block<'a>> {
    let text = line.trim();
    if let Some((ordered, item)) = item(text) {
        return match last {
            Some(Block::List { ordered: same, items }) if *same == ordered => {
                items.push(item.to_owned());
                None
            }
            _ => Some(Block::List { ordered, items: vec![item.to_owned()] }),
        };
    }
    let continued = match last {
        Some(Block::Paragraph(paragraph)) if !after_blank => Some(paragraph),
        Some(Block::List { items, .. }) if !after_blank || line.starts_with("  ") => {
            items.last_mut()
        }
        _ => None,
    };
    match continued {
        Some(before) => {
            before.push(' ');
            before.push_str(text);
            None
        }
        None => Some(Block::Paragraph(text.to_owned())),
    }
}

/// Whether a line is a list item, and of which kind of list.
fn item(text: &str) -> Option<(bool, &str)> {
    if let Some(rest) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        return Some((false, rest));
    }
    let (number, rest) = text.split_once(". ")?;
    let ordered =
        !number.is_empty() && number.len() < 3 && number.bytes().all(|b| b.is_ascii_digit());
    ordered.then_some((true, rest))
}

/// Code, emphasis and DOIs inside a line.
fn inline(text: &str) -> Markup {
    let mut rest = text;
    let mut parts = Vec::new();
    while let Some((before, mark, inner, after)) = next_span(rest) {
        parts.push(html! { (plain(before)) });
        parts.push(match mark {
            "`" => html! { code { (inner) } },
            "**" => html! { strong { (inner) } },
            _ => html! { em { (plain(inner)) } },
        });
        rest = after;
    }
    html! { @for part in parts { (part) } (plain(rest)) }
}

/// The next marked span: what stands before it, its mark, its text, what follows.
fn next_span(text: &str) -> Option<(&str, &'static str, &str, &str)> {
    let start = text.find(['`', '*'])?;
    let mark = ["`", "**", "*"].into_iter().find(|m| text[start..].starts_with(m))?;
    let inner = &text[start + mark.len()..];
    let spaced = inner.starts_with(' ') || inner.is_empty();
    match inner.find(mark).filter(|&end| end > 0 && (mark == "`" || !spaced)) {
        Some(end) => Some((&text[..start], mark, &inner[..end], &inner[end + mark.len()..])),
        None => {
            // A lone asterisk is a multiplication sign; go on behind it.
            let skip = start + mark.len();
            let (before, mark, inner, after) = next_span(&text[skip..])?;
            Some((&text[..skip + before.len()], mark, inner, after))
        }
    }
}

/// Plain words, DOIs as links.
fn plain(text: &str) -> Markup {
    let Some(at) = text.find("doi:10.") else { return html! { (text) } };
    let doi = text[at..].split(char::is_whitespace).next().unwrap_or("");
    let doi = doi.trim_end_matches(['.', ',', ';', ')']);
    let after = &text[at + doi.len()..];
    let target = format!("https://doi.org/{}", &doi["doi:".len()..]);
    html! { (text[..at]) a href=(target) rel="noreferrer" { (doi) } (plain(after)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_block_becomes_html() {
        let text = "One *word* and `a<b`\nmore.\n\n    X = a * b\n\n    Y\n\n1. first\n   goes on\n2. second\n\n\
            - x\n- y\n\n| a | b |\n|---|:-:|\n| 1 | `2` |\n\n```\nlet x = 1;\n```\n";
        assert_eq!(
            render(text).into_string(),
            "<p>One <em>word</em> and <code>a&lt;b</code> more.</p>\
             <pre tabindex=\"0\"><code>X = a * b\n\nY</code></pre>\
             <ol><li>first goes on</li><li>second</li></ol><ul><li>x</li><li>y</li></ul>\
             <div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"table\"><table>\
             <thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\
             <tbody><tr><td>1</td><td><code>2</code></td></tr></tbody></table></div>\
             <pre tabindex=\"0\"><code>let x = 1;</code></pre>"
        );
    }

    #[test]
    fn lone_marks_are_words() {
        assert_eq!(
            render("2 * 3 * `x` and 5*").into_string(),
            "<p>2 * 3 * <code>x</code> and 5*</p>"
        );
    }

    #[test]
    fn dois_are_links_and_nothing_else_is() {
        let html = render("See doi:10.1093/pan/mps003. <script>").into_string();
        assert_eq!(
            html,
            "<p>See <a href=\"https://doi.org/10.1093/pan/mps003\" rel=\"noreferrer\">doi:10.1093/pan/mps003</a>. \
             &lt;script&gt;</p>"
        );
    }
}
