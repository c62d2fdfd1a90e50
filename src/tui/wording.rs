//! What the status line and the lists say of things: one wording for each, made when it is shown.

use chrono::{Datelike, NaiveDate};

use crate::domain::{
    Clocks, Goal, GoalStatus, GoalWord, Layer, Milestone, Moment, Record, Role, When, dates,
};
use crate::store::{Done, Hit, Kind, ListedGoal, Subject};
use crate::wording;

use super::{prose, text};

/// One of the words of a subject.
type Part = fn(&mut Subject) -> &mut String;

/// What a line or a name is never shortened below.
const LEAST: u16 = 8;

/// A day, with the time where there is one: "Thu 12 Nov 15:00".
pub fn when(when: When, today: NaiveDate) -> String {
    let day = dates::day(when.date, today);
    match when.time {
        Some(time) => format!("{day} {}", time.format("%H:%M")),
        None => day,
    }
}

/// The same, with the other's time where that is another one: "Thu 12 Nov 15:00, 16:00 for them".
pub fn for_both(when: When, today: NaiveDate, clocks: Clocks) -> String {
    let mine = self::when(when, today);
    match clocks.there(when) {
        Some(there) => format!("{mine}, {}", there.words()),
        None => mine,
    }
}

/// The time of day at which something was written, for "saved 12:07".
pub fn clock(moment: Moment) -> String {
    moment.format("%H:%M").to_string()
}

/// A moment in milliseconds since 1970, as day and time where the writer is.
pub fn at(millis: i64, now: Moment) -> String {
    let Some(utc) = chrono::DateTime::from_timestamp_millis(millis) else {
        return String::new();
    };
    let local = utc.with_timezone(now.offset());
    format!("{} {}", dates::day(local.date_naive(), now.date_naive()), local.format("%H:%M"))
}

/// What I am to somebody, as a list says it.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Mentor => "you mentor",
        Role::Mentee => "your mentor",
        Role::Peer => "peer",
    }
}

/// What layer a text is, with the promise that goes with it.
pub const fn layer_title(layer: Layer) -> &'static str {
    match layer {
        Layer::Notes => "Notes",
        Layer::Summary => "Summary for the other",
        Layer::Reflection => "Private reflection",
    }
}

/// A text, as it is named when it was copied.
pub const fn the_layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Notes => "the notes",
        Layer::Summary => "the summary",
        Layer::Reflection => "the private reflection",
    }
}

/// What the status line says while a text is written.
pub const fn writing(layer: Layer) -> &'static str {
    match layer {
        Layer::Notes => "Writing notes · can be exported",
        Layer::Summary => "Writing the summary · the other may see it",
        Layer::Reflection => "Writing PRIVATE · stays here",
    }
}

/// A change in the past tense, in so many columns where that can be: its own line is shortened
/// first, to leave so many of them, and then the name, so that nobody has to guess what it was and
/// with whom.
pub fn done(done: &Done, today: NaiveDate, (room, left): (u16, u16), ellipsis: &str) -> String {
    let says = |done: &Done| wording::done(done, |day| dates::day(day, today));
    let shortened: [(Part, u16); 2] = [
        (|subject| &mut subject.line, room.saturating_sub(left)),
        (|subject| &mut subject.person, room),
    ];
    let mut short = done.clone();
    let mut words = says(&short);
    for (part, room) in shortened {
        let over = text::width(&words).saturating_sub(room);
        if let Some(subject) = &mut short.subject
            && over > 0
        {
            let part = part(subject);
            let kept = text::width(part).saturating_sub(over).max(LEAST);
            *part = prose::fit(part, kept, ellipsis).into_owned();
            words = says(&short);
        }
    }
    words
}

/// These words as a sentence: a name at their end may bring its own point.
pub fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}

/// A path in so many columns where that can be: what leads to the file is left out first.
pub fn path(path: &str, room: u16, ellipsis: &str) -> String {
    if text::width(path) <= room {
        return path.to_owned();
    }
    let mut ends = path.match_indices('/').map(|(at, _)| format!("{ellipsis}{}", &path[at..]));
    let whole = path.to_owned();
    ends.clone().find(|end| text::width(end) <= room).or_else(|| ends.next_back()).unwrap_or(whole)
}

/// What a change was done to.
pub fn thing(subject: &Subject, today: NaiveDate) -> String {
    wording::thing(subject, |day| dates::day(day, today))
}

/// Where a goal stands, in a word: by its status, and while it is worked on by what was said of it
/// last. Nothing for one that nobody looked at yet.
pub fn stands(goal: &Goal, standing: Option<GoalWord>) -> &'static str {
    match goal.status {
        GoalStatus::Active => standing.map_or("", GoalWord::words),
        status => status.words(),
    }
}

/// The day by which: "by 18 Dec", and with its sign "! by 18 Oct" where it is past.
pub fn by(due: NaiveDate, late: bool, today: NaiveDate) -> String {
    format!("{}by {}", if late { "! " } else { "" }, short_day(due, today))
}

/// A day without its weekday: "18 Dec", "18 Jan 2027".
pub fn short_day(day: NaiveDate, today: NaiveDate) -> String {
    let form = if day.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    day.format(form).to_string()
}

/// A goal on one line: "Lead the retro · stuck · by 18 Dec · next: outline by 3 Dec".
pub fn goal(row: &ListedGoal, next: Option<&Record<Milestone>>, today: NaiveDate) -> String {
    let goal = &row.goal.value;
    let mut parts = vec![goal.title.clone()];
    parts.push(stands(goal, row.standing).to_owned());
    parts.extend(goal.due.map(|due| by(due, goal.is_overdue(today), today)));
    parts.extend(next.map(|next| {
        let next = &next.value;
        let day = next.due.map(|due| format!(" {}", by(due, next.is_overdue(today), today)));
        format!("next: {}{}", next.title, day.unwrap_or_default())
    }));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// What a hit of a search is, in a word or two.
pub fn hit_kind(hit: &Hit) -> &'static str {
    match (hit.kind, hit.layer) {
        (Kind::Writing, Some(Layer::Reflection)) => "reflection",
        (Kind::Writing, Some(Layer::Summary)) => "summary",
        (Kind::Writing, _) => "notes",
        (Kind::Session, _) => "session",
        (Kind::AgendaItem, _) => "agenda",
        (Kind::Commitment | Kind::CommitmentMove, _) => "commitment",
        (Kind::Remembering, _) => "remember",
        (Kind::Contact, _) => "contact",
        (Kind::Goal | Kind::GoalWith | Kind::Milestone | Kind::Standing | Kind::Mention, _) => {
            "goal"
        }
        (Kind::ProgressCheck, _) => "check",
        (Kind::Evidence, _) => "saw or did",
        (Kind::Repair, _) => "repair",
        (Kind::Agreement | Kind::Clause | Kind::Signature, _) => "agreement",
        (Kind::Way | Kind::CheckIn | Kind::Answer | Kind::Focus, _) => "trust",
        (Kind::Owner | Kind::Person | Kind::Relationship, _) => "person",
    }
}

/// "1 word" or "420 words".
pub fn words(count: usize) -> String {
    wording::counted(count, "word")
}
