//! The made-up journal to look around in: three relationships and a year of them, dated from today
//! so that it is always alive.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde::Deserialize;

use crate::domain::{
    AgendaItem, AgendaState, Agreement, Answer, Cadence, CheckIn, Clause, Commitment,
    CommitmentMove, CommitmentState, Contact, Direction, Evidence, Focus, Goal, GoalOwner,
    GoalStatus, GoalWith, GoalWord, Horizon, Id, Layer, Method, Milestone, Minutes, Mode, Moment,
    Owner, Party, Person, Phase, Practice, Profile, Relationship, Remembering, Repair, Role,
    Session, SessionState, Signature, Stamp, Standing, Weight, When, Writing,
};
use crate::guide::clauses;
use crate::store::{Archive, Error, Intake, Store};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    owner: String,
    person: Vec<SamplePerson>,
    /// Each shared with nobody, one person or several.
    #[serde(default)]
    goal: Vec<Aim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SamplePerson {
    name: String,
    alias: String,
    role: Role,
    started: i64,
    ends: Option<i64>,
    cadence: Cadence,
    minutes: u16,
    mode: Mode,
    #[serde(default)]
    weekends: bool,
    #[serde(default)]
    programme: String,
    #[serde(default)]
    coordinator: String,
    #[serde(default)]
    safeguarding: String,
    #[serde(default)]
    remember: Vec<Remember>,
    #[serde(default)]
    contacts: Vec<Reach>,
    #[serde(default)]
    agenda: Vec<String>,
    #[serde(default)]
    session: Vec<Met>,
    #[serde(default)]
    promise: Vec<Promised>,
    #[serde(default)]
    agreement: Vec<Agreed>,
    #[serde(default)]
    check_in: Vec<Looked>,
    #[serde(default)]
    evidence: Vec<Seen>,
    #[serde(default)]
    focus: Vec<Practised>,
    #[serde(default)]
    repair: Vec<Mended>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remember {
    text: String,
    on: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reach {
    label: String,
    value: String,
    #[serde(default)]
    preferred: bool,
    #[serde(default)]
    hours: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Met {
    day: i64,
    time: Option<String>,
    state: Option<SessionState>,
    minutes: Option<u16>,
    about: String,
    /// What stood on its agenda, and was discussed.
    #[serde(default)]
    agenda: Vec<String>,
    #[serde(default)]
    notes: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    reflection: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Promised {
    text: String,
    owner: Party,
    made: i64,
    due: Option<i64>,
    closed: Option<i64>,
    state: Option<CommitmentState>,
    weight: Option<Weight>,
    to: Option<i64>,
    moved: Option<i64>,
    #[serde(default)]
    agreed: bool,
    #[serde(default)]
    told: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Aim {
    title: String,
    owner: GoalOwner,
    #[serde(default)]
    why: String,
    #[serde(default)]
    test: String,
    horizon: Option<Horizon>,
    since: i64,
    due: Option<i64>,
    /// What became of it, and when; it is worked on where nothing did.
    status: Option<GoalStatus>,
    over: Option<i64>,
    /// With whom it is shared, by name.
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    milestones: Vec<Step>,
    #[serde(default)]
    standings: Vec<Said>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    title: String,
    due: Option<i64>,
    done: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    day: i64,
    word: GoalWord,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreed {
    profile: Profile,
    #[serde(default)]
    why: String,
    schedule: String,
    checks: Vec<i64>,
    ends: Option<i64>,
    renew_by: Option<i64>,
    clauses: Vec<Part>,
    signed: Vec<Signed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    key: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signed {
    party: Party,
    name: String,
    day: i64,
    method: Method,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Looked {
    day: i64,
    answers: BTreeMap<String, Practice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    way: String,
    direction: Direction,
    day: i64,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Practised {
    way: String,
    practice: String,
    since: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mended {
    day: i64,
    happened: String,
    part: String,
    effect: String,
    said: String,
    change: String,
    settled: Option<i64>,
}

fn read() -> Option<Sample> {
    toml::from_str(include_str!("../../assets/sample/journal.toml")).ok()
}

/// Whose made-up journal it is.
pub fn owner() -> Owner {
    Owner { name: read().map(|sample| sample.owner).unwrap_or_default() }
}

/// Fills a journal that was just begun with all that is made up.
pub fn fill(store: &mut Store, stamp: Stamp) -> Result<(), Error> {
    let Some(sample) = read() else { return Ok(()) };
    store.begin_with(stamp, |intake| {
        let mut teller = Teller {
            intake,
            now: stamp.now,
            weekends: false,
            people: BTreeMap::new(),
            sessions: BTreeMap::new(),
        };
        for person in &sample.person {
            teller.weekends = person.weekends;
            teller.sessions.clear();
            teller.tell(person)?;
        }
        for aim in &sample.goal {
            teller.goal(aim)?;
        }
        Ok(())
    })
}

/// What stands on an agenda: whose line it is, and what it says.
fn agenda_line(line: &str) -> (Party, String) {
    let (by, text) = match line.split_once(": ") {
        Some(("them", rest)) => (Party::Them, rest),
        Some((_, rest)) => (Party::Me, rest),
        None => (Party::Me, line),
    };
    (by, text.to_owned())
}

/// Tells of one person, record by record.
struct Teller<'a, 'door, 'tx> {
    intake: &'a mut Intake<'door, 'tx>,
    now: Moment,
    weekends: bool,
    /// Who was told of so far, by name.
    people: BTreeMap<&'a str, Id<Relationship>>,
    /// The sessions with the one who is told of, by how many days from today they are.
    sessions: BTreeMap<i64, Id<Session>>,
}

impl<'a> Teller<'a, '_, '_> {
    /// The day that lies so many days from today.
    fn day(&self, from_today: i64) -> NaiveDate {
        let today = self.now.date_naive();
        let days = Days::new(from_today.unsigned_abs());
        let day = if from_today < 0 {
            today.checked_sub_days(days)
        } else {
            today.checked_add_days(days)
        };
        day.unwrap_or(today)
    }

    /// The working day on which the two met, or meet: past meetings are put before a weekend and
    /// those to come after it.
    fn meeting(&self, from_today: i64) -> NaiveDate {
        let day = self.day(from_today);
        let (before, after) = match day.weekday() {
            Weekday::Sat if !self.weekends => (1, 2),
            Weekday::Sun if !self.weekends => (2, 1),
            _ => return day,
        };
        let moved = if from_today < 0 {
            day.checked_sub_days(Days::new(before))
        } else {
            day.checked_add_days(Days::new(after))
        };
        moved.unwrap_or(day)
    }

    /// Brings in one record, written when it happened.
    fn take<T: crate::store::Entity>(&mut self, on: i64, value: T) -> Result<Id<T>, Error> {
        let ago = TimeDelta::try_days(on.min(0)).unwrap_or_default();
        let then = self.now + ago;
        let id = Id::new(then);
        let archive = Archive { id, written: then.timestamp_millis(), deleted: None, value };
        self.intake.take(&archive)?;
        Ok(id)
    }

    fn tell(&mut self, told: &'a SamplePerson) -> Result<(), Error> {
        let person =
            Person { name: told.name.clone(), alias: told.alias.clone(), ..Person::default() };
        let person = self.take(told.started, person)?;
        for reach in &told.contacts {
            let contact = Contact {
                person,
                party: Party::Them,
                label: reach.label.clone(),
                value: reach.value.clone(),
                preferred: reach.preferred,
                hours: reach.hours.clone(),
            };
            self.take(told.started, contact)?;
        }
        for line in &told.remember {
            let on = line.on.map(|on| self.day(on));
            self.take(-20, Remembering::new(person, line.text.clone(), on))?;
        }
        let relationship = Relationship {
            phase: Phase::Working,
            started: Some(self.day(told.started)),
            ends: told.ends.map(|ends| self.day(ends)),
            cadence: Some(told.cadence),
            usual_minutes: Minutes::new(told.minutes),
            usual_mode: Some(told.mode),
            programme: told.programme.clone(),
            coordinator: told.coordinator.clone(),
            safeguarding: told.safeguarding.clone(),
            ..Relationship::new(person, told.role)
        };
        let with = self.take(told.started, relationship)?;
        self.people.insert(&told.name, with);
        for line in &told.agenda {
            let (by, text) = agenda_line(line);
            let added = self.day(-7);
            let state = AgendaState::Open;
            let (session, place) = (None, None);
            let item = AgendaItem { relationship: with, by, text, state, added, session, place };
            self.take(-7, item)?;
        }
        for met in &told.session {
            self.session(with, told, met)?;
        }
        for promised in &told.promise {
            self.promise(with, promised)?;
        }
        for (number, agreed) in (1..).zip(&told.agreement) {
            self.agreement(with, told.cadence, number, agreed)?;
        }
        self.trust(with, told)
    }

    fn session(
        &mut self,
        with: Id<Relationship>,
        told: &SamplePerson,
        met: &Met,
    ) -> Result<(), Error> {
        let time =
            met.time.as_deref().and_then(|time| NaiveTime::parse_from_str(time, "%H:%M").ok());
        let when = When { date: self.meeting(met.day), time };
        let state = met.state.unwrap_or(SessionState::Held);
        let held = state == SessionState::Held;
        let session = Session {
            minutes: Minutes::new(met.minutes.unwrap_or(told.minutes)).filter(|_| held),
            mode: Some(told.mode).filter(|_| held),
            about: met.about.clone(),
            ..Session::new(with, when, state)
        };
        let session = self.take(met.day, session)?;
        self.sessions.insert(met.day, session);
        for line in &met.agenda {
            let (by, text) = agenda_line(line);
            let item = AgendaItem {
                relationship: with,
                by,
                text,
                state: AgendaState::Discussed,
                added: when.date,
                session: Some(session),
                place: None,
            };
            self.take(met.day, item)?;
        }
        for (layer, body) in [
            (Layer::Notes, &met.notes),
            (Layer::Summary, &met.summary),
            (Layer::Reflection, &met.reflection),
        ] {
            if !body.is_empty() {
                self.take(met.day, Writing { session, layer, body: body.trim().to_owned() })?;
            }
        }
        Ok(())
    }

    fn promise(&mut self, with: Id<Relationship>, promised: &Promised) -> Result<(), Error> {
        let due = promised.to.or(promised.due).map(|due| self.day(due));
        let commitment = Commitment {
            relationship: with,
            session: self.sessions.get(&promised.made).copied(),
            owner: promised.owner,
            text: promised.text.clone(),
            weight: promised.weight.unwrap_or(Weight::Must),
            made: self.day(promised.made),
            due,
            state: promised.state.unwrap_or(CommitmentState::Open),
            closed: promised.closed.map(|day| self.day(day)),
            told: promised.told,
        };
        let commitment = self.take(promised.made, commitment)?;
        if let (Some(from), Some(to), Some(on)) = (promised.due, promised.to, promised.moved) {
            let moved = CommitmentMove {
                commitment,
                from: self.day(from),
                to: self.day(to),
                on: self.day(on),
                agreed: promised.agreed,
            };
            self.take(on, moved)?;
        }
        Ok(())
    }

    fn goal(&mut self, aim: &Aim) -> Result<(), Error> {
        let goal = Goal {
            title: aim.title.clone(),
            owner: aim.owner,
            why: aim.why.clone(),
            test: aim.test.clone(),
            horizon: aim.horizon,
            due: aim.due.map(|due| self.day(due)),
            status: aim.status.unwrap_or(GoalStatus::Active),
            since: self.day(aim.over.unwrap_or(aim.since)),
        };
        let goal = self.take(aim.since, goal)?;
        for name in &aim.with {
            if let Some(relationship) = self.people.get(name.as_str()).copied() {
                self.take(aim.since, GoalWith { goal, relationship })?;
            }
        }
        for (position, step) in (0..).zip(&aim.milestones) {
            let milestone = Milestone {
                goal,
                title: step.title.clone(),
                due: step.due.map(|due| self.day(due)),
                done: step.done.map(|done| self.day(done)),
                position,
            };
            self.take(aim.since, milestone)?;
        }
        for said in &aim.standings {
            let day = self.day(said.day);
            self.take(said.day, Standing::new(goal, day, said.word, said.note.clone()))?;
        }
        Ok(())
    }

    fn agreement(
        &mut self,
        with: Id<Relationship>,
        cadence: Cadence,
        number: u32,
        agreed: &Agreed,
    ) -> Result<(), Error> {
        let on = agreed.signed.first().map_or(0, |signed| signed.day);
        let agreement = Agreement {
            relationship: with,
            number,
            profile: agreed.profile,
            why: agreed.why.clone(),
            cadence: Some(cadence),
            schedule: agreed.schedule.clone(),
            checks: agreed.checks.iter().map(|day| self.day(*day)).collect(),
            ends: agreed.ends.map(|day| self.day(day)),
            renew_by: agreed.renew_by.map(|day| self.day(day)),
            proposed: None,
        };
        let agreement = self.take(on, agreement)?;
        for (position, part) in (0..).zip(&agreed.clauses) {
            let heading =
                clauses::clause(&part.key).map_or(part.key.as_str(), |clause| &clause.heading);
            let clause = Clause {
                agreement,
                key: part.key.clone(),
                heading: heading.to_owned(),
                text: part.text.clone(),
                position,
            };
            self.take(on, clause)?;
        }
        for signed in &agreed.signed {
            let signature = Signature {
                agreement,
                party: signed.party,
                name: signed.name.clone(),
                day: self.day(signed.day),
                method: signed.method,
            };
            self.take(signed.day, signature)?;
        }
        Ok(())
    }

    fn trust(&mut self, with: Id<Relationship>, told: &SamplePerson) -> Result<(), Error> {
        for looked in &told.check_in {
            let day = self.day(looked.day);
            let check_in = self.take(looked.day, CheckIn { relationship: with, day })?;
            for (way, value) in &looked.answers {
                let answer = Answer { check_in, way: way.clone(), value: *value };
                self.take(looked.day, answer)?;
            }
        }
        for seen in &told.evidence {
            let evidence = Evidence {
                relationship: with,
                way: seen.way.clone(),
                direction: seen.direction,
                day: self.day(seen.day),
                text: seen.text.clone(),
                session: self.sessions.get(&seen.day).copied(),
                commitment: None,
            };
            self.take(seen.day, evidence)?;
        }
        for one in &told.focus {
            let focus = Focus {
                relationship: with,
                way: one.way.clone(),
                practice: one.practice.clone(),
                since: self.day(one.since),
                until: None,
            };
            self.take(one.since, focus)?;
        }
        for mended in &told.repair {
            let repair = Repair {
                relationship: with,
                day: self.day(mended.day),
                happened: mended.happened.clone(),
                part: mended.part.clone(),
                effect: mended.effect.clone(),
                said: mended.said.clone(),
                change: mended.change.clone(),
                settled: mended.settled.map(|day| self.day(day)),
            };
            self.take(mended.day, repair)?;
        }
        Ok(())
    }
}
