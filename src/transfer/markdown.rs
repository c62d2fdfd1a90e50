//! The journal for reading: `CommonMark`, one part for each relationship, oldest session first, and
//! one for the goals that are shared with nobody.
//!
//! It is for people and other programs' readers. What is to come back goes by JSON: here ids,
//! the bin and earlier versions are missing. (Writing into a string cannot fail, so that answer is
//! passed over.)

mod agreement;
mod goals;
mod safe;
mod trust;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;

use super::{Error, LeftOut, Selection};
use chrono::NaiveDate;

use crate::domain::{
    AgendaItem, AgendaState, Commitment, CommitmentState, Id, Layer, Mode, Party, Record,
    Relationship, Session, Weight, When, Writing,
};
use crate::store::{AgreementVersion, Details, Named, Near, Scope, Store, Wanted};

/// How many commitments are read at once.
const AT_ONCE: u16 = 200;

/// The sessions of each relationship, oldest first.
type Sessions = HashMap<Id<Relationship>, Vec<(When, Id<Session>)>>;

/// Writes all relationships, or those with one person, as one document.
pub fn export(store: &Store, what: Selection, out: &mut impl Write) -> Result<LeftOut, Error> {
    store.at_one_moment(|| {
        let sessions = sessions(store)?;
        let mut left = LeftOut { is_for_reading: true, ..LeftOut::default() };
        for (number, named) in wanted(store, what)?.iter().enumerate() {
            if number > 0 {
                out.write_all(b"\n").map_err(Error::Write)?;
            }
            let mut page = Page { store, private: what.private, left: &mut left };
            page.relationship(named, &sessions, out)?;
        }
        if what.person.is_none()
            && let Some(own) = goals::own(store)?
        {
            let apart = if wanted(store, what)?.is_empty() { "" } else { "\n" };
            put(out, &format!("{apart}{own}"))?;
        }
        out.flush().map_err(Error::Write)?;
        Ok(left)
    })
}

/// Writes each relationship to a place of its own, which `place` opens by its name, and the goals
/// that are shared with nobody to one without a name.
pub fn export_each<W: Write, E: From<Error> + From<crate::store::Error>>(
    store: &Store,
    what: Selection,
    mut place: impl FnMut(Option<&Named>) -> Result<W, E>,
    mut done: impl FnMut(W) -> Result<(), E>,
) -> Result<LeftOut, E> {
    store.at_one_moment(|| {
        let sessions = sessions(store)?;
        let mut left = LeftOut { is_for_reading: true, ..LeftOut::default() };
        for named in wanted(store, what)? {
            let mut out = place(Some(&named))?;
            let mut page = Page { store, private: what.private, left: &mut left };
            page.relationship(&named, &sessions, &mut out)?;
            done(out)?;
        }
        if what.person.is_none()
            && let Some(own) = goals::own(store)?
        {
            let mut out = place(None)?;
            put(&mut out, &own)?;
            done(out)?;
        }
        Ok(left)
    })
}

/// Writes one session as a document of its own.
pub fn session(
    store: &Store,
    id: Id<Session>,
    private: bool,
    out: &mut impl Write,
) -> Result<LeftOut, Error> {
    let session = store.session(id)?;
    let named = store.named(session.value.relationship)?;
    let mut left = LeftOut::default();
    let mut page = Page { store, private, left: &mut left };
    let mut text = format!("# {}, {}\n\n", safe::line(&named.name), title(&session.value));
    page.session(&session, 1, &mut text)?;
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Error::Write)?;
    Ok(left)
}

/// One version of the agreement with somebody, as a document of its own, to be printed and signed.
pub fn agreement(
    store: &Store,
    with: Id<Relationship>,
    version: &AgreementVersion,
) -> Result<String, Error> {
    agreement::one(store, with, version, 1)
}

/// The ten ways with somebody, for the one who keeps them; empty where nothing is kept.
pub fn trust(store: &Store, with: Id<Relationship>, today: NaiveDate) -> Result<String, Error> {
    trust::told(store, with, today, 2)
}

fn wanted(store: &Store, what: Selection) -> Result<Vec<Named>, Error> {
    let mut people = store.people()?;
    people.retain(|named| what.person.is_none_or(|person| person == named.person));
    Ok(people)
}

fn sessions(store: &Store) -> Result<Sessions, Error> {
    let mut sessions = Sessions::new();
    store.archive_of::<Session, Error>(|session| {
        if session.deleted.is_none() {
            let of = sessions.entry(session.value.relationship).or_default();
            of.push((session.value.when, session.id));
        }
        Ok(())
    })?;
    for of in sessions.values_mut() {
        of.sort_unstable();
    }
    Ok(sessions)
}

struct Page<'a> {
    store: &'a Store,
    private: bool,
    left: &'a mut LeftOut,
}

impl Page<'_> {
    fn relationship(
        &mut self,
        named: &Named,
        sessions: &Sessions,
        out: &mut impl Write,
    ) -> Result<(), Error> {
        let details = self.store.details(named.relationship)?;
        let mut text = format!("# {}\n\n", safe::line(&named.name));
        head(&details, &mut text);
        self.remembering(&details, &mut text);
        let open = self.store.open_agenda(named.relationship)?;
        if !open.is_empty() {
            text.push_str("\n## For the next session\n\n");
            agenda(&open, &mut text);
        }
        self.commitments(named.relationship, &mut text)?;
        goals::shared(self.store, named.relationship, &mut text)?;
        agreement::all(self.store, named.relationship, &mut text)?;
        self.trust(named.relationship, &mut text)?;
        put(out, &text)?;
        let sessions = sessions.get(&named.relationship).map_or(&[][..], Vec::as_slice);
        for (number, (_, id)) in sessions.iter().enumerate() {
            let session = self.store.session(*id)?;
            let mut text = if number == 0 { "\n## Sessions\n".to_owned() } else { String::new() };
            let _ = writeln!(text, "\n### {}\n", title(&session.value));
            self.session(&session, 3, &mut text)?;
            put(out, &text)?;
        }
        Ok(())
    }

    /// All that was promised: what is open by its day, then what is not, the latest first.
    fn commitments(&self, with: Id<Relationship>, text: &mut String) -> Result<(), Error> {
        let mut near = Near::First;
        loop {
            let page =
                self.store.commitments(Scope::One(with), Wanted::default(), &near, AT_ONCE)?;
            let before = matches!(near, Near::Around(_));
            if !before && !page.rows.is_empty() {
                text.push_str("\n## Commitments\n\n");
            }
            // The rows around a commitment hold those up to it as well.
            let at = match &near {
                Near::Around(last) => page.rows.iter().position(|row| row.commitment.id == last.id),
                _ => None,
            };
            for row in page.rows.iter().skip(at.map_or(0, |at| at + 1)) {
                commitment(&row.commitment.value, text);
            }
            match page.rows.into_iter().next_back() {
                Some(last) if page.more_after => near = Near::Around(last.commitment),
                _ => return Ok(()),
            }
        }
    }

    fn trust(&mut self, with: Id<Relationship>, text: &mut String) -> Result<(), Error> {
        if !self.private {
            return trust::leave_out(self.store, with, self.left);
        }
        // What is told is what was said; what is quiet today is for the screen.
        let told = trust::told(self.store, with, NaiveDate::MIN, 2)?;
        text.push_str(&told);
        Ok(())
    }

    fn remembering(&mut self, details: &Details, text: &mut String) {
        if !self.private {
            // A person in two roles has one set of lines, told with the oldest relationship.
            if self.is_oldest(details) {
                self.left.remembering += details.remembering.len();
            }
            return;
        }
        if details.remembering.is_empty() {
            return;
        }
        text.push_str("\n## Worth remembering (private)\n\n");
        for line in &details.remembering {
            let on = line.value.on.map(|on| format!("{on}: ")).unwrap_or_default();
            let _ = writeln!(text, "- {on}{}", safe::line(&line.value.text));
        }
    }

    fn is_oldest(&self, details: &Details) -> bool {
        let oldest = self.store.first_relationship_with(details.person.id);
        oldest.ok().flatten() == Some(details.relationship.id)
    }

    /// The facts of a session, its agenda and its texts, under a heading of the level `under`.
    fn session(
        &mut self,
        session: &Record<Session>,
        under: usize,
        text: &mut String,
    ) -> Result<(), Error> {
        text.push_str(&facts(&session.value));
        let mut agenda_of = self.store.agenda_of(session.id)?;
        agenda_of.sort_by_key(|item| (item.value.added, item.id));
        if !agenda_of.is_empty() {
            heading("Agenda", under + 1, text);
            agenda(&agenda_of, text);
        }
        let texts = self.store.texts(session.id)?;
        for (layer, name) in [
            (Layer::Notes, "Notes"),
            (Layer::Summary, "Summary"),
            (Layer::Reflection, "Private reflection"),
        ] {
            let written = texts.of(layer).filter(|written| !written.value.body.is_empty());
            let Some(Record { value: Writing { body, .. }, .. }) = written else { continue };
            if layer.is_private() && !self.private {
                self.left.reflections += 1;
                continue;
            }
            heading(name, under + 1, text);
            text.push_str(&safe::prose(body, under + 1));
        }
        let promised = self.store.commitments_of(session.id)?;
        if !promised.is_empty() {
            heading("Promised", under + 1, text);
            for one in &promised {
                commitment(&one.value, text);
            }
        }
        Ok(())
    }
}

/// Who it is, and how we meet.
fn head(details: &Details, text: &mut String) {
    let (person, with) = (&details.person.value, &details.relationship.value);
    let mut fact = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "- {name}: {}", safe::line(value));
        }
    };
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    fact("Role", with.role.words());
    fact("Alias", &person.alias);
    fact("Phase", with.phase.words());
    fact("Began", &day(with.started));
    fact("Ends", &day(with.ends));
    fact("Meets", &with.cadence.map(|every| every.to_string()).unwrap_or_default());
    let usual = [
        with.usual_minutes.map(|minutes| minutes.to_string()),
        with.usual_mode.map(|mode| mode.words().to_owned()),
        Some(with.usual_place.clone()).filter(|place| !place.is_empty()),
    ];
    fact("Usually", &usual.into_iter().flatten().collect::<Vec<_>>().join(", "));
    fact("Time zone", &person.time_zone);
    for contact in &details.contacts {
        let contact = &contact.value;
        let preferred = if contact.preferred { "preferred" } else { "" };
        let when = [preferred, contact.hours.as_str()];
        let when = when.iter().filter(|one| !one.is_empty()).copied().collect::<Vec<_>>();
        let when = if when.is_empty() { String::new() } else { format!(" ({})", when.join(", ")) };
        let label = if contact.label.is_empty() { "Contact" } else { &contact.label };
        fact(&safe::line(label), &format!("{}{when}", contact.value));
    }
    fact("Programme", &with.programme);
    fact("Coordinator", &with.coordinator);
    fact("Safeguarding contact", &with.safeguarding);
    fact("Put away", if with.archived { "yes" } else { "" });
}

/// The day, the time and what it was about, for a heading.
fn title(session: &Session) -> String {
    let time = session.when.time.map(|time| time.format(" %H:%M").to_string()).unwrap_or_default();
    let about = safe::line(&session.about);
    let colon = if about.is_empty() { "" } else { ": " };
    format!("{}{time}{colon}{about}", session.when.date)
}

fn facts(session: &Session) -> String {
    let facts = [
        Some(session.state.words().to_owned()),
        session.minutes.map(|minutes| minutes.to_string()),
        session.mode.map(Mode::words).map(str::to_owned),
        Some(safe::line(&session.place)).filter(|place| !place.is_empty()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    format!("{}\n", capital(&facts.join(", ")))
}

fn agenda(items: &[Record<AgendaItem>], text: &mut String) {
    for item in items {
        let item = &item.value;
        let by = if item.by == Party::Them { " (theirs)" } else { "" };
        let dropped = if item.state == AgendaState::Dropped { " (dropped)" } else { "" };
        let _ = writeln!(text, "- {}{by}{dropped}", safe::line(&item.text));
    }
}

fn commitment(commitment: &Commitment, text: &mut String) {
    let done = match commitment.state {
        CommitmentState::Kept | CommitmentState::KeptLate => "x",
        _ => " ",
    };
    let by = if commitment.owner == Party::Them { " (theirs)" } else { "" };
    let nice = if commitment.weight == Weight::Nice { " (nice)" } else { "" };
    let due = commitment.due.map(|due| format!(", by {due}")).unwrap_or_default();
    let became = commitment
        .closed
        .map(|day| format!("; {} {day}", commitment.state.words()))
        .unwrap_or_default();
    let _ = writeln!(text, "- [{done}] {}{by}{nice}{due}{became}", safe::line(&commitment.text));
}

fn heading(name: &str, level: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n('#', level));
    let _ = writeln!(text, " {name}\n");
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn put(out: &mut impl Write, text: &str) -> Result<(), Error> {
    out.write_all(text.as_bytes()).map_err(Error::Write)
}
