//! Independent, named, counter-based streams of random numbers.
//!
//! A stream is a pure function of (seed, label, index): it does not matter which thread draws it, or
//! when. One seed and one label give one key of the ChaCha cipher; the index is the cipher's stream
//! number, so two indices never share a block.

use rand::SeedableRng;
pub use rand_chacha::ChaCha8Rng;

/// The stream of this seed, label and index.
///
/// The key is made by a chain of SplitMix64 finalisers (Steele, Lea, Flood 2014): the state starts as
/// the seed and the label's length, takes in the label eight bytes at a time (little-endian, last piece
/// filled with zeros), and then gives four words. It is a mixing function, not a cryptographic hash.
pub fn stream(seed: u64, label: &str, index: u64) -> ChaCha8Rng {
    let mut state = mix(seed ^ mix(label.len() as u64));
    for piece in label.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word[..piece.len()].copy_from_slice(piece);
        state = mix(state ^ u64::from_le_bytes(word));
    }
    let mut key = [0; 32];
    for piece in key.chunks_mut(8) {
        state = mix(state);
        piece.copy_from_slice(&state.to_le_bytes());
    }
    let mut rng = ChaCha8Rng::from_seed(key);
    rng.set_stream(index);
    rng
}

/// One step of SplitMix64: the golden-ratio increment, then the finaliser.
fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;

    fn first(seed: u64, label: &str, index: u64) -> u64 {
        stream(seed, label, index).next_u64()
    }

    #[test]
    fn streams_differ_in_each_part_of_their_name() {
        let base = first(1, "turnout", 0);
        assert_eq!(base, first(1, "turnout", 0));
        for other in [first(2, "turnout", 0), first(1, "support", 0), first(1, "turnout", 1)] {
            assert_ne!(base, other);
        }
        assert_ne!(first(1, "a", 0), first(1, "a\0", 0));
    }

    #[test]
    fn splitmix_gives_its_published_first_word() {
        // First output of the reference implementation from state 0.
        assert_eq!(mix(0), 0xE220_A839_7B1D_CDAF);
    }
}
