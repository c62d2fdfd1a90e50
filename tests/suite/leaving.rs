//! Out in every format: nothing private by default, nothing that was written acts as anything but
//! text, and the same journal gives the same bytes.

mod page;
mod random;

use std::collections::BTreeMap;
use std::io::BufReader;

use confidant::domain::{Id, Relationship, Session, SessionState, When, Zone};
use confidant::store::Named;
use confidant::transfer::report::{self, Span};
use confidant::transfer::{self, Error, LeftOut, Selection, html, ics, json, markdown};
use ical::parser::ical::component::IcalCalendar;

use crate::journal::Journal;
use crate::planted;

/// What people paste, and what somebody might send on purpose.
const HOSTILE: &str = "</title></style><script>alert(1)</script><img src=x onerror=y> \u{1b}[2J\u{9b}31m\u{7}\0\r\nBEGIN:VEVENT\r\nSUMMARY:planted\nEND:VCALENDAR\n---\nmade-by: confidant\n---\n# Head\n```\n昇る日は美しい 🧑‍🚀 \u{202e}x ;,:\\ \"'&amp; [a](javascript:x) ![i](http://a.b/c) <!-- ";

const LISBON: Zone = Zone::Named(chrono_tz::Tz::Europe__Lisbon);

/// How a format is written.
type Write = fn(&Journal, Selection, &mut Vec<u8>) -> Result<LeftOut, Error>;

/// All that can be written out, by name.
fn all(journal: &Journal, private: bool) -> BTreeMap<String, String> {
    let store = &journal.store;
    let what = Selection { person: None, private };
    let mut all = BTreeMap::new();
    let mut add = |name: &str, bytes: Vec<u8>| {
        all.insert(name.to_owned(), String::from_utf8(bytes).expect("text"));
    };
    let formats: [(&str, Write); 4] = [
        ("json", |journal, what, out| json::export(&journal.store, what, out)),
        ("md", |journal, what, out| markdown::export(&journal.store, what, out)),
        ("html", |journal, what, out| html::export(&journal.store, what, out)),
        ("ics", |journal, what, out| ics::export(&journal.store, what, LISBON, out)),
    ];
    for (name, write) in formats {
        let mut bytes = Vec::new();
        write(journal, what, &mut bytes).expect("exported");
        add(name, bytes);
    }
    let named = store.people().expect("people").remove(0);
    let mut files = Vec::new();
    let look = |_: &str, _: &[String]| -> Result<(), Error> { Ok(()) };
    markdown::export_folder(store, what, look, |name, work| {
        let mut bytes = Vec::new();
        work(&mut bytes)?;
        files.push((name.to_owned(), bytes));
        Ok::<(), Error>(())
    })
    .expect("exported");
    html::export_folder(store, what, look, |name, work| {
        let mut bytes = Vec::new();
        work(&mut bytes)?;
        files.push((name.to_owned(), bytes));
        Ok::<(), Error>(())
    })
    .expect("exported");
    for (name, bytes) in files {
        add(&name, bytes);
    }
    for (name, text) in reports(journal, &named) {
        add(name, text.into_bytes());
    }
    all
}

fn reports(journal: &Journal, named: &Named) -> [(&'static str, String); 4] {
    let span = Span { from: None, to: journal.stamp.now.date_naive() };
    let over = report::Over::These(std::slice::from_ref(named));
    let hours = report::hours(&journal.store, over, span, report::Activity::About).expect("hours");
    let progress = report::progress(&journal.store, over, span).expect("progress");
    [
        ("hours", hours.told()),
        ("progress", progress.told()),
        ("hours as json", serde_json::to_string(&hours).expect("json")),
        ("progress as json", serde_json::to_string(&progress).expect("json")),
    ]
}

#[test]
fn nothing_private_goes_out_by_default_in_any_format() {
    let mut journal = Journal::new();
    let with = journal.mentee("Ben");
    planted::plant_apart(&mut journal.store, journal.stamp, with, "zqopenqz", "zqsecretqz");
    let open = all(&journal, false);
    assert!(open.len() > 9, "{:?}", open.keys());
    for (name, text) in &open {
        assert!(!text.contains("zqsecretqz"), "{name} has what is private:\n{text}");
        assert!(text.contains("zqopenqz"), "{name}:\n{text}");
    }
    for (name, text) in all(&journal, true) {
        let can = !["ics", "hours", "progress"].iter().any(|never| name.starts_with(never));
        assert_eq!(text.contains("zqsecretqz"), can, "{name}");
    }
}

#[test]
fn hostile_text_stays_text_in_every_format() {
    let mut journal = Journal::new();
    let with = journal.mentee(&format!("Ben {HOSTILE}"));
    planted::plant(&mut journal.store, journal.stamp, with, HOSTILE);
    for (name, text) in all(&journal, true) {
        let bad = |c: &char| c.is_control() && !['\n', '\t'].contains(c);
        let text = if name == "ics" { text.replace("\r\n", "\n") } else { text };
        assert_eq!(text.chars().find(bad), None, "{name}");
        if name.ends_with("html") {
            page::words_of(&name, &text);
        }
        if let Some(rest) = text.strip_prefix("---\n") {
            let (block, _) = rest.split_once("\n---\n").expect("it ends");
            assert!(block.ends_with("made-by: confidant"), "{name}: {block}");
            assert!(block.lines().count() <= 4, "{name}: {block}");
        }
    }
    let read = calendar(&all(&journal, false)["ics"]);
    // The session, and the progress check that was held in it.
    assert_eq!((read.events.len(), read.todos.len()), (2, 1));
    let summary = value(&read.events[0].properties, "SUMMARY");
    assert!(summary.contains("昇る日は美しい 🧑‍🚀"), "{summary}");
}

fn calendar(text: &str) -> IcalCalendar {
    let mut read = ical::IcalParser::new(BufReader::new(text.as_bytes()));
    let calendar = read.next().expect("a calendar").expect("well formed");
    assert!(read.next().is_none(), "one calendar");
    calendar
}

fn value(properties: &[ical::property::Property], name: &str) -> String {
    let found = properties.iter().find(|property| property.name == name);
    found.and_then(|property| property.value.clone()).unwrap_or_default()
}

fn written(journal: &Journal, zone: Zone) -> String {
    let mut bytes = Vec::new();
    ics::export(&journal.store, Selection::default(), zone, &mut bytes).expect("exported");
    String::from_utf8(bytes).expect("text")
}

fn session(journal: &mut Journal, with: Id<Relationship>, at: &str) -> Id<Session> {
    let when = When::from_code(at).expect("a moment");
    let session = Session::new(with, when, SessionState::Planned);
    journal.store.add_session(journal.stamp, &session, &[], &[]).expect("added")
}

#[test]
fn a_calendar_knows_the_zone_and_keeps_its_names() {
    let mut journal = Journal::new();
    let with = journal.mentee("Ben");
    let id = session(&mut journal, with, "2026-07-16T15:00");
    session(&mut journal, with, "2026-12-10T15:00");
    session(&mut journal, with, "2026-12-11");
    let read = calendar(&written(&journal, LISBON));
    let starts: Vec<String> =
        read.events.iter().map(|event| value(&event.properties, "DTSTART")).collect();
    assert_eq!(starts, ["20260716T140000Z", "20261210T150000Z", "20261211"]);
    let uid = value(&read.events[0].properties, "UID");
    assert_eq!(uid, format!("{id}@confidant"));
    let again = written(&journal, LISBON);
    assert_eq!(again, written(&journal, LISBON));
    let when = When::from_code("2026-07-17T09:30").expect("a moment");
    journal.store.move_session(journal.stamp, id, when).expect("moved");
    let moved = calendar(&written(&journal, LISBON));
    let event = moved.events.iter().find(|event| value(&event.properties, "UID") == uid);
    assert_eq!(value(&event.expect("there").properties, "DTSTART"), "20260717T083000Z");
}

#[test]
fn the_same_journal_gives_the_same_bytes() {
    let mut journal = Journal::new();
    let with = journal.mentee("Ben");
    planted::plant(&mut journal.store, journal.stamp, with, "word");
    assert_eq!(all(&journal, true), all(&journal, true));
}

fn page_of(journal: &Journal) -> String {
    let mut bytes = Vec::new();
    let what = Selection { person: None, private: true };
    html::export(&journal.store, what, &mut bytes).expect("exported");
    String::from_utf8(bytes).expect("text")
}

/// An empty month would say that nobody met, before anybody knew each other.
#[test]
fn the_calendar_on_a_page_begins_and_ends_with_the_sessions() {
    let mut journal = Journal::new();
    let with = journal.mentee("Ben");
    for day in ["2025-11-05", "2026-02-10", "2026-03-01"] {
        session(&mut journal, with, day);
    }
    let page = page_of(&journal);
    let months: Vec<&str> = page
        .split("aria-label=\"")
        .filter_map(|rest| rest.split_once('"').map(|(label, _)| label))
        .filter(|label| label.contains(" 2025:") || label.contains(" 2026:"))
        .collect();
    assert_eq!(
        months,
        [
            "January 2026: no session",
            "February 2026: 10",
            "March 2026: 1",
            "November 2025: 5",
            "December 2025: no session"
        ]
    );
}

/// What was given up is no box that waits to be ticked, and no picture is wider than its page.
#[test]
fn a_page_tells_what_was_given_up_and_cuts_no_picture() {
    let mut journal = Journal::new();
    journal.stamp = crate::journal::stamp("2026-11-22T09:00:00+00:00");
    transfer::sample::fill(&mut journal.store, journal.stamp).expect("filled");
    let page = page_of(&journal);
    page::words_of("the page", &page);
    for line in page.lines().filter(|line| line.contains(", withdrawn <time>")) {
        assert!(line.starts_with("<li class=\"not-done\""), "{line}");
    }
    for line in page.lines().filter(|line| line.contains("class=\"row\"")) {
        assert!(line.contains("viewBox=\"0 0 "), "{line}");
    }
    let (_, agreement) = page.split_once("<section class=\"agreement\">").expect("an agreement");
    let (agreement, _) = agreement.split_once("</section>").expect("it ends");
    assert!(agreement.contains("How we reach each other"), "{agreement}");
    assert_eq!(page.matches("<a href=\"#s").count(), page.matches(" id=\"s").count());
    assert!(page.contains("consistently: Be honest"), "answers are told by what was answered");
}
