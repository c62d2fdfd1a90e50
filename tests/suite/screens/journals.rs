//! Three journals: with nothing in it, with what an ordinary month leaves, and with far too much.

use std::sync::OnceLock;

use confidant::domain::{
    AgendaItem, AgendaState, Contact, Id, Layer, Moment, Party, Person, Relationship, Remembering,
    Role, Session, SessionState, When, Writing,
};
use confidant::store::{Archive, Error, Intake};

use super::{moment, when};
use crate::journal::Journal;

/// Nothing but Asha.
pub fn empty() -> Journal {
    Journal::new()
}

/// What an ordinary month leaves: three people, a few sessions, an agenda, things to remember.
pub fn ordinary() -> Journal {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    Journal::from_bytes(MADE.get_or_init(|| {
        let mut journal = Journal::new();
        write_ordinary(&mut journal);
        journal.into_bytes()
    }))
}

/// 200 relationships, 500 sessions with the first of them, 60 agenda lines, a note of 1 MB.
pub fn full() -> Journal {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    Journal::from_bytes(MADE.get_or_init(|| {
        let mut journal = Journal::new();
        write_full(&mut journal);
        journal.into_bytes()
    }))
}

/// One relationship with so many held sessions, and nothing else.
pub fn long(sessions: u32) -> Journal {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let now = journal.stamp.now;
    journal
        .store
        .begin_with(journal.stamp, |intake| {
            for number in 0..sessions {
                let day = now.date_naive() - chrono::Duration::days(i64::from(number) + 1);
                let notes = format!("Session {number}. A small no, and what came of it.");
                held(intake, now, with, When::day(day), "", &notes)?;
            }
            Ok::<_, Error>(())
        })
        .expect("imported");
    journal
}

/// Brings one record in.
fn take<T>(intake: &mut Intake<'_, '_>, now: Moment, value: T) -> Result<Id<T>, Error>
where
    T: Takes,
{
    let id = Id::new(now);
    let written = now.timestamp_millis();
    T::take(intake, &Archive { id, written, deleted: None, value })?;
    Ok(id)
}

/// What can be brought in here; the store's own name for it is not to be had outside.
trait Takes: Sized {
    fn take(intake: &mut Intake<'_, '_>, archive: &Archive<Self>) -> Result<(), Error>;
}

macro_rules! takes {
    ($($kind:ty),*) => {$(
        impl Takes for $kind {
            fn take(intake: &mut Intake<'_, '_>, archive: &Archive<Self>) -> Result<(), Error> {
                intake.take(archive).map(|_| ())
            }
        }
    )*};
}

takes!(Person, Relationship, Session, Writing, AgendaItem, Remembering, Contact);

fn held(
    intake: &mut Intake<'_, '_>,
    now: Moment,
    with: Id<Relationship>,
    when: When,
    about: &str,
    notes: &str,
) -> Result<Id<Session>, Error> {
    let session = Session { about: about.into(), ..Session::new(with, when, SessionState::Held) };
    let id = take(intake, now, session)?;
    if !notes.is_empty() {
        take(intake, now, Writing { session: id, layer: Layer::Notes, body: notes.into() })?;
    }
    Ok(id)
}

fn line(with: Id<Relationship>, by: Party, text: &str, added: &str) -> AgendaItem {
    AgendaItem {
        relationship: with,
        by,
        text: text.into(),
        state: AgendaState::Open,
        added: added.parse().expect("a day"),
        session: None,
        place: None,
    }
}

fn write_ordinary(journal: &mut Journal) {
    let amina = journal.mentee("Amina K.");
    journal.mentee("Tom Baker");
    let store = &mut journal.store;
    let osei = Person { name: "Dr. Osei".into(), ..Person::default() };
    let osei = store
        .add_person(journal.stamp, &osei, |person| Relationship::new(person, Role::Mentee))
        .expect("added");
    let mut details = store.details(amina).expect("details");
    details.relationship.value.programme = "Ada fellowship".into();
    details.relationship.value.started = Some("2026-09-02".parse().expect("a day"));
    details.relationship.value.cadence = Some("2w".parse().expect("a rhythm"));
    store.update_details(journal.stamp, &details.person, &details.relationship).expect("kept");
    let person = details.person.id;
    let now = moment("2026-11-12T16:10:00+00:00");
    store
        .begin_with(journal.stamp, |intake| {
            let last = held(
                intake,
                now,
                amina,
                when("2026-11-12T15:00"),
                "Saying no",
                "We talked about what a small \"no\" would look like.\n\nShe opened with the board review: it went better than she feared.\n\nNext: try one small no before Friday.",
            )?;
            let private = "I said no, then made it small. Watch that.";
            take(intake, now, Writing { session: last, layer: Layer::Reflection, body: private.into() })?;
            held(intake, now, amina, when("2026-10-29T15:00"), "", "The promotion case, and who decides.")?;
            held(intake, now, amina, when("2026-10-15"), "First talk", "")?;
            let planned = Session::new(amina, when("2026-11-26T15:00"), SessionState::Planned);
            take(intake, now, planned)?;
            let missed = Session::new(amina, when("2026-11-19T15:00"), SessionState::MissedByThem);
            take(intake, now, missed)?;
            let asked = Session::new(osei, when("2026-11-18T09:00"), SessionState::Planned);
            take(intake, now, asked)?;
            take(intake, now, line(amina, Party::Me, "How did the small no go?", "2026-11-12"))?;
            take(intake, now, line(amina, Party::Them, "The job spec", "2026-11-20"))?;
            let done = AgendaItem {
                state: AgendaState::Discussed,
                session: Some(last),
                ..line(amina, Party::Me, "Board review", "2026-11-01")
            };
            take(intake, now, done)?;
            let birthday = Some("2026-12-14".parse().expect("a day"));
            take(intake, now, Remembering::new(person, "Visa interview".into(), birthday))?;
            take(intake, now, Remembering::new(person, "Dislikes surprises".into(), None))?;
            let contact = Contact {
                person, party: Party::Them,
                label: "email".into(),
                value: "amina@example.org".into(),
                preferred: true,
                hours: "weekdays after 17:00".into(),
            };
            take(intake, now, contact)?;
            Ok::<_, Error>(())
        })
        .expect("imported");
}

/// Names that break columns: long, wide, joined, from right to left, with marks and direction.
pub const NAMES: [&str; 8] = [
    "Konstantinopoulou-Vanderbilt, Alexandra Maria Theodora",
    "日本語の名前はとても長いことがあります",
    "👩‍👩‍👧‍👦 Familie Ñandú 🇩🇪",
    "שרה בת־אל כהן",
    "محمد عبد الرحمن الفهد",
    "Ȧ̴̢̛m̶i̵n̴a̷ ͏of the marks",
    "x",
    "ක්‍ෂණික ශ්‍රී",
];

fn write_full(journal: &mut Journal) {
    let now = moment("2026-11-20T16:10:00+00:00");
    let big = "She said that a small no is still a no, 日本語 and 👩‍👩‍👧‍👦 too. ".repeat(20) + "\n";
    let big = big.repeat(1_000_000 / big.len());
    journal
        .store
        .begin_with(journal.stamp, |intake| {
            let mut first = None;
            for number in 0..200 {
                let name = match NAMES.get(number) {
                    Some(name) => (*name).to_owned(),
                    None => format!("{} {number}", NAMES[number % NAMES.len()]),
                };
                let person = take(intake, now, Person { name, ..Person::default() })?;
                let mut with = Relationship::new(person, Role::ALL[number % 3]);
                with.archived = number % 10 == 9;
                let with = take(intake, now, with)?;
                if number > 0 {
                    let day = now.date_naive()
                        - chrono::Duration::days(i64::try_from(number).unwrap_or(0));
                    held(intake, now, with, When::day(day), "", "Short.")?;
                    continue;
                }
                first = Some((person, with));
                let planned = Session::new(with, when("2026-11-23T09:00"), SessionState::Planned);
                take(intake, now, planned)?;
                for number in 0..498 {
                    let day = now.date_naive() - chrono::Duration::days(number + 1);
                    let about =
                        format!("About {}", NAMES[usize::try_from(number).unwrap_or(0) % 8]);
                    let notes = format!("Number {number}. عربى and 日本語, as it was.");
                    held(intake, now, with, When::day(day), &about, &notes)?;
                }
                held(intake, now, with, when("2026-11-20T15:00"), "", &big)?;
                for number in 0..60 {
                    let by = if number % 2 == 0 { Party::Me } else { Party::Them };
                    let text = format!("Line {number}: {}", NAMES[number % 8]);
                    take(intake, now, line(with, by, &text, "2026-11-19"))?;
                }
            }
            let (person, _) = first.ok_or(Error::Gone)?;
            for number in 0..30 {
                let text = format!("Remember {number}: {}", NAMES[number % 8]);
                take(intake, now, Remembering::new(person, text, None))?;
            }
            Ok::<_, Error>(())
        })
        .expect("imported");
}
