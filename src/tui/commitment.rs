//! A commitment on the screen: how its line looks and what its keys do, wherever it stands.
//!
//! Late is said with a sign and in days, in the same words for both; nothing is added up.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pane::{Cx, Outcome};
use super::sheets::commitment::EditCommitment;
use super::sheets::due::MoveCommitment;
use super::theme::Look;
use super::wording;
use super::{overlays, progress, prose, text};
use crate::domain::{Commitment, CommitmentState, Goal, Id, Party, Record, Weight, When, dates};
use crate::store::Result;

/// The width of a day: `20 Nov 2025`.
const DAY: u16 = 11;
/// The width of what became of it: `kept late`, `12 d late`.
const NOTE: u16 = 10;
/// What stands before the words: the mark of what is late, and the box.
pub const LEAD: u16 = 6;
/// From this width on a line says the day of the session it came from.
const WIDE: u16 = 96;
/// Below this width a line has no room for what became of it.
const NARROW: u16 = 40;
/// Below this, how late it is stands in the place of its day, so that the words have the room.
const TIGHT: u16 = 56;

/// What a line says besides the commitment itself.
#[derive(Clone, Copy, Default)]
pub struct Beside<'a> {
    /// With whom, where the list is of everyone.
    pub person: Option<&'a str>,
    /// The other's name, where the line itself has to say whether it is theirs.
    pub whose: Option<&'a str>,
    /// Whether it was moved from another day.
    pub moved: bool,
    /// The day of the session it came from.
    pub source: Option<When>,
    /// Whether the relationship rests; then nothing is late.
    pub rests: bool,
}

/// Draws one line.
pub fn draw(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    commitment: &Commitment,
    beside: Beside<'_>,
    selected: bool,
    today: NaiveDate,
) {
    let theme = &look.theme;
    let late = commitment.days_late(today).filter(|_| !beside.rests);
    let plain = match (commitment.is_open(), selected) {
        (_, true) => theme.selected,
        (true, false) => theme.text,
        (false, false) => theme.quiet,
    };
    let quiet = if selected { theme.selected } else { theme.quiet };
    let mark = if late.is_some() { "! " } else { "  " };
    let mut x = text::put(buffer, place, place.x, place.y, mark, theme.late);
    let (sign, style) = match commitment.state {
        CommitmentState::Open => ("[ ] ", plain),
        CommitmentState::Kept | CommitmentState::KeptLate => ("[x] ", theme.done),
        CommitmentState::Missed | CommitmentState::Withdrawn => ("[-] ", quiet),
    };
    x = text::put(buffer, place, x, place.y, sign, style);
    let ellipsis = look.glyphs.ellipsis;
    if let Some(person) = beside.person {
        let wide = (place.width / 5).clamp(10, 16);
        x = text::put(buffer, place, x, place.y, &prose::pad(person, wide, ellipsis), quiet) + 1;
    }
    // From the right: where it came from, what became of it, its day.
    let mut end = place.right();
    let mut column = |width: u16, words: &str, style| {
        end = end.saturating_sub(width);
        let cell = prose::fit(words, width, ellipsis);
        text::put(buffer, place, end, place.y, &cell, style);
        end = end.saturating_sub(1);
    };
    if place.width >= WIDE {
        let source = beside.source.map(|when| format!("from {}", dates::day(when.date, today)));
        column(DAY + 5, &source.unwrap_or_default(), quiet);
    }
    let day = commitment.closed.or(commitment.due);
    let day = day.map(|day| dates::day(day, today)).unwrap_or_default();
    let late = late.map(|days| format!("{days} d late"));
    if (NARROW..TIGHT).contains(&place.width) && commitment.is_open() {
        let style = if late.is_some() { theme.late } else { quiet };
        column(DAY, &late.unwrap_or(day), style);
    } else {
        if place.width >= NARROW {
            let (note, style) = match (late, commitment.state) {
                (Some(late), _) => (late, theme.late),
                (None, CommitmentState::Open) if beside.moved => ("moved".to_owned(), quiet),
                (None, CommitmentState::Open) => (String::new(), quiet),
                (None, state) => (state.words().to_owned(), quiet),
            };
            column(NOTE, &note, style);
        }
        column(DAY, &day, quiet);
    }
    let also = also(commitment, place.width);
    let whose = beside.whose.map(|name| commitment.owner.before(name)).unwrap_or_default();
    let room = end.saturating_sub(x).saturating_sub(text::width(&also));
    let line = format!("{whose}{}", commitment.text);
    x = text::put(buffer, place, x, place.y, &prose::fit(&line, room, ellipsis), plain);
    let left = Rect { width: end.saturating_sub(place.x), ..place };
    text::put(buffer, left, x, place.y, &also, quiet);
}

/// What is said behind the words: "nice", "told".
fn also(commitment: &Commitment, width: u16) -> String {
    let mut also = Vec::new();
    also.extend((commitment.weight == Weight::Nice).then_some("nice"));
    also.extend((commitment.told && commitment.is_open()).then_some("told"));
    // Where there is hardly room for the words themselves, they come first.
    if also.is_empty() || width < NARROW {
        return String::new();
    }
    format!(" ({})", also.join(", "))
}

/// How wide the words are on a line that is so wide in all.
pub fn words_width(commitment: &Commitment, width: u16) -> u16 {
    let is_tight = (NARROW..TIGHT).contains(&width) && commitment.is_open();
    let columns = [(WIDE, DAY + 5), (if is_tight { u16::MAX } else { NARROW }, NOTE), (0, DAY)];
    let beside = columns.iter().filter(|(from, _)| width >= *from).map(|(_, wide)| wide + 1);
    let beside: u16 = beside.sum();
    width.saturating_sub(LEAD + beside + text::width(&also(commitment, width)))
}

/// Says that it was done today, or opens it again.
pub fn toggle(standing: &Record<Commitment>, cx: &mut Cx<'_>) -> Result<Outcome> {
    let today = cx.today();
    if !standing.value.is_open() {
        let open = CommitmentState::Open;
        cx.store.close_commitment(cx.stamp, standing.id, open, today)?;
        return Ok(Outcome::Changed(format!("Open again: {}.", standing.value.text)));
    }
    let kept = cx.store.keep_commitment(cx.stamp, standing.id, today)?;
    Ok(Outcome::Changed(became(&kept)))
}

/// Says that it was missed or withdrawn.
pub fn close(
    standing: &Record<Commitment>,
    state: CommitmentState,
    cx: &mut Cx<'_>,
) -> Result<Outcome> {
    let closed = cx.store.close_commitment(cx.stamp, standing.id, state, cx.today())?;
    Ok(Outcome::Changed(became(&closed)))
}

/// Says that the one who waits was told, or was not.
pub fn tell(standing: &Record<Commitment>, cx: &mut Cx<'_>) -> Result<Outcome> {
    let told = !standing.value.told;
    cx.store.tell_commitment(cx.stamp, standing.id, told)?;
    let name = cx.store.named(standing.value.relationship)?.name;
    Ok(Outcome::Changed(match (told, standing.value.owner) {
        (true, Party::Me) => wording::sentence(&format!("You told {name}")),
        (true, Party::Them) => format!("{name} told you."),
        (false, _) => "Not told yet.".to_owned(),
    }))
}

/// Says that it has to be done, or that it would be good.
pub fn weigh(standing: &Record<Commitment>, cx: &mut Cx<'_>) -> Result<Outcome> {
    let (weight, said) = match standing.value.weight {
        Weight::Must => (Weight::Nice, "Nice to have."),
        Weight::Nice => (Weight::Must, "Has to be done."),
    };
    let value = Commitment { weight, ..standing.value.clone() };
    cx.store.update_commitment(cx.stamp, &Record { value, ..standing.clone() })?;
    Ok(Outcome::Changed(said.to_owned()))
}

/// Puts it into the bin.
pub fn delete(standing: &Record<Commitment>, cx: &mut Cx<'_>) -> Result<Outcome> {
    cx.store.delete_commitment(cx.stamp, standing.id)?;
    Ok(Outcome::Changed("The commitment is in the bin.".to_owned()))
}

/// Opens the form that gives it another day.
pub fn move_day(standing: &Record<Commitment>, cx: &Cx<'_>) -> Result<Outcome> {
    if !standing.value.is_open() {
        return Ok(Outcome::Say("It is no longer open. Space opens it again.".to_owned()));
    }
    let person = cx.store.named(standing.value.relationship)?.name;
    Ok(Outcome::Fill(Box::new(MoveCommitment::new(standing.clone(), &person, cx.now()))))
}

/// Opens the form that sets it right.
pub fn edit(standing: &Record<Commitment>, cx: &Cx<'_>) -> Result<Outcome> {
    let person = cx.store.named(standing.value.relationship)?.name;
    Ok(Outcome::Fill(Box::new(EditCommitment::new(standing.clone(), &person, cx.now()))))
}

/// Copies its words; of one that the other is late with, words that remind them of it.
pub fn copy(standing: &Record<Commitment>, cx: &Cx<'_>) -> Result<Outcome> {
    let one = &standing.value;
    if one.owner == Party::Them && one.days_late(cx.today()).is_some() {
        let name = cx.store.named(one.relationship)?.name;
        return Ok(Outcome::Copy(one.reminder(&name), "a reminder to send"));
    }
    Ok(Outcome::Copy(one.text.clone(), "the commitment"))
}

/// Asks which goal it serves.
pub fn ask_goal(standing: &Record<Commitment>, cx: &Cx<'_>) -> Result<Outcome> {
    let goals = progress::goals_with(standing.value.relationship, cx)?;
    if goals.is_empty() {
        let name = cx.store.named(standing.value.relationship)?.name;
        let says = format!("No goal is shared yet: `5` and `n` add one with {name}.");
        return Ok(Outcome::Say(says));
    }
    let now = cx.store.goal_of_commitment(standing.id)?.map(|(goal, _)| goal);
    Ok(Outcome::Open(Box::new(overlays::about_goal(&goals, now))))
}

/// Says which goal it serves, or that it serves none.
pub fn serve(
    standing: &Record<Commitment>,
    goal: Option<Id<Goal>>,
    cx: &mut Cx<'_>,
) -> Result<Outcome> {
    cx.store.serve_goal(cx.stamp, standing, goal)?;
    Ok(Outcome::Changed(match goal {
        Some(goal) => format!("It serves the goal \"{}\".", cx.store.goal(goal)?.value.title),
        None => "It serves no goal.".to_owned(),
    }))
}

fn became(commitment: &Commitment) -> String {
    let state = match commitment.state {
        CommitmentState::Open => "Open",
        CommitmentState::Kept => "Kept",
        CommitmentState::KeptLate => "Kept late",
        CommitmentState::Missed => "Missed",
        CommitmentState::Withdrawn => "Withdrawn",
    };
    format!("{state}: {}.", commitment.text)
}
