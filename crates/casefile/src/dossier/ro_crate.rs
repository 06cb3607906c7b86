//! The description of a dossier's folder for archives: RO-Crate 1.1.

use glassurn_model::register::Source;
use serde_json::{Value, json};

use super::{Dossier, folder::File};

/// The text of `ro-crate-metadata.json`.
pub(super) fn metadata(dossier: &Dossier, files: &[File], date: Option<&str>) -> String {
    let mut graph = vec![descriptor(), root(dossier, files, date), program(dossier)];
    graph.extend(files.iter().map(file));
    graph.extend(dossier.sources.iter().map(source));
    let document = json!({ "@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph });
    format!("{document:#}\n")
}

fn reference(id: &str) -> Value {
    json!({ "@id": id })
}

fn descriptor() -> Value {
    json!({
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": reference("./"),
        "conformsTo": reference("https://w3id.org/ro/crate/1.1"),
    })
}

fn root(dossier: &Dossier, files: &[File], date: Option<&str>) -> Value {
    let mut root = json!({
        "@id": "./",
        "@type": "Dataset",
        "name": format!("Dossier: {}", dossier.election.name),
        "description": "What is on record about one election, with its sources, and what is not known.",
        "license": "What is quoted stays under the terms of its source; everything else may be used by anybody.",
        "hasPart": files.iter().map(|f| reference(&f.path)).collect::<Vec<_>>(),
        "citation": dossier.sources.iter().map(|s| reference(&anchor(s))).collect::<Vec<_>>(),
        "creator": reference("#glassurn"),
    });
    if let Some(date) = date {
        root["datePublished"] = json!(date);
    }
    root
}

fn program(dossier: &Dossier) -> Value {
    json!({
        "@id": "#glassurn",
        "@type": "SoftwareApplication",
        "name": "Glassurn",
        "version": dossier.program(),
    })
}

fn file(file: &File) -> Value {
    json!({
        "@id": file.path,
        "@type": "File",
        "contentSize": file.bytes.to_string(),
        "encodingFormat": format(&file.path),
        "sha256": file.sha256,
    })
}

/// The media type by the name's end.
fn format(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html",
        Some("json") => "application/json",
        Some("jsonld") => "application/ld+json",
        Some("csv") => "text/csv",
        Some("pdf") => "application/pdf",
        _ => "text/plain",
    }
}

fn anchor(source: &Source) -> String {
    source.url.clone().unwrap_or_else(|| format!("#source-{}", source.id))
}

fn source(source: &Source) -> Value {
    let mut work = json!({
        "@id": anchor(source),
        "@type": "CreativeWork",
        "identifier": source.id,
        "name": source.title,
        "publisher": source.publisher,
    });
    if let Some(date) = source.published {
        work["datePublished"] = json!(date.to_string());
    }
    work
}
