//! Numbers as people write them, in any script.
