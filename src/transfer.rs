//! Out of the journal and into it, in open formats: bytes in, bytes out.
//!
//! What is private is left out unless it is asked for by name, and every export can say what it
//! left out. No file is opened here, and all text that passes is free of control characters.

pub mod bringing;
mod chapter;
pub mod entries;
mod facts;
pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
mod names;
mod paper;
pub mod private;
pub mod report;
pub mod sample;

use std::io;

use std::io::Write;

use crate::domain::{Id, Person, Stamp, text};
use crate::store;

/// Why an export or an import ended early.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The journal.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Where the export goes.
    #[error("The export could not be written: {0}.")]
    Write(io::Error),
    /// Where the import comes from.
    #[error("The file could not be read: {0}. Nothing was brought in.")]
    Read(#[from] io::Error),
    /// The file is not what it was said to be, as a sentence.
    #[error("{0} Nothing was brought in.")]
    Foreign(String),
    /// The file of another program.
    #[error("{0} Nothing was brought in.")]
    OfOther(#[from] store::ForeignError),
    /// The file is no Confidant export.
    #[error(
        "This is not a Confidant export: it does not begin with {{\"format\":\"confidant\"}}. Nothing was brought in."
    )]
    NotAnExport,
    /// A later Confidant wrote the file.
    #[error(
        "This export has version {0}, and this Confidant reads version 1. Nothing was brought in; update Confidant to read it."
    )]
    TooNew(u64),
    /// The file breaks off, or breaks the rules of its format.
    #[error("The file is broken at line {line}, column {column}: {what}. Nothing was brought in.")]
    Broken {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// A record breaks a rule of the journal.
    #[error("The {kind} number {number} in the file cannot be brought in: {what} Nothing was.")]
    Record {
        /// What kind of record.
        kind: &'static str,
        /// The how many-th of its kind in the file, counted from 1.
        number: usize,
        /// Which rule, as a sentence.
        what: String,
    },
}

/// What is wrong with JSON, as a place and a sentence.
fn broken(error: serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    if error.is_io() {
        return Error::Read(error.into());
    }
    if error.is_eof() {
        return Error::Broken { line, column, what: "it ends too early".to_owned() };
    }
    // The place is told once, and of long text only the beginning.
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    Error::Broken { line, column, what: text::line(said).chars().take(160).collect() }
}

/// How an import runs that is waited for.
pub struct How<'a> {
    /// When, and who writes.
    pub stamp: Stamp,
    /// The process at work, so that a later one can tell whether it was broken off.
    pub process: &'a str,
    /// Hears now and then how many records were read.
    pub progress: &'a mut dyn FnMut(usize),
}

/// Writes a file piece by piece to where it is told, so that a long one costs no memory.
pub type Piecemeal<'a> = &'a mut dyn FnMut(&mut dyn Write) -> Result<(), Error>;

/// What goes out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only what concerns this person.
    pub person: Option<Id<Person>>,
    /// Also what is for me alone.
    pub private: bool,
}

/// What an export left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Private reflections.
    pub reflections: usize,
    /// Lines worth remembering.
    pub remembering: usize,
    /// Trust check-ins.
    pub check_ins: usize,
    /// Lines of what I saw or did.
    pub evidence: usize,
    /// Practices in focus.
    pub focus: usize,
    /// Repairs.
    pub repairs: usize,
    /// Things in the bin.
    pub binned: usize,
    /// Whether earlier versions of texts stayed behind, if there are any.
    pub versions: bool,
    /// How much this format can hold at all.
    pub reach: Reach,
}

/// How much a format can hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// All there is.
    #[default]
    Everything,
    /// What is to be read: no bin and no earlier versions.
    Reading,
    /// What has a day: nothing that was written in a session, and nothing private.
    Dates,
}

impl LeftOut {
    /// The same for a line on the screen, without the words of the command.
    pub fn short(&self) -> String {
        match self.things() {
            all if all.is_empty() => "Nothing was left out.".to_owned(),
            all => format!("Left out: {all}."),
        }
    }

    fn things(&self) -> String {
        let private: Vec<String> = [
            count(self.reflections, "private reflection", "private reflections"),
            count(self.remembering, "line worth remembering", "lines worth remembering"),
            count(self.check_ins, "trust check-in", "trust check-ins"),
            count(self.evidence, "line of what I saw or did", "lines of what I saw or did"),
            count(self.focus, "practice", "practices"),
            count(self.repairs, "repair", "repairs"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let rest: Vec<String> = [
            count(self.binned, "thing in the bin", "things in the bin"),
            self.versions.then(|| "earlier versions of texts".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        [private, rest].concat().join(", ")
    }

    /// What an export ends by saying.
    pub fn sentence(&self) -> String {
        let all = self.things();
        match self.reach {
            Reach::Everything if all.is_empty() => "Left out: nothing.".to_owned(),
            Reach::Everything => format!("Left out: {all}; --include-private takes them along."),
            Reach::Reading => {
                let said = if all.is_empty() {
                    "Left out: nothing private.".to_owned()
                } else {
                    format!("Left out: {all}; --include-private takes them along.")
                };
                format!("{said} The bin and earlier versions go out as JSON only.")
            }
            Reach::Dates => {
                let and = if all.is_empty() { String::new() } else { format!(", {all}") };
                format!("Left out: notes, summaries and all else without a day{and}.")
            }
        }
    }
}

/// "1 session", "3 sessions"; nothing for none.
fn count(number: usize, one: &str, many: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {many}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_says_what_it_left_out() {
        let all = LeftOut {
            reflections: 41,
            remembering: 12,
            check_ins: 2,
            evidence: 3,
            focus: 1,
            repairs: 1,
            binned: 1,
            versions: true,
            reach: Reach::Everything,
        };
        assert_eq!(
            all.sentence(),
            "Left out: 41 private reflections, 12 lines worth remembering, 2 trust check-ins, 3 lines of what I saw or did, 1 practice, 1 repair, 1 thing in the bin, earlier versions of texts; --include-private takes them along."
        );
        let some = LeftOut { reflections: 1, ..LeftOut::default() };
        assert_eq!(
            some.sentence(),
            "Left out: 1 private reflection; --include-private takes them along."
        );
        assert_eq!(LeftOut::default().sentence(), "Left out: nothing.");
        let to_read = LeftOut { reach: Reach::Reading, ..LeftOut::default() };
        assert_eq!(
            to_read.sentence(),
            "Left out: nothing private. The bin and earlier versions go out as JSON only."
        );
        let days = LeftOut { reach: Reach::Dates, check_ins: 2, ..LeftOut::default() };
        assert_eq!(
            days.sentence(),
            "Left out: notes, summaries and all else without a day, 2 trust check-ins."
        );
    }
}
