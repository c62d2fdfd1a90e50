//! Whatever is typed: pages stay well formed with nothing in them that acts, and calendars are read
//! back by another reader as what they were.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use confidant::domain::{Commitment, Party, Promise, Session, SessionState, Weight, When, text};
use confidant::transfer::{Error, Selection, html};
use proptest::prelude::*;

use super::{LISBON, calendar, page, value, written};
use crate::journal::Journal;
use crate::planted;

/// Pieces that mean something in a page, in Markdown or in a calendar.
const PIECES: [&str; 30] = [
    "<",
    ">",
    "&",
    "\"",
    "'",
    "</p>",
    "<script>",
    "-->",
    "<!--",
    "]]>",
    "&amp;",
    "&#60;",
    "&lt",
    "`",
    "```\n",
    "\n\n",
    "| a |\n|---|\n",
    "[x](",
    "javascript:",
    "https://a.b",
    ")",
    "\\",
    ";",
    ",",
    ":",
    "\r\n",
    "\nEND:VEVENT\n",
    "昇る",
    "🧑‍🚀",
    "# ",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        ".{0,12}",
        any::<char>().prop_map(String::from),
        "[a-z ]{1,90}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A session to come: its day, its time, what it is about and where.
type Planned = (u16, Option<(u32, u32)>, String, String);

fn planned() -> impl Strategy<Value = Planned> {
    // Not at the hour at which clocks are turned.
    let time = prop::option::of((3_u32..24, 0_u32..60));
    (0_u16..20_000, time, any_text(), any_text())
}

fn day(number: u16) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(1999, 12, 31).expect("a day");
    first.checked_add_days(Days::new(number.into())).expect("a day")
}

/// A value of a calendar as it was before it was written.
fn plain(value: &str) -> String {
    let mut plain = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        plain.push(if c == '\\' { chars.next().expect("what is escaped") } else { c });
    }
    plain
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_text_in_a_page(name in any_text(), words in any_text()) {
        let mut journal = Journal::in_memory();
        let with = journal.mentee(&format!("Ben {name}"));
        planted::plant(&mut journal.store, journal.stamp, with, &words);
        let what = Selection { person: None, private: true };
        let mut all = Vec::new();
        html::export(&journal.store, what, &mut all).expect("exported");
        let all = page::words_of("the page", &String::from_utf8(all).expect("text"));
        for line in [format!("Ben {name}"), format!("About {words}"), format!("Likes {words}")] {
            let line = text::line(&line);
            prop_assert!(all.contains(&line), "{line:?} in {all}");
        }
        let look = |_: &str, _: &[String]| -> Result<(), Error> { Ok(()) };
        html::export_folder(&journal.store, what, look, |name, work| {
            let mut bytes = Vec::new();
            work(&mut bytes)?;
            page::words_of(name, &String::from_utf8(bytes).expect("text"));
            Ok::<(), Error>(())
        }).expect("exported");
    }

    #[test]
    fn any_text_is_read_back_from_a_calendar(
        name in any_text(),
        sessions in prop::collection::vec(planned(), 0..6),
        promised in prop::collection::vec((0_u16..20_000, any_text()), 0..4),
    ) {
        let mut journal = Journal::in_memory();
        let name = text::line(&format!("Ben {name}"));
        let with = journal.mentee(&name);
        let (mut events, mut todos) = (BTreeMap::new(), BTreeMap::new());
        for (number, time, about, place) in &sessions {
            let date = day(*number);
            let time = time.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
            let mut session = Session::new(with, When { date, time }, SessionState::Planned);
            (session.about, session.place) = (text::line(about), text::line(place));
            let starts = match time {
                None => date.format("%Y%m%d").to_string(),
                Some(time) => {
                    let at = chrono_tz::Tz::Europe__Lisbon.from_local_datetime(&date.and_time(time));
                    at.unwrap().to_utc().format("%Y%m%dT%H%M%SZ").to_string()
                }
            };
            let about = if session.about.is_empty() {
                format!("Session with {name}")
            } else {
                format!("{name}: {}", session.about)
            };
            // This reader takes away colons at the beginning of a value.
            let place = session.place.trim_start_matches(':').to_owned();
            let id = journal.store.add_session(journal.stamp, &session, &[], &[]).expect("added");
            events.insert(format!("{id}@confidant"), (starts, about, place));
        }
        for (number, words) in &promised {
            let promise = Promise {
                owner: Party::Them,
                text: text::line(&format!("Send {words}")),
                weight: Weight::Must,
                due: Some(day(*number)),
            };
            let one = Commitment::new(with, &promise, day(0));
            let about = format!("{name}: {}", one.text);
            let id = journal.store.add_commitment(journal.stamp, &one).expect("promised");
            let due = day(*number).format("%Y%m%d").to_string();
            todos.insert(format!("{id}@confidant"), (due, about));
        }
        let text = written(&journal, LISBON);
        for line in text.split_inclusive("\r\n") {
            let line = line.strip_suffix("\r\n");
            prop_assert!(line.is_some_and(|line| line.len() <= 75), "{line:?}");
            prop_assert!(line.is_some_and(|line| !line.contains(['\r', '\n'])), "{line:?}");
        }
        let read = calendar(&text);
        let read_events: BTreeMap<_, _> = read.events.iter().map(|event| {
            let of = |name: &str| plain(&value(&event.properties, name));
            (of("UID"), (of("DTSTART"), of("SUMMARY"), of("LOCATION")))
        }).collect();
        prop_assert_eq!(read_events, events);
        let read_todos: BTreeMap<_, _> = read.todos.iter().map(|todo| {
            let of = |name: &str| plain(&value(&todo.properties, name));
            (of("UID"), (of("DUE"), of("SUMMARY")))
        }).collect();
        prop_assert_eq!(read_todos, todos);
    }
}
