//! The checklist and the chosen way on the screen.

use chrono::{Datelike, NaiveDate};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Item, Trust};
use crate::domain::{Practice, Repair};
use crate::guide::ways::TrustWay;
use crate::tui::overlays::history::sign;
use crate::tui::reading;
use crate::tui::theme::Look;
use crate::tui::{prose, text, wording};

/// The width of the column of a check-in, and of one of another year.
const DATE: u16 = 7;
const DATE_AND_YEAR: u16 = 8;
/// What the longest name of the ten takes with its box, and with the word after it.
const NAMES: u16 = 42;
/// From this width on a repair that was settled says the day on which it was.
const ROOMY: u16 = 50;
/// What stands after the name of a way that was quiet for long.
const QUIET: &str = "  quiet";

impl Trust {
    pub(super) fn draw_page(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if self.page.fit(area.width) {
            self.lay_out();
        }
        let title = match self.cursor.row(&self.rows) {
            Some(Item::Repair(_)) => "A repair".to_owned(),
            _ => self.way().map(|way| way.name.clone()).unwrap_or_default(),
        };
        reading::rule(
            frame,
            Rect { height: 1.min(area.height), ..area },
            look,
            &title,
            self.inside,
        );
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        self.page.render(frame, body, look, self.inside);
    }

    pub(super) fn draw_list(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        let today = self.now.date_naive();
        let inner = Rect {
            x: area.x + 2,
            width: area.width.saturating_sub(4),
            height: 1.min(area.height),
            ..area
        };
        // The check-ins before today's, the newest last, as many as there is room for.
        let before: Vec<usize> = (0..self.records.check_ins.len())
            .filter(|at| self.records.check_ins.get(*at).is_some_and(|one| one.value.day != today))
            .collect();
        let newest = |wide: u16| -> Vec<usize> {
            let room = usize::from(inner.width.saturating_sub(NAMES) / wide).min(6);
            before.iter().skip(before.len().saturating_sub(room)).copied().collect()
        };
        let day = |at: &usize| self.records.check_ins.get(*at).map(|one| one.value.day);
        // A column says its year where that is not this one.
        let (mut wide, mut columns) = (DATE, newest(DATE));
        if columns.iter().filter_map(day).any(|day| day.year() != today.year()) {
            (wide, columns) = (DATE_AND_YEAR, newest(DATE_AND_YEAR));
        }
        text::put(frame.buffer_mut(), inner, inner.x, inner.y, "Today", look.theme.quiet);
        let ours = self.ways.iter().any(|way| way.ours && !way.hidden);
        let legend = format!("{} our completion", look.glyphs.ours);
        let begins = inner.x + 8;
        if ours && begins + text::width(&legend) < column(inner, 0, columns.len(), wide) {
            text::put(frame.buffer_mut(), inner, begins, inner.y, &legend, look.theme.quiet);
        }
        for (n, at) in columns.iter().enumerate() {
            let Some(day) = day(at) else { continue };
            // "Sep '25": the day itself stands in the history.
            let form = if day.year() == today.year() { "%-d %b" } else { "%b '%y" };
            let day = day.format(form).to_string();
            let x = column(inner, n, columns.len(), wide);
            text::put(frame.buffer_mut(), inner, x, inner.y, &day, look.theme.quiet);
        }
        let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let (cursor, rows) = (&mut self.cursor, &self.rows);
        let (ways, records, quiet) = (&self.ways, &self.records, &self.quiet);
        cursor.render(frame, list, look, rows, !self.inside, |buffer, place, row, selected| {
            let style = if selected { look.theme.selected } else { look.theme.text };
            match row {
                Item::Heading(words) => {
                    text::put(buffer, place, place.x, place.y, words, look.theme.title);
                }
                Item::Focus(focus) => {
                    let ticked = records.ticked.contains(&focus.id);
                    let tick = if ticked { "[x]" } else { "[ ]" };
                    let words = format!("{tick} {}", focus.value.practice);
                    let words = prose::fit(&words, place.width, look.glyphs.ellipsis);
                    let x = text::put(buffer, place, place.x, place.y, &words, style);
                    let way = ways.iter().find(|way| way.key == focus.value.way);
                    let name = way.map_or("", |way| way.name.as_str());
                    if x + 2 + text::width(name) <= place.right() {
                        text::put_right(buffer, place, place.y, name, look.theme.quiet);
                    }
                }
                Item::Repair(repair) => {
                    draw_repair(buffer, place, look, &repair.value, today, selected);
                }
                Item::Way { key, at } => {
                    let Some(way) = ways.get(*at) else { return };
                    let answers: Vec<_> = columns
                        .iter()
                        .map(|at| records.answers.get(*at).and_then(|said| said.get(key)).copied())
                        .collect();
                    let box_ = sign(records.answer(key, today), &look.glyphs);
                    let quiet = quiet.contains(key);
                    let shown = Shown { way, box_, quiet, answers: &answers, wide };
                    draw_way(buffer, place, look, &shown, style);
                }
            }
        });
    }
}

/// The day of a repair and what happened; what was settled is quiet, and says since when.
fn draw_repair(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    repair: &Repair,
    today: NaiveDate,
    selected: bool,
) {
    let (style, tick) = match (selected, repair.settled) {
        (true, None) => (look.theme.selected, "[ ]"),
        (true, Some(_)) => (look.theme.selected, "[x]"),
        (false, None) => (look.theme.text, "[ ]"),
        (false, Some(_)) => (look.theme.quiet, "[x]"),
    };
    let mut room = place.width;
    if let Some(day) = repair.settled.filter(|_| place.width >= ROOMY) {
        let settled = format!("settled {}", wording::short_day(day, today));
        let x = text::put_right(buffer, place, place.y, &settled, look.theme.quiet);
        room = x.saturating_sub(place.x + 2);
    }
    let day = wording::short_day(repair.day, today);
    let words = format!("{tick} {day}  {}", text::flat(&repair.happened));
    let words = prose::fit(&words, room, look.glyphs.ellipsis);
    text::put(buffer, place, place.x, place.y, &words, style);
}

/// Where the `n`-th of so many columns begins.
fn column(place: Rect, n: usize, columns: usize, wide: u16) -> u16 {
    let left = u16::try_from(columns - n).unwrap_or(0);
    place.right().saturating_sub(left.saturating_mul(wide))
}

/// A way as its row shows it.
struct Shown<'a> {
    way: &'a TrustWay,
    box_: &'a str,
    quiet: bool,
    answers: &'a [Option<Practice>],
    /// The width of the column of a check-in.
    wide: u16,
}

/// Box, name and mark of a way and whether it is quiet, then what was answered before.
fn draw_way(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    shown: &Shown<'_>,
    style: ratatui::style::Style,
) {
    let (way, answers) = (shown.way, shown.answers);
    let room = column(place, 0, answers.len(), shown.wide).saturating_sub(place.x + 1);
    let mark = if way.ours { look.glyphs.ours } else { "" };
    let mark_room = if way.ours { text::width(mark) + 1 } else { 0 };
    let quiet = if shown.quiet { QUIET } else { "" };
    let name_room = room.saturating_sub(4 + mark_room + text::width(quiet));
    let name = prose::fit(&way.name, name_room, look.glyphs.ellipsis);
    let line = format!("[{}] {name} {mark}", shown.box_);
    let line = line.trim_end();
    let x = text::put(buffer, place, place.x, place.y, line, style);
    text::put(buffer, place, x, place.y, quiet, look.theme.quiet);
    for (n, answer) in answers.iter().enumerate() {
        let x = column(place, n, answers.len(), shown.wide);
        text::put(buffer, place, x + 2, place.y, sign(*answer, &look.glyphs), style);
    }
}
