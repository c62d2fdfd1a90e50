//! One word, planted into everything that can be written about somebody, to be looked for after.

use std::path::Path;

use confidant::domain::{
    Agreement, CheckState, Commitment, Contact, DayOrder, Direction, Evidence, Focus, Goal,
    GoalOwner, GoalWord, Id, Layer, Method, Party, Practice, ProgressCheck, Promise, Relationship,
    Remembering, Repair, Session, SessionState, Signature, Stamp, When,
};
use confidant::store::{Draft, Kept, Place, Store, Written};

/// Writes one of everything about the person, with versions, a draft and something in the bin.
pub fn plant(store: &mut Store, stamp: Stamp, with: Id<Relationship>, word: &str) -> Id<Session> {
    plant_apart(store, stamp, with, word, word)
}

/// The same, with another word in all that goes out only when it is asked for.
pub fn plant_apart(
    store: &mut Store,
    stamp: Stamp,
    with: Id<Relationship>,
    word: &str,
    secret: &str,
) -> Id<Session> {
    let today = stamp.now.date_naive();
    let mut details = store.details(with).expect("details");
    let person = details.person.id;
    let between = &mut details.relationship.value;
    between.usual_place = format!("The {word} café");
    between.programme = format!("{word} fellowship");
    between.coordinator = format!("{word} Coordinator");
    between.safeguarding = format!("Ask {word}");
    store.update_details(stamp, &details.person, &details.relationship).expect("kept");
    let mut session = Session::new(with, When::day(today), SessionState::Held);
    session.about = format!("About {word}");
    session.place = format!("At {word}");
    let session = store.add_session(stamp, &session, &[], &[]).expect("a session");
    let mut base = None;
    for (n, word) in [("first", secret), ("second", word)] {
        let text = format!("{word} for the {n} time");
        let kept = store.save_text(stamp, session, Layer::Notes, base, &text).expect("saved");
        let Kept::Saved(saved) = kept else { panic!("nobody else writes") };
        base = saved;
    }
    for (layer, word) in [(Layer::Summary, word), (Layer::Reflection, secret)] {
        let kept = store.save_text(stamp, session, layer, None, word).expect("saved");
        assert!(matches!(kept, Kept::Saved(_)));
    }
    store.add_to_agenda(stamp, with, Party::Me, &format!("Ask of {word}")).expect("a line");
    let line = store.add_to_agenda(stamp, with, Party::Me, &format!("Not of {secret}"));
    store.delete_agenda_item(stamp, line.expect("a line")).expect("into the bin");
    let promise = Promise::read(&format!("me: send {word}"), "", today, DayOrder::default());
    let promise = Commitment::new(with, &promise.expect("a promise"), today);
    let promise = Commitment { session: Some(session), ..promise };
    store.add_commitment(stamp, &promise).expect("a commitment");
    let reach = Contact {
        person,
        party: Party::Them,
        label: "email".into(),
        value: format!("{word}@example.org"),
        preferred: true,
        hours: format!("{word} to noon"),
    };
    store.add_contact(stamp, &reach).expect("a contact");
    let worth = Remembering::new(person, format!("Likes {secret}"), None);
    store.remember(stamp, &worth).expect("remembered");
    let goal = Goal::new(&format!("Reach {word}"), GoalOwner::Them, today);
    let goal = store.add_goal(stamp, &goal, &[with]).expect("a goal");
    store.add_milestone(stamp, goal, &format!("Half of {word}"), None).expect("a milestone");
    store.add_standing(stamp, goal, GoalWord::Stuck, &format!("{word} is late")).expect("said");
    look_back(store, stamp, with, session, goal, (word, secret));
    agree(store, stamp, with, word);
    trust(store, stamp, with, secret);
    let draft = Draft {
        place: Place::Form,
        record: with.cast(),
        field: "session".into(),
        base: None,
        body: format!("A draft about {secret}"),
    };
    store.keep_draft(stamp, &draft, "a process").expect("a draft");
    session
}

/// What was said of a goal, also in private, and a progress check.
fn look_back(
    store: &mut Store,
    stamp: Stamp,
    with: Id<Relationship>,
    session: Id<Session>,
    goal: Id<Goal>,
    (word, secret): (&str, &str),
) {
    let held = store.session(session).expect("a session");
    for (layer, word) in [(Layer::Notes, word), (Layer::Reflection, secret)] {
        let line = format!("{word} about the goal, {}", layer.code());
        assert!(store.mention(stamp, goal, &held, Some((layer, &line))).expect("linked"));
    }
    let check = ProgressCheck {
        session: Some(session),
        helped: format!("Helped: {word}"),
        hindered: format!("Hindered: {word}"),
        mine: format!("Mine: {word}"),
        theirs: format!("Theirs: {word}"),
        change: format!("To change: {word}"),
        ..ProgressCheck::new(with, stamp.now.date_naive(), CheckState::Held)
    };
    let goals = [(goal, Some(GoalWord::OnCourse), format!("Stands by {word}"))];
    store.hold_check(stamp, &check, &goals).expect("held");
}

/// What they agreed on.
fn agree(store: &mut Store, stamp: Stamp, with: Id<Relationship>, word: &str) {
    let day = stamp.now.date_naive();
    let clause = Written {
        key: "purpose".into(),
        heading: format!("Purpose of {word}"),
        text: format!("To learn {word}."),
    };
    let agreement = Agreement {
        why: format!("After {word}"),
        schedule: format!("When {word} rings"),
        ..Agreement::first(with)
    };
    let agreement = store.write_agreement(stamp, None, &agreement, &[clause]);
    let agreement = agreement.expect("an agreement");
    let name = format!("{word} Signed");
    let signature = Signature { agreement, party: Party::Them, name, day, method: Method::Paper };
    store.sign(stamp, &signature).expect("signed");
}

/// What stands about trust.
fn trust(store: &mut Store, stamp: Stamp, with: Id<Relationship>, word: &str) {
    let day = stamp.now.date_naive();
    store.answer(stamp, with, "w01", Some(Practice::Consistently)).expect("answered");
    let seen = Evidence {
        relationship: with,
        way: "w01".into(),
        direction: Direction::FellShort,
        day,
        text: format!("Told {word} too late"),
        session: None,
        commitment: None,
    };
    store.add_evidence(stamp, &seen).expect("seen");
    let practice = format!("Ask about {word}");
    let focus = Focus { relationship: with, way: "w01".into(), practice, since: day, until: None };
    store.add_focus(stamp, &focus).expect("in focus");
    let repair = Repair {
        relationship: with,
        day,
        happened: format!("Forgot {word}"),
        part: format!("Mine: {word}"),
        effect: format!("Hurt: {word}"),
        said: format!("Said: {word}"),
        change: format!("Change: {word}"),
        settled: None,
    };
    store.add_repair(stamp, &repair).expect("a repair");
}

/// The files below a folder that hold this word: as it is, in small letters as the index has it,
/// or in UTF-16.
pub fn holds(folder: &Path, word: &str) -> Vec<String> {
    let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let lower = word.to_lowercase();
    let needles = [word.as_bytes(), lower.as_bytes(), utf16.as_slice()];
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let bytes = std::fs::read(entry.path()).expect("a file");
            let holds = |needle: &&[u8]| bytes.windows(needle.len()).any(|at| at == *needle);
            if needles.iter().any(holds) {
                found.push(entry.path().display().to_string());
            }
        }
    }
    found
}
