//! Reading what a program wrote, wherever it lies and in whatever form: the one way in for the
//! screen and the shell.

use std::io::Read;
use std::path::Path;

use chrono::{FixedOffset, Timelike};

use super::super::Error;
use super::{Each, Found, LONGEST, Program};
use crate::domain::When;
use crate::host::incoming::{self, Incoming, Reader};
use crate::store;

/// One byte more than a file may have.
const TOO_LONG: u64 = LONGEST as u64 + 1;

/// How the days of entries are found where they do not say them plainly.
#[derive(Clone, Debug, Default)]
pub struct Dating {
    /// How jrnl writes its dates, where that is not found out.
    pub time_format: Option<String>,
    /// The clock on which a Markdown file that says no day is of the day it was saved, where that
    /// is to count.
    pub saved: Option<FixedOffset>,
}

/// Hands over what is found there.
pub fn read(
    from: Incoming,
    program: Program,
    dating: &Dating,
    each: Each<'_>,
) -> Result<(), Error> {
    let format = dating.time_format.as_deref();
    match (program, from) {
        (Program::TuiJournal, Incoming::Folder(_)) => Err(Error::Foreign(
            "tui-journal keeps one file: name that, and not its folder.".to_owned(),
        )),
        (_, Incoming::Folder(folder)) => read_folder(&folder, program, dating, each),
        (Program::Jrnl, Incoming::File(_, reader) | Incoming::Stdin(reader)) => {
            super::read_jrnl(reader, format, each)
        }
        (Program::TuiJournal, Incoming::File(path, reader)) => {
            read_tui_journal(Some(&path), reader, each)
        }
        (Program::TuiJournal, Incoming::Stdin(reader)) => read_tui_journal(None, reader, each),
        (Program::Markdown, Incoming::File(path, reader)) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let bytes = whole(reader).map_err(Error::Read)?;
            super::read_note(&name, &bytes, dating.day_of(&path), each)
        }
        (Program::Markdown, Incoming::Stdin(reader)) => {
            let bytes = whole(reader).map_err(Error::Read)?;
            super::read_note("-", &bytes, None, each)
        }
    }
}

fn read_tui_journal(path: Option<&Path>, mut reader: Reader, each: Each<'_>) -> Result<(), Error> {
    if !store::is_sqlite(reader.fill_buf().map_err(Error::Read)?) {
        return super::read_tui_journal_json(reader, each);
    }
    drop(reader);
    let Some(path) = path else {
        return Err(Error::Foreign(
            "The file of tui-journal is read where it lies: give its path.".to_owned(),
        ));
    };
    let mut number = 0;
    store::tui_journal(path, |row| {
        number += 1;
        each(super::read_tui_journal_row(row, number))
    })
}

fn read_folder(
    folder: &Path,
    program: Program,
    dating: &Dating,
    each: Each<'_>,
) -> Result<(), Error> {
    let endings: &[&str] = match program {
        Program::Markdown => &["md", "markdown", "enc"],
        Program::Jrnl | Program::TuiJournal => &["txt"],
    };
    incoming::each_file(folder, endings, &mut |path| {
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
        let Ok(reader) = incoming::open(path) else {
            return each(Found::Not(name, "cannot be read"));
        };
        if program == Program::Markdown {
            return match whole(reader) {
                Ok(bytes) => super::read_note(&name, &bytes, dating.day_of(path), each),
                Err(_) => each(Found::Not(name, "cannot be read")),
            };
        }
        super::read_jrnl(reader, dating.time_format.as_deref(), &mut |found| {
            each(match found {
                Found::Entry(entry, place) => Found::Entry(entry, format!("{name}, {place}")),
                Found::Not(place, why) => Found::Not(format!("{name}, {place}"), why),
            })
        })
        .map_err(|error| match error {
            Error::Foreign(why) => Error::Foreign(format!("{name}: {why}")),
            other => other,
        })
    })
}

/// All of a file, as far as anybody writes one.
fn whole(reader: Reader) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(TOO_LONG).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Dating {
    /// When a file was last saved, where that is to count.
    fn day_of(&self, path: &Path) -> Option<When> {
        let at = incoming::saved(path)?.with_timezone(&self.saved?);
        Some(When { date: at.date_naive(), time: at.time().with_second(0)?.with_nanosecond(0) })
    }
}
