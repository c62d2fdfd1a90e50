//! Bringing a document in: all of it as one change, or nothing.
//!
//! Each record goes into the journal as it is read, so that a long document costs no more memory
//! than a short one; it stays hidden until the last one was read and found right. What is here
//! already, by its id, stays as it is. The journal keeps its own owner.

use std::collections::HashSet;
use std::fmt;
use std::io::{BufReader, Read};
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::super::bringing::{Bringing, Each, Takes};
use super::super::{Error, How, broken, count};
use super::record::{Exchanged, Item};
use super::{FORMAT, VERSION};
use crate::domain::{
    AgendaItem, Agreement, Answer, CheckIn, Clause, Commitment, CommitmentMove, Contact, Evidence,
    Focus, Goal, GoalWith, Id, Layer, Mention, Milestone, Person, ProgressCheck, Relationship,
    Remembering, Repair, Session, Signature, Standing, Way, Writing, text,
};
use crate::store::{self, Arrival, Arriving, Entity, Imported, Standing as Place, Store};

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
    /// That something said or promised is about a goal.
    pub mentions: usize,
    /// Versions of agreements.
    pub agreements: usize,
    /// Clauses.
    pub clauses: usize,
    /// Signatures.
    pub signatures: usize,
    /// Progress checks.
    pub progress_checks: usize,
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
            count(self.mentions, "link to a goal", "links to goals"),
            count(self.agreements, "version of an agreement", "versions of agreements"),
            count(self.clauses, "clause", "clauses"),
            count(self.signatures, "signature", "signatures"),
            count(self.progress_checks, "progress check", "progress checks"),
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
pub fn import(
    store: &mut Store,
    how: How<'_>,
    from: impl Read + Send + 'static,
) -> Result<Incoming, Error> {
    let How { stamp, process, progress } = how;
    let arrival = store.begin_arrival(stamp, process)?;
    begin(arrival, from)?.to_the_end(store, progress)
}

/// Says what [`import`] would bring, and brings nothing.
pub fn dry_run(
    store: &mut Store,
    how: How<'_>,
    from: impl Read + Send + 'static,
) -> Result<Incoming, Error> {
    let How { stamp, progress, .. } = how;
    begin(Arrival::tried(stamp), from)?.to_the_end(store, progress)
}

/// Begins to bring a document in.
pub fn begin(
    arrival: Arrival,
    from: impl Read + Send + 'static,
) -> Result<Bringing<Reading>, Error> {
    Bringing::begin(arrival, Reading::default(), move |each| read(from, each))
}

/// Hands over every record of a document, in the order in which it has them.
fn read(from: impl Read, each: Each<'_, Piece>) -> Result<(), Error> {
    let mut document = Document { each, refused: None };
    let mut reader = serde_json::Deserializer::from_reader(BufReader::new(from));
    let read = DocumentSeed(&mut document).deserialize(&mut reader).and_then(|()| reader.end());
    match (document.refused, read) {
        (Some(error), _) => Err(error),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => Err(broken(error)),
    }
}

/// A document being read.
struct Document<'a> {
    each: Each<'a, Piece>,
    /// Why the reading ended, where not the document says so.
    refused: Option<Error>,
}

impl Document<'_> {
    fn refuse<E: serde::de::Error>(&mut self, error: Error) -> E {
        self.refused = Some(error);
        E::custom("refused")
    }
}

/// A record of any kind on its way in.
pub struct Piece(Box<dyn Bring + Send>);

/// What brings a record in, whatever kind it is of.
trait Bring {
    fn bring(&self, reading: &mut Reading, arriving: &mut Arriving<'_>) -> Result<(), Error>;
}

/// A record, the how many-th of its kind in the document.
struct Numbered<T> {
    item: Item<T>,
    number: usize,
}

impl<T: Coming> Bring for Numbered<T> {
    fn bring(&self, reading: &mut Reading, arriving: &mut Arriving<'_>) -> Result<(), Error> {
        let Self { item, number } = self;
        let number = *number;
        if let Some(parent) = item.value.orphan(arriving)? {
            let what = format!("its {} is not in the file.", parent.replace('_', "-"));
            return Err(Error::Record { kind: T::NAME, number, what });
        }
        let imported = T::bring(reading, arriving, item, number).map_err(|error| match error {
            // Says which record the rule was broken by; what else goes wrong is told as it is.
            Error::Store(store::Error::Invalid(invalid)) => {
                Error::Record { kind: T::NAME, number, what: invalid.message }
            }
            other => other,
        })?;
        let tally = match imported {
            Imported::Added => &mut reading.incoming.added,
            Imported::Known => &mut reading.incoming.known,
        };
        *T::tally(tally) += 1;
        Ok(())
    }
}

/// What came in of a document so far.
#[derive(Default)]
pub struct Reading {
    incoming: Incoming,
}

impl Takes for Reading {
    type Piece = Piece;
    type Told = Incoming;

    fn take(&mut self, piece: Piece, arriving: &mut Arriving<'_>) -> Result<(), Error> {
        piece.0.bring(self, arriving)
    }

    fn told(self) -> Incoming {
        self.incoming
    }
}

impl Reading {
    /// A text has a place in its session that only one can have.
    fn take_text(
        &mut self,
        arriving: &mut Arriving<'_>,
        item: &Item<Writing>,
        number: usize,
    ) -> Result<Imported, Error> {
        let (session, layer) = (item.value.session, item.value.layer);
        match arriving.standing(session, layer)? {
            Place::Brought => {
                let what = format!("its session has {} already.", layer.words());
                return Err(Error::Record { kind: Writing::NAME, number, what });
            }
            Place::Here(here) => {
                if here.value.body != item.value.body {
                    self.incoming.other_texts.push((session, layer));
                }
                return Ok(Imported::Known);
            }
            Place::Free => {}
        }
        let archive = item.archive();
        let imported = arriving.take(&archive)?;
        if imported == Imported::Added {
            for (number, version) in (1..).zip(&item.versions) {
                arriving.take_version(&archive, number, version.written.0, &version.body);
            }
        }
        Ok(imported)
    }
}

/// What one record belongs to.
trait Parent {
    fn is_there(&self, arriving: &Arriving<'_>) -> store::Result<bool>;
}

impl<T: Entity> Parent for Id<T> {
    fn is_there(&self, arriving: &Arriving<'_>) -> store::Result<bool> {
        arriving.is_there(*self)
    }
}

impl<T: Entity> Parent for Option<Id<T>> {
    fn is_there(&self, arriving: &Arriving<'_>) -> store::Result<bool> {
        self.map_or(Ok(true), |id| arriving.is_there(id))
    }
}

/// A noun as it comes in.
trait Coming: Exchanged + Entity + Send + 'static {
    /// Its line in the count.
    fn tally(tally: &mut Tally) -> &mut usize;

    /// What it belongs to and what is not there.
    fn orphan(&self, arriving: &Arriving<'_>) -> store::Result<Option<&'static str>>;

    fn bring(
        _reading: &mut Reading,
        arriving: &mut Arriving<'_>,
        item: &Item<Self>,
        _number: usize,
    ) -> Result<Imported, Error> {
        Ok(arriving.take(&item.archive())?)
    }
}

/// For each noun its section of the document and the records it belongs to, parents first.
macro_rules! coming {
    ($($noun:ident in $section:ident of [$($parent:ident),*] $(by $bring:ident)?;)+) => {
        $(impl Coming for $noun {
            fn tally(tally: &mut Tally) -> &mut usize {
                &mut tally.$section
            }

            fn orphan(&self, _arriving: &Arriving<'_>) -> store::Result<Option<&'static str>> {
                $(if !self.$parent.is_there(_arriving)? {
                    return Ok(Some(stringify!($parent)));
                })*
                Ok(None)
            }

            $(fn bring(
                reading: &mut Reading,
                arriving: &mut Arriving<'_>,
                item: &Item<Self>,
                number: usize,
            ) -> Result<Imported, Error> {
                reading.$bring(arriving, item, number)
            })?
        })+

        impl Document<'_> {
            /// Reads the section `name`; false if there is no such section.
            fn section<'de, M: MapAccess<'de>>(
                &mut self,
                name: &str,
                map: &mut M,
            ) -> Result<bool, M::Error> {
                match name {
                    $(stringify!($section) => {
                        map.next_value_seed(SectionSeed::<$noun>(self, PhantomData))?;
                    })+
                    _ => return Ok(false),
                }
                Ok(true)
            }
        }
    };
}

coming! {
    Person in people of [];
    Contact in contacts of [person];
    Relationship in relationships of [person];
    Session in sessions of [relationship];
    Writing in texts of [session] by take_text;
    Remembering in remembering of [person, session];
    AgendaItem in agenda of [relationship, session];
    Commitment in commitments of [relationship, session];
    CommitmentMove in commitment_moves of [commitment];
    Goal in goals of [];
    GoalWith in goal_people of [goal, relationship];
    Milestone in milestones of [goal];
    Standing in standings of [goal, session];
    Mention in mentions of [goal, session, commitment];
    Agreement in agreements of [relationship];
    Clause in clauses of [agreement];
    Signature in signatures of [agreement];
    ProgressCheck in progress_checks of [relationship, session];
    Way in ways of [];
    CheckIn in check_ins of [relationship];
    Answer in answers of [check_in];
    Evidence in evidence of [relationship, session, commitment];
    Focus in focus of [relationship];
    Repair in repairs of [relationship];
}

/// Reads one section, a record after the other.
struct SectionSeed<'r, 'a, T>(&'r mut Document<'a>, PhantomData<T>);

impl<'de, T: Coming> DeserializeSeed<'de> for SectionSeed<'_, '_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Coming> Visitor<'de> for SectionSeed<'_, '_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        let mut number = 0;
        while let Some(item) = seq.next_element::<Item<T>>()? {
            number += 1;
            let piece = Piece(Box::new(Numbered { item, number }));
            (self.0.each)(piece).map_err(|error| self.0.refuse(error))?;
        }
        Ok(())
    }
}

/// The owner of the journal the document came from; for the reader only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormerOwner {
    #[serde(rename = "name")]
    _name: String,
}

/// Reads the whole document.
struct DocumentSeed<'r, 'a>(&'r mut Document<'a>);

impl<'de> DeserializeSeed<'de> for DocumentSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for DocumentSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Confidant export")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let document = self.0;
        let (mut is_ours, mut version) = (false, None);
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "format" => {
                    is_ours = map.next_value::<serde_json::Value>()? == FORMAT;
                    if !is_ours {
                        return Err(document.refuse(Error::NotAnExport));
                    }
                }
                "version" => {
                    let number = map.next_value::<u64>()?;
                    version = Some(number);
                    if is_ours && number != VERSION {
                        return Err(document.refuse(Error::TooNew(number)));
                    }
                }
                _ if !is_ours || version.is_none() => {
                    return Err(document.refuse(Error::NotAnExport));
                }
                "includes_private" => {
                    map.next_value::<bool>()?;
                }
                "owner" => {
                    map.next_value::<FormerOwner>()?;
                }
                section => {
                    if !document.section(section, &mut map)? {
                        let unknown: String = text::line(section).chars().take(40).collect();
                        return Err(M::Error::custom(format!(
                            "\"{unknown}\" is nothing that this Confidant knows"
                        )));
                    }
                }
            }
            if !seen.insert(key.clone()) {
                return Err(M::Error::custom(format!("\"{key}\" is there twice")));
            }
        }
        if !is_ours || version.is_none() {
            return Err(document.refuse(Error::NotAnExport));
        }
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        // JSON all the same, but of somebody else.
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Err(self.0.refuse(Error::NotAnExport))
    }
}
