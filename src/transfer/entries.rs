//! Entries of other programs: what one is, what it becomes here, and bringing many of them in.
//!
//! An entry becomes a session that was held on its day: its title is what the session was about,
//! its text the notes. What has no place of its own here stands in words below the text. An entry
//! has the same id each time it is read, so that reading a file twice changes nothing.

mod jrnl;
mod listed;
mod notes;
mod plain;
mod source;
mod tui_journal;

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::bringing::{self, Bringing, Takes};
use super::{Error, How};
use crate::domain::{
    Id, Layer, Record, Relationship, Rev, Session, SessionState, Stamp, When, Writing, text,
};
use crate::store::{self, Archive, Arrival, Arriving, Standing, Store};

pub use jrnl::read as read_jrnl;
pub use notes::read as read_note;
pub use plain::LONGEST;
pub use source::{Dating, read};
pub use tui_journal::{read_json as read_tui_journal_json, read_row as read_tui_journal_row};

/// How long a title may be to stand in one line.
const TITLE: usize = 120;

/// How many of what was not understood, or has changed, are named one by one.
const NAMED: usize = 10;

/// The programs entries come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// jrnl.
    Jrnl,
    /// tui-journal.
    TuiJournal,
    /// A folder of Markdown files, whoever wrote them.
    Markdown,
}

impl Program {
    /// What it is called in commands. The ids of its entries are made of it, so it must not change.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jrnl => "jrnl",
            Self::TuiJournal => "tui-journal",
            Self::Markdown => "markdown",
        }
    }
}

/// A dated text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The day it has in its program, and the time on the clock there; none where it has no day
    /// that can be read.
    pub when: Option<When>,
    /// Its first line, or what it is called.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Its tags that do not stand in its text.
    pub tags: Vec<String>,
    /// What else its program keeps of it, in words.
    pub marks: Vec<String>,
    /// What names it in its program whatever its title becomes.
    pub name: Option<String>,
}

/// What a reader finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// An entry, and where it stands.
    Entry(Box<Entry>, String),
    /// Something that was not understood: where, and why.
    Not(String, &'static str),
}

/// Hears what a reader finds, one after the other.
pub type Each<'a> = bringing::Each<'a, Found>;

/// What is to become of the entries.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// With whom they were.
    pub with: Id<Relationship>,
    /// Only those with this tag.
    pub tagged: Option<String>,
    /// Where they come from.
    pub program: Program,
}

/// What an import of entries brought, or would bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// How many sessions are new here.
    pub added: usize,
    /// How many are here already and stay as they are.
    pub known: usize,
    /// How many of those are in the bin.
    pub binned: usize,
    /// How many were left out because they do not have the tag.
    pub untagged: usize,
    /// The first and the last day of what is new.
    pub days: Option<(When, When)>,
    /// Of how many the text here is another than the one that came.
    pub changed: usize,
    /// The first of those.
    pub changed_on: Vec<When>,
    /// How many things were not understood.
    pub not_understood: usize,
    /// The first of those: where, and why.
    pub reasons: Vec<(String, &'static str)>,
}

/// Brings in the entries that `read` finds, as one change.
pub fn import(
    store: &mut Store,
    how: How<'_>,
    wanted: Wanted,
    read: impl FnOnce(Each<'_>) -> Result<(), Error> + Send + 'static,
) -> Result<Entered, Error> {
    let How { stamp, process, progress } = how;
    let arrival = store.begin_arrival(stamp, process)?;
    Bringing::begin(arrival, Entering::new(stamp, wanted), read)?.to_the_end(store, progress)
}

/// Says what [`import`] would bring, and brings nothing.
pub fn dry_run(
    store: &mut Store,
    how: How<'_>,
    wanted: Wanted,
    read: impl FnOnce(Each<'_>) -> Result<(), Error> + Send + 'static,
) -> Result<Entered, Error> {
    let How { stamp, progress, .. } = how;
    let arrival = Arrival::tried(stamp);
    Bringing::begin(arrival, Entering::new(stamp, wanted), read)?.to_the_end(store, progress)
}

/// Entries on their way in.
pub struct Entering {
    stamp: Stamp,
    wanted: Wanted,
    entered: Entered,
    /// How often a name was met: two entries of one minute may have the same title.
    met: HashMap<Id<Session>, u32>,
}

impl Takes for Entering {
    type Piece = Found;
    type Told = Entered;

    fn take(&mut self, found: Found, arriving: &mut Arriving<'_>) -> Result<(), Error> {
        match found {
            Found::Entry(entry, place) => self.entry(*entry, place, arriving),
            Found::Not(place, why) => {
                self.not(place, why);
                Ok(())
            }
        }
    }

    fn told(self) -> Entered {
        self.entered
    }
}

impl Entering {
    /// What is wanted of entries that are found now.
    pub fn new(stamp: Stamp, wanted: Wanted) -> Self {
        Self { stamp, wanted, entered: Entered::default(), met: HashMap::new() }
    }

    fn not(&mut self, place: String, why: &'static str) {
        self.entered.not_understood += 1;
        if self.entered.reasons.len() < NAMED {
            self.entered.reasons.push((place, why));
        }
    }

    fn entry(
        &mut self,
        entry: Entry,
        place: String,
        arriving: &mut Arriving<'_>,
    ) -> Result<(), Error> {
        let Some(when) = entry.when else {
            self.not(place, "has no day that can be read");
            return Ok(());
        };
        if self.wanted.tagged.as_ref().is_some_and(|tag| !has_tag(&entry, tag)) {
            self.entered.untagged += 1;
            return Ok(());
        }
        let name = entry.name.clone();
        let said = Said::from(entry);
        if said.about.is_empty() && said.notes.is_empty() {
            self.not(place, "has no words");
            return Ok(());
        }
        let id = self.id_of(when, name.as_deref(), &said);
        if arriving.is_there(id)? {
            return self.known(id, when, &said, arriving);
        }
        if self.stands_under_another_name(when, &said, arriving.store())? {
            return Ok(());
        }
        self.add(id, when, said, arriving)
    }

    /// The id that stands for this entry whenever it is read.
    fn id_of(&mut self, when: When, name: Option<&str>, said: &Said) -> Id<Session> {
        let millis = when.date.and_time(when.time.unwrap_or_default()).and_utc().timestamp_millis();
        let code = self.wanted.program.code();
        let named = |number: u32| {
            let name = match name {
                Some(name) => format!("{code}\0{name}"),
                None => format!("{code}\0{}\0{}\0{number}", when.code(), said.title),
            };
            // A file that is known by its name may get another day; it is the same one still.
            let millis = if self.wanted.program == Program::Markdown { 0 } else { millis };
            Id::named(self.wanted.with, millis, &name)
        };
        let first = named(0);
        let met = self.met.entry(first).or_default();
        *met += 1;
        if *met == 1 { first } else { named(*met - 1) }
    }

    /// It was brought in before. Whether its text was changed since, there and not here, is said.
    fn known(
        &mut self,
        id: Id<Session>,
        when: When,
        said: &Said,
        arriving: &mut Arriving<'_>,
    ) -> Result<(), Error> {
        self.entered.known += 1;
        let session = match arriving.store().session(id) {
            Ok(session) => session,
            Err(store::Error::Gone) => {
                self.entered.binned += 1;
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        let is_changed = match arriving.standing(id, Layer::Notes)? {
            Standing::Here(here) => {
                let (came, rev) = as_it_came(arriving.store(), here)?;
                let is_untouched = session.rev <= rev;
                let moved = session.value.when != when || session.value.about != said.about;
                came != said.notes || (is_untouched && moved)
            }
            // Without a text then and now, or emptied here.
            Standing::Free | Standing::Brought => false,
        };
        if is_changed {
            self.changed(when);
        }
        Ok(())
    }

    fn changed(&mut self, when: When) {
        self.entered.changed += 1;
        if self.entered.changed_on.len() < NAMED {
            self.entered.changed_on.push(when);
        }
    }

    /// Whether the same text stands here at the same minute, under a title or a file name that was
    /// changed since.
    fn stands_under_another_name(
        &mut self,
        when: When,
        said: &Said,
        store: &Store,
    ) -> Result<bool, Error> {
        if said.notes.is_empty() {
            return Ok(false);
        }
        for session in store.sessions_on(self.wanted.with, when.date)? {
            let texts =
                if session.value.when == when { Some(store.texts(session.id)?) } else { None };
            let notes = texts.as_ref().and_then(|texts| texts.of(Layer::Notes));
            if notes.is_some_and(|notes| notes.value.body == said.notes) {
                self.entered.known += 1;
                if session.value.about != said.about {
                    self.changed(when);
                }
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn add(
        &mut self,
        id: Id<Session>,
        when: When,
        said: Said,
        arriving: &mut Arriving<'_>,
    ) -> Result<(), Error> {
        let today = self.stamp.now.date_naive();
        let state = if when.date > today { SessionState::Planned } else { SessionState::Held };
        let mut session = Session::new(self.wanted.with, when, state);
        session.about = said.about;
        let written = self.stamp.now.timestamp_millis();
        arriving.take(&Archive { id, written, deleted: None, value: session })?;
        if !said.notes.is_empty() {
            let value = Writing { session: id, layer: Layer::Notes, body: said.notes };
            let id = Id::named(id, 0, Layer::Notes.code());
            arriving.take(&Archive { id, written, deleted: None, value })?;
        }
        self.entered.added += 1;
        let (first, last) = self.entered.days.unwrap_or((when, when));
        self.entered.days = Some((first.min(when), last.max(when)));
        Ok(())
    }
}

/// The first content of a text, and its revision.
fn as_it_came(store: &Store, here: Record<Writing>) -> Result<(String, Rev), Error> {
    let first = store.versions(here.id)?.into_iter().next_back();
    Ok(first.map_or((here.value.body, here.rev), |first| (first.body, first.rev)))
}

fn has_tag(entry: &Entry, wanted: &str) -> bool {
    let bare = |tag: &str| text::folded(tag.trim().trim_start_matches(['@', '#', '+']));
    let wanted = bare(wanted);
    let within = [&entry.title, &entry.body].into_iter().flat_map(|text| tags_in(text));
    entry.tags.iter().map(String::as_str).chain(within).any(|tag| bare(tag) == wanted)
}

/// The words of a text that begin with the sign of a tag.
fn tags_in(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .filter(|word| word.starts_with(['@', '#']))
        .map(|word| word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']))
}

/// What an entry says, as a session holds it.
struct Said {
    /// The whole title, by which the entry is known again.
    title: String,
    about: String,
    notes: String,
}

impl From<Entry> for Said {
    fn from(entry: Entry) -> Self {
        let title = text::line(&entry.title);
        let mut parts = Vec::new();
        let about = if title.chars().count() <= TITLE {
            title.clone()
        } else {
            parts.push(title.clone());
            shortened(&title)
        };
        let body = text::prose(&entry.body);
        let first = body.len() - body.trim_start_matches(['\n', '\r']).len();
        parts.push(body[first..].to_owned());
        let mut marks = Vec::new();
        let tags: Vec<String> = entry.tags.iter().map(|tag| text::line(tag)).collect();
        if !tags.is_empty() {
            marks.push(format!("Tags: {}", tags.join(", ")));
        }
        marks.extend(entry.marks);
        parts.push(marks.join("\n"));
        parts.retain(|part| !part.is_empty());
        Self { title, about, notes: parts.join("\n\n") }
    }
}

/// A moment that a journal can hold.
fn when(date: NaiveDate, time: Option<NaiveTime>) -> Option<When> {
    (1..=9999).contains(&date.year()).then_some(When { date, time })
}

/// The beginning of a long title, up to the end of a word.
fn shortened(title: &str) -> String {
    let end = title.char_indices().nth(TITLE - 1).map_or(title.len(), |(at, _)| at);
    let start = &title[..end];
    let whole = start.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", start[..whole].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str, body: &str) -> Entry {
        Entry { title: title.into(), body: body.into(), ..Entry::default() }
    }

    #[test]
    fn a_title_is_what_it_was_about_and_the_rest_is_notes() {
        let said = Said::from(entry("The review.", "\n    indented\r\nline\n\n"));
        assert_eq!(
            (said.about.as_str(), said.notes.as_str()),
            ("The review.", "    indented\nline")
        );
        let said = Said::from(entry("Title \u{1b}[2Jonly", ""));
        assert_eq!((said.about.as_str(), said.notes.as_str()), ("Title [2Jonly", ""));
    }

    #[test]
    fn a_long_title_is_cut_at_a_word_and_stands_whole_in_the_notes() {
        let long = "word ".repeat(40);
        let said = Said::from(entry(&long, "Body"));
        assert!(said.about.ends_with("word…") && said.about.chars().count() <= TITLE);
        assert_eq!(said.notes, format!("{}\n\nBody", long.trim_end()));
        let said = Said::from(entry(&"昇".repeat(200), ""));
        assert_eq!(said.about.chars().count(), TITLE);
    }

    #[test]
    fn tags_and_marks_stand_below() {
        let tagged = Entry {
            tags: vec!["hard talk".into(), "amina".into()],
            marks: vec!["Priority: 3".into()],
            ..entry("Title", "Body")
        };
        assert!(has_tag(&tagged, "@Amina") && !has_tag(&tagged, "talk"));
        assert_eq!(Said::from(tagged.clone()).notes, "Body\n\nTags: hard talk, amina\nPriority: 3");
        let within = entry("With @amina.", "And a line, #hard-talk");
        assert!(has_tag(&within, "amina") && has_tag(&within, "#Hard-Talk"));
        assert!(!has_tag(&within, "with"));
    }
}
