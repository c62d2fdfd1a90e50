//! Lines of a text file that may be in any encoding, or no text at all.

use std::io::{BufRead, Read};

use super::super::Error;

/// The longest line, and the longest text of one entry, that is read.
pub const LONGEST: usize = 16 * 1024 * 1024;

/// A line of text.
pub struct Line {
    /// Which one, counted from 1.
    pub number: usize,
    /// Without its end.
    pub text: String,
    /// Whether its bytes were no UTF-8, so that its letters were read as Latin-1.
    pub is_latin: bool,
}

/// Reads a text line by line.
pub struct Lines<R> {
    from: R,
    number: usize,
    bytes: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub const fn new(from: R) -> Self {
        Self { from, number: 0, bytes: Vec::new() }
    }

    pub fn next(&mut self) -> Result<Option<Line>, Error> {
        self.bytes.clear();
        let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        let mut limited = self.from.by_ref().take(limit);
        limited.read_until(b'\n', &mut self.bytes).map_err(Error::Read)?;
        if self.bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        if self.bytes.len() == LONGEST {
            return Err(too_long(self.number));
        }
        if self.number == 1 && self.bytes.starts_with(b"\xef\xbb\xbf") {
            self.bytes.drain(..3);
        }
        if self.bytes.contains(&0) {
            return Err(Error::Foreign(
                "This is no text file: it has bytes in it that no text has.".to_owned(),
            ));
        }
        while matches!(self.bytes.last(), Some(b'\n' | b'\r')) {
            self.bytes.pop();
        }
        let (text, is_latin) = decoded(&self.bytes);
        Ok(Some(Line { number: self.number, text, is_latin }))
    }
}

/// The refusal of what is longer than anybody writes.
pub fn too_long(line: usize) -> Error {
    Error::Broken { line, column: 1, what: "an entry is longer than 16 MB".to_owned() }
}

/// Bytes as text: UTF-8, else each byte as the letter it is in Latin-1.
pub fn decoded(bytes: &[u8]) -> (String, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (bytes.iter().map(|byte| char::from(*byte)).collect(), true),
    }
}
