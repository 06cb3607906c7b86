//! Maps of areas: polygons from GeoJSON or a shapefile, which of them touch, and which unit of the returns each is.

mod attach;
mod draw;
mod geojson;
mod shapefile;
mod touch;

use std::path::Path;

use crate::formats::ReadError;

pub use attach::{Wish, attach};
pub(crate) use draw::shortening;

/// Most bytes of a map.
const MOST_BYTES: u64 = 512 << 20;
/// Most areas.
const MOST_AREAS: usize = 200_000;
/// Most points of all areas together.
const MOST_POINTS: usize = 20_000_000;

/// A point: across and up.
pub(crate) type Point = [f64; 2];

/// One ring of an area.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ring {
    /// Its corners; the last is not the first.
    pub(crate) points: Vec<Point>,
    /// Whether it is cut out of the area.
    pub(crate) hole: bool,
}

/// One area as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shape {
    /// Names and texts of its properties.
    pub(crate) properties: Vec<(String, String)>,
    /// Its rings.
    pub(crate) rings: Vec<Ring>,
}

/// The areas of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    pub(crate) source: glassurn_model::Source,
    pub(crate) shapes: Vec<Shape>,
}

/// Reads a map: `.geojson` or `.json`, or `.shp` with its `.dbf` beside it.
pub fn read(path: &Path) -> Result<Map, ReadError> {
    let error = |problem: String, hint: &str| ReadError::new(path, problem, hint);
    let unreadable = |e: std::io::Error| error(format!("it cannot be read: {e}"), "check the path");
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MOST_BYTES {
        let problem = format!("it has {size} bytes, more than {MOST_BYTES}");
        return Err(error(problem, "simplify the map, or give the part that is needed"));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let hint = "give GeoJSON, or a shapefile (.shp) of polygons with its .dbf beside it";
    let (shapes, format) = if shapefile::marked(&bytes) {
        let mut shapes = shapefile::shapes(&bytes).map_err(|p| error(p, hint))?;
        shapefile::describe(path, &mut shapes)?;
        (shapes, "shapefile")
    } else {
        (geojson::shapes(&bytes).map_err(|p| error(p, hint))?, "geojson")
    };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let source = glassurn_model::Source {
        name,
        bytes: bytes.len() as u64,
        sha256: crate::formats::sha256(&bytes),
        format: vec![format.to_owned()],
        rows: shapes.len() as u64,
        ..Default::default()
    };
    Ok(Map { source, shapes })
}

/// Reads the polygons of bytes, whatever they are; for tests that nothing ever panics.
pub fn read_bytes(bytes: &[u8]) -> Result<usize, String> {
    let shapes = match shapefile::marked(bytes) {
        true => shapefile::shapes(bytes)?,
        false => geojson::shapes(bytes)?,
    };
    let shapes: Vec<&Shape> = shapes.iter().collect();
    touch::touching(&shapes.iter().map(|s| s.rings.as_slice()).collect::<Vec<_>>())?;
    Ok(shapes.len())
}

/// A ring without its repeated last corner, or why it is none.
fn ring(mut points: Vec<Point>, hole: bool) -> Result<Ring, String> {
    if points.iter().flatten().any(|x| !x.is_finite() || x.abs() > 1e12) {
        return Err("a corner is no number, or out of this world".to_owned());
    }
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    Ok(Ring { points, hole })
}

/// Counts points, and refuses too many.
fn counted(total: &mut usize, more: usize) -> Result<(), String> {
    *total = total.saturating_add(more);
    if *total > MOST_POINTS { Err(format!("more than {MOST_POINTS} points")) } else { Ok(()) }
}
