//! Which characters the bytes mean: byte order marks, UTF-16 without one, UTF-8, legacy code pages.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Item, Limits, ReadError};

/// Text with what it was decoded from.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: String,
    /// What a reader must know, if anything.
    pub(super) reservation: Option<String>,
}

/// Decodes an item's bytes; valid UTF-8 is taken over without a copy.
pub(super) fn decode(item: &mut Item, label: Option<&str>) -> Result<Decoded, ReadError> {
    let data = std::mem::take(&mut item.data);
    let told = label.map(|l| by_label(item, l)).transpose()?;
    let marked = Encoding::for_bom(&data).map(|(encoding, _)| encoding);
    let encoding = marked.or(told).or_else(|| utf16(&data));
    let data = match encoding {
        None => match String::from_utf8(data) {
            Ok(text) => return finish(item, text, UTF_8.name(), None),
            Err(error) => error.into_bytes(),
        },
        Some(_) => data,
    };
    let encoding = encoding.or_else(|| mostly_utf8(&data).then_some(UTF_8));
    let encoding = encoding.unwrap_or_else(|| guess(&data));
    let (text, encoding, _) = encoding.decode(&data);
    let replaced = text.matches('\u{fffd}').count();
    let reservation = (replaced > 0)
        .then(|| format!("{replaced} characters are not valid {} and read as �", encoding.name()));
    finish(item, text.into_owned(), encoding.name(), reservation)
}

/// Refuses what is no text.
fn finish(
    item: &Item,
    mut text: String,
    encoding: &str,
    reservation: Option<String>,
) -> Result<Decoded, ReadError> {
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if text.as_bytes().contains(&0) {
        let at = text.bytes().position(|b| b == 0).unwrap_or_default();
        let line = 1 + line_ends(&text.as_bytes()[..at]);
        let problem = "a NUL byte: this is no text, or its encoding is another";
        let hint = "if it is text, name its encoding; otherwise export it as CSV or XLSX";
        return Err(item.error(problem, hint).at_row(line));
    }
    Ok(Decoded { text, encoding: encoding.to_owned(), reservation })
}

/// The encoding a user named.
fn by_label(item: &Item, label: &str) -> Result<&'static Encoding, ReadError> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        let problem = format!("there is no encoding `{label}`");
        item.error(problem, "try utf-8, utf-16le, windows-1251, windows-1252, iso-8859-2 or gbk")
    })
}

/// How much is looked at before deciding.
const SAMPLE: usize = 64 << 10;

/// UTF-16 without a mark: digits, separators and line ends have a zero on one side only.
fn utf16(data: &[u8]) -> Option<&'static Encoding> {
    let sample = &data[..data.len().min(SAMPLE)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = (sample.len() / 20).max(3);
    let lopsided = |many: usize, few: usize| many >= enough && few * 20 < many;
    if sample.len() % 2 == 1 && data.len() <= SAMPLE {
        return None;
    }
    if lopsided(odd, even) {
        Some(UTF_16LE)
    } else if lopsided(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the bytes are UTF-8 but for a few: a damaged cell must not turn every other one into noise.
fn mostly_utf8(data: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in data.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 20 * bad
}

/// The most likely legacy encoding.
fn guess(data: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(data, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// How many lines end in these bytes; CR LF is one end.
pub(super) fn line_ends(bytes: &[u8]) -> u64 {
    let end = |i: usize| match bytes[i] {
        b'\n' => true,
        b'\r' => bytes.get(i + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(|&i| end(i)).count() as u64
}

/// Refuses text without a line end for longer than a line may be, before more of it is read. JSON may
/// stand in one line; other types have bytes that no text has.
pub(super) fn refuse_endless_line(
    item: &Item,
    data: &[u8],
    limits: &Limits,
) -> Result<(), ReadError> {
    let head = &data[..data.len().min(1 << 10)];
    let first = head.iter().find(|b| !b.is_ascii_whitespace());
    let text = !head.contains(&0) && !matches!(first, Some(b'{' | b'['));
    let ends = |b: &&u8| matches!(b, b'\n' | b'\r');
    let tail = data.iter().rev().take_while(|b| !ends(b)).take(limits.line + 1).count();
    if tail <= limits.line || !text || super::ALL.iter().any(|f| (f.marked)(head)) {
        return Ok(());
    }
    let problem = format!("a line is longer than {} MiB", limits.line >> 20);
    Err(item.error(problem, "this is no table of text; export it again"))
}
