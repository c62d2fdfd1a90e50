//! What `--json` prints is what the schemas in `assets/schema` say, to the last field.
//!
//! The schemas are JSON Schema, of which they use what [`Schema::check`] knows; a word beyond that
//! is refused, so that none of it goes unread.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::journal::Journal;
use crate::planted;
use crate::shell::Home;

/// One schema, read whole.
struct Schema(Value);

impl Schema {
    fn of(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema");
        let text = fs::read_to_string(folder.join(format!("{name}.json")));
        let text = text.unwrap_or_else(|_| panic!("assets/schema/{name}.json is not there"));
        Self(serde_json::from_str(&text).expect("json"))
    }

    /// What is wrong with a value, with the way to it.
    fn faults(&self, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.0, value, "", &mut faults);
        faults
    }

    fn check(&self, rule: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let rule = rule.as_object().expect("a rule");
        for (word, says) in rule {
            match word.as_str() {
                "$schema" | "title" | "description" | "$defs" | "additionalProperties" => {}
                "type" if is_of(value, says.as_str().expect("a type")) => {}
                "const" if value == says => {}
                "enum" if says.as_array().expect("values").contains(value) => {}
                "pattern" if matches(says.as_str().expect("a pattern"), value) => {}
                "$ref" => {
                    let name = says.as_str().and_then(|name| name.strip_prefix("#/$defs/"));
                    self.check(&self.0["$defs"][name.expect("a name")], value, at, faults);
                }
                "anyOf" => {
                    let mut all = Vec::new();
                    let fits = says.as_array().expect("rules").iter().any(|one| {
                        let mut faults = Vec::new();
                        self.check(one, value, at, &mut faults);
                        all.extend_from_slice(&faults);
                        faults.is_empty()
                    });
                    if !fits {
                        faults.push(format!("{at} is none of what it may be: {}", all.join("; ")));
                    }
                }
                "required" => {
                    for name in says.as_array().expect("names") {
                        if value.get(name.as_str().expect("a name")).is_none() {
                            faults.push(format!("{at} lacks {name}"));
                        }
                    }
                }
                "properties" => {
                    assert_eq!(rule.get("additionalProperties"), Some(&json!(false)), "{at}");
                    self.fields(says.as_object().expect("fields"), value, at, faults);
                }
                "items" => {
                    for (number, one) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(says, one, &format!("{at}/{number}"), faults);
                    }
                }
                "type" | "const" | "enum" | "pattern" => {
                    faults.push(format!("{at} is {value}, not {word} {says}"));
                }
                _ => panic!("no rule is called {word}"),
            }
        }
    }

    fn fields(
        &self,
        known: &Map<String, Value>,
        value: &Value,
        at: &str,
        faults: &mut Vec<String>,
    ) {
        for (name, one) in value.as_object().into_iter().flatten() {
            match known.get(name) {
                Some(rule) => self.check(rule, one, &format!("{at}/{name}"), faults),
                None => faults.push(format!("{at} has {name}, of which the schema knows nothing")),
            }
        }
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => panic!("no type is called {kind}"),
    }
}

/// The three patterns that the schemas use.
fn matches(pattern: &str, value: &Value) -> bool {
    let Some(text) = value.as_str() else { return false };
    let is_day = |text: &str| {
        let form: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        form == "0000-00-00" || form == "0000-00-00T00:00"
    };
    match pattern {
        "^[0-9a-f]{32}$" => text.len() == 32 && text.chars().all(|c| c.is_ascii_hexdigit()),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => is_day(text) && text.len() == 10,
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$" => is_day(text),
        _ => panic!("no pattern is {pattern}"),
    }
}

/// Fails where what a command printed is not what its schema says.
pub fn holds(name: &str, value: &Value) {
    let faults = Schema::of(name).faults(value);
    assert!(faults.is_empty(), "{name}: {faults:#?}\n{value:#}");
}

/// The commands that print JSON, as the table of the README has them.
fn commands() -> BTreeSet<String> {
    let table = confidant::cli::markdown();
    let rows = table.lines().filter(|row| row.contains("[--json]"));
    rows.map(|row| {
        let words = row.trim_start_matches("| `confidant ").split(' ');
        let name: Vec<&str> =
            words.take_while(|word| word.chars().all(|c| c.is_ascii_lowercase())).collect();
        name.join("-")
    })
    .collect()
}

#[test]
fn what_is_printed_is_what_the_schemas_say() {
    let mut journal = Journal::new();
    let with = journal.mentee("Ben");
    planted::plant(&mut journal.store, journal.stamp, with, "zqwordqz");
    // One that was held is shown with its session; one that was skipped stands by itself.
    let day = journal.stamp.now.date_naive();
    let why = "No time for zqwordqz";
    journal.store.skip_check(journal.stamp, with, day, why).expect("skipped");
    let path = journal.path().display().to_string();
    let home = Home::empty();
    let run = |args: &[&str]| -> Value {
        let args = [&["--journal", &path], args].concat();
        serde_json::from_str(&home.done(&args)).expect("json")
    };
    let mut seen = BTreeSet::new();
    let mut holds = |name: &str, value: &Value| {
        seen.insert(name.to_owned());
        self::holds(name, value);
    };
    let found = run(&["search", "zqwordqz", "--limit", "100", "--json"]);
    let mut kinds = BTreeSet::new();
    for hit in found["hits"].as_array().expect("hits") {
        let id = hit["id"].as_str().expect("an id");
        // Only what has an id that lists print can be shown.
        let ended = home.command().args(["--journal", &path, "show", id, "--json"]).output();
        if let Ok(shown) = serde_json::from_slice::<Value>(&ended.expect("it runs").stdout) {
            kinds.insert(shown["kind"].as_str().expect("a kind").to_owned());
            holds("show", &shown);
        }
    }
    let session = found["hits"]
        .as_array()
        .expect("hits")
        .iter()
        .find_map(|hit| hit["session"].as_str().map(str::to_owned));
    let shown = run(&["show", &session.expect("a session"), "--json"]);
    kinds.insert("session".to_owned());
    holds("show", &shown);
    assert_eq!(
        kinds.iter().map(String::as_str).collect::<Vec<_>>(),
        [
            "agenda line",
            "agreement",
            "commitment",
            "contact",
            "goal",
            "person",
            "progress check",
            "repair",
            "session",
            "what I saw or did",
            "worth remembering"
        ]
    );
    holds("search", &found);
    for (name, args) in [
        ("people", &["people", "--json"][..]),
        ("goals", &["goals", "--json"]),
        ("today", &["today", "--json"]),
        ("brief", &["brief", "ben", "--json"]),
        ("check-list", &["check", "list", "ben", "--json"]),
        ("report-kept", &["report", "kept", "--json"]),
        ("report-hours", &["report", "hours", "ben", "--json"]),
        ("report-progress", &["report", "progress", "ben", "--json"]),
    ] {
        if commands().contains(name) {
            holds(name, &run(args));
        }
    }
    assert_eq!(seen, commands(), "a command with --json needs its schema and a line here");
}

#[test]
fn a_fault_is_seen() {
    let schema = Schema::of("people");
    let good = json!([{
        "name": "Ben", "alias": "", "role": "mentor", "archived": false, "phase": "working",
        "ends": null, "rests_since": null, "time_zone": null, "next": "2026-12-03T15:00",
        "next_there": null, "last": null, "unanswered": null, "open_agenda": 0, "open_promises": 0, "late_promises": 0,
        "relationship": "019ac48a768070008053dc6736be4987",
        "person": "019ac48a768070008053dc6736be4987",
    }]);
    assert_eq!(schema.faults(&good), Vec::<String>::new());
    for (field, value) in [
        ("role", json!("boss")),
        ("next", json!("tomorrow")),
        ("open_agenda", json!("0")),
        ("mood", json!(1)),
    ] {
        let mut bad = good.clone();
        bad[0][field] = value;
        assert_eq!(schema.faults(&bad).len(), 1, "{field}");
    }
    let mut bad = good;
    bad[0].as_object_mut().expect("an object").remove("name");
    assert_eq!(schema.faults(&bad), ["/0 lacks \"name\""]);
}
