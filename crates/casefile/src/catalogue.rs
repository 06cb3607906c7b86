//! The named data sets: every mapping that ships with the program.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::Mapping;
use crate::mapping::{MappingError, Published, nearest as nearest_names};

/// A mapping under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataSet {
    /// The name (`russia-2018`).
    pub name: &'static str,
    /// The mapping's path in the repository (`mappings/russia/2018-president.toml`).
    pub path: &'static str,
    /// The mapping file's text.
    pub toml: &'static str,
}

/// Declares the data sets: one line each.
macro_rules! data_sets {
    ($($name:literal => $path:literal),* $(,)?) => {
        /// Every data set, in alphabetical order of country and then by year.
        const ALL: &[DataSet] = &[$(DataSet {
            name: $name,
            path: concat!("mappings/", $path),
            toml: include_str!(concat!("../../../mappings/", $path)),
        }),*];
    };
}

data_sets! {
    "albania-2013" => "albania/2013-parliament.toml",
    "albania-2017" => "albania/2017-parliament.toml",
    "belarus-2020" => "belarus/2020-president.toml",
    "bolivia-2019" => "bolivia/2019-president.toml",
    "bolivia-2019-trep-1829" => "bolivia/2019-president-trep-1829.toml",
    "bolivia-2019-trep-1940" => "bolivia/2019-president-trep-1940.toml",
    "georgia-2012" => "georgia/2012-parliament.toml",
    "georgia-2012-majoritarian" => "georgia/2012-parliament-majoritarian.toml",
    "indonesia-2024-kawalpemilu" => "indonesia/2024-president-kawalpemilu.toml",
    "israel-2015" => "israel/2015-knesset.toml",
    "kenya-2013" => "kenya/2013-president.toml",
    "kenya-2013-map" => "kenya/2013-president-map.toml",
    "koeln-2013" => "germany/2013-bundestag-koeln.toml",
    "myanmar-2010" => "myanmar/2010-parliament.toml",
    "russia-2004" => "russia/2004-president.toml",
    "russia-2011" => "russia/2011-duma.toml",
    "russia-2018" => "russia/2018-president.toml",
    "uganda-2016" => "uganda/2016-president.toml",
    "uganda-2016-districts" => "uganda/2016-president-districts.toml",
    "venezuela-2024" => "venezuela/2024-president.toml",
    "venezuela-2024-actas" => "venezuela/2024-president-actas.toml",
    "venezuela-2024-qr" => "venezuela/2024-president-qr.toml",
}

impl DataSet {
    /// Its mapping.
    pub fn mapping(&self) -> Result<Mapping, MappingError> {
        Mapping::from_toml(self.toml)
    }
}

/// Every data set.
pub fn all() -> &'static [DataSet] {
    ALL
}

/// The data set of a name.
pub fn find(name: &str) -> Option<DataSet> {
    ALL.iter().find(|d| d.name == name).copied()
}

/// The data sets whose names are most like this one, best first.
pub fn nearest(name: &str) -> Vec<String> {
    nearest_names(name, ALL.iter().map(|d| d.name))
}

/// The data set whose published file has this SHA-256.
pub fn known(sha256: &str) -> Option<DataSet> {
    let published = |m: &Mapping| m.published.as_ref().is_some_and(|p| p.sha256 == sha256);
    mappings().iter().find(|(_, mapping)| published(mapping)).map(|(set, _)| *set)
}

/// All mappings, read once.
fn mappings() -> &'static [(DataSet, Mapping)] {
    static READ: OnceLock<Vec<(DataSet, Mapping)>> = OnceLock::new();
    READ.get_or_init(|| ALL.iter().filter_map(|d| Some((*d, d.mapping().ok()?))).collect())
}

/// The file of a data set, if it is at hand: in the folder of raw data (`GLASSURN_DATA`, or the folder
/// above it) or of parallel counts beside it, else in the user's cache. Nothing is downloaded.
pub fn locate(name: &str, data_dir: Option<&Path>, cache_dir: Option<&Path>) -> Option<PathBuf> {
    let (_, mapping) = mappings().iter().find(|(d, _)| d.name == name)?;
    let published = mapping.published.as_ref()?;
    let data = data_dir.into_iter().flat_map(|dir| {
        const FOLDERS: [&str; 6] =
            ["", "raw", "data/raw", "parallel", "data/parallel", "../parallel"];
        FOLDERS.map(|below| dir.join(below).join(&published.folder))
    });
    let cache = cache_dir.into_iter().map(|dir| dir.join(name));
    data.chain(cache).flat_map(|folder| candidates(&folder, published)).find(|p| p.is_file())
}

/// The names under which a file may be kept: its own, or compressed with gzip.
fn candidates(folder: &Path, published: &Published) -> [PathBuf; 2] {
    [folder.join(&published.file), folder.join(format!("{}.gz", published.file))]
}

/// Whether a file is the one that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// Byte for byte.
    Same,
    /// Another file: its SHA-256, and its size.
    Other {
        /// SHA-256 in lower-case hexadecimal.
        sha256: String,
        /// Size in bytes.
        bytes: u64,
    },
}

/// Compares a file with what was published; a file kept with gzip is compared unpacked.
pub fn verify(path: &Path, published: &Published) -> io::Result<Verified> {
    let (sha256, bytes) = digest(File::open(path)?)?;
    if sha256 == published.sha256 {
        return Ok(Verified::Same);
    }
    let packed = path.extension().is_some_and(|e| e == "gz") && !published.file.ends_with(".gz");
    if packed {
        let unpacked = flate2::read::MultiGzDecoder::new(File::open(path)?);
        // One byte more than published is enough to know that it is another file.
        let (unpacked, _) = digest(unpacked.take(published.bytes.saturating_add(1)))?;
        if unpacked == published.sha256 {
            return Ok(Verified::Same);
        }
    }
    Ok(Verified::Other { sha256, bytes })
}

/// SHA-256 in lower-case hexadecimal, and the number of bytes.
pub(crate) fn digest(mut from: impl Read) -> io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 16];
    let mut bytes = 0_u64;
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            let hex = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
            return Ok((hex, bytes));
        }
        hash.update(&buffer[..read]);
        bytes += u64::try_from(read).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests;
