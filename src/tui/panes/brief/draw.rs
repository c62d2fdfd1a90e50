//! How a line of the brief looks.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::lines::{Line, Shown};
use crate::domain::brief::Part;
use crate::domain::{Clocks, Contact, Party, SessionState, dates};
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
            commitment::draw(buffer, room, look, one, beside, selected, today);
            return;
        }
        Line::Goal(row, next) => {
            let late = row.goal.value.is_overdue(today);
            (wording::goal(row, next.as_ref(), today), if late { theme.late } else { plain })
        }
        Line::Hint(hint) => ((*hint).to_owned(), theme.placeholder),
        other => (says(other, today, clocks), plain),
    };
    // The marks of what is for me alone and of what is late stand before the words.
    let private = matches!(shown.part, Part::Remembering | Part::Focus | Part::Quiet)
        && !matches!(shown.line, Line::Hint(_));
    let mark = if private { look.glyphs.private } else { " " };
    let x = text::put(buffer, room, room.x, room.y, mark, theme.private) + 1;
    let width = room.right().saturating_sub(x);
    let words = prose::fit(&words, width, ellipsis);
    text::put(buffer, room, x, room.y, &words, style);
}

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
        Line::Agenda(item, left_over) => {
            let item = &item.value;
            let by = if item.by == Party::Them { "them: " } else { "" };
            let since = if *left_over {
                format!(" (since {})", dates::day(item.added, today))
            } else {
                String::new()
            };
            format!("[ ] {by}{}{since}", item.text)
        }
        Line::Remembering(line) => {
            let day = line.value.on.map(|day| format!(" · {}", dates::in_words(day, today)));
            format!("{}{}", line.value.text, day.unwrap_or_default())
        }
        Line::Contact(contact) => reached(&contact.value),
        Line::Fact("In focus" | "Quiet for a while" | "Agreement", fact) => fact.clone(),
        Line::Fact(name, fact) => format!("{name}: {fact}"),
        Line::Hint(_) | Line::Commitment(_) | Line::Goal(..) => String::new(),
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
        _ => "Tab",
    }
}
