//! How far a long export has come, for whoever waits at a terminal.

use std::cell::Cell;
use std::io::{self, Write};

use crate::cli::out;

/// After how many bytes a word is said, and again each time as many more are written.
const STEP: u64 = 4_000_000;

/// Counts what is written. A short export passes without a word.
#[derive(Default)]
pub struct Meter {
    written: Cell<u64>,
}

impl Meter {
    fn add(&self, bytes: usize) {
        let before = self.written.get();
        let now = before + bytes as u64;
        self.written.set(now);
        if now / STEP > before / STEP {
            out::progress(&format!("Written {} MB.", now / 1_000_000));
        }
    }

    /// Ends the line, where there is one.
    pub fn done(&self) {
        if self.written.get() >= STEP {
            out::progress_done();
        }
    }
}

/// What is written passes through here and is counted.
pub struct Metered<'a, W> {
    to: W,
    meter: &'a Meter,
}

impl<'a, W: Write> Metered<'a, W> {
    /// Counts what is written to `to`.
    pub fn new(to: W, meter: &'a Meter) -> Self {
        Self { to, meter }
    }

    /// What was written to.
    pub fn into_inner(self) -> W {
        self.to
    }
}

impl<W: Write> Write for Metered<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.meter.add(written);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
