//! A list over the screen that typing filters: people, kinds, commands, help, the `m` menu.
//!
//! Every letter is text here; only arrows, Enter and Esc act.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use super::field::Field;
use super::key::Key;
use super::keymap::{self, Action, Binding, Place};
use super::overlay;
use super::theme::Look;
use super::{prose, text};

/// The widest the box is drawn.
const COLUMNS: u16 = 78;
/// The widest the keys stand before the text.
const KEY_COLUMNS: u16 = 18;

/// What lifts a line that contains what was typed above those that have its letters scattered.
const IN_TEXT: u32 = 10_000;

/// Whether a line leaves when the filter does not match it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stays {
    /// It leaves.
    #[default]
    No,
    /// It stays, before all others.
    First,
    /// It stays, behind all others.
    Last,
    /// It is there only where what was typed is found in no other.
    Else,
}

/// One line to choose.
#[derive(Clone, Debug, Default)]
pub struct Item<I> {
    /// What is handed back when it is chosen.
    pub id: I,
    /// What it is called; its matched letters are marked.
    pub text: String,
    /// What is said about it beside the name.
    pub detail: String,
    /// Whether it is among what was chosen already, in a list where that is turned on and off.
    pub ticked: Option<bool>,
    /// The keys that do the same.
    pub keys: String,
    /// Other words by which it is found.
    pub also: String,
    /// The heading it stands under while nothing is typed.
    pub heading: &'static str,
    /// Whether the filter keeps it.
    pub stays: Stays,
}

impl<I> Item<I> {
    /// A line with this name.
    pub fn new(id: I, text: impl Into<String>) -> Self {
        Self {
            id,
            text: text.into(),
            detail: String::new(),
            ticked: None,
            keys: String::new(),
            also: String::new(),
            heading: "",
            stays: Stays::No,
        }
    }

    /// The same line with this said beside it.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// The same line with a box before it.
    #[must_use]
    pub fn ticked(self, ticked: bool) -> Self {
        Self { ticked: Some(ticked), ..self }
    }

    /// The same line, kept by the filter.
    #[must_use]
    pub fn stays(self, stays: Stays) -> Self {
        Self { stays, ..self }
    }
}

impl Item<Action> {
    fn of(row: &Binding, ascii: bool) -> Self {
        Self {
            keys: keymap::keys(row, ascii),
            also: row.also.to_owned(),
            ..Self::new(row.action, row.says)
        }
    }
}

/// What a key or a click made of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice<I> {
    /// Nothing is chosen yet.
    Open,
    /// This was chosen.
    Chosen(I),
    /// It was closed, and nothing is to happen.
    Closed,
}

struct Found {
    item: usize,
    /// The clusters of its text that matched.
    marks: Vec<u32>,
}

/// A line of the list as drawn.
#[derive(Clone, Copy)]
enum Line {
    Heading(&'static str),
    Found(usize),
}

/// A list that typing filters.
pub struct Chooser<I> {
    title: String,
    place: Place,
    items: Vec<Item<I>>,
    query: Field,
    found: Vec<Found>,
    at: usize,
    top: usize,
    none: &'static str,
    area: Rect,
    rows: Rect,
}

impl Chooser<Action> {
    /// All commands: those of `here` first.
    pub fn palette(here: Place, ascii: bool) -> Self {
        let items = keymap::palette(here).into_iter().map(|row| {
            let detail = if row.place.is_pane() { row.place.title() } else { "" };
            Item::of(row, ascii).detail(detail)
        });
        Self::new(Place::Palette, "All commands", items.collect())
    }

    /// The keys of `here`, then those around it.
    pub fn help(here: Place, ascii: bool) -> Self {
        let items = keymap::help(here).into_iter().flat_map(|(place, rows)| {
            let item = move |row| Item { heading: place.title(), ..Item::of(row, ascii) };
            rows.into_iter().map(item)
        });
        let items = items.filter(|item| !item.keys.is_empty());
        Self::new(Place::Help, "Help: type to filter, Enter runs the line", items.collect())
    }

    /// The rarer actions of `here`; nothing where there are none. Any other command is found in it too,
    /// where none of them is meant.
    pub fn menu(here: Place, ascii: bool) -> Option<Self> {
        let mut items: Vec<_> = keymap::menu(here)
            .map(|row| Item { heading: row.place.title(), ..Item::of(row, ascii) })
            .collect();
        if items.is_empty() {
            return None;
        }
        let others = keymap::palette(here).into_iter().map(|row| Item::of(row, ascii));
        items.extend(others.map(|item| item.stays(Stays::Else)));
        Some(Self::new(Place::Menu, "More", items))
    }
}

impl<I> Chooser<I> {
    /// The same list, handing back something else for each line.
    #[must_use]
    pub fn map<J>(self, change: impl Fn(I) -> J) -> Chooser<J> {
        let item = |item: Item<I>| Item {
            id: change(item.id),
            text: item.text,
            detail: item.detail,
            ticked: item.ticked,
            keys: item.keys,
            also: item.also,
            heading: item.heading,
            stays: item.stays,
        };
        Chooser {
            title: self.title,
            place: self.place,
            items: self.items.into_iter().map(item).collect(),
            query: self.query,
            found: self.found,
            at: self.at,
            top: self.top,
            none: self.none,
            area: self.area,
            rows: self.rows,
        }
    }
}

impl<I: Clone> Chooser<I> {
    /// A list with this title; `place` says which keys hold and how its footer reads.
    pub fn new(place: Place, title: &str, items: Vec<Item<I>>) -> Self {
        let mut chooser = Self {
            title: title.to_owned(),
            place,
            items,
            query: Field::default().placeholder("type to filter"),
            found: Vec::new(),
            at: 0,
            top: 0,
            none: "Nothing is called that. Backspace shows more.",
            area: Rect::default(),
            rows: Rect::default(),
        };
        chooser.filter();
        chooser
    }

    /// The same list, saying this where nothing matches.
    #[must_use]
    pub fn none(self, words: &'static str) -> Self {
        Self { none: words, ..self }
    }

    /// The same list with only the lines for which this holds.
    #[must_use]
    pub fn only(mut self, stays: impl Fn(&I) -> bool) -> Self {
        self.items.retain(|item| stays(&item.id));
        self.filter();
        self
    }

    /// Which rows of the key table hold.
    pub fn place(&self) -> Place {
        self.place
    }

    /// What was typed.
    pub fn query(&self) -> &str {
        self.query.text()
    }

    /// What was typed to look for something that is not in the list: nothing where it led to the
    /// selected line by that line's own words.
    pub fn looked_for(&self) -> &str {
        let query = self.query().trim();
        let text = self.selected().map(|item| item.text.to_lowercase()).unwrap_or_default();
        if text.contains(&query.to_lowercase()) { "" } else { query }
    }

    /// The line that Enter would choose.
    pub fn selected(&self) -> Option<&Item<I>> {
        self.items.get(self.found.get(self.at)?.item)
    }

    /// Selects the first line for which this holds.
    pub fn select(&mut self, wanted: impl Fn(&I) -> bool) {
        let is_wanted = |found: &Found| self.items.get(found.item).is_some_and(|it| wanted(&it.id));
        self.at = self.found.iter().position(is_wanted).unwrap_or(self.at);
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Choice<I> {
        let last = self.found.len().saturating_sub(1);
        let page = usize::from(self.rows.height.max(2)) - 1;
        match keymap::action(self.place, key) {
            Some(Action::Up) => self.at = self.at.saturating_sub(1),
            Some(Action::Down) => self.at = (self.at + 1).min(last),
            Some(Action::PageUp) => self.at = self.at.saturating_sub(page),
            Some(Action::PageDown) => self.at = (self.at + page).min(last),
            Some(Action::Back) => return Choice::Closed,
            Some(Action::Open) => return self.take(),
            _ => {
                if self.query.key(key) {
                    self.filter();
                }
            }
        }
        Choice::Open
    }

    /// Takes a pasted text into the filter.
    pub fn paste(&mut self, pasted: &str) {
        if self.query.paste(pasted) {
            self.filter();
        }
    }

    /// A click selects, a second one chooses, one beside the box closes.
    pub fn click(&mut self, at: Position) -> Choice<I> {
        if !self.area.contains(at) {
            return Choice::Closed;
        }
        if self.query.click(at) || !self.rows.contains(at) {
            return Choice::Open;
        }
        let line = self.lines().nth(self.top + usize::from(at.y - self.rows.y));
        match line {
            Some(Line::Found(found)) if found == self.at => self.take(),
            Some(Line::Found(found)) => {
                self.at = found;
                Choice::Open
            }
            _ => Choice::Open,
        }
    }

    /// Moves with the wheel.
    pub fn wheel(&mut self, down: bool) {
        let last = self.found.len().saturating_sub(1);
        self.at = if down { (self.at + 1).min(last) } else { self.at.saturating_sub(1) };
    }

    /// Draws the list over `within`.
    pub fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let within = within.intersection(frame.area());
        let width = within.width.saturating_sub(if within.width > 64 { 4 } else { 0 }).min(COLUMNS);
        // As tall as the whole list, so that it does not jump while one types.
        let all = self.listed().count() + self.headings();
        let wanted = u16::try_from(all).unwrap_or(u16::MAX).max(1).saturating_add(4);
        let inner = overlay::boxed(frame, within, (width, wanted), &self.title, look);
        let outer = (inner.x.saturating_sub(1), inner.y.saturating_sub(1));
        self.area =
            Rect { x: outer.0, y: outer.1, width: inner.width + 2, height: inner.height + 2 };
        if inner.is_empty() {
            self.rows = Rect::default();
            return;
        }
        let prompt =
            text::put(frame.buffer_mut(), inner, inner.x + 1, inner.y, ">", look.theme.key);
        // Where there is no room for a blank line the rows begin at once.
        let gap = if inner.height > 6 { 2 } else { 1 };
        self.rows = Rect {
            x: inner.x,
            y: inner.y + gap.min(inner.height),
            width: inner.width,
            height: inner.height.saturating_sub(gap),
        };
        self.draw_rows(frame, look);
        let field = Rect { x: prompt + 1, y: inner.y, width: inner.right(), height: 1 };
        let field = Rect { width: inner.right().saturating_sub(field.x + 1), ..field };
        self.query.render(frame, field.intersection(inner), look, true);
    }

    fn draw_rows(&mut self, frame: &mut Frame<'_>, look: &Look) {
        let rows = self.rows;
        if rows.is_empty() {
            return;
        }
        let height = usize::from(rows.height);
        let lines: Vec<Line> = self.lines().collect();
        let at = lines.iter().position(|line| matches!(line, Line::Found(at) if *at == self.at));
        if let Some(at) = at {
            // The heading above the first line is worth a row.
            let with_heading = at.saturating_sub(usize::from(at == 1));
            self.top = self.top.min(with_heading).max((at + 1).saturating_sub(height));
        }
        self.top = self.top.min(lines.len().saturating_sub(height));
        let keys_first = self.place == Place::Help;
        for (y, line) in (rows.y..rows.bottom()).zip(lines.iter().skip(self.top)) {
            let place = Rect { y, height: 1, ..rows };
            match *line {
                Line::Heading(words) => {
                    text::put(frame.buffer_mut(), place, place.x + 1, y, words, look.theme.title);
                }
                Line::Found(found) => self.draw_item(frame, place, found, keys_first, look),
            }
        }
        let buffer = frame.buffer_mut();
        let last = rows.right() - 1;
        if self.found.is_empty() {
            text::put(buffer, rows, rows.x + 3, rows.y, self.none, look.theme.quiet);
        } else if !self.query().trim().is_empty() && self.only_fixed() {
            let y = rows.y + u16::try_from(lines.len()).unwrap_or(u16::MAX).min(rows.height - 1);
            text::put(buffer, rows, rows.x + 3, y, self.none, look.theme.quiet);
        }
        if self.top > 0 {
            text::put(buffer, rows, last, rows.y, look.glyphs.above, look.theme.marker);
        }
        if self.top + height < lines.len() {
            text::put(buffer, rows, last, rows.bottom() - 1, look.glyphs.below, look.theme.marker);
        }
    }

    fn draw_item(
        &self,
        frame: &mut Frame<'_>,
        place: Rect,
        found: usize,
        keys_first: bool,
        look: &Look,
    ) {
        let Some(hit) = self.found.get(found) else { return };
        let Some(item) = self.items.get(hit.item) else { return };
        let (theme, glyphs) = (&look.theme, &look.glyphs);
        let buffer = frame.buffer_mut();
        let chosen = found == self.at;
        if chosen {
            text::put(buffer, place, place.x + 1, place.y, glyphs.marker, theme.marker);
        }
        // The last column is for the scroll marks.
        let mut inner = Rect { x: place.x + 3, width: place.width.saturating_sub(5), ..place };
        if keys_first {
            let columns = KEY_COLUMNS.min(inner.width / 4);
            let keys = prose::fit(&item.keys, columns, glyphs.ellipsis);
            text::put(buffer, inner, inner.x, inner.y, &keys, theme.key);
            let taken = (columns + 1).min(inner.width);
            inner = Rect { x: inner.x + taken, width: inner.width - taken, ..inner };
        } else if !item.keys.is_empty() {
            let x = text::put_right(buffer, inner, inner.y, &item.keys, theme.key);
            inner.width = x.saturating_sub(inner.x + 1);
        }
        let style = if chosen { theme.selected } else { theme.text };
        if let Some(ticked) = item.ticked {
            let box_ = if ticked { "[x] " } else { "[ ] " };
            let x = text::put(buffer, inner, inner.x, inner.y, box_, style);
            inner = Rect { x, width: inner.right().saturating_sub(x), ..inner };
        }
        let shown = prose::fit(&item.text, inner.width, glyphs.ellipsis);
        let mut x = inner.x;
        for (at, cluster) in shown.graphemes(true).enumerate() {
            let marked = u32::try_from(at).is_ok_and(|at| hit.marks.contains(&at));
            let style = if marked { style.patch(theme.hit) } else { style };
            x = text::put(buffer, inner, x, inner.y, cluster, style);
        }
        let room = inner.right().saturating_sub(x).saturating_sub(2);
        if room > 3 {
            let detail = prose::fit(&item.detail, room, glyphs.ellipsis);
            text::put(buffer, inner, x + 2, inner.y, &detail, theme.quiet);
        }
    }

    fn take(&self) -> Choice<I> {
        self.selected().map_or(Choice::Open, |item| Choice::Chosen(item.id.clone()))
    }

    fn only_fixed(&self) -> bool {
        let fixed = |found: &Found| {
            matches!(
                self.items.get(found.item).map(|item| item.stays),
                Some(Stays::First | Stays::Last)
            )
        };
        self.found.iter().all(fixed)
    }

    /// The lines as drawn; headings only while nothing is typed.
    fn lines(&self) -> impl Iterator<Item = Line> {
        let headed = self.query().trim().is_empty();
        let mut above = "";
        self.found.iter().enumerate().flat_map(move |(at, found)| {
            let heading = self.items.get(found.item).map_or("", |item| item.heading);
            let new = headed && heading != above;
            above = heading;
            let heading = new.then_some(Line::Heading(heading));
            heading.into_iter().chain([Line::Found(at)])
        })
    }

    /// What stands there while nothing is typed.
    fn listed(&self) -> impl Iterator<Item = &Item<I>> {
        self.items.iter().filter(|item| item.stays != Stays::Else)
    }

    fn headings(&self) -> usize {
        let mut above = "";
        let mut count = 0;
        for item in self.listed() {
            count += usize::from(item.heading != above);
            above = item.heading;
        }
        count
    }

    /// Finds the lines anew: best first, fixed ones in their places.
    fn filter(&mut self) {
        let query = self.query.text().trim().to_lowercase();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = |kind| Pattern::new(&query, CaseMatching::Ignore, Normalization::Smart, kind);
        let (loose, exact) = (pattern(AtomKind::Fuzzy), pattern(AtomKind::Substring));
        let mut scored: Vec<(u32, Found)> = Vec::new();
        let mut contained = false;
        let (mut best, mut meant) = (0, None);
        let (mut first, mut last, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (at, item) in self.items.iter().enumerate() {
            let found = |marks| Found { item: at, marks };
            let hit = if query.is_empty() {
                Some((0, Vec::new()))
            } else {
                matches(item, &loose, &exact, &mut matcher)
            };
            match (item.stays, hit) {
                (Stays::No, Some((score, marks))) => {
                    contained |= score >= IN_TEXT;
                    scored.push((score, found(marks)));
                }
                (Stays::Else, Some((score, marks))) if score >= IN_TEXT => {
                    others.push((score, found(marks)));
                }
                (Stays::No | Stays::Else, _) => {}
                (Stays::First, hit) => {
                    let (score, marks) = hit.unwrap_or_default();
                    if score >= IN_TEXT && score > best {
                        best = score;
                        meant = Some(first.len());
                    }
                    first.push(found(marks));
                }
                (Stays::Last, hit) => last.push(found(hit.unwrap_or_default().1)),
            }
        }
        if !contained && !others.is_empty() {
            (scored, contained) = (others, true);
        }
        // Scattered letters count only where nothing contains what was typed.
        scored.retain(|(score, _)| !contained || *score >= IN_TEXT);
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        // What was typed is looked for among the others; only if nothing is called that, the last
        // fixed line ("New person") is meant.
        let others = scored.first().map_or(0, |(score, _)| *score);
        self.at = match (query.is_empty(), scored.is_empty()) {
            (true, _) => 0,
            // A fixed line that says it better than any other is meant itself.
            _ if best > others => meant.unwrap_or(0),
            (false, false) => first.len(),
            (false, true) => (first.len() + last.len()).saturating_sub(1),
        };
        self.top = 0;
        self.found = first;
        self.found.extend(scored.into_iter().map(|(_, found)| found));
        self.found.append(&mut last);
    }
}

/// How well the line matches, and by which clusters of its text. The text is matched loosely; the
/// other words only where they contain what was typed, or everything would match everything.
fn matches<I>(
    item: &Item<I>,
    loose: &Pattern,
    exact: &Pattern,
    matcher: &mut Matcher,
) -> Option<(u32, Vec<u32>)> {
    let mut letters = Vec::new();
    let mut marks = Vec::new();
    let contained = exact.indices(clusters(&item.text, &mut letters), matcher, &mut marks);
    if let Some(score) = contained {
        return Some((score + 2 * IN_TEXT, marks));
    }
    marks.clear();
    let all = format!("{} {} {} {}", item.text, item.also, item.detail, item.keys);
    if let Some(score) = exact.score(clusters(&all, &mut letters), matcher) {
        return Some((score + IN_TEXT, marks));
    }
    let score = loose.indices(clusters(&item.text, &mut letters), matcher, &mut marks)?;
    Some((score, marks))
}

/// One letter for each cluster, so that the place of a match is the place of its cluster. The
/// blank at the end is for the matcher (0.3.1), which never looks at the last place there is.
fn clusters<'a>(text: &str, letters: &'a mut Vec<char>) -> Utf32Str<'a> {
    letters.clear();
    letters.extend(text.graphemes(true).filter_map(|cluster| cluster.chars().next()));
    letters.push(' ');
    Utf32Str::Unicode(letters)
}
