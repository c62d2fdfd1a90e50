//! jrnl: the text file it keeps, and the JSON it exports.
//!
//! In the file an entry begins with its moment in brackets, after an empty line, and entries stand
//! in the order of their moments. What looks like the beginning of one but stands elsewhere, or
//! before the entry above it, is a line of that entry: jrnl never writes it so.

use std::io::BufRead;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::Deserialize;

use super::super::Error;
use super::plain::{LONGEST, Line, Lines, too_long};
use super::{Each, Entry, Found, listed};
use crate::domain::When;

/// The time formats that are tried where none is named; jrnl's own come first.
const FORMATS: &[&str] = &[
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %I:%M %p",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y.%m.%d %H:%M",
    "%Y%m%d %H%M",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y, %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %I:%M %p",
    "%m-%d-%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%d %b %Y %H:%M",
    "%d %B %Y %H:%M",
    "%b %d %Y %H:%M",
    "%b %d, %Y %H:%M",
    "%B %d, %Y %H:%M",
    "%a %d %b %Y %H:%M",
    "%a, %d %b %Y %H:%M",
    "%A, %d %B %Y %H:%M",
    "%A, %B %d, %Y %I:%M %p",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
];

/// What the first characters of an encrypted journal are, in its newest and in its older form.
const ENCRYPTED: &[&[u8]] = &[b"JRNLv3", b"gAAAAA"];

const FOREIGN: &str = "This is no journal of jrnl: no entry in it begins with its moment in brackets, like [2026-11-12 15:00].";

/// Reads either form. `time_format` is the one in the settings of jrnl, where it is not found out.
pub fn read(
    mut from: impl BufRead,
    time_format: Option<&str>,
    each: Each<'_>,
) -> Result<(), Error> {
    let beginning = from.fill_buf().map_err(Error::Read)?;
    if ENCRYPTED.iter().any(|sign| beginning.starts_with(sign)) {
        return Err(Error::Foreign(
            "This journal of jrnl is encrypted. Let jrnl write it out with `jrnl --format json > FILE`, and bring in that file.".to_owned(),
        ));
    }
    let bare = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let (is_json, mark) = (bare.trim_ascii_start().starts_with(b"{"), beginning.len() - bare.len());
    if is_json {
        from.consume(mark);
        return read_json(from, each);
    }
    Text { format: time_format.map(str::to_owned), entry: None, each }.read(from)
}

/// As its JSON has it.
#[derive(Deserialize)]
struct Item {
    title: String,
    #[serde(default)]
    body: String,
    date: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    starred: bool,
}

fn read_json(from: impl BufRead, each: Each<'_>) -> Result<(), Error> {
    let foreign = "This is no export of jrnl: it has no list of entries.";
    listed::each(from, foreign, |item: Item, number| {
        let entry = Entry {
            when: item.date.parse().ok().and_then(|day| {
                let time = NaiveTime::parse_from_str(&item.time, "%H:%M").ok();
                super::when(day, time)
            }),
            title: item.title,
            body: item.body,
            // Its tags stand in its text.
            marks: starred(item.starred),
            ..Entry::default()
        };
        each(Found::Entry(Box::new(entry), format!("entry {number}")))
    })
}

fn starred(is_starred: bool) -> Vec<String> {
    if is_starred { vec!["Starred".to_owned()] } else { Vec::new() }
}

/// The text file being read.
struct Text<'a> {
    format: Option<String>,
    entry: Option<Begun>,
    each: Each<'a>,
}

/// An entry of which more lines may come.
struct Begun {
    at: NaiveDateTime,
    when: Option<When>,
    line: usize,
    title: String,
    is_starred: bool,
    body: String,
}

impl Text<'_> {
    fn read(mut self, from: impl BufRead) -> Result<(), Error> {
        let mut lines = Lines::new(from);
        let mut after_blank = true;
        let (mut before_first, mut latin) = (None, None);
        while let Some(line) = lines.next()? {
            latin = latin.or(line.is_latin.then_some(line.number));
            if after_blank && let Some((at, rest)) = self.beginning(&line)? {
                if self.entry.as_ref().is_none_or(|entry| entry.at <= at.at) {
                    self.end()?;
                    self.begin(at, rest, line.number);
                    after_blank = false;
                    continue;
                }
                let place = format!("line {}", line.number);
                let why = "begins like an entry, but its moment lies before the entry above; it stayed a line of that";
                (self.each)(Found::Not(place, why))?;
            }
            after_blank = line.text.trim().is_empty();
            match &mut self.entry {
                Some(entry) => {
                    if entry.body.len() + line.text.len() > LONGEST {
                        return Err(too_long(entry.line));
                    }
                    entry.body.push_str(&line.text);
                    entry.body.push('\n');
                }
                None if !after_blank => before_first = before_first.or(Some(line.number)),
                None => {}
            }
        }
        if self.entry.is_none() && before_first.is_some() {
            return Err(Error::Foreign(FOREIGN.to_owned()));
        }
        self.end()?;
        if let Some(line) = before_first {
            let why = "stands before the first entry and has no day; it was left out";
            (self.each)(Found::Not(format!("line {line}"), why))?;
        }
        if let Some(line) = latin {
            let why = "is not in UTF-8; its letters were read as Latin-1";
            (self.each)(Found::Not(format!("line {line}"), why))?;
        }
        Ok(())
    }

    /// The moment in brackets at the beginning of a line, and what follows it.
    fn beginning(&mut self, line: &Line) -> Result<Option<(Moment, String)>, Error> {
        let Some((inside, rest)) =
            line.text.strip_prefix('[').and_then(|text| text.split_once(']'))
        else {
            return Ok(None);
        };
        if !(rest.is_empty() || rest.starts_with(' ')) {
            return Ok(None);
        }
        let moment = match &self.format {
            Some(format) => moment(inside, format),
            None => match found_out(inside)? {
                Some((format, moment)) => {
                    self.format = Some(format.to_owned());
                    Some(moment)
                }
                None => None,
            },
        };
        Ok(moment.map(|moment| (moment, rest.trim_start().to_owned())))
    }

    fn begin(&mut self, moment: Moment, title: String, line: usize) {
        let is_starred = title.trim_end().ends_with('*');
        let title = if is_starred { title.trim_matches([' ', '*']).to_owned() } else { title };
        let Moment { at, has_time } = moment;
        let time = has_time.then(|| at.time().with_second(0).unwrap_or(at.time()));
        let when = super::when(at.date(), time);
        self.entry = Some(Begun { at, when, line, title, is_starred, body: String::new() });
    }

    fn end(&mut self) -> Result<(), Error> {
        let Some(begun) = self.entry.take() else { return Ok(()) };
        let entry = Entry {
            when: begun.when,
            title: begun.title,
            body: begun.body,
            marks: starred(begun.is_starred),
            ..Entry::default()
        };
        (self.each)(Found::Entry(Box::new(entry), format!("line {}", begun.line)))
    }
}

/// A moment, and whether its time of day was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    at: NaiveDateTime,
    has_time: bool,
}

fn moment(text: &str, format: &str) -> Option<Moment> {
    let moment = if let Ok(at) = NaiveDateTime::parse_from_str(text, format) {
        Moment { at, has_time: true }
    } else {
        let day = NaiveDate::parse_from_str(text, format).ok()?;
        Moment { at: day.and_time(NaiveTime::MIN), has_time: false }
    };
    // A year of two digits would be one of the first century.
    (1000..=9999).contains(&moment.at.year()).then_some(moment)
}

/// The format in which the first entry has its moment; refuses where day and month could be either.
fn found_out(text: &str) -> Result<Option<(&'static str, Moment)>, Error> {
    let mut found: Option<(&'static str, Moment)> = None;
    for format in FORMATS {
        let Some(moment) = moment(text, format) else { continue };
        match found {
            None => found = Some((format, moment)),
            Some((_, first)) if first.at.date() == moment.at.date() => {}
            Some((first, _)) => {
                return Err(Error::Foreign(format!(
                    "The dates of this journal can be read in two ways. Say which time format it has (--time-format): '{first}' or '{format}'.",
                )));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> Result<Vec<Found>, String> {
        let mut all = Vec::new();
        read(bytes, None, &mut |found| {
            all.push(found);
            Ok(())
        })
        .map_err(|error| error.to_string())?;
        Ok(all)
    }

    /// Each entry in one line.
    fn told(bytes: &[u8]) -> Vec<String> {
        let all = read_all(bytes).expect("read");
        all.into_iter()
            .map(|found| match found {
                Found::Entry(entry, place) => {
                    let when = entry.when.map(|when| when.code()).unwrap_or_default();
                    let marks = entry.marks.join(" ");
                    format!("{place} {when} {} | {:?} {marks}", entry.title, entry.body.trim_end())
                }
                Found::Not(place, why) => format!("{place} {why}"),
            })
            .collect()
    }

    #[test]
    fn lines_that_look_like_dates_stay_lines() {
        let file = "[2026-11-12 15:00] One.\n2026-11-01 12:00 a line\n[2026-11-13 09:00] no blank before\n\n[2026-11-01 09:00] before the entry\n[x] a box\n\n[2026-11-20] another format\n\n[2026-11-14 09:00] Two *\nbody *\n";
        assert_eq!(
            told(file.as_bytes()),
            [
                "line 5 begins like an entry, but its moment lies before the entry above; it stayed a line of that",
                "line 1 2026-11-12T15:00 One. | \"2026-11-01 12:00 a line\\n[2026-11-13 09:00] no blank before\\n\\n[2026-11-01 09:00] before the entry\\n[x] a box\\n\\n[2026-11-20] another format\" ",
                "line 10 2026-11-14T09:00 Two | \"body *\" Starred",
            ]
        );
    }

    #[test]
    fn many_time_formats_are_found_out() {
        let cases = [
            ("2026-11-12 15:00", Some("2026-11-12T15:00")),
            ("2026-11-12 03:00:00 PM", Some("2026-11-12T15:00")),
            ("12.11.2026, 15:00", Some("2026-11-12T15:00")),
            ("13/11/2026 15:00", Some("2026-11-13T15:00")),
            ("11/13/2026 03:00 PM", Some("2026-11-13T15:00")),
            ("12 Nov 2026 15:00", Some("2026-11-12T15:00")),
            ("Thursday, 12 November 2026 15:00", Some("2026-11-12T15:00")),
            ("2026-11-12", Some("2026-11-12")),
            ("12.11.26 15:00", None),
            ("x", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let file = format!("[{text}] Title\n");
            let when =
                read_all(file.as_bytes()).ok().and_then(|all| match all.into_iter().next() {
                    Some(Found::Entry(entry, _)) => entry.when,
                    _ => None,
                });
            assert_eq!(when.map(|when| when.code()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn dates_in_an_unknown_order_are_asked_about() {
        assert_eq!(
            read_all(b"[11/12/2026 15:00] Title").expect_err("refused"),
            "The dates of this journal can be read in two ways. Say which time format it has (--time-format): '%d/%m/%Y %H:%M' or '%m/%d/%Y %H:%M'. Nothing was brought in."
        );
        let mut days = Vec::new();
        read(&b"[11/12/2026 15:00] Title"[..], Some("%d/%m/%Y %H:%M"), &mut |found| {
            if let Found::Entry(entry, _) = found {
                days.extend(entry.when);
            }
            Ok(())
        })
        .expect("read");
        assert_eq!(days[0].code(), "2026-12-11T15:00");
    }

    #[test]
    fn odd_files_are_read_or_refused_in_words() {
        assert_eq!(
            told(b"\xef\xbb\xbf[2026-11-12 15:00] Caf\xe9\r\nline\r\n"),
            [
                "line 1 2026-11-12T15:00 Café | \"line\" ",
                "line 1 is not in UTF-8; its letters were read as Latin-1"
            ]
        );
        assert_eq!(
            told(b"Words\n\n[2026-11-12 15:00] Title\n"),
            [
                "line 3 2026-11-12T15:00 Title | \"\" ",
                "line 1 stands before the first entry and has no day; it was left out"
            ]
        );
        assert!(told(b"").is_empty());
        for (bytes, words) in [
            (&b"Words only\n"[..], "no journal of jrnl"),
            (b"\x00\x01\x02", "no text file"),
            (b"gAAAAABmyz", "is encrypted"),
            (b"JRNLv3\x00\x10", "is encrypted"),
            (b"{\"tags\": {}}", "no export of jrnl"),
            (b"{\"entries\": 7}", "broken at line 1"),
            (b"{\"entries\": [{\"title\": \"x\"", "ends too early"),
        ] {
            let refused = read_all(bytes).expect_err("refused");
            assert!(refused.contains(words), "{refused}");
            assert!(refused.ends_with("Nothing was brought in."), "{refused}");
        }
    }
}
