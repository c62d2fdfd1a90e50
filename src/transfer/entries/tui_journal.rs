//! tui-journal: the entries of its SQLite file, of its JSON file, and of its export.
//!
//! It keeps a moment in UTC and shows the day of it; that day is the one its writer typed.

use std::collections::BTreeSet;
use std::io::Read;

use chrono::{DateTime, NaiveDateTime};
use serde::Deserialize;

use super::super::Error;
use super::{Each, Entry, Found, listed};
use crate::domain::When;
use crate::store::ForeignEntry;

/// As its JSON has it.
#[derive(Deserialize)]
struct Item {
    date: String,
    title: String,
    content: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    priority: Option<i64>,
}

/// Reads its JSON file, or what it exports.
pub fn read_json(from: impl Read, each: Each<'_>) -> Result<(), Error> {
    let foreign = "This is no journal of tui-journal: it has no list of entries.";
    listed::each(from, foreign, |item: Item, number| {
        let Item { date, title, content, tags, priority } = item;
        let row = ForeignEntry { date, title, content, tags, priority };
        each(read_row(row, number))
    })
}

/// One row of its file, the how many-th.
pub fn read_row(row: ForeignEntry, number: usize) -> Found {
    // Its export takes a tag with a comma for two, and its file has them in no order.
    let tags = row.tags.iter().flat_map(|tag| tag.split(',')).map(|tag| tag.trim().to_owned());
    let tags: BTreeSet<String> = tags.filter(|tag| !tag.is_empty()).collect();
    let entry = Entry {
        when: day(&row.date),
        title: row.title,
        body: row.content,
        tags: tags.into_iter().collect(),
        marks: row.priority.map(|priority| format!("Priority: {priority}")).into_iter().collect(),
        ..Entry::default()
    };
    Found::Entry(Box::new(entry), format!("entry {number}"))
}

fn day(date: &str) -> Option<When> {
    let day = DateTime::parse_from_rfc3339(date)
        .map(|moment| moment.naive_utc().date())
        .or_else(|_| {
            NaiveDateTime::parse_from_str(date, "%Y-%m-%d %H:%M:%S%.f").map(|moment| moment.date())
        })
        .or_else(|_| date.parse())
        .ok()?;
    super::when(day, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_one_it_shows() {
        let cases = [
            ("2026-11-12T00:00:00Z", Some("2026-11-12")),
            ("2026-11-12T23:30:00+00:00", Some("2026-11-12")),
            ("2026-11-12T23:30:00-05:00", Some("2026-11-13")),
            ("2026-11-12 08:00:00", Some("2026-11-12")),
            ("2026-11-12", Some("2026-11-12")),
            ("99999-01-01T00:00:00Z", None),
            ("soon", None),
            ("", None),
        ];
        for (date, expected) in cases {
            assert_eq!(day(date).map(|when| when.code()).as_deref(), expected, "{date}");
        }
    }
}
