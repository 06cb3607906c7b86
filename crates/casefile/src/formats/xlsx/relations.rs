//! The parts of a workbook and how one refers to another: each relation has an id, a kind and the path of
//! the part it leads to.

use crate::formats::xml;

/// A part that another refers to.
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
}

/// The relations of a part in a folder.
pub(super) fn relations(text: &str, folder: &str) -> Vec<Relation> {
    let mut relations = Vec::new();
    xml::for_starts(text, |element| {
        let get = |name: &str| xml::attribute(element, name).unwrap_or_default().into_owned();
        if element.local_name().as_ref() == "Relationship" {
            let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
            let target = resolve(folder, &get("Target"));
            relations.push(Relation { id: get("Id"), kind, target });
        }
    });
    relations
}

/// A target relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    let from_root = target.starts_with('/');
    let mut parts: Vec<&str> = if from_root { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|p| !p.is_empty());
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/a.xml"), "xl/a.xml");
        assert_eq!(resolve("xl", "../b.xml"), "b.xml");
    }
}
