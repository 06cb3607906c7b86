//! GeoJSON (RFC 7946): polygons of a collection of features.

use serde_json::Value;

use super::{MOST_AREAS, Point, Ring, Shape, counted, ring};

/// The areas of a collection.
pub(super) fn shapes(bytes: &[u8]) -> Result<Vec<Shape>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let json: Value = serde_json::from_slice(bytes).map_err(|e| format!("it is no JSON: {e}"))?;
    match kind(&json) {
        "FeatureCollection" => {}
        "Topology" => return Err("it is TopoJSON: export it as GeoJSON".to_owned()),
        other => return Err(format!("it is no collection of features (type `{other}`)")),
    }
    let features = json.get("features").and_then(Value::as_array);
    let features = features.ok_or_else(|| "it has no features".to_owned())?;
    if features.len() > MOST_AREAS {
        return Err(format!("more than {MOST_AREAS} areas"));
    }
    let mut total = 0;
    (1..)
        .zip(features)
        .map(|(n, f)| shape(f, &mut total).map_err(|e| format!("feature {n}: {e}")))
        .collect()
}

fn kind(json: &Value) -> &str {
    json.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn shape(feature: &Value, total: &mut usize) -> Result<Shape, String> {
    let properties = feature.get("properties").and_then(Value::as_object);
    let text = |v: &Value| match v {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let properties = properties.into_iter().flatten();
    let properties = properties.filter_map(|(name, v)| Some((name.clone(), text(v)?))).collect();
    let none = Value::Null;
    let geometry = feature.get("geometry").unwrap_or(&none);
    let parts = geometry.get("coordinates").and_then(Value::as_array);
    let rings = match (kind(geometry), parts) {
        ("", _) if geometry.is_null() => Vec::new(),
        ("Polygon", Some(rings)) => polygon(rings, total)?,
        ("MultiPolygon", Some(polygons)) => {
            let mut all = Vec::new();
            for part in polygons {
                let rings = part.as_array().ok_or_else(|| "a polygon is no list".to_owned())?;
                all.extend(polygon(rings, total)?);
            }
            all
        }
        (other, _) => return Err(format!("its geometry `{other}` is no polygon")),
    };
    Ok(Shape { properties, rings })
}

/// The first ring is the outer one.
fn polygon(rings: &[Value], total: &mut usize) -> Result<Vec<Ring>, String> {
    let one = |(i, list): (usize, &Value)| {
        let list = list.as_array().ok_or_else(|| "a ring is no list".to_owned())?;
        counted(total, list.len())?;
        let points = list.iter().map(point).collect::<Option<Vec<Point>>>();
        ring(points.ok_or_else(|| "a corner is no pair of numbers".to_owned())?, i > 0)
    };
    rings.iter().enumerate().map(one).collect()
}

fn point(pair: &Value) -> Option<Point> {
    Some([pair.get(0)?.as_f64()?, pair.get(1)?.as_f64()?])
}
