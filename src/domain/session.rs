//! One session, its three layers of text, and its agenda.
//!
//! What is private is private by its kind: notes, summary and private reflection are three
//! layers, and only the summary is ever meant for the other.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Id, Invalid, Minutes, Moment, Relationship, text, words_for};

words_for! {
    /// What became of a session.
    pub enum SessionState {
        /// Still to come, or not yet said whether it happened.
        Planned = "planned" ("planned"),
        /// It happened.
        Held = "held" ("held"),
        /// I did not come.
        MissedByMe = "missed-by-me" ("missed by me"),
        /// They did not come.
        MissedByThem = "missed-by-them" ("missed by them"),
        /// Called off.
        Cancelled = "cancelled" ("cancelled"),
        /// Another day was agreed; the new day is a session of its own.
        Moved = "moved" ("moved"),
    }
}

words_for! {
    /// How the two meet.
    pub enum Mode {
        /// In one place.
        InPerson = "in-person" ("in person"),
        /// With picture.
        Video = "video" ("video"),
        /// By voice.
        Call = "call" ("call"),
        /// In writing.
        Chat = "chat" ("chat"),
    }
}

words_for! {
    /// One of the two in a relationship, seen from this journal.
    pub enum Party {
        /// The one who writes.
        Me = "me" ("me"),
        /// The other.
        Them = "them" ("them"),
    }
}

/// The most characters of a name that stands before a line.
const CALLED: usize = 12;

impl Party {
    /// Whose a line is that was set down between me and `person`, and the line without what says so
    /// before its colon: `them:`, `she:` and the like or a word of the person's name are theirs;
    /// `me:` and `I:` are mine, and so is what says nothing.
    pub fn of_line<'a>(line: &'a str, person: &str) -> (Self, &'a str) {
        let line = line.trim();
        let Some((who, rest)) = line.split_once(':') else { return (Self::Me, line) };
        let who = text::folded(who.trim());
        let person = text::folded(person);
        let is_name = !who.is_empty()
            && (who == person.trim() || person.split_whitespace().any(|word| word == who));
        match who.as_str() {
            "me" | "i" | "mine" | "you" => (Self::Me, rest.trim()),
            "them" | "they" | "theirs" | "she" | "he" => (Self::Them, rest.trim()),
            _ if is_name => (Self::Them, rest.trim()),
            _ => (Self::Me, line),
        }
    }

    /// What is written before the colon of a line of theirs, as a form shows it: the first word of
    /// the person's name that is short and no title, as [`of_line`](Self::of_line) reads it. Behind a
    /// comma stand the names one is called by.
    pub fn called(person: &str) -> &str {
        let is_read =
            |word: &&str| Self::of_line(&format!("{word}: x"), person) == (Self::Them, "x");
        let (family, given) = person.split_once(',').unwrap_or(("", person));
        let names = given.split_whitespace().chain(family.split_whitespace());
        let mut words = names.filter(|word| !word.ends_with('.') && word.chars().count() <= CALLED);
        words.find(is_read).unwrap_or(Self::Them.code())
    }

    /// What stands before a line where mine and theirs stand together: nothing before mine, "Noor: "
    /// before theirs.
    pub fn before(self, person: &str) -> String {
        match self {
            Self::Me => String::new(),
            Self::Them => format!("{}: ", Self::called(person)),
        }
    }
}

/// A day, and a time of day where one is known. Sorts by day, then time; no time comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// The day, where the session is.
    pub date: NaiveDate,
    /// The time of day there.
    pub time: Option<NaiveTime>,
}

impl When {
    /// The whole day.
    pub const fn day(date: NaiveDate) -> Self {
        Self { date, time: None }
    }

    /// Whether it is a day after today, or a later time of today.
    pub fn is_to_come(self, now: Moment) -> bool {
        let today = now.date_naive();
        self.date > today || (self.date == today && self.time.is_some_and(|time| time > now.time()))
    }

    /// As it is stored and exported: `2026-11-12` or `2026-11-12T15:00`. Sorts as [`When`] does.
    pub fn code(&self) -> String {
        match self.time {
            Some(time) => format!("{}T{}", self.date, time.format("%H:%M")),
            None => self.date.to_string(),
        }
    }

    /// Reads what [`When::code`] writes.
    pub fn from_code(code: &str) -> Option<Self> {
        let (date, time) = match code.split_once('T') {
            Some((date, time)) => (date, Some(NaiveTime::parse_from_str(time, "%H:%M").ok()?)),
            None => (code, None),
        };
        Some(Self { date: date.parse().ok()?, time })
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code())
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code)
            .ok_or_else(|| serde::de::Error::custom("not a day or a day with a time"))
    }
}

/// One planned or held conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Between whom.
    pub relationship: Id<Relationship>,
    /// When it is, or was.
    pub when: When,
    /// What became of it.
    pub state: SessionState,
    /// How long it was, or is planned to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Minutes>,
    /// How the two meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What it is about, in one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// The key of the template its prompts come from, if one was chosen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub template: String,
}

impl Session {
    /// A session on `when`: planned if that lies after `now`, else held.
    pub const fn new(relationship: Id<Relationship>, when: When, state: SessionState) -> Self {
        Self {
            relationship,
            when,
            state,
            minutes: None,
            mode: None,
            place: String::new(),
            about: String::new(),
            template: String::new(),
        }
    }

    /// Whether it was planned for a day before `today` and nobody has said what became of it.
    pub fn is_unanswered(&self, today: NaiveDate) -> bool {
        self.state == SessionState::Planned && self.when.date < today
    }
}

words_for! {
    /// Which of the three texts of a session.
    pub enum Layer {
        /// My record. In my exports, never in a packet.
        Notes = "notes" ("notes"),
        /// What the other may see.
        Summary = "summary" ("summary"),
        /// For me alone. Exported only when asked for by name.
        Reflection = "reflection" ("private reflection"),
    }
}

impl Layer {
    /// Whether it stays here unless it is asked for by name.
    pub const fn is_private(self) -> bool {
        matches!(self, Self::Reflection)
    }
}

/// One of the three texts of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    /// Of which session.
    pub session: Id<Session>,
    /// Which text.
    pub layer: Layer,
    /// The words.
    pub body: String,
}

words_for! {
    /// What became of an agenda item.
    pub enum AgendaState {
        /// To be talked about; stands on the next session by itself.
        Open = "open" ("open"),
        /// Talked about.
        Discussed = "discussed" ("discussed"),
        /// No longer wanted.
        Dropped = "dropped" ("dropped"),
    }
}

/// Something to talk about.
///
/// An open item belongs to the relationship and not to a session: it stands on the next session,
/// whichever that is, so what was left open carries over by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// Between whom.
    pub relationship: Id<Relationship>,
    /// Who wants to talk about it.
    pub by: Party,
    /// What about.
    pub text: String,
    /// What became of it.
    pub state: AgendaState,
    /// The day it was put on the agenda.
    pub added: NaiveDate,
    /// The session in which it was talked about or dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Id<Session>>,
    /// The place it was given among the others; without one it stands behind those that have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
}

impl AgendaItem {
    /// What an agenda is sorted by, before the ids: what was given a place, then the others as they
    /// were written down.
    pub fn order(&self) -> (bool, Option<u32>, NaiveDate) {
        (self.place.is_none(), self.place, self.added)
    }

    /// The line as it is read and written, with whose it is.
    pub fn line(&self, person: &str) -> String {
        format!("{}{}", self.by.before(person), self.text)
    }

    /// Refuses an empty line.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("text", &self.text, "Write what to talk about.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_whose_it_is() {
        use Party::{Me, Them};
        let cases = [
            ("how did the small no go?", (Me, "how did the small no go?")),
            ("them: the job spec", (Them, "the job spec")),
            ("THEIRS:the job spec", (Them, "the job spec")),
            ("me:  holidays ", (Me, "holidays")),
            ("I: holidays", (Me, "holidays")),
            ("Noor: the job spec", (Them, "the job spec")),
            ("noor al hadad: the job spec", (Them, "the job spec")),
            ("Haddad: the job spec", (Me, "Haddad: the job spec")),
            ("her book: chapter 2", (Me, "her book: chapter 2")),
            (": the job spec", (Me, ": the job spec")),
            ("  ", (Me, "")),
            ("them:", (Them, "")),
        ];
        for (line, expected) in cases {
            assert_eq!(Party::of_line(line, "Noor al Ḥadad"), expected, "{line}");
        }
        assert_eq!(Party::of_line(": x", ""), (Me, ": x"));
        for (person, called) in [
            ("Noor al Ḥadad", "Noor"),
            ("Prof. Brandt", "Brandt"),
            ("Amina K.", "Amina"),
            ("K.", "them"),
            ("Brandt, Ilse", "Ilse"),
            ("Konstantinopoulou-Vanderbilt, Alexandra", "Alexandra"),
            ("Konstantinopoulou-Vanderbilt Eva", "Eva"),
            ("Konstantinopoulou", "them"),
            ("me", "them"),
            ("", "them"),
        ] {
            assert_eq!(Party::called(person), called, "{person}");
        }
    }

    #[test]
    fn the_code_of_a_moment_sorts_as_the_moment_does() {
        let codes = ["2026-11-11T23:59", "2026-11-12", "2026-11-12T09:00", "2026-11-12T15:00"];
        let read: Vec<_> = codes.iter().map(|c| When::from_code(c).expect("a when")).collect();
        assert!(read.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]));
        for (code, when) in codes.iter().zip(&read) {
            assert_eq!(when.code(), *code);
        }
        for broken in ["", "2026-13-01", "2026-11-12T", "2026-11-12T25:00"] {
            assert_eq!(When::from_code(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_past_plan_asks_whether_it_happened() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).expect("a day");
        let at = Id::from_bytes([0; 16]);
        let plan = |d| Session::new(at, When::day(day(d)), SessionState::Planned);
        assert!(plan(21).is_unanswered(day(22)));
        assert!(!plan(22).is_unanswered(day(22)));
        let held = Session::new(at, When::day(day(21)), SessionState::Held);
        assert!(!held.is_unanswered(day(22)));
    }
}
