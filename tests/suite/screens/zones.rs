//! The clocks of two people: the other's time beside mine, wherever a meeting stands.

use std::fmt::Write as _;

use chrono_tz::Tz;
use confidant::domain::{Session, SessionState, Zone};

use super::{SIZES, Screen, journals, moment, when, with_amina};
use crate::journal::Journal;

/// The journal of a writer in Berlin, looked at there.
fn in_berlin(journal: Journal) -> Screen {
    let mut screen = Screen::of(journal);
    screen.world.zone = Some(Zone::Named(Tz::Europe__Berlin));
    screen.world.now = moment("2026-11-22T12:00:00+01:00");
    screen
}

#[test]
fn a_zone_is_a_city_that_is_typed() {
    let mut screen = in_berlin(with_amina());
    screen.keys("<enter>").sees("[0 Brief]").keys("e");
    for _ in 0..10 {
        screen.keys("<tab>");
    }
    screen.sees("Where their clock differs").keys("Belrin").sees("Which time zone: Europe/Berlin?");
    screen.keys("<ctrl-w><ctrl-w><ctrl-w><ctrl-w>middle earth").sees("Write the ");
    screen
        .keys("<ctrl-w><ctrl-w><ctrl-w><ctrl-w>new york")
        .sees("America/New_York: Sun 06:00 there now");
    screen.keys("<ctrl-s>").sees("Kept the details");
    let with = screen.with();
    let person = screen.store().details(with).expect("details").person.value;
    assert_eq!(person.time_zone, "America/New_York");
    screen.keys("enew<esc>").sees("Kept the details");
}

#[test]
fn the_forms_say_the_others_time_while_a_day_is_typed() {
    let mut journal = with_amina();
    lives_in(&mut journal, "America/New_York");
    let mut screen = in_berlin(journal);
    screen
        .keys("<enter>3n<ctrl-w><ctrl-w><ctrl-w><ctrl-w>thu 15:00")
        .sees("in 4 days; 09:00 for them: plans");
    screen
        .keys("<ctrl-w><ctrl-w><ctrl-w><ctrl-w>12 nov 15:00")
        .sees("logs what was held")
        .sees_no("for them");
    screen.keys("<ctrl-w><ctrl-w><ctrl-w><ctrl-w>28 mar 2:30").sees("clocks leap over");
    screen.keys("<ctrl-w><ctrl-w><ctrl-w><ctrl-w>thu 3:00<ctrl-s>");
    screen.sees("Planned for Thu 26 Nov 2026 at 03:00, in 4 days; Wed 21:00 for them.");
    screen.keys("s").sees("Now Thu 26 Nov 2026 at 03:00, in 4 days; Wed 21:00 for them.");
    // Another day keeps its time, also over the change of the clocks.
    screen.keys("1 apr").sees("Thu 1 Apr 2027 at 03:00").keys("<ctrl-s>");
    screen.sees("Moved to Thu 1 Apr 2027 at 03:00, in 130 days; Wed 21:00 for them.");
}

#[test]
fn both_times_stand_wherever_a_meeting_to_come_does() {
    let mut journal = journals::ordinary();
    lives_in(&mut journal, "Asia/Kolkata");
    let mut all = String::new();
    let mut screen = in_berlin(journal);
    screen.keys("gami<enter>").sees("Thu 26 Nov 15:00, 19:30 for them");
    for (place, keys) in
        [("today", "geveryone<enter>1"), ("brief", "gami<enter>"), ("sessions", "3")]
    {
        screen.keys(keys);
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {place}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
        screen.resize(SIZES[1]);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_meeting_stays_when_the_clocks_change_and_their_time_moves() {
    let mut journal = with_amina();
    lives_in(&mut journal, "America/New_York");
    let with = journal.store.people().expect("people").remove(0).relationship;
    // New York goes back a week after Berlin.
    for day in ["2026-10-22T15:00", "2026-10-29T15:00", "2026-11-05T15:00"] {
        let session = Session::new(with, when(day), SessionState::Planned);
        journal.store.add_session(journal.stamp, &session, &[], &[]).expect("planned");
    }
    let mut screen = in_berlin(journal);
    screen.world.now = moment("2026-10-20T12:00:00+02:00");
    screen.keys("<enter>3<end>").sees("planned 15:00, 10:00 for them");
    screen.keys("<enter>").sees("Thu 22 Oct 15:00, 09:00 for them");
    screen.keys("<esc><up><enter>").sees("Thu 29 Oct 15:00, 10:00 for them");
    screen.keys("<esc><up><enter>").sees("Thu 5 Nov 15:00, 09:00 for them");
    // Nothing of it moved in the journal.
    let kept: Vec<_> = screen.sessions().iter().map(|row| row.session.value.when.code()).collect();
    assert_eq!(kept, ["2026-11-05T15:00", "2026-10-29T15:00", "2026-10-22T15:00"]);
}

/// Gives Amina a time zone.
fn lives_in(journal: &mut Journal, zone: &str) {
    let people = journal.store.people().expect("people");
    let amina = people.iter().find(|one| one.name.starts_with("Amina")).expect("Amina");
    let details = journal.store.details(amina.relationship).expect("details");
    let (mut person, relationship) = (details.person, details.relationship);
    zone.clone_into(&mut person.value.time_zone);
    journal.store.update_details(journal.stamp, &person, &relationship).expect("kept");
}
