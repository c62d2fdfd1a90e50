//! Out as JSON and in again: any journal gives the same bytes, and nothing private goes out unasked.

use confidant::domain::{
    AgendaItem, AgendaState, Agreement, Answer, CheckIn, CheckState, Clause, Commitment,
    CommitmentMove, CommitmentState, Contact, Direction, Evidence, Focus, Goal, GoalOwner,
    GoalStatus, GoalWith, GoalWord, Horizon, Id, Layer, Mention, Method, Milestone, Mode, Party,
    Person, Phase, Practice, Profile, ProgressCheck, Promise, Relationship, Remembering, Repair,
    Role, Session, SessionState, Signature, Standing, Way, Weight, When, Writing,
};
use confidant::store::{Archive, Error, Store};
use confidant::transfer::{Selection, json};
use proptest::prelude::*;

use crate::journal::{BringIn, Coming, Journal};

/// A word that stands in private text only.
const PLANTED: &str = "zqplantedqz";

/// What a random journal is made of; everything else follows from the numbers.
#[derive(Clone, Debug)]
struct Made {
    people: Vec<(String, u8)>,
    sessions: Vec<(u8, String, u8)>,
    texts: Vec<(u8, Layer, String, Vec<String>)>,
    agenda: Vec<(u8, String, u8)>,
    commitments: Vec<(u8, String, u8)>,
}

fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => any::<char>(),
        2 => "[a-z \n\t]".prop_map(|s| s.chars().next().unwrap_or(' ')),
        1 => prop::sample::select(vec!['\u{1b}', '\0', '\r', '\u{9b}', '昇', '\u{200d}', '🧑', '"', '\\']),
    ];
    prop::collection::vec(character, 0..24).prop_map(String::from_iter)
}

fn made() -> impl Strategy<Value = Made> {
    let layer = prop::sample::select(Layer::ALL.to_vec());
    let versions = prop::collection::vec(any_text(), 0..3);
    (
        prop::collection::vec((any_text(), any::<u8>()), 1..4),
        prop::collection::vec((any::<u8>(), any_text(), any::<u8>()), 0..5),
        prop::collection::vec((any::<u8>(), layer, any_text(), versions), 0..6),
        prop::collection::vec((any::<u8>(), any_text(), any::<u8>()), 0..4),
        prop::collection::vec((any::<u8>(), any_text(), any::<u8>()), 0..4),
    )
        .prop_map(|(people, sessions, texts, agenda, commitments)| Made {
            people,
            sessions,
            texts,
            agenda,
            commitments,
        })
}

fn archive<T>(kind: u8, number: usize, binned: bool, value: T) -> Archive<T> {
    let number = u8::try_from(number).expect("few");
    let mut bytes = [number; 16];
    bytes[0] = kind;
    let written = 1_790_000_000_000 + i64::from(number) * 86_461_007;
    let deleted = binned.then_some(written + 5);
    Archive { id: Id::from_bytes(bytes), written, deleted, value }
}

fn pick<T: Copy>(all: &[T], number: u8) -> T {
    all[usize::from(number) % all.len()]
}

/// Writes the journal that `made` describes, without any of the cleaning that forms do.
fn fill(journal: &mut Journal, made: &Made) {
    let day = any_day;
    let filled: Result<(), Error> = journal.store.bring_in(journal.stamp, "", |arrival| {
        let (mut between, mut people) = (Vec::new(), Vec::new());
        for (n, (name, odd)) in made.people.iter().enumerate() {
            let person =
                Person { name: format!("P{name}"), alias: name.clone(), ..Person::default() };
            let person = archive(1, n, false, person);
            arrival.take(&person)?;
            let contact = Contact {
                person: person.id,
                party: pick(Party::ALL, *odd),
                label: name.clone(),
                value: format!("v{name}"),
                preferred: odd % 2 == 0,
                hours: name.clone(),
            };
            arrival.take(&archive(2, n, odd % 3 == 0, contact))?;
            let mut relationship = Relationship::new(person.id, pick(Role::ALL, *odd));
            relationship.phase = pick(Phase::ALL, *odd);
            relationship.started = (odd % 2 == 0).then(|| day(*odd));
            relationship.cadence = "2w".parse().ok().filter(|_| odd % 3 == 0);
            relationship.usual_minutes = "45".parse().ok();
            relationship.usual_place.clone_from(name);
            relationship.archived = odd % 7 == 0;
            relationship.usual_mode = Some(pick(Mode::ALL, *odd)).filter(|_| odd % 2 == 1);
            relationship.programme.clone_from(name);
            relationship.coordinator.clone_from(name);
            relationship.safeguarding.clone_from(name);
            let later = |days| day(*odd) + chrono::Days::new(days);
            relationship.ends = (odd % 5 == 0).then(|| later(300));
            relationship.keep_until = (odd % 5 == 1).then(|| later(700));
            relationship.paused = (odd % 5 == 2).then(|| later(30));
            let relationship = archive(4, n, false, relationship);
            arrival.take(&relationship)?;
            between.push(relationship.id);
            people.push(person.id);
        }
        let mut sessions = Vec::new();
        for (n, (odd, about, with)) in made.sessions.iter().enumerate() {
            let when = When {
                date: day(*odd),
                time: chrono::NaiveTime::from_hms_opt(u32::from(odd % 24), 5, 0)
                    .filter(|_| odd % 2 == 0),
            };
            let mut session =
                Session::new(pick(&between, *with), when, pick(SessionState::ALL, *odd));
            let binned = odd % 4 == 0;
            session.about = if binned { format!("{PLANTED} {about}") } else { about.clone() };
            session.minutes = "1h".parse().ok().filter(|_| odd % 3 == 0);
            session.mode = Some(pick(Mode::ALL, *odd));
            session.place = if binned { format!("{PLANTED} {about}") } else { about.clone() };
            session.template = if odd % 2 == 0 { "grow".to_owned() } else { String::new() };
            let session = archive(5, n, binned, session);
            arrival.take(&session)?;
            sessions.push((session.id, session.deleted));
        }
        let mut places = Vec::new();
        for (n, (at, layer, body, versions)) in made.texts.iter().enumerate() {
            let Some((session, deleted)) = sessions.get(usize::from(*at) % 6) else { continue };
            if places.contains(&(*session, *layer)) {
                continue;
            }
            places.push((*session, *layer));
            let is_private = layer.is_private() || deleted.is_some();
            let body = if is_private { format!("{PLANTED} {body}") } else { body.clone() };
            let writing = Writing { session: *session, layer: *layer, body };
            let mut writing = archive(6, n, false, writing);
            writing.deleted = *deleted;
            arrival.take(&writing)?;
            for (number, version) in (1..).zip(versions) {
                arrival.take_version(
                    &writing,
                    number,
                    number * 1000,
                    &format!("{PLANTED} {version}"),
                )?;
            }
        }
        remembering(arrival, made, &people, &sessions)?;
        agenda(arrival, made, &between, &sessions)?;
        commitments(arrival, made, &between, &sessions)?;
        trust(arrival, made, &between, &sessions)?;
        agreements(arrival, made, &between)?;
        goals(arrival, made, &between, &sessions)?;
        progress(arrival, made, &between, &sessions)
    });
    filled.expect("filled");
}

/// What is worth remembering, some of it written in a session.
fn remembering(
    arrival: &mut Coming<'_>,
    made: &Made,
    people: &[Id<Person>],
    sessions: &[(Id<Session>, Option<i64>)],
) -> Result<(), Error> {
    for (n, ((name, odd), person)) in made.people.iter().zip(people).enumerate() {
        let on = (odd % 2 == 0).then(|| any_day(*odd));
        let line = Remembering {
            session: sessions.get(usize::from(*odd) % 8).map(|(id, _)| *id),
            layer: (odd % 3 > 0).then(|| pick(Layer::ALL, *odd)),
            ..Remembering::new(*person, format!("{PLANTED} {name}"), on)
        };
        arrival.take(&archive(3, n, odd % 5 == 0, line))?;
    }
    Ok(())
}

/// What is to be talked about, in any state and place.
fn agenda(
    arrival: &mut Coming<'_>,
    made: &Made,
    between: &[Id<Relationship>],
    sessions: &[(Id<Session>, Option<i64>)],
) -> Result<(), Error> {
    for (n, (with, text, odd)) in made.agenda.iter().enumerate() {
        let binned = odd % 4 == 0;
        let text = if binned { format!("{PLANTED} {text}") } else { format!("a{text}") };
        let item = AgendaItem {
            relationship: pick(between, *with),
            by: pick(Party::ALL, *odd),
            text,
            state: pick(AgendaState::ALL, *odd),
            added: any_day(*odd),
            session: sessions.get(usize::from(*odd) % 8).map(|(id, _)| *id),
            place: (odd % 3 > 0).then_some(u32::from(*odd)),
        };
        arrival.take(&archive(7, n, binned, item))?;
    }
    Ok(())
}

/// What was promised, in any state and moved to any day.
fn commitments(
    arrival: &mut Coming<'_>,
    made: &Made,
    between: &[Id<Relationship>],
    sessions: &[(Id<Session>, Option<i64>)],
) -> Result<(), Error> {
    for (n, (with, text, odd)) in made.commitments.iter().enumerate() {
        let binned = odd % 4 == 0;
        let text = if binned { format!("{PLANTED} {text}") } else { format!("c{text}") };
        let promise = Promise {
            owner: pick(Party::ALL, *odd),
            text,
            weight: pick(Weight::ALL, *odd),
            due: (odd % 3 == 0).then(|| any_day(*odd)),
        };
        let open = Commitment::new(pick(between, *with), &promise, any_day(*odd));
        let mut value = open.closed_on(any_day(*odd), pick(CommitmentState::ALL, *odd));
        value.session = sessions.get(usize::from(*odd) % 8).map(|(id, _)| *id);
        value.told = odd % 2 == 0;
        let commitment = archive(8, n, binned, value);
        arrival.take(&commitment)?;
        let moved = CommitmentMove {
            commitment: commitment.id,
            from: any_day(*odd),
            to: any_day(*with),
            on: any_day(odd.wrapping_add(*with)),
            agreed: odd % 2 == 0,
        };
        arrival.take(&archive(9, n, false, moved))?;
    }
    Ok(())
}

/// What was answered, seen, practised and mended: none of it goes out unless it is asked for.
fn trust(
    arrival: &mut Coming<'_>,
    made: &Made,
    between: &[Id<Relationship>],
    sessions: &[(Id<Session>, Option<i64>)],
) -> Result<(), Error> {
    for (n, (with, text, odd)) in made.agenda.iter().enumerate() {
        let (relationship, day, binned) = (pick(between, *with), any_day(*odd), odd % 4 == 0);
        let text = format!("{PLANTED} {text}");
        let (key, hidden) = (format!("w{n}"), odd % 2 == 0);
        let way = Way { key: key.clone(), name: text.clone(), line: text.clone(), hidden };
        arrival.take(&archive(20, n, false, way))?;
        let check_in = archive(21, n, binned, CheckIn { relationship, day });
        arrival.take(&check_in)?;
        let value = pick(Practice::ALL, *odd);
        let answer = Answer { check_in: check_in.id, way: key.clone(), value };
        arrival.take(&archive(22, n, binned, answer))?;
        let evidence = Evidence {
            relationship,
            way: key.clone(),
            direction: pick(Direction::ALL, *odd),
            day,
            text: text.clone(),
            session: sessions.get(usize::from(*odd) % 8).map(|(id, _)| *id),
            commitment: (!made.commitments.is_empty()).then(|| archive(8, 0, false, ()).id.cast()),
        };
        arrival.take(&archive(23, n, binned, evidence))?;
        let until = (odd % 3 == 0).then_some(day);
        let focus = Focus { relationship, way: key, practice: text.clone(), since: day, until };
        arrival.take(&archive(24, n, binned, focus))?;
        let repair = Repair {
            relationship,
            day,
            happened: text.clone(),
            part: text.clone(),
            effect: text.clone(),
            said: text.clone(),
            change: text,
            settled: until,
        };
        arrival.take(&archive(25, n, binned, repair))?;
    }
    Ok(())
}

/// Versions with a clause and a signature each; those in the bin stay with what is private.
fn agreements(
    arrival: &mut Coming<'_>,
    made: &Made,
    between: &[Id<Relationship>],
) -> Result<(), Error> {
    for (n, (with, text, odd)) in made.agenda.iter().enumerate() {
        let (day, binned) = (any_day(*odd), odd % 4 == 0);
        let text = if binned { format!("{PLANTED} {text}") } else { format!("g{text}") };
        let agreement = Agreement {
            number: u32::from(*odd),
            profile: pick(Profile::ALL, *odd),
            why: text.clone(),
            schedule: text.clone(),
            checks: vec![day; usize::from(odd % 3)],
            ends: (odd % 2 == 0).then_some(day),
            renew_by: (odd % 3 == 0).then_some(day),
            proposed: (odd % 5 == 0).then_some(day),
            ..Agreement::first(pick(between, *with))
        };
        let agreement = archive(30, n, binned, agreement);
        arrival.take(&agreement)?;
        let clause = Clause {
            agreement: agreement.id,
            key: "purpose".into(),
            heading: "Purpose".into(),
            text: text.clone(),
            position: u32::from(*odd),
        };
        arrival.take(&archive(31, n, binned, clause))?;
        let signature = Signature {
            agreement: agreement.id,
            party: pick(Party::ALL, *odd),
            name: text,
            day,
            method: pick(Method::ALL, *odd),
        };
        arrival.take(&archive(32, n, binned, signature))?;
    }
    Ok(())
}

/// Goals of anybody's, shared or not, with a milestone and a word each.
fn goals(
    arrival: &mut Coming<'_>,
    made: &Made,
    between: &[Id<Relationship>],
    sessions: &[(Id<Session>, Option<i64>)],
) -> Result<(), Error> {
    for (n, (with, text, odd)) in made.commitments.iter().enumerate() {
        let (day, binned) = (any_day(*odd), odd % 4 == 0);
        let text = if binned { format!("{PLANTED} {text}") } else { format!("t{text}") };
        let goal = Goal {
            why: text.clone(),
            test: text.clone(),
            horizon: Some(pick(Horizon::ALL, *odd)).filter(|_| odd % 3 == 0),
            due: (odd % 2 == 0).then_some(day),
            status: pick(GoalStatus::ALL, *odd),
            ..Goal::new(&text, pick(GoalOwner::ALL, *odd), day)
        };
        let goal = archive(40, n, binned, goal);
        arrival.take(&goal)?;
        if odd % 3 != 0 {
            let link = GoalWith { goal: goal.id, relationship: pick(between, *with) };
            arrival.take(&archive(41, n, binned, link))?;
        }
        let milestone = Milestone {
            goal: goal.id,
            title: text.clone(),
            due: (odd % 2 == 0).then_some(day),
            done: (odd % 5 == 0).then_some(day),
            position: u32::from(*odd),
        };
        arrival.take(&archive(42, n, binned, milestone))?;
        let word = pick(GoalWord::ALL, *odd);
        let session = sessions.get(usize::from(*odd) % 8);
        let standing = Standing {
            session: session.map(|(id, _)| *id),
            ..Standing::new(goal.id, day, word, text.clone())
        };
        arrival.take(&archive(43, n, binned, standing))?;
        if let Some((session, deleted)) = session {
            let layer = pick(Layer::ALL, *with);
            let private = layer.is_private() || deleted.is_some() || binned;
            let text = if private { format!("{PLANTED} {text}") } else { text };
            let mention = Mention {
                goal: goal.id,
                session: Some(*session),
                commitment: None,
                layer: Some(layer),
                text,
                day,
            };
            arrival.take(&archive(44, n, binned, mention))?;
        }
    }
    Ok(())
}

/// Progress checks in any state; one in the bin, or in a session that is there, stays behind.
fn progress(
    arrival: &mut Coming<'_>,
    made: &Made,
    between: &[Id<Relationship>],
    sessions: &[(Id<Session>, Option<i64>)],
) -> Result<(), Error> {
    for (n, (with, text, odd)) in made.agenda.iter().enumerate() {
        let (state, binned) = (pick(CheckState::ALL, *odd), odd % 4 == 0);
        let held = sessions.get(usize::from(*odd) % 8).filter(|_| state == CheckState::Held);
        let behind = binned || held.is_some_and(|(_, deleted)| deleted.is_some());
        let text = if behind { format!("{PLANTED} {text}") } else { format!("k{text}") };
        let check = ProgressCheck {
            session: held.map(|(id, _)| *id),
            planned: (odd % 3 == 0).then(|| any_day(*with)),
            note: text.clone(),
            helped: text.clone(),
            theirs: text,
            ..ProgressCheck::new(pick(between, *with), any_day(*odd), state)
        };
        arrival.take(&archive(50, n, binned, check))?;
    }
    Ok(())
}

fn any_day(n: u8) -> chrono::NaiveDate {
    let (month, day) = (1 + u32::from(n % 12), 1 + u32::from(n % 28));
    chrono::NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
}

fn out(store: &Store, private: bool) -> String {
    let mut bytes = Vec::new();
    let what = Selection { person: None, private };
    json::export(store, what, &mut bytes).expect("exported");
    String::from_utf8(bytes).expect("text")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn out_and_in_and_out_gives_the_same_bytes(made in made()) {
        let mut journal = Journal::new();
        fill(&mut journal, &made);
        let all = out(&journal.store, true);
        let bad = all.chars().find(|c| c.is_control() && *c != '\n');
        prop_assert_eq!(bad, None);
        let mut other = Journal::new();
        other.bring(all.as_bytes()).expect("imported");
        prop_assert_eq!(out(&other.store, true), all.clone());
        let again = other.bring(all.as_bytes()).expect("imported");
        prop_assert!(again.added.is_empty());
        let verdict = other.store.verify(|_| {}).expect("verified");
        prop_assert!(verdict.problems.is_empty(), "{:?}", verdict.problems);

        let open = out(&journal.store, false);
        prop_assert!(!open.contains(PLANTED), "{}", open);
        let mut third = Journal::new();
        third.bring(open.as_bytes()).expect("imported");
        prop_assert_eq!(out(&third.store, false), open);
    }

    #[test]
    fn no_file_is_too_odd(text in ".{0,60}", at in 0_usize..4000, byte in any::<u8>()) {
        let mut journal = Journal::new();
        let _ = journal.bring(text.as_bytes());
        let mut from = Journal::new();
        from.mentee("Amina K.");
        let mut bytes = out(&from.store, true).into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if journal.bring(bytes.as_slice()).is_err() {
            prop_assert!(journal.store.people().expect("people").is_empty());
        }
    }
}

/// A record that is new here and one that is broken come in together or not at all.
#[test]
fn a_broken_record_takes_the_good_ones_with_it() {
    let mut from = Journal::new();
    from.mentee("Amina K.");
    from.mentee("Tomas");
    let all = out(&from.store, true);
    let broken = all.replacen("Tomas", "\\u0007", 1);
    let mut journal = Journal::new();
    let error = journal.bring(broken.as_bytes());
    let error = error.expect_err("broken").to_string();
    assert!(error.contains("Write the person's name."), "{error}");
    assert!(journal.store.people().expect("people").is_empty());
}
