//! Where named data sets are kept on this machine.

use std::path::PathBuf;

use etcetera::BaseStrategy;
use glassurn_casefile::catalogue;

/// Environment variable that names a folder of published files.
const DATA: &str = "GLASSURN_DATA";

/// The file of a data set, in the folder of `GLASSURN_DATA` or in the cache.
pub(crate) fn at_hand(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os(DATA).filter(|v| !v.is_empty()).map(PathBuf::from);
    catalogue::locate(name, data.as_deref(), cache().as_deref())
}

/// The user's cache folder, by the custom of the system.
pub(crate) fn cache() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("glassurn"))
}
