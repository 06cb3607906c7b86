//! Shapefiles (ESRI, 1998): the polygons of a `.shp`, named by the `.dbf` beside it. The index (`.shx`) is not needed.

use std::path::{Path, PathBuf};

use super::{MOST_AREAS, Point, Ring, Shape, counted, ring};
use crate::formats::{self, ReadError, ReadOptions};

/// Bytes of the file's header, of a record's, and of a polygon before its parts.
const HEADER: usize = 100;
const RECORD: usize = 8;
const POLYGON: usize = 44;

/// Types: nothing, and polygons without more, with heights, with measures.
const NOTHING: u32 = 0;
const POLYGONS: [u32; 3] = [5, 15, 25];

/// Whether the bytes bear the mark of a `.shp`.
pub(super) fn marked(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0, 0, 0x27, 0x0a])
}

fn little(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn number(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// The polygons of a `.shp`, in the order of its records, without properties.
pub(super) fn shapes(bytes: &[u8]) -> Result<Vec<Shape>, String> {
    let header = bytes.get(..HEADER).ok_or("the header is cut off")?;
    let kind = little(header, 32).unwrap_or(NOTHING);
    if !POLYGONS.contains(&kind) {
        return Err(format!("its shapes (type {kind}) are no polygons"));
    }
    let (mut at, mut total) = (HEADER, 0);
    let mut shapes = Vec::new();
    while at < bytes.len() {
        let record = shapes.len() + 1;
        let words = big(bytes, at + 4).ok_or_else(|| format!("record {record} is cut off"))?;
        let from = at + RECORD;
        let content = usize::try_from(words).ok().and_then(|w| w.checked_mul(2));
        let to = content.and_then(|c| from.checked_add(c));
        let body = to.and_then(|to| bytes.get(from..to));
        let body =
            body.ok_or_else(|| format!("record {record} is cut off, or lies about its length"))?;
        if body.is_empty() || shapes.len() >= MOST_AREAS {
            return Err(format!("record {record} is empty, or there are more than {MOST_AREAS}"));
        }
        let rings = rings(body, &mut total).map_err(|e| format!("record {record}: {e}"))?;
        shapes.push(Shape { properties: Vec::new(), rings });
        at = from + body.len();
    }
    Ok(shapes)
}

fn rings(body: &[u8], total: &mut usize) -> Result<Vec<Ring>, String> {
    let damaged = || "its parts do not fit its length".to_owned();
    let kind = little(body, 0).ok_or_else(damaged)?;
    if kind == NOTHING {
        return Ok(Vec::new());
    }
    if !POLYGONS.contains(&kind) {
        return Err(format!("its type {kind} is no polygon"));
    }
    let count = |at| usize::try_from(little(body, at)?).ok();
    let (parts, points) = count(36).zip(count(40)).ok_or_else(damaged)?;
    counted(total, points.max(parts))?;
    let room = parts.checked_mul(4).and_then(|p| p.checked_add(points.checked_mul(16)?));
    if room.and_then(|r| r.checked_add(POLYGON)).is_none_or(|needed| needed > body.len()) {
        return Err(damaged());
    }
    let mut starts: Vec<usize> = (0..parts).filter_map(|p| count(POLYGON + 4 * p)).collect();
    starts.push(points);
    if starts.windows(2).any(|w| w[0] > w[1]) || starts[0] != 0 {
        return Err(damaged());
    }
    let first = POLYGON + 4 * parts;
    let point = |i: usize| -> Option<Point> {
        Some([number(body, first + 16 * i)?, number(body, first + 16 * i + 8)?])
    };
    let one = |w: &[usize]| {
        let corners =
            (w[0]..w[1]).map(point).collect::<Option<Vec<Point>>>().ok_or_else(damaged)?;
        // Outer rings run clockwise.
        let hole = super::draw::doubled(&corners) > 0.0;
        ring(corners, hole)
    };
    starts.windows(2).map(one).collect()
}

/// Gives the shapes the properties of the table beside the `.shp`.
pub(super) fn describe(path: &Path, shapes: &mut [Shape]) -> Result<(), ReadError> {
    let beside = ["dbf", "DBF"].map(|ext| path.with_extension(ext));
    let Some(table): Option<&PathBuf> = beside.iter().find(|p| p.is_file()) else {
        let problem = format!("its table {} is not there", beside[0].display());
        return Err(ReadError::new(
            path,
            problem,
            "put the .dbf beside the .shp: it has the names",
        ));
    };
    let reading = formats::read(table, &ReadOptions::default())?;
    let Some(table) = reading.tables.first() else { return Ok(()) };
    let names: Vec<String> = table.row(0).map(ToOwned::to_owned).collect();
    for row in 1..table.len() {
        let at = usize::try_from(table.number(row)).unwrap_or(0).checked_sub(1);
        if let Some(shape) = at.and_then(|at| shapes.get_mut(at)) {
            let cells = table.row(row).map(|c| c.trim().to_owned());
            shape.properties = names.iter().cloned().zip(cells).collect();
        }
    }
    Ok(())
}
