//! Two texts beside each other, what differs marked: earlier versions, a text that two wrote at
//! once, a draft that a crash left.

use std::borrow::Cow;

use crossterm::event::{MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use similar::{ChangeTag, TextDiff};

use super::{Overlay, Step, recovered};

use crate::domain::{Id, Layer, Moment, Record, Rev, Session, Writing};
use crate::store::{Error, Kept, LeftBehind, Result, Version};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::overlay::boxed;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::Look;
use crate::tui::{prose, text, wording};

/// What stands against what.
pub enum Sides {
    /// An earlier content against the present one.
    Versions {
        /// Of which session.
        session: Id<Session>,
        /// Which text.
        layer: Layer,
        /// The content that stands in the journal.
        base: Option<Rev>,
        /// The earlier ones, newest first.
        versions: Vec<Version>,
        /// Which of them is shown.
        at: usize,
        /// The present one.
        now: String,
        /// For saying when each was written.
        moment: Moment,
    },
    /// What somebody else saved against what was written here.
    Conflict {
        /// Of which session.
        session: Id<Session>,
        /// Which text.
        layer: Layer,
        /// What stands in the journal.
        theirs: Record<Writing>,
        /// What was written here.
        mine: String,
    },
    /// Earlier ones of a kind against the newest one, for looking only.
    Looking {
        /// The earlier ones, the newest first.
        others: Vec<Earlier>,
        /// Which of them is shown.
        at: usize,
    },
    /// What stands in the journal against a draft that was left behind.
    LeftBehind {
        /// The draft.
        left: LeftBehind,
        /// What stands in the journal.
        saved: String,
    },
}

/// An earlier one of a kind, told so that it can be read beside the newest one.
pub struct Earlier {
    /// What it is called.
    pub name: String,
    /// Part by part what it says, and what the newest one says to the same.
    pub parts: Vec<(String, String)>,
}

/// The two texts on the screen.
pub struct Compare {
    title: String,
    sides: Sides,
    headings: (String, String),
    parts: Vec<Part>,
    /// The same with what both say told shortly.
    short: Vec<Part>,
    /// Whether what is the same on both sides is told shortly; without a word about that it is
    /// where they do not stand beside each other.
    folded: Option<bool>,
    /// Whether they stood beside each other when they were last drawn.
    wide: bool,
    top: usize,
    longest: usize,
}

/// What both say to one thing. Beside each other both begin on the same row.
#[derive(Clone)]
struct Part {
    left: Vec<Piece>,
    right: Vec<Piece>,
}

impl Part {
    /// The same line on both sides.
    fn line(text: &str) -> Self {
        let side = || vec![Piece { text: text.to_owned(), differs: false }];
        Self { left: side(), right: side() }
    }

    /// What both say, where that is the same.
    fn same(&self) -> Option<String> {
        let is_same = self.left.iter().chain(&self.right).all(|piece| !piece.differs);
        is_same.then(|| self.left.iter().map(|piece| piece.text.as_str()).collect())
    }
}

/// The parts with what is the same on both sides told shortly: what has a heading is its heading,
/// and lines that follow each other are counted.
fn folded(parts: &[Part]) -> Vec<Part> {
    let mut short = Vec::new();
    let mut alike = Alike::default();
    for part in parts {
        let same = part.same();
        let mut lines = same.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty());
        match (lines.next(), lines.next()) {
            (None, _) if same.is_some() => {}
            (Some(heading), Some(_)) => {
                short.extend(alike.told_of_lines());
                alike.headings.push(heading.to_owned());
            }
            // A line without a small letter is the heading of those that follow it.
            (Some(line), None) if line.chars().any(char::is_lowercase) => {
                short.extend(alike.told_of_headings());
                alike.lines.push(line.to_owned());
            }
            _ => {
                short.extend(alike.told_of_lines().into_iter().chain(alike.told_of_headings()));
                short.push(part.clone());
            }
        }
    }
    short.extend(alike.told_of_lines().into_iter().chain(alike.told_of_headings()));
    short
}

/// What is the same and follows each other: lines, or what has a heading; never both.
#[derive(Default)]
struct Alike {
    lines: Vec<String>,
    headings: Vec<String>,
}

impl Alike {
    fn told_of_lines(&mut self) -> Option<Part> {
        let count = self.lines.len();
        let only = self.lines.drain(..).next()?;
        let told = if count == 1 { only } else { format!("{count} lines are the same") };
        Some(Part::line(&told))
    }

    fn told_of_headings(&mut self) -> Option<Part> {
        let headings: Vec<String> = self.headings.drain(..).collect();
        let told = || Part::line(&format!("{}: the same", headings.join(", ")));
        (!headings.is_empty()).then(told)
    }
}

/// A run of text that is on both sides, or on one only.
#[derive(Clone)]
struct Piece {
    text: String,
    differs: bool,
}

impl Compare {
    /// Compares the two sides.
    pub fn new(title: &str, sides: Sides, left: &str, right: &str) -> Self {
        let mut compare = Self {
            title: title.to_owned(),
            sides,
            headings: (left.to_owned(), right.to_owned()),
            parts: Vec::new(),
            short: Vec::new(),
            folded: None,
            wide: false,
            top: 0,
            longest: 0,
        };
        compare.weigh();
        compare
    }

    /// Compares the earlier versions of a text with its present content, the newest first.
    pub fn versions(
        session: Id<Session>,
        layer: Layer,
        base: Option<Rev>,
        versions: Vec<Version>,
        now: String,
        moment: Moment,
    ) -> Self {
        let title = format!("Earlier versions: {}", layer.words());
        let sides = Sides::Versions { session, layer, base, versions, at: 0, now, moment };
        Self::new(&title, sides, "", "Now")
    }

    /// The text that stands against the present one.
    fn other(&self) -> Cow<'_, str> {
        match &self.sides {
            Sides::Versions { versions, at, .. } => {
                versions.get(*at).map_or("", |one| &one.body).into()
            }
            Sides::Looking { others, at } => {
                let parts = others.get(*at).map_or(&[][..], |one| &one.parts);
                let says = parts.iter().map(|(says, _)| says.as_str());
                says.collect::<Vec<_>>().join("\n").into()
            }
            Sides::Conflict { mine, .. } => mine.into(),
            Sides::LeftBehind { left, .. } => (&left.draft.body).into(),
        }
    }

    /// Moves over the text, or to another version.
    fn go(&mut self, action: Action) {
        match action {
            Action::Up => self.top = self.top.saturating_sub(1),
            Action::Down => self.top += 1,
            Action::PageUp => self.top = self.top.saturating_sub(10),
            Action::PageDown => self.top += 10,
            Action::First => self.top = 0,
            Action::Last => self.top = self.longest,
            Action::Left | Action::Right => self.turn(action == Action::Left),
            _ => {}
        }
        self.top = self.top.min(self.longest.saturating_sub(1));
    }

    fn turn(&mut self, older: bool) {
        let (at, count) = match &mut self.sides {
            Sides::Versions { versions, at, .. } => (at, versions.len()),
            Sides::Looking { others, at } => (at, others.len()),
            Sides::Conflict { .. } | Sides::LeftBehind { .. } => return,
        };
        let next = if older { *at + 1 } else { at.saturating_sub(1) };
        if next < count && next != *at {
            *at = next;
            self.top = 0;
            self.weigh();
        }
    }

    fn weigh(&mut self) {
        let whole = |left: &str, right: &str| vec![differences(left, right)];
        self.parts = match &self.sides {
            Sides::Versions { versions, at, now, moment, .. } => {
                let Some(version) = versions.get(*at) else { return };
                let when = wording::at(version.written, *moment);
                self.headings.0 = format!("{} of {}, written {when}", at + 1, versions.len());
                whole(&version.body, now)
            }
            Sides::Looking { others, at } => {
                let Some(one) = others.get(*at) else { return };
                self.headings.0.clone_from(&one.name);
                one.parts.iter().map(|(says, now)| differences(says, now)).collect()
            }
            Sides::Conflict { theirs, mine, .. } => whole(&theirs.value.body, mine),
            Sides::LeftBehind { left, saved } => whole(saved, &left.draft.body),
        };
        self.short = folded(&self.parts);
    }

    /// Whether what is the same is told shortly. A text that is one whole has nothing to fold.
    fn is_folded(&self) -> bool {
        matches!(self.sides, Sides::Looking { .. }) && self.folded.unwrap_or(!self.wide)
    }

    /// The rows of both sides. Beside each other a part begins on the same row on both.
    fn rows(&self, left: u16, right: u16) -> [Vec<Row>; 2] {
        let mut sides = [Vec::new(), Vec::new()];
        for part in if self.is_folded() { &self.short } else { &self.parts } {
            sides[0].extend(rows(&part.left, left));
            sides[1].extend(rows(&part.right, right));
            let longer = sides[0].len().max(sides[1].len());
            if self.wide {
                for side in &mut sides {
                    side.resize(longer, Row::new());
                }
            }
        }
        sides
    }

    /// Makes one of the two texts, or both, the text of the session. The other stays a version.
    fn settle(&self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        match &self.sides {
            Sides::Versions { session, layer, base, .. } => {
                let kept = cx.store.save_text(cx.stamp, *session, *layer, *base, &self.other())?;
                Ok(match kept {
                    Kept::Saved(_) => Outcome::Changed("Brought back. u undoes it.".to_owned()),
                    Kept::Conflict(_) => {
                        Outcome::Warn("It was changed elsewhere meanwhile; look again.".to_owned())
                    }
                })
            }
            // An agreement is changed by the next version alone, and its place has no such key.
            Sides::Looking { .. } => Ok(Outcome::Done),
            Sides::LeftBehind { left, .. } => recovered::keep(left, cx),
            Sides::Conflict { session, layer, theirs, mine } => {
                let (session, layer) = (*session, *layer);
                let body = &theirs.value.body;
                match action {
                    Action::KeepTheirs => {
                        // Mine becomes a version first, so that nothing written is gone.
                        save(cx, session, layer, theirs.rev, mine)?;
                        let texts = cx.store.texts(session)?;
                        let standing = texts.of(layer).map(|writing| writing.rev);
                        save(cx, session, layer, standing.unwrap_or(theirs.rev), body)?;
                    }
                    Action::KeepBoth => {
                        let both = format!("{}\n\n{}", body.trim_end(), mine.trim_start());
                        save(cx, session, layer, theirs.rev, &both)?;
                    }
                    _ => save(cx, session, layer, theirs.rev, mine)?,
                }
                let said = "Kept. The other text is among the earlier versions (v).";
                Ok(Outcome::Settled(session, layer, said.to_owned()))
            }
        }
    }
}

impl Overlay for Compare {
    fn place(&self) -> Place {
        match self.sides {
            Sides::Conflict { .. } => Place::Conflict,
            Sides::Versions { ref versions, .. } if versions.len() > 1 => Place::Versions,
            Sides::Versions { .. } | Sides::LeftBehind { .. } => Place::Compare,
            Sides::Looking { ref others, .. } if others.len() > 1 => Place::Several,
            Sides::Looking { .. } => Place::Beside,
        }
    }

    fn key(&mut self, _key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        let Some(action) = action else { return Ok(Step::Stay(Outcome::Ignored)) };
        Ok(match action {
            Action::Back if self.is_question() => Step::Close(Outcome::Say(
                "Both are kept: yours is a draft, and is asked about again.".to_owned(),
            )),
            Action::Back | Action::Open => Step::Close(Outcome::Done),
            Action::Filter => {
                self.folded = Some(!self.is_folded());
                self.top = 0;
                Step::Stay(Outcome::Done)
            }
            Action::Copy => {
                let what = match self.sides {
                    Sides::Looking { .. } => "the earlier one",
                    _ => "that version",
                };
                Step::Stay(Outcome::Copy(self.other().into_owned(), what))
            }
            Action::Restore | Action::Keep | Action::KeepBoth | Action::KeepTheirs => {
                Step::Close(self.settle(action, cx)?)
            }
            other => {
                self.go(other);
                Step::Stay(Outcome::Done)
            }
        })
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        match event.kind {
            MouseEventKind::ScrollDown => self.go(Action::Down),
            MouseEventKind::ScrollUp => self.go(Action::Up),
            _ => {}
        }
        Ok(Step::Stay(Outcome::Done))
    }

    fn is_question(&self) -> bool {
        matches!(self.sides, Sides::Conflict { .. })
    }

    /// Both beside each other, or one below the other where it is narrow.
    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let size = (within.width.min(166), within.height);
        let mut pieces = self.parts.iter().flat_map(|part| part.left.iter().chain(&part.right));
        let differs = pieces.any(|piece| piece.differs);
        let says = if differs { "* marks what differs" } else { "nothing differs" };
        let title = format!("{} {} {says}", self.title, look.glyphs.dot);
        let inner = boxed(frame, within, size, &title, look);
        if inner.is_empty() {
            return;
        }
        let wide = inner.width >= 76;
        self.wide = wide;
        let (first, second) = if wide {
            let half = inner.width.saturating_sub(3) / 2;
            let second = Rect { x: inner.x + half + 3, width: inner.width - half - 3, ..inner };
            for y in inner.y..inner.bottom() {
                text::put(
                    frame.buffer_mut(),
                    inner,
                    inner.x + half + 1,
                    y,
                    look.glyphs.bar,
                    look.theme.line,
                );
            }
            (Rect { width: half, ..inner }, second)
        } else {
            let half = inner.height / 2;
            (
                Rect { height: half, ..inner },
                Rect { y: inner.y + half, height: inner.height - half, ..inner },
            )
        };
        // Both begin on the same row where they stand beside each other.
        let heads = [(&self.headings.0, first), (&self.headings.1, second)]
            .map(|(words, area)| head(words, area.width));
        let tallest = heads.iter().map(Vec::len).max().unwrap_or(0);
        let heads = heads.map(|mut rows| {
            if wide {
                rows.resize(tallest, String::new());
            }
            rows
        });
        let [left, right] = self.rows(text_width(first.width), text_width(second.width));
        draw(frame, first, look, &heads[0], left.iter().skip(self.top));
        draw(frame, second, look, &heads[1], right.iter().skip(self.top));
        self.longest = left.len().max(right.len());
        frame.set_cursor_position((inner.x, inner.y));
    }
}

/// Saves a text over the content `base`, and gives up its draft.
fn save(cx: &mut Cx<'_>, session: Id<Session>, layer: Layer, base: Rev, body: &str) -> Result<()> {
    match cx.store.save_text(cx.stamp, session, layer, Some(base), body)? {
        Kept::Saved(_) => Ok(()),
        Kept::Conflict(_) => Err(Error::Stale),
    }
}

/// The two texts in pieces; beyond a size at which comparing would be felt, as a whole each.
fn differences(left: &str, right: &str) -> Part {
    const LARGE: usize = 200_000;
    let whole = |text: &str, differs| vec![Piece { text: text.to_owned(), differs }];
    if left == right || left.len() + right.len() > LARGE {
        return Part { left: whole(left, left != right), right: whole(right, left != right) };
    }
    let diff = TextDiff::from_words(left, right);
    let mut part = Part { left: Vec::new(), right: Vec::new() };
    for change in diff.iter_all_changes() {
        let piece = |differs| Piece { text: change.value().to_owned(), differs };
        match change.tag() {
            ChangeTag::Equal => {
                part.left.push(piece(false));
                part.right.push(piece(false));
            }
            ChangeTag::Delete => part.left.push(piece(true)),
            ChangeTag::Insert => part.right.push(piece(true)),
        }
    }
    part
}

/// The rows of a heading. What is longer than three is cut: the texts need the room.
fn head(words: &str, width: u16) -> Vec<String> {
    prose::rows(words, width).take(3).map(Cow::into_owned).collect()
}

/// The margin for the sign of a row that differs, for whom neither colour nor a line shows it.
const MARGIN: u16 = 2;

/// A row of one side: what stands on both, and what on one only.
type Row = Vec<(String, bool)>;

fn text_width(side: u16) -> u16 {
    side.saturating_sub(MARGIN).min(80)
}

/// The rows of one side of a part.
fn rows(pieces: &[Piece], width: u16) -> Vec<Row> {
    let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let mut marks = Marks::new(pieces);
    prose::rows(&whole, width).map(|row| marks.next_row(&row)).collect()
}

/// Draws what fits of one side below its heading.
fn draw<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    look: &Look,
    heading: &[String],
    rows: impl Iterator<Item = &'a Row>,
) {
    let lines = area.y..area.bottom();
    for (y, row) in lines.clone().zip(heading) {
        text::put(frame.buffer_mut(), area, area.x, y, row, look.theme.title);
    }
    for (y, row) in lines.skip(heading.len()).zip(rows) {
        let mut x = area.x + MARGIN;
        for (part, differs) in row {
            if *differs {
                text::put(frame.buffer_mut(), area, area.x, y, "*", look.theme.title);
            }
            let style = if *differs { differing(look) } else { look.theme.text };
            x = text::put(frame.buffer_mut(), area, x, y, part, style);
        }
    }
}

fn differing(look: &Look) -> Style {
    look.theme.hit.add_modifier(Modifier::UNDERLINED)
}

/// Walks the pieces in step with the rows that were wrapped from them. Wrapping drops blanks and
/// breaks, so only what is neither is counted.
struct Marks<'a> {
    pieces: std::slice::Iter<'a, Piece>,
    differs: bool,
    left: usize,
}

impl<'a> Marks<'a> {
    fn new(pieces: &'a [Piece]) -> Self {
        Self { pieces: pieces.iter(), differs: false, left: 0 }
    }

    fn next_row(&mut self, row: &str) -> Row {
        let mut parts = Row::new();
        for character in row.chars() {
            let counts = !character.is_whitespace();
            while counts && self.left == 0 {
                let Some(piece) = self.pieces.next() else { break };
                self.left =
                    piece.text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).count();
                self.differs = piece.differs;
            }
            match parts.last_mut() {
                Some((part, differs)) if *differs == self.differs || !counts => {
                    part.push(character);
                }
                _ => parts.push((character.to_string(), self.differs)),
            }
            if counts {
                self.left = self.left.saturating_sub(1);
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked_row_by_row() {
        let Part { left, right } = differences("a small no", "a large no at once");
        let marked = |pieces: &[Piece]| {
            let part = |(part, differs): (String, bool)| {
                if differs { format!("[{}]", part.trim()) } else { part.trim().to_owned() }
            };
            let row = |row: Row| row.into_iter().map(part).collect::<Vec<_>>().join(" ");
            rows(pieces, 9).into_iter().map(row).collect::<Vec<_>>()
        };
        assert_eq!(marked(&left), ["a [small]", "no"]);
        assert_eq!(marked(&right), ["a [large]", "no [at]", "[once]"]);
    }
}
