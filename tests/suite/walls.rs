//! The walls between the modules: who must not name whom, what has one place only.
//!
//! The compiler lets any module use any other, so the one-way order drawn in `src/lib.rs` is held
//! here. Comments may name anything; tests inside a module stand behind its walls too. Modules
//! that do not exist yet have nothing to break.

pub mod source;

use source::Source;

/// What a module must not name.
const WALLS: &[(&str, &[&str])] = &[
    (
        "src/domain",
        &[
            "rusqlite",
            "ratatui",
            "crossterm",
            "clap",
            "std::fs",
            "crate::store",
            "crate::transfer",
            "crate::tui",
            "crate::cli",
            "crate::host",
        ],
    ),
    (
        "src/guide",
        &[
            "rusqlite",
            "ratatui",
            "clap",
            "crate::store",
            "crate::transfer",
            "crate::tui",
            "crate::cli",
            "crate::host",
        ],
    ),
    ("src/store", &["ratatui", "clap", "crate::transfer", "crate::tui", "crate::cli"]),
    ("src/transfer", &["rusqlite", "ratatui", "clap", "crate::tui", "crate::cli"]),
    (
        "src/host",
        &[
            "rusqlite",
            "ratatui",
            "clap",
            "crate::store",
            "crate::transfer",
            "crate::tui",
            "crate::cli",
        ],
    ),
    ("src/cli", &["rusqlite", "ratatui", "crate::tui"]),
    ("src/tui", &["rusqlite", "clap", "std::fs", "crate::cli"]),
    ("src/", &["std::net", "unsafe"]),
];

/// What is named in one place only.
const HOMES: &[(&str, &[&str])] = &[
    ("chrono::Local", &["src/host/clock"]),
    ("std::time::Instant", &["src/host/clock"]),
    ("std::time::SystemTime", &["src/host/clock"]),
    ("tui_textarea", &["src/tui/editor"]),
];

/// How SQL begins; it is written in the store alone.
const SQL: &[&str] = &["SELECT ", "INSERT INTO ", "DELETE FROM ", "PRAGMA ", "CREATE TABLE "];

fn breaches(source: &Source) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut breach = |line: usize, what: &str| {
        breaches.push(format!("{}:{line}: {what}", source.path));
    };
    for (module, names) in WALLS.iter().filter(|(module, _)| source.is_in(module)) {
        for (line, name) in names.iter().flat_map(|name| source.naming(name)) {
            breach(line, &format!("{module} must not name {name}"));
        }
    }
    for (name, homes) in HOMES {
        if !homes.iter().any(|home| source.is_in(home)) {
            for (line, name) in source.naming(name) {
                breach(line, &format!("only {} names {name}", homes.join(", ")));
            }
        }
    }
    if source.is_in("src/tui") && !source.is_in("src/tui/theme") {
        for (line, name) in &source.names {
            if name.split("::").any(|part| part == "Color") {
                breach(*line, "only src/tui/theme names a colour; ask it for a meaning");
            }
        }
    }
    if !source.is_in("src/store") {
        for (line, text) in &source.texts {
            if SQL.iter().any(|word| text.contains(word)) {
                breach(*line, "SQL is written in src/store only");
            }
        }
    }
    // A form knows its order once it is opened.
    let reads_dates =
        (source.is_in("src/tui") && !source.is_in("src/tui/form")) || source.is_in("src/cli");
    for (before, line) in source.code.lines().enumerate() {
        if reads_dates
            && ["DayOrder::default()", "Habits::default()"].iter().any(|one| line.contains(one))
        {
            breach(before + 1, "the settings of the journal say how dates are meant");
        }
        if line.contains(".wrap(") {
            breach(before + 1, "Paragraph::wrap panics on some texts; wrap by our own measure");
        }
    }
    breaches
}

#[test]
fn the_walls_hold() {
    let breaches: Vec<String> = Source::all().iter().flat_map(breaches).collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn a_planted_breach_is_seen() {
    for (path, text) in [
        ("src/domain.rs", "use rusqlite::Row;"),
        ("src/domain/goal.rs", "use std::fs;"),
        ("src/domain/goal.rs", "use std::{fmt, fs::{self, File}, io};"),
        ("src/domain/goal.rs", "fn f() { let _ = std::fs::read(\"x\"); }"),
        ("src/domain/goal.rs", "use crate::store::Store;"),
        ("src/domain/goal.rs", "use super::super::store::Store;"),
        ("src/domain/goal.rs", "use crate::{domain::Goal, tui::{App, Pane}};"),
        ("src/domain/goal.rs", "let a = '\"'; use clap::Parser; let b = '\"';"),
        ("src/domain/goal.rs", "fn f<'a>(a: &'a str) {} use clap::Parser; // '"),
        ("src/domain/goal.rs", "let a = r#\"// \"#; use clap::Parser;"),
        ("src/guide.rs", "use ratatui::text::Line;"),
        ("src/store/goals.rs", "impl From<crate::tui::App> for Goal {}"),
        ("src/transfer/json.rs", "use rusqlite as sql;"),
        ("src/host/editor.rs", "use crate::store;"),
        ("src/cli.rs", "use ratatui::Frame;"),
        ("src/tui/panes/goals.rs", "use crate::cli::Args;"),
        ("src/tui/panes/goals.rs", "let style = Style::new().fg(Color::Red);"),
        ("src/tui/panes/goals.rs", "use ratatui::style::{Color, Style};"),
        ("src/tui/panes/goals.rs", "use tui_textarea::TextArea;"),
        ("src/tui/panes/goals.rs", "Paragraph::new(text)\n    .wrap(Wrap { trim: true })"),
        ("src/tui/panes/goals.rs", "let sql = \"SELECT * FROM goal\";"),
        ("src/tui/sheets/goal.rs", "parse_date(typed, today, lean, DayOrder::default())"),
        ("src/store/goals.rs", "use std::time::{Duration, Instant};"),
        ("src/main.rs", "use std::net::TcpStream;"),
        ("src/main.rs", "fn f() { unsafe { g() } }"),
    ] {
        assert!(!breaches(&Source::new(path, text)).is_empty(), "{path}: {text}");
    }
}

#[test]
fn a_lawful_file_is_left_alone() {
    for (path, text) in [
        ("src/domain/goal.rs", "// use rusqlite::Row;\n/* std::fs /* clap */ ratatui */"),
        ("src/domain/goal.rs", "//! See `crate::store`.\nuse crate::domain::Id;"),
        ("src/domain/goal.rs", "let text = \"use clap::Parser; // \\\" std::net\";"),
        ("src/domain/goal.rs", "let text = r#\"\" use clap::Parser; \"#;"),
        ("src/domain/goal.rs", "#![forbid(unsafe_code)]\nuse std::{fmt, collections::BTreeMap};"),
        ("src/store/goals.rs", "use rusqlite::Row; const ALL: &str = \"SELECT * FROM goal\";"),
        ("src/store.rs", "const VERSION: &str = \"PRAGMA user_version\";"),
        ("src/tui/theme.rs", "use ratatui::style::Color;"),
        ("src/tui/editor/keys.rs", "use tui_textarea::TextArea;"),
        ("src/tui/app.rs", "use crate::host::clock::Clock; use std::time::Duration;"),
        ("src/host/clock.rs", "use std::time::Instant; use chrono::Local;"),
        ("src/host/storeroom.rs", "use crate::domain::Moment;"),
        ("src/tuition.rs", "use rusqlite::Row;"),
        ("src/main.rs", "use confidant::{cli, store, tui};"),
    ] {
        let breaches = breaches(&Source::new(path, text));
        assert!(breaches.is_empty(), "{path}: {text}\n{breaches:?}");
    }
}

#[test]
fn a_breach_is_told_with_its_place() {
    let text = "//! One.\n\nlet text = \"a\nb\";\nuse clap::Parser;";
    assert_eq!(
        breaches(&Source::new("src/domain/goal.rs", text)),
        ["src/domain/goal.rs:5: src/domain must not name clap::Parser"]
    );
}
