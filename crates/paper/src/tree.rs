//! The report's page as a tree: what `maud` wrote, read back.

use std::collections::BTreeSet;

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};
use serde::Serialize;

/// Elements that have no end.
const VOID: [&str; 4] = ["br", "hr", "meta", "link"];

/// A page of the report.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) language: String,
    pub(crate) style: String,
    pub(crate) body: Vec<Node>,
}

/// A part of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Node {
    Text(String),
    Element(Element),
}

/// An element with what it holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct Element {
    #[serde(rename = "t")]
    pub(crate) tag: String,
    #[serde(rename = "c")]
    pub(crate) classes: Vec<String>,
    /// Its name, where something leads to it.
    #[serde(rename = "id", skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    /// Where it leads.
    #[serde(rename = "to", skip_serializing_if = "Option::is_none")]
    pub(crate) href: Option<String>,
    /// A drawing, as a file of its own.
    #[serde(rename = "svg", skip_serializing_if = "Option::is_none")]
    pub(crate) drawing: Option<String>,
    /// What a drawing shows, in words.
    #[serde(rename = "alt", skip_serializing_if = "Option::is_none")]
    pub(crate) words: Option<String>,
    /// Every other attribute; drawings need them.
    #[serde(skip)]
    pub(crate) attributes: Vec<(String, String)>,
    #[serde(rename = "k")]
    pub(crate) children: Vec<Node>,
}

impl Page {
    /// Reads a page.
    pub(crate) fn read(page: &str) -> Result<Page, String> {
        let mut page = split(parse(page)?);
        let mut names = BTreeSet::new();
        each(&mut page.body, &mut |e| names.extend(e.id.clone()));
        let mut sought = BTreeSet::new();
        // A link to what is not there would stop the setter; a name that nothing leads to costs an anchor.
        each(&mut page.body, &mut |e| {
            if let Some(name) = e.href.as_deref().and_then(|h| h.strip_prefix('#')) {
                if names.contains(name) {
                    sought.insert(name.to_owned());
                } else {
                    e.href = None;
                }
            }
        });
        each(&mut page.body, &mut |e| e.id = e.id.take().filter(|id| sought.remove(id)));
        Ok(page)
    }
}

/// Every element, parents first.
pub(crate) fn each(nodes: &mut [Node], to: &mut impl FnMut(&mut Element)) {
    for node in nodes {
        if let Node::Element(element) = node {
            to(element);
            each(&mut element.children, to);
        }
    }
}

/// Head and body.
fn split(mut nodes: Vec<Node>) -> Page {
    let mut page = Page::default();
    let mut body = Vec::new();
    each(&mut nodes, &mut |e| match e.tag.as_str() {
        "html" => page.language = attribute(e, "lang"),
        "title" if page.title.is_empty() => page.title = e.text(),
        "style" => page.style = e.text(),
        "body" => body = std::mem::take(&mut e.children),
        _ => {}
    });
    Page { body, ..page }
}

fn attribute(element: &Element, name: &str) -> String {
    let found = element.attributes.iter().find(|(key, _)| key == name);
    found.map_or_else(String::new, |(_, value)| value.clone())
}

impl Element {
    /// Its words.
    pub(crate) fn text(&self) -> String {
        let words = self.children.iter().map(|node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        });
        words.collect()
    }

    fn read(start: &BytesStart<'_>) -> Result<Element, String> {
        let mut element = Element { tag: name(start), ..Element::default() };
        for attribute in start.html_attributes().with_checks(false) {
            let attribute = attribute.map_err(|e| e.to_string())?;
            let key = attribute.key.as_ref().to_owned();
            let value = quick_xml::escape::unescape(&attribute.value)
                .map_err(|e| e.to_string())?
                .into_owned();
            match key.as_str() {
                "class" => element.classes = value.split_whitespace().map(str::to_owned).collect(),
                "id" => element.id = Some(value),
                "href" => element.href = Some(value),
                _ => element.attributes.push((key, value)),
            }
        }
        Ok(element)
    }
}

fn name(start: &BytesStart<'_>) -> String {
    start.name().as_ref().to_owned()
}

/// The whole text as a tree.
fn parse(page: &str) -> Result<Vec<Node>, String> {
    let mut reader = Reader::from_str(page);
    // HTML leaves `br` and `meta` without an end.
    reader.config_mut().check_end_names = false;
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|e| e.to_string())?;
        match event {
            Event::Start(start) if VOID.contains(&start.name().as_ref()) => {
                push(&mut open, Node::Element(Element::read(&start)?));
            }
            Event::Start(start) => open.push(Element::read(&start)?),
            Event::Empty(start) => push(&mut open, Node::Element(Element::read(&start)?)),
            Event::End(_) => {
                let done = open.pop().ok_or("an end without a start")?;
                push(&mut open, Node::Element(done));
            }
            Event::Text(text) => words(&mut open, &text),
            Event::GeneralRef(entity) => words(&mut open, &character(&entity)?),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(open.pop().map(|e| e.children).unwrap_or_default())
}

/// What `&…;` stands for.
fn character(entity: &quick_xml::events::BytesRef<'_>) -> Result<String, String> {
    if let Some(c) = entity.resolve_char_ref().map_err(|e| e.to_string())? {
        return Ok(c.to_string());
    }
    let name: &str = entity;
    let found = resolve_predefined_entity(name).ok_or_else(|| format!("`&{name};` is unknown"))?;
    Ok(found.to_owned())
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

/// Adds words to those that stand there.
fn words(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    if let Some(Node::Text(there)) = parent.children.last_mut() {
        there.push_str(text);
    } else {
        parent.children.push(Node::Text(text.to_owned()));
    }
}
