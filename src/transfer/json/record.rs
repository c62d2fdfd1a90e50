//! One record as the document holds it: what names it, then its own fields.
//!
//! A field nobody knows is refused: dropping it in silence would lose what somebody wrote.

use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::domain::{
    AgendaItem, Agreement, Answer, CheckIn, Clause, Commitment, CommitmentMove, Contact, Evidence,
    Focus, Goal, GoalWith, Id, Mention, Milestone, Person, ProgressCheck, Relationship,
    Remembering, Repair, Session, Signature, Standing, Way, Writing, text,
};
use crate::store::Archive;

/// A moment in milliseconds since 1970; in the document RFC 3339, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time(pub i64);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Only a clock far from this millennium writes what the form cannot hold.
        let time = DateTime::<Utc>::from_timestamp_millis(self.0)
            .filter(|time| (0..=9999).contains(&time.year()))
            .unwrap_or_default();
        serializer.serialize_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text)
            .map(|time| Self(time.timestamp_millis()))
            .map_err(|_| D::Error::custom("a time is written like 2026-11-22T14:00:00.000Z"))
    }
}

/// What a text once was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    pub written: Time,
    pub body: String,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item<T> {
    pub id: Id<T>,
    pub written: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Time>,
    #[serde(flatten)]
    pub value: T,
    /// Oldest first; texts alone have them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Earlier>,
}

impl<T: Exchanged> Item<T> {
    pub fn new(archive: Archive<T>, versions: Vec<Earlier>) -> Self {
        Self {
            id: archive.id,
            written: Time(archive.written),
            deleted: archive.deleted.map(Time),
            value: archive.value.cleaned(),
            versions,
        }
    }

    pub fn archive(&self) -> Archive<T> {
        Archive {
            id: self.id,
            written: self.written.0,
            deleted: self.deleted.map(|time| time.0),
            value: self.value.clone(),
        }
    }
}

/// What the document holds of one noun.
pub trait Exchanged: Clone + Serialize + DeserializeOwned {
    /// What one is called in a message.
    const NAME: &'static str;
    /// Its own fields, all of them.
    const FIELDS: &'static [&'static str];
    /// Whether it has earlier versions.
    const VERSIONED: bool = false;

    /// Free of control characters, one line where it is one line.
    fn cleaned(self) -> Self;

    /// The days it names.
    fn days(&self) -> Vec<NaiveDate> {
        Vec::new()
    }
}

impl Exchanged for Person {
    const NAME: &'static str = "person";
    const FIELDS: &'static [&'static str] = &["name", "alias", "time_zone"];

    fn cleaned(self) -> Self {
        Self {
            name: text::line(&self.name),
            alias: text::line(&self.alias),
            time_zone: text::line(&self.time_zone),
        }
    }
}

impl Exchanged for Contact {
    const NAME: &'static str = "contact";
    const FIELDS: &'static [&'static str] =
        &["person", "party", "label", "value", "preferred", "hours"];

    fn cleaned(self) -> Self {
        Self {
            label: text::line(&self.label),
            value: text::line(&self.value),
            hours: text::line(&self.hours),
            ..self
        }
    }
}

impl Exchanged for Remembering {
    const NAME: &'static str = "line worth remembering";
    const FIELDS: &'static [&'static str] = &["person", "text", "on", "session", "layer"];

    fn cleaned(self) -> Self {
        Self { text: text::prose(&self.text).into_owned(), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        self.on.into_iter().collect()
    }
}

impl Exchanged for Relationship {
    const NAME: &'static str = "relationship";
    const FIELDS: &'static [&'static str] = &[
        "person",
        "role",
        "phase",
        "started",
        "ends",
        "cadence",
        "usual_minutes",
        "usual_mode",
        "usual_place",
        "programme",
        "coordinator",
        "safeguarding",
        "archived",
        "keep_until",
        "paused",
    ];

    fn cleaned(self) -> Self {
        Self {
            usual_place: text::line(&self.usual_place),
            programme: text::line(&self.programme),
            coordinator: text::line(&self.coordinator),
            safeguarding: text::line(&self.safeguarding),
            ..self
        }
    }

    fn days(&self) -> Vec<NaiveDate> {
        self.started
            .into_iter()
            .chain(self.ends)
            .chain(self.keep_until)
            .chain(self.paused)
            .collect()
    }
}

impl Exchanged for Session {
    const NAME: &'static str = "session";
    const FIELDS: &'static [&'static str] =
        &["relationship", "when", "state", "minutes", "mode", "place", "about", "template"];

    fn cleaned(self) -> Self {
        Self {
            place: text::line(&self.place),
            about: text::line(&self.about),
            template: text::line(&self.template),
            ..self
        }
    }

    fn days(&self) -> Vec<NaiveDate> {
        vec![self.when.date]
    }
}

impl Exchanged for Writing {
    const NAME: &'static str = "text";
    const FIELDS: &'static [&'static str] = &["session", "layer", "body"];
    const VERSIONED: bool = true;

    fn cleaned(self) -> Self {
        Self { body: text::prose(&self.body).into_owned(), ..self }
    }
}

impl Exchanged for AgendaItem {
    const NAME: &'static str = "agenda line";
    const FIELDS: &'static [&'static str] =
        &["relationship", "by", "text", "state", "added", "session", "place"];

    fn cleaned(self) -> Self {
        Self { text: text::line(&self.text), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        vec![self.added]
    }
}

impl Exchanged for Commitment {
    const NAME: &'static str = "commitment";
    const FIELDS: &'static [&'static str] = &[
        "relationship",
        "session",
        "owner",
        "text",
        "weight",
        "made",
        "due",
        "state",
        "closed",
        "told",
    ];

    fn cleaned(self) -> Self {
        Self { text: text::line(&self.text), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        [self.made].into_iter().chain(self.due).chain(self.closed).collect()
    }
}

impl Exchanged for CommitmentMove {
    const NAME: &'static str = "moved day of a commitment";
    const FIELDS: &'static [&'static str] = &["commitment", "from", "to", "on", "agreed"];

    fn cleaned(self) -> Self {
        self
    }

    fn days(&self) -> Vec<NaiveDate> {
        vec![self.from, self.to, self.on]
    }
}

impl Exchanged for Goal {
    const NAME: &'static str = "goal";
    const FIELDS: &'static [&'static str] =
        &["title", "owner", "why", "test", "horizon", "due", "status", "since"];

    fn cleaned(self) -> Self {
        Self {
            title: text::line(&self.title),
            why: text::prose(&self.why).into_owned(),
            test: text::prose(&self.test).into_owned(),
            ..self
        }
    }

    fn days(&self) -> Vec<NaiveDate> {
        self.due.into_iter().chain([self.since]).collect()
    }
}

impl Exchanged for GoalWith {
    const NAME: &'static str = "sharing of a goal";
    const FIELDS: &'static [&'static str] = &["goal", "relationship"];

    fn cleaned(self) -> Self {
        self
    }
}

impl Exchanged for Milestone {
    const NAME: &'static str = "milestone";
    const FIELDS: &'static [&'static str] = &["goal", "title", "due", "done", "position"];

    fn cleaned(self) -> Self {
        Self { title: text::line(&self.title), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        self.due.into_iter().chain(self.done).collect()
    }
}

impl Exchanged for Standing {
    const NAME: &'static str = "word on a goal";
    const FIELDS: &'static [&'static str] = &["goal", "day", "word", "note", "session"];

    fn cleaned(self) -> Self {
        Self { note: text::line(&self.note), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        vec![self.day]
    }
}

impl Exchanged for Mention {
    const NAME: &'static str = "link to a goal";
    const FIELDS: &'static [&'static str] =
        &["goal", "session", "commitment", "layer", "text", "day"];

    fn cleaned(self) -> Self {
        Self { text: text::line(&self.text), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        vec![self.day]
    }
}

impl Exchanged for Way {
    const NAME: &'static str = "wanted way";
    const FIELDS: &'static [&'static str] = &["key", "name", "line", "hidden"];

    fn cleaned(self) -> Self {
        Self {
            key: text::line(&self.key),
            name: text::line(&self.name),
            line: text::line(&self.line),
            ..self
        }
    }
}

impl Exchanged for CheckIn {
    const NAME: &'static str = "trust check-in";
    const FIELDS: &'static [&'static str] = &["relationship", "day"];

    fn cleaned(self) -> Self {
        self
    }

    fn days(&self) -> Vec<NaiveDate> {
        vec![self.day]
    }
}

impl Exchanged for Answer {
    const NAME: &'static str = "answer of a check-in";
    const FIELDS: &'static [&'static str] = &["check_in", "way", "value"];

    fn cleaned(self) -> Self {
        Self { way: text::line(&self.way), ..self }
    }
}

impl Exchanged for Evidence {
    const NAME: &'static str = "line of what I saw or did";
    const FIELDS: &'static [&'static str] =
        &["relationship", "way", "direction", "day", "text", "session", "commitment"];

    fn cleaned(self) -> Self {
        Self { way: text::line(&self.way), text: text::prose(&self.text).into_owned(), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        vec![self.day]
    }
}

impl Exchanged for Focus {
    const NAME: &'static str = "practice";
    const FIELDS: &'static [&'static str] = &["relationship", "way", "practice", "since", "until"];

    fn cleaned(self) -> Self {
        Self { way: text::line(&self.way), practice: text::line(&self.practice), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        [self.since].into_iter().chain(self.until).collect()
    }
}

impl Exchanged for Repair {
    const NAME: &'static str = "repair";
    const FIELDS: &'static [&'static str] =
        &["relationship", "day", "happened", "part", "effect", "said", "change", "settled"];

    fn cleaned(self) -> Self {
        let prose = |words: &str| text::prose(words).into_owned();
        Self {
            happened: prose(&self.happened),
            part: prose(&self.part),
            effect: prose(&self.effect),
            said: prose(&self.said),
            change: prose(&self.change),
            ..self
        }
    }

    fn days(&self) -> Vec<NaiveDate> {
        [self.day].into_iter().chain(self.settled).collect()
    }
}

impl Exchanged for Agreement {
    const NAME: &'static str = "version of an agreement";
    const FIELDS: &'static [&'static str] = &[
        "relationship",
        "number",
        "profile",
        "why",
        "cadence",
        "schedule",
        "checks",
        "ends",
        "renew_by",
        "proposed",
    ];

    fn cleaned(self) -> Self {
        Self { why: text::line(&self.why), schedule: text::line(&self.schedule), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        let dates = self.ends.into_iter().chain(self.renew_by).chain(self.proposed);
        self.checks.iter().copied().chain(dates).collect()
    }
}

impl Exchanged for Clause {
    const NAME: &'static str = "clause";
    const FIELDS: &'static [&'static str] = &["agreement", "key", "heading", "text", "position"];

    fn cleaned(self) -> Self {
        Self {
            key: text::line(&self.key),
            heading: text::line(&self.heading),
            text: text::prose(&self.text).into_owned(),
            ..self
        }
    }
}

impl Exchanged for Signature {
    const NAME: &'static str = "signature";
    const FIELDS: &'static [&'static str] = &["agreement", "party", "name", "day", "method"];

    fn cleaned(self) -> Self {
        Self { name: text::line(&self.name), ..self }
    }

    fn days(&self) -> Vec<NaiveDate> {
        vec![self.day]
    }
}

impl Exchanged for ProgressCheck {
    const NAME: &'static str = "progress check";
    const FIELDS: &'static [&'static str] = &[
        "relationship",
        "session",
        "planned",
        "day",
        "state",
        "note",
        "helped",
        "hindered",
        "mine",
        "theirs",
        "change",
    ];

    fn cleaned(self) -> Self {
        let prose = |words: &str| text::prose(words).into_owned();
        Self {
            note: text::line(&self.note),
            helped: prose(&self.helped),
            hindered: prose(&self.hindered),
            mine: prose(&self.mine),
            theirs: prose(&self.theirs),
            change: prose(&self.change),
            ..self
        }
    }

    fn days(&self) -> Vec<NaiveDate> {
        [self.day].into_iter().chain(self.planned).collect()
    }
}

impl<'de, T: Exchanged> Deserialize<'de> for Item<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ItemVisitor(PhantomData))
    }
}

struct ItemVisitor<T>(PhantomData<T>);

impl<'de, T: Exchanged> Visitor<'de> for ItemVisitor<T> {
    type Value = Item<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {}", T::NAME)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Item<T>, M::Error> {
        let (mut id, mut written, mut deleted, mut versions) = (None, None, None, None);
        let mut own = Map::new();
        while let Some(field) = map.next_key::<String>()? {
            let twice = match field.as_str() {
                "id" => id.replace(map.next_value::<Id<T>>()?).is_some(),
                "written" => written.replace(map.next_value::<Time>()?).is_some(),
                "deleted" => deleted.replace(map.next_value::<Time>()?).is_some(),
                "versions" if T::VERSIONED => {
                    versions.replace(map.next_value::<Vec<Earlier>>()?).is_some()
                }
                known if T::FIELDS.contains(&known) => {
                    own.insert(field.clone(), map.next_value()?).is_some()
                }
                unknown => {
                    let unknown: String = text::line(unknown).chars().take(40).collect();
                    return Err(M::Error::custom(format!(
                        "a {} has no field \"{unknown}\" that this Confidant knows",
                        T::NAME
                    )));
                }
            };
            if twice {
                return Err(M::Error::custom(format!("the field \"{field}\" is there twice")));
            }
        }
        let value: T = serde_json::from_value(Value::Object(own)).map_err(M::Error::custom)?;
        let value = value.cleaned();
        if value.days().iter().any(|day| !(1..=9999).contains(&day.year())) {
            return Err(M::Error::custom("a day lies outside of the years 1 to 9999"));
        }
        let mut versions = versions.unwrap_or_default();
        for version in &mut versions {
            version.body = text::prose(&version.body).into_owned();
        }
        Ok(Item {
            id: id.ok_or_else(|| M::Error::missing_field("id"))?,
            written: written.ok_or_else(|| M::Error::missing_field("written"))?,
            deleted,
            value,
            versions,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        AgendaState, CheckState, CommitmentState, Direction, GoalOwner, GoalWord, Horizon, Layer,
        Method, Party, Practice, Role, SessionState, Weight, When,
    };

    fn fields_of(value: &impl Serialize) -> Vec<String> {
        let Ok(Value::Object(object)) = serde_json::to_value(value) else { panic!("an object") };
        let mut names: Vec<String> = object.into_iter().map(|(name, _)| name).collect();
        names.sort();
        names
    }

    fn listed<T: Exchanged>() -> Vec<String> {
        let mut names: Vec<String> = T::FIELDS.iter().map(|name| (*name).to_owned()).collect();
        names.sort();
        names
    }

    /// A noun that gains a field fails here until the document knows it too.
    #[test]
    fn every_field_is_listed() {
        let day: NaiveDate = "2026-11-12".parse().expect("a day");
        let some = || "x".to_owned();
        let person = Person { name: some(), alias: some(), time_zone: "Europe/Lisbon".to_owned() };
        assert_eq!(fields_of(&person), listed::<Person>());
        let of = Id::from_bytes([1; 16]);
        let contact = Contact {
            person: of,
            party: Party::Me,
            label: some(),
            value: some(),
            preferred: true,
            hours: some(),
        };
        assert_eq!(fields_of(&contact), listed::<Contact>());
        let line = Remembering {
            session: Some(Id::from_bytes([3; 16])),
            layer: Some(Layer::Notes),
            ..Remembering::new(of, some(), Some(day))
        };
        assert_eq!(fields_of(&line), listed::<Remembering>());
        let mut relationship = Relationship::new(of, Role::Peer);
        relationship.started = Some(day);
        relationship.ends = Some(day);
        relationship.cadence = "2w".parse().ok();
        relationship.usual_minutes = "45".parse().ok();
        relationship.usual_mode = Some(crate::domain::Mode::Video);
        relationship.usual_place = some();
        relationship.programme = some();
        relationship.coordinator = some();
        relationship.safeguarding = some();
        relationship.keep_until = Some(day);
        relationship.paused = Some(day);
        assert_eq!(fields_of(&relationship), listed::<Relationship>());
        let between = Id::from_bytes([2; 16]);
        let mut session = Session::new(between, When::day(day), SessionState::Held);
        session.minutes = "45".parse().ok();
        session.mode = Some(crate::domain::Mode::Video);
        session.place = some();
        session.about = some();
        session.template = some();
        assert_eq!(fields_of(&session), listed::<Session>());
        let at = Id::from_bytes([3; 16]);
        let writing = Writing { session: at, layer: Layer::Notes, body: some() };
        assert_eq!(fields_of(&writing), listed::<Writing>());
        let item = AgendaItem {
            relationship: between,
            by: Party::Me,
            text: some(),
            state: AgendaState::Discussed,
            added: day,
            session: Some(at),
            place: Some(1),
        };
        assert_eq!(fields_of(&item), listed::<AgendaItem>());
        let commitment = Commitment {
            relationship: between,
            session: Some(at),
            owner: Party::Me,
            text: some(),
            weight: Weight::Nice,
            made: day,
            due: Some(day),
            state: CommitmentState::Kept,
            closed: Some(day),
            told: true,
        };
        assert_eq!(fields_of(&commitment), listed::<Commitment>());
        let promise = Id::from_bytes([4; 16]);
        let moved =
            CommitmentMove { commitment: promise, from: day, to: day, on: day, agreed: true };
        assert_eq!(fields_of(&moved), listed::<CommitmentMove>());
        let goal = Goal {
            why: some(),
            test: some(),
            horizon: Some(Horizon::Long),
            due: Some(day),
            ..Goal::new("x", GoalOwner::Me, day)
        };
        assert_eq!(fields_of(&goal), listed::<Goal>());
        let of = Id::from_bytes([4; 16]);
        let with = GoalWith { goal: of, relationship: between };
        assert_eq!(fields_of(&with), listed::<GoalWith>());
        let milestone =
            Milestone { goal: of, title: some(), due: Some(day), done: Some(day), position: 0 };
        assert_eq!(fields_of(&milestone), listed::<Milestone>());
        let standing =
            Standing { session: Some(at), ..Standing::new(of, day, GoalWord::Ahead, some()) };
        assert_eq!(fields_of(&standing), listed::<Standing>());
        let mention = Mention {
            goal: of,
            session: Some(at),
            commitment: Some(promise),
            layer: Some(Layer::Notes),
            text: some(),
            day,
        };
        assert_eq!(fields_of(&mention), listed::<Mention>());
    }

    #[test]
    fn every_field_of_the_ten_ways_is_listed() {
        let day: NaiveDate = "2026-11-12".parse().expect("a day");
        let some = || "x".to_owned();
        let (between, at) = (Id::from_bytes([2; 16]), Id::from_bytes([3; 16]));
        let promise = Id::from_bytes([4; 16]);
        let way = Way { key: some(), name: some(), line: some(), hidden: true };
        assert_eq!(fields_of(&way), listed::<Way>());
        assert_eq!(fields_of(&CheckIn { relationship: between, day }), listed::<CheckIn>());
        let looked = Id::from_bytes([5; 16]);
        let answer = Answer { check_in: looked, way: some(), value: Practice::Sometimes };
        assert_eq!(fields_of(&answer), listed::<Answer>());
        let evidence = Evidence {
            relationship: between,
            way: some(),
            direction: Direction::Practised,
            day,
            text: some(),
            session: Some(at),
            commitment: Some(promise),
        };
        assert_eq!(fields_of(&evidence), listed::<Evidence>());
        let focus = Focus {
            relationship: between,
            way: some(),
            practice: some(),
            since: day,
            until: Some(day),
        };
        assert_eq!(fields_of(&focus), listed::<Focus>());
        let repair = Repair {
            relationship: between,
            day,
            happened: some(),
            part: some(),
            effect: some(),
            said: some(),
            change: some(),
            settled: Some(day),
        };
        assert_eq!(fields_of(&repair), listed::<Repair>());
    }

    #[test]
    fn every_field_of_an_agreement_is_listed() {
        let day: NaiveDate = "2026-11-12".parse().expect("a day");
        let some = || "x".to_owned();
        let agreement = Agreement {
            why: some(),
            cadence: "2w".parse().ok(),
            schedule: some(),
            checks: vec![day],
            ends: Some(day),
            renew_by: Some(day),
            proposed: Some(day),
            ..Agreement::first(Id::from_bytes([2; 16]))
        };
        assert_eq!(fields_of(&agreement), listed::<Agreement>());
        let of = Id::from_bytes([3; 16]);
        let clause =
            Clause { agreement: of, key: some(), heading: some(), text: some(), position: 0 };
        assert_eq!(fields_of(&clause), listed::<Clause>());
        let (party, method) = (Party::Me, Method::Paper);
        let signature = Signature { agreement: of, party, name: some(), day, method };
        assert_eq!(fields_of(&signature), listed::<Signature>());
        let check = ProgressCheck {
            session: Some(Id::from_bytes([4; 16])),
            planned: Some(day),
            note: some(),
            helped: some(),
            hindered: some(),
            mine: some(),
            theirs: some(),
            change: some(),
            ..ProgressCheck::new(Id::from_bytes([2; 16]), day, CheckState::Held)
        };
        assert_eq!(fields_of(&check), listed::<ProgressCheck>());
    }

    #[test]
    fn a_time_is_kept_to_the_millisecond() {
        for millis in [0, 1, 1_795_262_400_123, 253_402_300_799_999] {
            let json = serde_json::to_string(&Time(millis)).expect("json");
            assert_eq!(serde_json::from_str::<Time>(&json).expect("a time"), Time(millis));
        }
        assert!(serde_json::to_string(&Time(i64::MAX)).is_ok());
        assert!(serde_json::from_str::<Time>("\"noon\"").is_err());
    }
}
