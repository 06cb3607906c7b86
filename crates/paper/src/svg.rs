//! Drawings of the page as files of their own: with the page's colours, which they take from its style.

use std::fmt::Write as _;

use crate::{
    fonts::BODY,
    tree::{Element, Node, Page, each},
};

/// Turns every `svg` of the page into a file with its words.
pub(crate) fn stand_alone(page: &mut Page) {
    let style = style(&page.style);
    each(&mut page.body, &mut |element| {
        if element.tag == "svg" {
            let part = |tag: &str| part(element, tag);
            let words: Vec<String> = ["title", "desc"].iter().filter_map(|t| part(t)).collect();
            element.words = (!words.is_empty()).then(|| words.join(". "));
            element.drawing = Some(file(element, &style));
            element.children.clear();
        }
    });
}

/// The words of a part.
fn part(element: &Element, tag: &str) -> Option<String> {
    element.children.iter().find_map(|node| match node {
        Node::Element(e) if e.tag == tag => Some(e.text()),
        _ => None,
    })
}

/// The plain rules of the page's style, with the colours of paper in place of their names.
fn style(sheet: &str) -> String {
    let plain = sheet.split("@media").next().unwrap_or_default();
    let colours: Vec<(&str, &str)> = plain
        .split(['{', '}', ';'])
        .filter_map(|rule| rule.trim().split_once(':'))
        .filter(|(name, _)| name.starts_with("--"))
        .map(|(name, value)| (name, value.trim()))
        .collect();
    let drawn = sheet.split_once("svg text").map_or("", |(_, rest)| rest);
    let drawn = drawn.split("footer {").next().unwrap_or_default();
    let rules = format!("svg text{drawn}");
    colours
        .iter()
        .fold(rules, |rules, (name, colour)| rules.replace(&format!("var({name})"), colour))
}

/// The drawing with its style inside.
fn file(svg: &Element, style: &str) -> String {
    let mut out = String::new();
    let space = "xmlns=\"http://www.w3.org/2000/svg\"";
    let _ = write!(out, "<svg {space} font-family=\"{BODY}\"");
    attributes(&mut out, svg);
    let _ = write!(out, "><style>{}</style>", escaped(style));
    svg.children.iter().for_each(|node| write_node(&mut out, node));
    out + "</svg>"
}

fn attributes(out: &mut String, element: &Element) {
    if !element.classes.is_empty() {
        let _ = write!(out, " class=\"{}\"", escaped(&element.classes.join(" ")));
    }
    for (name, value) in &element.attributes {
        let _ = write!(out, " {name}=\"{}\"", escaped(value));
    }
}

fn write_node(out: &mut String, node: &Node) {
    match node {
        Node::Text(text) => out.push_str(&escaped(text)),
        Node::Element(element) => {
            let _ = write!(out, "<{}", element.tag);
            attributes(out, element);
            out.push('>');
            element.children.iter().for_each(|node| write_node(out, node));
            let _ = write!(out, "</{}>", element.tag);
        }
    }
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
