//! Pictures of a relationship, drawn as SVG into the page: when the two met, how each way was
//! practised, goals and milestones on a time line, and what became of commitments.
//!
//! They count nothing that the program does not count, and rank nobody. What a mark means stands
//! beside the picture, and on each mark as its title; the same is told in words further down.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::markup::Markup;
use crate::domain::{Commitment, CommitmentState, Party, Practice, Record, SessionState};
use crate::store::{GoalDetails, InOrder};
use crate::transfer::private::Trust;

/// How many check-ins a picture shows, the last of them.
const CHECK_INS: usize = 24;
/// How many marks stand in one row.
const MARKS_A_ROW: usize = 24;

/// The sessions by day, each leading to what is told of it: a block for each month from that of the
/// first to that of the last, in the years in which there was one.
pub fn calendar(sessions: &[InOrder]) -> Option<Markup> {
    let mut days: BTreeMap<NaiveDate, Vec<&InOrder>> = BTreeMap::new();
    for one in sessions {
        days.entry(one.when.date).or_default().push(one);
    }
    let month = |day: &NaiveDate| (day.year(), day.month());
    let months = month(days.first_key_value()?.0)..=month(days.last_key_value()?.0);
    let mut years: Vec<i32> = days.keys().map(Datelike::year).collect();
    years.dedup();
    let mut out = Markup::default();
    out.raw("<figure class=\"calendar\">\n<figcaption>Sessions over the year</figcaption>\n");
    for year in years.into_iter().rev() {
        out.raw("<h3>").number(year).raw("</h3>\n<div class=\"months\">\n");
        for month in (1..=12).filter(|month| months.contains(&(year, *month))) {
            month_of(year, month, &days, &mut out);
        }
        out.raw("</div>\n");
    }
    out.raw("<p class=\"legend\">");
    for (class, words) in
        [("held", "held"), ("planned", "planned"), ("missed", "missed, cancelled or moved")]
    {
        legend(class, words, &mut out);
    }
    out.raw("</p>\n</figure>\n");
    Some(out)
}

fn month_of(year: i32, month: u32, days: &BTreeMap<NaiveDate, Vec<&InOrder>>, out: &mut Markup) {
    let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else { return };
    out.raw("<div><span>").text(&first.format("%b").to_string());
    out.raw("</span><svg viewBox=\"0 0 84 72\" role=\"group\" aria-label=\"");
    let held = days.keys().filter(|day| day.year() == year && day.month() == month);
    let held: Vec<String> = held.map(|day| day.day().to_string()).collect();
    let days_of = if held.is_empty() { "no session".to_owned() } else { held.join(", ") };
    out.plain(&format!("{}: {days_of}", first.format("%B %Y"))).raw("\">");
    let before = first.weekday().num_days_from_monday();
    for day in first.iter_days().take_while(|day| day.month() == month) {
        let at = before + day.day0();
        let (column, row) = (i64::from(at % 7), i64::from(at / 7));
        let sessions = days.get(&day).map_or(&[][..], Vec::as_slice);
        let is = |state| sessions.iter().any(|one| one.state == state);
        let class = match sessions {
            [] => None,
            _ if is(SessionState::Held) => Some("held"),
            _ if is(SessionState::Planned) => Some("planned"),
            _ => Some("missed"),
        };
        let words: Vec<&str> = sessions.iter().map(|one| one.state.words()).collect();
        let words = format!("{day}: {}", words.join(", "));
        if let Some(first) = sessions.first() {
            out.raw("<a href=\"#s").plain(&first.id.to_string()).raw("\" aria-label=\"");
            out.plain(&words).raw("\">");
        }
        out.raw("<rect x=\"").number(column * 12 + 1).raw("\" y=\"").number(row * 12 + 1);
        out.raw("\" width=\"10\" height=\"10\" rx=\"2\" class=\"");
        out.raw(class.unwrap_or("day")).raw("\">");
        if class.is_some() {
            out.raw("<title>").plain(&words).raw("</title>");
        }
        out.raw("</rect>");
        if class == Some("missed") {
            // Told without colour, too.
            out.raw("<path class=\"cross\" d=\"M").number(column * 12 + 4).raw(" ");
            out.number(row * 12 + 4).raw("l4 4m0 -4l-4 4\"/>");
        }
        if class.is_some() {
            out.raw("</a>");
        }
    }
    out.raw("</svg></div>\n");
}

/// How each way was practised at the check-ins. All of it is private.
pub fn practice(trust: &Trust) -> Option<Markup> {
    let from = trust.check_ins.len().saturating_sub(CHECK_INS);
    let shown = trust.check_ins.get(from..).filter(|shown| !shown.is_empty())?;
    let mut out = Markup::default();
    out.raw("<figure class=\"practice private\">\n<figcaption>How each way was practised, at the check-ins from ");
    let day = |at: Option<&(Record<_>, _)>| -> String {
        let at: Option<&(Record<crate::domain::CheckIn>, _)> = at;
        at.map(|(one, _)| one.value.day.to_string()).unwrap_or_default()
    };
    out.text(&day(shown.first())).raw(" to ").text(&day(shown.last()));
    out.raw(" <em>private</em></figcaption>\n");
    for way in trust.ways.iter().filter(|way| !way.hidden) {
        out.raw("<div class=\"row\"><span>").text(&way.name);
        out.raw("</span>");
        begin_row(length(shown.len()) * 18 + 2, 20, &mut out);
        let said = |answers: &crate::store::Answers| answers.get(&way.key).copied();
        let words: Vec<&str> =
            shown.iter().map(|(_, answers)| answer_words(said(answers))).collect();
        out.plain(&words.join(", ")).raw("\">");
        for (at, (check_in, answers)) in shown.iter().enumerate() {
            mark(length(at) * 18 + 10, said(answers), check_in.value.day, &mut out);
        }
        out.raw("</svg></div>\n");
    }
    out.raw("<p class=\"legend\">");
    for answer in Practice::ALL.iter().rev().copied().map(Some).chain([None]) {
        out.raw("<span><svg width=\"20\" height=\"20\">");
        mark(10, answer, NaiveDate::MIN, &mut out);
        out.raw("</svg>").text(answer_words(answer)).raw("</span> ");
    }
    out.raw("</p>\n</figure>\n");
    Some(out)
}

fn answer_words(answer: Option<Practice>) -> &'static str {
    answer.map_or("left blank", Practice::words)
}

/// One answer: full, half, empty, a line; a point where it was left blank.
fn mark(x: i64, answer: Option<Practice>, day: NaiveDate, out: &mut Markup) {
    out.raw("<g>");
    if day > NaiveDate::MIN {
        let words = answer_words(answer);
        out.raw("<title>").plain(&format!("{day}: {words}")).raw("</title>");
    }
    match answer {
        Some(Practice::Consistently) => {
            out.raw("<circle class=\"full\" cy=\"10\" r=\"6\" cx=\"").number(x).raw("\"/>");
        }
        Some(Practice::Sometimes) => {
            out.raw("<circle class=\"ring\" cy=\"10\" r=\"6\" cx=\"").number(x).raw("\"/>");
            out.raw("<path class=\"full\" d=\"M").number(x).raw(" 4a6 6 0 0 0 0 12z\"/>");
        }
        Some(Practice::NotReally) => {
            out.raw("<circle class=\"ring\" cy=\"10\" r=\"6\" cx=\"").number(x).raw("\"/>");
        }
        Some(Practice::NoOccasion) => {
            out.raw("<path class=\"ring\" d=\"M").number(x - 5).raw(" 10h10\"/>");
        }
        None => {
            out.raw("<circle class=\"blank\" cy=\"10\" r=\"1.5\" cx=\"").number(x).raw("\"/>");
        }
    }
    out.raw("</g>");
}

/// The goals from the day they came up to the day they are for, with their milestones.
pub fn time_line(goals: &[GoalDetails]) -> Option<Markup> {
    let spans: Vec<(&GoalDetails, Vec<NaiveDate>)> =
        goals.iter().map(|goal| (goal, days_of(goal))).collect();
    let first = *spans.iter().flat_map(|(_, days)| days).min()?;
    let last = *spans.iter().flat_map(|(_, days)| days).max()?;
    let from = first.with_day(1).unwrap_or(first);
    let whole = last.signed_duration_since(from).num_days().max(30) + 7;
    // A little room on both sides, so that no mark is cut.
    let place = |day: NaiveDate| 15 + day.signed_duration_since(from).num_days() * 970 / whole;
    let mut out = Markup::default();
    out.raw("<figure class=\"time-line\">\n<figcaption>Goals and milestones</figcaption>\n");
    for (details, days) in &spans {
        let goal = &details.goal.value;
        out.raw("<div class=\"lane\"><span>").text(&goal.title);
        out.raw(" <em>").text(goal.status.words()).raw("</em></span>");
        out.raw("<svg width=\"100%\" height=\"22\" role=\"img\" aria-label=\"").plain(&goal.title);
        out.raw("\">");
        if let (Some(start), Some(end)) = (days.iter().min(), days.iter().max()) {
            out.raw("<line class=\"span\" y1=\"11\" y2=\"11\" x1=\"").per_mille(place(*start));
            // One day alone is seen, too.
            let end = place(*end).max(place(*start) + 20);
            out.raw("\" x2=\"").per_mille(end).raw("\"/>");
        }
        for milestone in &details.milestones {
            let one = &milestone.value;
            let (day, class, words) = match (one.done, one.due) {
                (Some(done), _) => (done, "full", format!("{}, done {done}", one.title)),
                (None, Some(due)) => (due, "ring", format!("{}, by {due}", one.title)),
                (None, None) => continue,
            };
            out.raw("<circle cy=\"11\" r=\"5\" class=\"").raw(class).raw("\" cx=\"");
            out.per_mille(place(day)).raw("\"><title>").plain(&words).raw("</title></circle>");
        }
        if let Some(due) = goal.due {
            out.raw("<svg overflow=\"visible\" x=\"").per_mille(place(due));
            out.raw("\"><path class=\"due\" d=\"M0 2v18\"><title>");
            out.plain(&format!("by {due}")).raw("</title></path></svg>");
        }
        out.raw("</svg></div>\n");
    }
    axis(from, last, place, &mut out);
    out.raw("<p class=\"legend\">");
    for (shape, words) in [
        ("<circle class=\"full\" cx=\"10\" cy=\"10\" r=\"5\"/>", "milestone, done"),
        ("<circle class=\"ring\" cx=\"10\" cy=\"10\" r=\"5\"/>", "milestone, by its day"),
        ("<path class=\"due\" d=\"M10 1v18\"/>", "the day of the goal"),
    ] {
        out.raw("<span><svg width=\"20\" height=\"20\">").raw(shape).raw("</svg>");
        out.raw(words).raw("</span> ");
    }
    out.raw("</p>\n</figure>\n");
    Some(out)
}

fn days_of(details: &GoalDetails) -> Vec<NaiveDate> {
    let goal = &details.goal.value;
    let milestones = details.milestones.iter();
    milestones
        .filter_map(|one| one.value.done.or(one.value.due))
        .chain(details.history.iter().map(|said| said.value.day))
        .chain(goal.due)
        .chain(details.goal.id.made().map(|moment| moment.date_naive()))
        .chain([goal.since])
        .collect()
}

/// The names of the months, as many as have room; the year at each first.
fn axis(from: NaiveDate, last: NaiveDate, place: impl Fn(NaiveDate) -> i64, out: &mut Markup) {
    let months = (last.year() - from.year()) * 12 + last.month0().cast_signed()
        - from.month0().cast_signed()
        + 1;
    // Five at most, so that they stand apart on a telephone.
    let step = (months + 4) / 5;
    out.raw("<svg class=\"axis\" width=\"100%\" height=\"22\" aria-hidden=\"true\">");
    let mut year = None;
    for month in (0..months).step_by(usize::try_from(step.max(1)).unwrap_or(1)) {
        let whole = from.year() * 12 + from.month0().cast_signed() + month;
        let (at_year, at_month) = (whole.div_euclid(12), whole.rem_euclid(12).cast_unsigned() + 1);
        let Some(day) = NaiveDate::from_ymd_opt(at_year, at_month, 1) else { continue };
        let form = if year == Some(at_year) { "%b" } else { "%b %Y" };
        year = Some(at_year);
        // The last one ends where it stands, so that the page does not cut it.
        let end = if place(day) > 880 { "\" class=\"end\">" } else { "\">" };
        out.raw("<text y=\"15\" x=\"").per_mille(place(day)).raw(end);
        out.text(&day.format(form).to_string()).raw("</text>");
    }
    out.raw("</svg>\n");
}

/// What became of commitments. Mine are counted; of theirs it is shown what is open and what not.
pub fn outcomes(commitments: &[Record<Commitment>]) -> Option<Markup> {
    if commitments.is_empty() {
        return None;
    }
    let mut out = Markup::default();
    out.raw("<figure class=\"outcomes\">\n<figcaption>Commitments by outcome</figcaption>\n");
    let mine = of(commitments, Party::Me);
    let classes = [
        (CommitmentState::Kept, "full"),
        (CommitmentState::KeptLate, "half"),
        (CommitmentState::Missed, "late"),
        (CommitmentState::Withdrawn, "blank"),
        (CommitmentState::Open, "ring"),
    ];
    for (state, class) in classes {
        let some: Vec<&Commitment> =
            mine.iter().filter(|one| one.state == state).copied().collect();
        if !some.is_empty() {
            let words = format!("mine, {}: {}", state.words(), some.len());
            marks(&words, class, &some, &mut out);
        }
    }
    let theirs = of(commitments, Party::Them);
    let (open, closed): (Vec<&Commitment>, Vec<&Commitment>) =
        theirs.into_iter().partition(|one| one.is_open());
    for (some, words, class) in [(closed, "theirs, closed", "half"), (open, "theirs, open", "ring")]
    {
        if !some.is_empty() {
            marks(words, class, &some, &mut out);
        }
    }
    out.raw("</figure>\n");
    Some(out)
}

fn of(commitments: &[Record<Commitment>], owner: Party) -> Vec<&Commitment> {
    let all = commitments.iter().map(|one| &one.value);
    all.filter(|one| one.owner == owner).collect()
}

fn marks(words: &str, class: &'static str, some: &[&Commitment], out: &mut Markup) {
    let rows = some.len().div_ceil(MARKS_A_ROW);
    let columns = some.len().min(MARKS_A_ROW);
    out.raw("<div class=\"row\"><span>").text(words).raw("</span>");
    begin_row(length(columns) * 14 + 2, length(rows) * 14 + 6, out);
    out.plain(words).raw("\">");
    for (at, one) in some.iter().enumerate() {
        let (x, y) = (length(at % MARKS_A_ROW) * 14 + 8, length(at / MARKS_A_ROW) * 14 + 10);
        out.raw("<circle r=\"5\" class=\"").raw(class).raw("\" cx=\"").number(x);
        out.raw("\" cy=\"").number(y).raw("\"><title>").plain(&one.text).raw("</title></circle>");
    }
    out.raw("</svg></div>\n");
}

/// The picture of one row, up to what it says to who does not see it. It shrinks to the page, so that
/// no mark is cut.
fn begin_row(width: i64, height: i64, out: &mut Markup) {
    out.raw("<svg width=\"").number(width).raw("\" height=\"").number(height);
    out.raw("\" viewBox=\"0 0 ").number(width).raw(" ").number(height);
    out.raw("\" role=\"img\" aria-label=\"");
}

fn legend(class: &'static str, words: &'static str, out: &mut Markup) {
    out.raw("<span><svg width=\"14\" height=\"14\"><rect x=\"1\" y=\"1\" width=\"10\" height=\"10\" rx=\"2\" class=\"");
    out.raw(class).raw("\"/>");
    if class == "missed" {
        out.raw("<path class=\"cross\" d=\"M4 4l4 4m0 -4l-4 4\"/>");
    }
    out.raw("</svg>").raw(words).raw("</span> ");
}

fn length(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX / 1000)
}
