//! Bringing a document in: all of it as one change, or nothing.
//!
//! The document is read and checked whole before the journal is touched. What is here already, by
//! its id, stays as it is. The journal keeps its own owner.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::{BufReader, Read};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::super::{Error, count};
use super::record::{Exchanged, Item};
use super::{FORMAT, VERSION};
use crate::domain::{
    AgendaItem, Agreement, Answer, CheckIn, Clause, Commitment, CommitmentMove, Contact, Evidence,
    Focus, Goal, GoalWith, Id, Layer, Milestone, Person, Relationship, Remembering, Repair,
    Session, Signature, Stamp, Standing, Way, Writing, text,
};
use crate::store::{self, Archive, Imported, Intake, Store};

/// How many records of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// People.
    pub people: usize,
    /// Ways to reach them.
    pub contacts: usize,
    /// Lines worth remembering.
    pub remembering: usize,
    /// Relationships with them.
    pub relationships: usize,
    /// Sessions.
    pub sessions: usize,
    /// Texts of sessions.
    pub texts: usize,
    /// Agenda lines.
    pub agenda: usize,
    /// Commitments.
    pub commitments: usize,
    /// Days that commitments were moved from and to.
    pub commitment_moves: usize,
    /// Goals.
    pub goals: usize,
    /// That a goal is shared with somebody.
    pub goal_people: usize,
    /// Milestones of goals.
    pub milestones: usize,
    /// What was said of goals.
    pub standings: usize,
    /// Versions of agreements.
    pub agreements: usize,
    /// Clauses.
    pub clauses: usize,
    /// Signatures.
    pub signatures: usize,
    /// Wanted ways.
    pub ways: usize,
    /// Trust check-ins.
    pub check_ins: usize,
    /// Answers of check-ins.
    pub answers: usize,
    /// Lines of what i saw or did.
    pub evidence: usize,
    /// Practices.
    pub focus: usize,
    /// Repairs.
    pub repairs: usize,
}

impl Tally {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = [
            count(self.people, "person", "people"),
            count(self.contacts, "contact", "contacts"),
            count(self.remembering, "line worth remembering", "lines worth remembering"),
            count(self.relationships, "relationship", "relationships"),
            count(self.sessions, "session", "sessions"),
            count(self.texts, "text", "texts"),
            count(self.agenda, "agenda line", "agenda lines"),
            count(self.commitments, "commitment", "commitments"),
            count(self.commitment_moves, "moved day of a commitment", "moved days of commitments"),
            count(self.goals, "goal", "goals"),
            count(self.goal_people, "sharing of a goal", "sharings of goals"),
            count(self.milestones, "milestone", "milestones"),
            count(self.standings, "word on a goal", "words on goals"),
            count(self.agreements, "version of an agreement", "versions of agreements"),
            count(self.clauses, "clause", "clauses"),
            count(self.signatures, "signature", "signatures"),
            count(self.ways, "wanted way", "wanted ways"),
            count(self.check_ins, "trust check-in", "trust check-ins"),
            count(self.answers, "answer of a check-in", "answers of check-ins"),
            count(self.evidence, "line of what I saw or did", "lines of what I saw or did"),
            count(self.focus, "practice", "practices"),
            count(self.repairs, "repair", "repairs"),
        ]
        .into_iter()
        .flatten()
        .collect();
        f.write_str(if parts.is_empty() { "nothing" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}

/// What an import brought, or would bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// What is new here.
    pub added: Tally,
    /// What was here already and stays as it is.
    pub known: Tally,
    /// The sessions whose text here differs from the one in the file; the one here stays.
    pub other_texts: Vec<(Id<Session>, Layer)>,
}

/// Reads a document and brings it in as one change.
pub fn import(store: &mut Store, stamp: Stamp, from: impl Read) -> Result<Incoming, Error> {
    let document = read(from)?;
    document.check()?;
    let standing = standing_texts(store, &document)?;
    store.import(stamp, |intake| document.bring_in(intake, &standing))
}

/// Says what [`import`] would bring, and brings nothing.
pub fn dry_run(store: &mut Store, stamp: Stamp, from: impl Read) -> Result<Incoming, Error> {
    enum Never {
        Done(Box<Incoming>),
        Failed(Error),
    }
    impl From<store::Error> for Never {
        fn from(error: store::Error) -> Self {
            Self::Failed(error.into())
        }
    }
    let document = read(from)?;
    document.check()?;
    let standing = standing_texts(store, &document)?;
    // Done for real and then taken back by failing: what is said is what would happen.
    let tried = store.import(stamp, |intake| -> Result<Incoming, Never> {
        Err(document
            .bring_in(intake, &standing)
            .map_or_else(Never::Failed, |incoming| Never::Done(Box::new(incoming))))
    });
    match tried {
        Ok(incoming) => Ok(incoming),
        Err(Never::Done(incoming)) => Ok(*incoming),
        Err(Never::Failed(error)) => Err(error),
    }
}

#[derive(Default)]
struct Document {
    people: Vec<Item<Person>>,
    contacts: Vec<Item<Contact>>,
    remembering: Vec<Item<Remembering>>,
    relationships: Vec<Item<Relationship>>,
    sessions: Vec<Item<Session>>,
    texts: Vec<Item<Writing>>,
    agenda: Vec<Item<AgendaItem>>,
    commitments: Vec<Item<Commitment>>,
    commitment_moves: Vec<Item<CommitmentMove>>,
    goals: Vec<Item<Goal>>,
    goal_people: Vec<Item<GoalWith>>,
    milestones: Vec<Item<Milestone>>,
    standings: Vec<Item<Standing>>,
    agreements: Vec<Item<Agreement>>,
    clauses: Vec<Item<Clause>>,
    signatures: Vec<Item<Signature>>,
    ways: Vec<Item<Way>>,
    check_ins: Vec<Item<CheckIn>>,
    answers: Vec<Item<Answer>>,
    evidence: Vec<Item<Evidence>>,
    focus: Vec<Item<Focus>>,
    repairs: Vec<Item<Repair>>,
}

/// The texts of this journal that stand where the document has one of another id.
type StandingTexts = HashMap<(Id<Session>, Layer), Archive<Writing>>;

fn standing_texts(store: &Store, document: &Document) -> Result<StandingTexts, Error> {
    let coming: HashMap<_, _> = document
        .texts
        .iter()
        .map(|text| ((text.value.session, text.value.layer), text.id))
        .collect();
    let mut standing = StandingTexts::new();
    store.archive_of::<Writing, Error>(|text| {
        let place = (text.value.session, text.value.layer);
        if coming.get(&place).is_some_and(|id| *id != text.id) {
            standing.insert(place, text);
        }
        Ok(())
    })?;
    Ok(standing)
}

impl Document {
    /// Sees that everything belongs to something that is in the document too.
    fn check(&self) -> Result<(), Error> {
        let people: HashSet<_> = self.people.iter().map(|one| one.id).collect();
        let between: HashSet<_> = self.relationships.iter().map(|one| one.id).collect();
        let sessions: HashSet<_> = self.sessions.iter().map(|one| one.id).collect();
        belongs(&self.contacts, "person", |one| people.contains(&one.person))?;
        belongs(&self.remembering, "person", |one| people.contains(&one.person))?;
        belongs(&self.relationships, "person", |one| people.contains(&one.person))?;
        belongs(&self.sessions, "relationship", |one| between.contains(&one.relationship))?;
        belongs(&self.texts, "session", |one| sessions.contains(&one.session))?;
        belongs(&self.agenda, "relationship", |one| between.contains(&one.relationship))?;
        belongs(&self.agenda, "session", |one| {
            one.session.is_none_or(|at| sessions.contains(&at))
        })?;
        let promised: HashSet<_> = self.commitments.iter().map(|one| one.id).collect();
        belongs(&self.commitments, "relationship", |one| between.contains(&one.relationship))?;
        belongs(&self.commitments, "session", |one| {
            one.session.is_none_or(|at| sessions.contains(&at))
        })?;
        belongs(&self.commitment_moves, "commitment", |one| promised.contains(&one.commitment))?;
        let goals: HashSet<_> = self.goals.iter().map(|one| one.id).collect();
        belongs(&self.goal_people, "goal", |one| goals.contains(&one.goal))?;
        belongs(&self.goal_people, "relationship", |one| between.contains(&one.relationship))?;
        belongs(&self.milestones, "goal", |one| goals.contains(&one.goal))?;
        belongs(&self.standings, "goal", |one| goals.contains(&one.goal))?;
        let agreed: HashSet<_> = self.agreements.iter().map(|one| one.id).collect();
        belongs(&self.agreements, "relationship", |one| between.contains(&one.relationship))?;
        belongs(&self.clauses, "agreement", |one| agreed.contains(&one.agreement))?;
        belongs(&self.signatures, "agreement", |one| agreed.contains(&one.agreement))?;
        let looked: HashSet<_> = self.check_ins.iter().map(|one| one.id).collect();
        belongs(&self.check_ins, "relationship", |one| between.contains(&one.relationship))?;
        belongs(&self.answers, "check-in", |one| looked.contains(&one.check_in))?;
        belongs(&self.evidence, "relationship", |one| between.contains(&one.relationship))?;
        belongs(&self.evidence, "session", |one| {
            one.session.is_none_or(|at| sessions.contains(&at))
        })?;
        belongs(&self.evidence, "commitment", |one| {
            one.commitment.is_none_or(|at| promised.contains(&at))
        })?;
        belongs(&self.focus, "relationship", |one| between.contains(&one.relationship))?;
        belongs(&self.repairs, "relationship", |one| between.contains(&one.relationship))?;
        let mut places = HashSet::new();
        for (number, text) in (1..).zip(&self.texts) {
            if !places.insert((text.value.session, text.value.layer)) {
                let what = format!("its session has {} already.", text.value.layer.words());
                return Err(Error::Record { kind: Writing::NAME, number, what });
            }
        }
        Ok(())
    }

    fn bring_in(
        &self,
        intake: &mut Intake<'_, '_>,
        standing: &StandingTexts,
    ) -> Result<Incoming, Error> {
        let mut incoming = Incoming::default();
        let Incoming { added, known, other_texts } = &mut incoming;
        macro_rules! take {
            ($($kind:ident),+) => {
                $(for (number, item) in (1..).zip(&self.$kind) {
                    match intake.take(&item.archive()).map_err(|error| named(item, number, error))? {
                        Imported::Added => added.$kind += 1,
                        Imported::Known => known.$kind += 1,
                    }
                })+
            };
        }
        take!(people, contacts, remembering, relationships, sessions);
        for (number, item) in (1..).zip(&self.texts) {
            let archive = item.archive();
            if let Some(here) = standing.get(&(item.value.session, item.value.layer)) {
                known.texts += 1;
                if here.value.body != item.value.body {
                    other_texts.push((item.value.session, item.value.layer));
                }
                continue;
            }
            match intake.take(&archive).map_err(|error| named(item, number, error))? {
                Imported::Known => known.texts += 1,
                Imported::Added => {
                    added.texts += 1;
                    for (number, version) in (1..).zip(&item.versions) {
                        let written = version.written.0;
                        intake.take_version(&archive, number, written, &version.body)?;
                    }
                }
            }
        }
        take!(agenda, commitments, commitment_moves, goals, goal_people, milestones, standings);
        take!(agreements, clauses, signatures);
        take!(ways, check_ins, answers, evidence, focus, repairs);
        Ok(incoming)
    }
}

fn belongs<T: Exchanged>(
    items: &[Item<T>],
    parent: &str,
    is_there: impl Fn(&T) -> bool,
) -> Result<(), Error> {
    match items.iter().position(|item| !is_there(&item.value)) {
        None => Ok(()),
        Some(at) => Err(Error::Record {
            kind: T::NAME,
            number: at + 1,
            what: format!("its {parent} is not in the file."),
        }),
    }
}

/// Says which record a rule was broken by; what else goes wrong is told as it is.
fn named<T: Exchanged>(_: &Item<T>, number: usize, error: store::Error) -> Error {
    match error {
        store::Error::Invalid(invalid) => {
            Error::Record { kind: T::NAME, number, what: invalid.message }
        }
        other => other.into(),
    }
}

fn read(from: impl Read) -> Result<Document, Error> {
    let mut refused = None;
    let mut reader = serde_json::Deserializer::from_reader(BufReader::new(from));
    let seed = DocumentSeed { refused: &mut refused };
    let document = seed.deserialize(&mut reader).and_then(|document| {
        reader.end()?;
        Ok(document)
    });
    match (refused, document) {
        (Some(error), _) => Err(error),
        (None, Ok(document)) => Ok(document),
        (None, Err(error)) => Err(broken(error)),
    }
}

fn broken(error: serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    if error.is_io() {
        return Error::Read(error.into());
    }
    if error.is_eof() {
        return Error::Broken { line, column, what: "it ends too early".to_owned() };
    }
    // The place is told once, and of long text only the beginning.
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    Error::Broken { line, column, what: text::line(said).chars().take(160).collect() }
}

struct DocumentSeed<'a> {
    refused: &'a mut Option<Error>,
}

impl<'de> DeserializeSeed<'de> for DocumentSeed<'_> {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// The owner of the journal the document came from; for the reader only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormerOwner {
    #[serde(rename = "name")]
    _name: String,
}

impl<'de> Visitor<'de> for DocumentSeed<'_> {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Confidant export")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Document, M::Error> {
        let mut document = Document::default();
        let (mut is_ours, mut version) = (false, None);
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let refuse = |refused: &mut Option<Error>, error| {
                *refused = Some(error);
                M::Error::custom("refused")
            };
            match key.as_str() {
                "format" => {
                    is_ours = map.next_value::<serde_json::Value>()? == FORMAT;
                    if !is_ours {
                        return Err(refuse(self.refused, Error::NotAnExport));
                    }
                }
                "version" => {
                    let number = map.next_value::<u64>()?;
                    version = Some(number);
                    if is_ours && number != VERSION {
                        return Err(refuse(self.refused, Error::TooNew(number)));
                    }
                }
                _ if !is_ours || version.is_none() => {
                    return Err(refuse(self.refused, Error::NotAnExport));
                }
                "includes_private" => {
                    map.next_value::<bool>()?;
                }
                "owner" => {
                    map.next_value::<FormerOwner>()?;
                }
                "people" => document.people = map.next_value()?,
                "contacts" => document.contacts = map.next_value()?,
                "remembering" => document.remembering = map.next_value()?,
                "relationships" => document.relationships = map.next_value()?,
                "sessions" => document.sessions = map.next_value()?,
                "texts" => document.texts = map.next_value()?,
                "agenda" => document.agenda = map.next_value()?,
                "commitments" => document.commitments = map.next_value()?,
                "commitment_moves" => document.commitment_moves = map.next_value()?,
                "goals" => document.goals = map.next_value()?,
                "goal_people" => document.goal_people = map.next_value()?,
                "milestones" => document.milestones = map.next_value()?,
                "standings" => document.standings = map.next_value()?,
                "agreements" => document.agreements = map.next_value()?,
                "clauses" => document.clauses = map.next_value()?,
                "signatures" => document.signatures = map.next_value()?,
                "ways" => document.ways = map.next_value()?,
                "check_ins" => document.check_ins = map.next_value()?,
                "answers" => document.answers = map.next_value()?,
                "evidence" => document.evidence = map.next_value()?,
                "focus" => document.focus = map.next_value()?,
                "repairs" => document.repairs = map.next_value()?,
                unknown => {
                    let unknown: String = text::line(unknown).chars().take(40).collect();
                    return Err(M::Error::custom(format!(
                        "\"{unknown}\" is nothing that this Confidant knows"
                    )));
                }
            }
            if !seen.insert(key.clone()) {
                return Err(M::Error::custom(format!("\"{key}\" is there twice")));
            }
        }
        if !is_ours || version.is_none() {
            *self.refused = Some(Error::NotAnExport);
        }
        Ok(document)
    }

    fn visit_seq<S: serde::de::SeqAccess<'de>>(self, mut seq: S) -> Result<Document, S::Error> {
        // JSON all the same, but of somebody else.
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        *self.refused = Some(Error::NotAnExport);
        Ok(Document::default())
    }
}
