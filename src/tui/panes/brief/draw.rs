//! How a line of the brief looks.

use std::borrow::Cow;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::lines::{Line, Sheet, Shown};
use crate::domain::brief::Part;
use crate::domain::{Clocks, Commitment, Contact, SessionState, dates};
use crate::tui::commitment::{self, Beside};
use crate::tui::theme::Look;
use crate::tui::{prose, text, wording};

/// The column of the parts' names.
const NAMES: u16 = 11;

/// Draws one line with the name of its part, and what was left out.
pub(super) fn line(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    shown: &Shown,
    selected: bool,
    (today, clocks): (NaiveDate, Clocks),
) {
    let (theme, ellipsis) = (&look.theme, look.glyphs.ellipsis);
    if shown.first {
        let name = prose::fit(name(shown.part), NAMES - 1, ellipsis);
        text::put(buffer, place, place.x, place.y, &name, theme.title);
    }
    let mut room = Rect { x: place.x + NAMES, width: place.width.saturating_sub(NAMES), ..place };
    if shown.left_out > 0 {
        let more = format!("{} more: {}", shown.left_out, where_all(shown.part));
        let begins = text::put_right(buffer, room, place.y, &more, theme.quiet);
        room.width = begins.saturating_sub(room.x + 1);
    }
    let plain = if selected { theme.selected } else { theme.text };
    let (words, style) = match &shown.line {
        Line::Commitment(promised) => {
            let beside = Beside {
                moved: promised.moved_from.is_some(),
                rests: promised.rests,
                ..Beside::default()
            };
            let one = &promised.commitment.value;
            let piece =
                shown.pieces.first().map(|text| Commitment { text: text.clone(), ..one.clone() });
            let one = piece.as_ref().unwrap_or(one);
            commitment::draw(buffer, room, look, one, beside, selected, today);
            return;
        }
        Line::Goal(row, next) => {
            let late = row.goal.value.is_overdue(today);
            (wording::goal(row, next.as_ref(), today), if late { theme.late } else { plain })
        }
        Line::Hint(hint) => ((*hint).to_owned(), theme.placeholder),
        Line::Rest { words, hint, .. } => {
            let style = if *hint { theme.placeholder } else { theme.text };
            text::put(buffer, room, room.x, room.y, words, style);
            return;
        }
        other => (says(other, today, clocks), plain),
    };
    // The marks of what is for me alone and of what is late stand before the words.
    let private =
        matches!(shown.part, Part::Remembering | Part::Repairs | Part::Focus | Part::Quiet)
            && !shown.line.is_read();
    let mark = if private { look.glyphs.private } else { " " };
    let x = text::put(buffer, room, room.x, room.y, mark, theme.private) + 1;
    let width = room.right().saturating_sub(x);
    let words = shown.pieces.first().unwrap_or(&words);
    let words = prose::fit(words, width, ellipsis);
    text::put(buffer, room, x, room.y, &words, style);
}

/// The words of a line row by row, where a line of a column is so wide. What stands beside them
/// stands in the first row only.
pub(super) fn pieces(line: &Line, left_out: usize, width: u16, sheet: Sheet) -> Vec<String> {
    let more = if left_out > 0 { format!(" {left_out} more: Tab") } else { String::new() };
    let all = width.saturating_sub(NAMES);
    let room = all.saturating_sub(text::width(&more));
    let (words, first) = match line {
        Line::Commitment(promised) => {
            let one = &promised.commitment.value;
            (one.text.clone(), commitment::words_width(one, room))
        }
        Line::Goal(row, next) => {
            (wording::goal(row, next.as_ref(), sheet.today), room.saturating_sub(MARK))
        }
        Line::Hint(hint) => ((*hint).to_owned(), room.saturating_sub(MARK)),
        other => (says(other, sheet.today, sheet.clocks), room.saturating_sub(MARK)),
    };
    let words = crate::domain::text::line(&words);
    let begins = prose::rows(&words, first).next().unwrap_or_default().into_owned();
    let Some(rest) = words.strip_prefix(begins.as_str()) else { return vec![words] };
    let indent = u16::try_from(indent(line)).unwrap_or(0);
    let rest = rest.trim_start();
    let rows = prose::rows(rest, all.saturating_sub(indent)).map(Cow::into_owned);
    // Of no words left the wrapping makes an empty row.
    [begins].into_iter().chain(rows.filter(|row| !row.is_empty())).collect()
}

/// How far the rows in which a line goes on are set in.
pub(super) fn indent(line: &Line) -> usize {
    match line {
        Line::Commitment(_) => usize::from(commitment::LEAD),
        Line::Agenda(..) => usize::from(MARK) + BOX.len(),
        _ => usize::from(MARK),
    }
}

/// What stands before a line of the agenda.
const BOX: &str = "[ ] ";
/// How wide the mark before the words is.
const MARK: u16 = 2;

/// What a line says that is neither a commitment nor a goal.
fn says(line: &Line, today: NaiveDate, clocks: Clocks) -> String {
    match line {
        Line::Session(session, about) => {
            let when = session.value.when;
            let asks = session.value.is_unanswered(today);
            let day = if session.value.state == SessionState::Planned && !asks {
                wording::for_both(when, today, clocks)
            } else {
                wording::when(when, today)
            };
            let asks = if asks { "happened? " } else { "" };
            let about = if about.is_empty() { String::new() } else { format!(" · {about}") };
            format!("{asks}{day}, {}{about}", dates::distance(when.date, today))
        }
        Line::Proposal(cadence, when) => {
            format!("{cadence}: {}? p plans it.", wording::for_both(*when, today, clocks))
        }
        Line::Agenda(item, whose, left_over) => {
            let item = &item.value;
            let since = if *left_over {
                format!(" (since {})", dates::day(item.added, today))
            } else {
                String::new()
            };
            format!("[ ] {whose}{}{since}", item.text)
        }
        Line::Remembering(line) => {
            let day = line.value.on.map(|day| format!(" · {}", dates::in_words(day, today)));
            format!("{}{}", line.value.text, day.unwrap_or_default())
        }
        Line::Repair(repair) => {
            format!("{}: {}", dates::day(repair.value.day, today), repair.value.happened)
        }
        Line::Contact(contact) => reached(&contact.value),
        Line::Fact("In focus" | "Quiet for a while" | "Agreement", fact) => fact.clone(),
        Line::Fact(name, fact) => format!("{name}: {fact}"),
        Line::Hint(_) | Line::Rest { .. } | Line::Commitment(_) | Line::Goal(..) => String::new(),
    }
}

/// A way to reach somebody: "amina@example.org · email · weekdays · preferred".
fn reached(contact: &Contact) -> String {
    let preferred = if contact.preferred { "preferred" } else { "" };
    let parts = [&contact.value, &contact.label, &contact.hours];
    let parts = parts.into_iter().map(String::as_str).chain([preferred]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

const fn name(part: Part) -> &'static str {
    match part {
        Part::Next => "Next",
        Part::Last => "Last",
        Part::Mine => "You",
        Part::Theirs => "They",
        Part::Agenda => "Agenda",
        Part::Goals => "Goals",
        Part::Remembering => "Remember",
        Part::Repairs => "To mend",
        Part::Focus => "In focus",
        Part::Quiet => "Quiet",
        Part::Agreement => "Agreement",
        Part::Contact => "Contact",
        Part::Facts => "",
    }
}

/// The key that shows what was left out.
const fn where_all(part: Part) -> &'static str {
    match part {
        Part::Mine | Part::Theirs => "6",
        Part::Goals => "5",
        Part::Next | Part::Last => "3",
        Part::Repairs => "4",
        _ => "Tab",
    }
}
