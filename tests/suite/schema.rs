//! What is written about the journal's file is so: every table and column of a real one is in
//! `assets/schema/journal.md`, and none that is not.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::journal::Journal;

const WORDS: &str = include_str!("../../assets/schema/journal.md");
/// The columns that every record begins with, told once.
const OF_ALL: [&str; 4] = ["id", "rev", "written", "deleted"];

fn open() -> (Journal, Connection) {
    let journal = Journal::new();
    let db = Connection::open(journal.path()).expect("opens");
    (journal, db)
}

/// The tables that are told with their columns.
fn told() -> BTreeMap<String, BTreeSet<String>> {
    let parts = WORDS.split("\n### `").skip(1);
    parts
        .map(|part| {
            let (name, rest) = part.split_once('`').expect("a name");
            let rest = rest.split("\n## ").next().unwrap_or_default();
            (name.to_owned(), first_cells(rest))
        })
        .collect()
}

fn first_cells(text: &str) -> BTreeSet<String> {
    let rows = text.lines().filter_map(|row| row.strip_prefix("| `"));
    rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned())).collect()
}

#[test]
fn every_table_and_column_is_told() {
    let (_journal, db) = open();
    let mut tables = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'")
        .expect("tables");
    let tables: BTreeSet<String> =
        tables.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("names");
    let told = told();
    let own = first_cells(WORDS.split("\n## What the program keeps").nth(1).expect("a part"));
    let all: BTreeSet<String> = told.keys().cloned().chain(own).collect();
    assert_eq!(all, tables);
    for (table, columns) in told {
        let mut statement = db.prepare("SELECT name FROM pragma_table_xinfo(?1)").expect("columns");
        let mut found: BTreeSet<String> = statement
            .query_map([&table], |row| row.get(0))
            .and_then(Iterator::collect)
            .expect("names");
        for name in OF_ALL {
            assert!(found.remove(name), "{table} has no {name}");
        }
        assert_eq!(columns, found, "{table}");
    }
}

#[test]
fn the_marks_of_the_file_are_told() {
    let (_journal, db) = open();
    let id: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0)).expect("an id");
    assert!(WORDS.contains(&format!("`PRAGMA application_id` is {id}")), "{id}");
    for column in OF_ALL {
        assert!(WORDS.contains(&format!("| `{column}` |")), "{column}");
    }
}
