//! What lies over the screen while it is hidden: names become aliases, everything else blocks.
//!
//! It works on what was drawn and knows nothing of the panes. So whatever a pane draws is hidden
//! without its doing, and only what is known to be a whole name is shown, as its alias.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::theme::Look;
use super::{prose, text};
use crate::store::Named;

/// The names that are known, and what stands for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Veil {
    /// The longest first: a name may begin another.
    names: Vec<(String, String)>,
    /// What was said since it was hidden.
    pub says: String,
}

impl Veil {
    /// Hides these people. Who has no alias gets a letter, and never the one the name begins with.
    pub fn new(people: &[Named]) -> Self {
        // In the order in which they were added, so that one keeps the letter while another comes.
        let known: BTreeMap<_, _> = people.iter().map(|named| (named.person, named)).collect();
        let mut letters = (0_u32..).map(letter);
        let mut names: Vec<_> = known
            .values()
            .map(|named| {
                let name = text::flat(&named.name).trim().to_owned();
                let alias = named.alias.trim();
                let says_it = alias.to_lowercase().contains(&name.to_lowercase());
                let alias = if alias.is_empty() || says_it {
                    made_up(&mut letters, &name)
                } else {
                    alias.to_owned()
                };
                (name, alias)
            })
            .collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(text::width(name)));
        Self { names, says: String::new() }
    }

    /// What stands for this name.
    pub fn alias(&self, name: &str) -> &str {
        let flat = text::flat(name);
        let known = self.names.iter().find(|(known, _)| *known == flat.trim());
        known.map_or("", |(_, alias)| alias)
    }

    /// Lays it over a part of the screen. Blanks and the lines of boxes keep their shape.
    pub fn lay(&self, buffer: &mut Buffer, area: Rect, look: &Look) {
        let area = area.intersection(*buffer.area());
        for y in area.top()..area.bottom() {
            let row = Row::read(buffer, Rect { y, height: 1, ..area });
            let names = self.find(&row);
            for cell in &row.cells {
                let shown = cover(buffer[(cell.x, y)].symbol(), look);
                for x in cell.x..(cell.x + cell.width).min(area.right()) {
                    // A style says something too: late, private, found.
                    buffer[(x, y)].reset();
                    buffer[(x, y)].set_symbol(&shown).set_style(look.theme.quiet);
                }
            }
            for (from, columns, alias) in names {
                let shown = prose::pad(alias, columns, look.glyphs.ellipsis);
                let place = Rect { x: from, y, width: columns, height: 1 };
                for position in place.positions() {
                    buffer[position].reset();
                }
                text::put(buffer, place, from, y, &shown, look.theme.text);
            }
        }
    }

    /// Where names stand in a row: the first column, how many, and what stands for them.
    fn find(&self, row: &Row) -> Vec<(u16, u16, &str)> {
        let mut found: Vec<(u16, u16, &str)> = Vec::new();
        for (name, alias) in self.names.iter().filter(|(name, _)| !name.is_empty()) {
            for (start, _) in row.text.match_indices(name.as_str()) {
                let Some((from, to)) = row.columns(start, start + name.len()) else { continue };
                let free = |(start, columns, _): &(u16, u16, &str)| {
                    to <= *start || from >= start.saturating_add(*columns)
                };
                if found.iter().all(free) {
                    found.push((from, to - from, alias));
                }
            }
        }
        found
    }
}

/// A letter that stands for a name; the name does not begin with it.
fn made_up(letters: &mut impl Iterator<Item = String>, name: &str) -> String {
    let begins = |letter: &String| {
        let (name, letter) = (name.chars().next(), letter.chars().next());
        name.is_some_and(|first| first.to_uppercase().next() == letter)
    };
    letters.find(|letter| !begins(letter)).unwrap_or_default()
}

/// "A.", "B.", and after the last one "A2.".
fn letter(number: u32) -> String {
    let letter = char::from_u32(u32::from('A') + number % 26).unwrap_or('A');
    match number / 26 {
        0 => format!("{letter}."),
        round => format!("{letter}{}.", round + 1),
    }
}

/// What is shown instead of a letter.
fn cover(symbol: &str, look: &Look) -> String {
    let glyphs = &look.glyphs;
    // In ASCII a line is a sign like any other, and may be an answer.
    let is_shape = !glyphs.ascii && (is_line(symbol) || symbol == glyphs.marker);
    if is_shape || symbol.trim().is_empty() { symbol } else { glyphs.block }.to_owned()
}

/// Whether it is a line of a box.
fn is_line(symbol: &str) -> bool {
    symbol.chars().all(|sign| ('\u{2500}'..='\u{257f}').contains(&sign))
}

/// One row of the screen as it reads.
struct Row {
    text: String,
    cells: Vec<Drawn>,
}

/// A letter of a row: where it begins in the text, and where on the screen.
struct Drawn {
    start: usize,
    x: u16,
    width: u16,
}

impl Row {
    fn read(buffer: &Buffer, area: Rect) -> Self {
        let (mut text, mut cells) = (String::new(), Vec::new());
        let mut x = area.left();
        while x < area.right() {
            let symbol = buffer[Position { x, y: area.y }].symbol();
            let width = text::width(symbol).max(1);
            cells.push(Drawn { start: text.len(), x, width });
            text.push_str(symbol);
            x = x.saturating_add(width);
        }
        Self { text, cells }
    }

    /// The columns of these bytes, if they are whole words there.
    fn columns(&self, start: usize, end: usize) -> Option<(u16, u16)> {
        let begins = |letters: &str| letters.chars().next().is_some_and(char::is_alphanumeric);
        let ends = |letters: &str| letters.chars().next_back().is_some_and(char::is_alphanumeric);
        let (name, after) = (self.text.get(start..end)?, self.text.get(end..)?);
        let before = self.text.get(..start)?;
        if (ends(before) && begins(name)) || (begins(after) && ends(name)) {
            return None;
        }
        let first = self.cells.iter().find(|cell| cell.start == start)?;
        let last = self.cells.iter().take_while(|cell| cell.start < end).last()?;
        let next = self.cells.iter().find(|cell| cell.start >= end);
        // A letter that only begins with the end of the name is another letter.
        next.is_none_or(|next| next.start == end).then_some((first.x, last.x + last.width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Id, Moment, Role};

    fn people(known: &[(&str, &str)]) -> Vec<Named> {
        let now: Moment = "2026-11-22T12:00:00+00:00".parse().expect("a moment");
        let person = |(number, (name, alias)): (i64, &(&str, &str))| Named {
            relationship: Id::new(now),
            person: Id::new(now + chrono::Duration::milliseconds(number)),
            name: (*name).to_owned(),
            alias: (*alias).to_owned(),
            role: Role::Mentor,
            archived: false,
        };
        (0..).zip(known).map(person).collect()
    }

    fn hidden(known: &[(&str, &str)], line: &str, ascii: bool) -> String {
        let area = Rect::new(0, 0, text::width(line).max(1), 1);
        let mut buffer = Buffer::empty(area);
        let look = Look::new(true, ascii);
        text::put(&mut buffer, area, 0, 0, line, look.theme.late);
        Veil::new(&people(known)).lay(&mut buffer, area, &look);
        let row = Row::read(&buffer, area);
        assert_eq!(row.cells.len() as u64, u64::from(area.width), "no wide letter is left: {line}");
        assert!(buffer.content().iter().all(|cell| cell.fg == ratatui::buffer::Cell::EMPTY.fg));
        row.text
    }

    #[test]
    fn names_become_aliases_and_the_rest_blocks() {
        let known = [("Amina Khan", "Mouse"), ("Tom", ""), ("Tom Baker", ""), ("Bo", "Bo B.")];
        for (line, expected) in [
            ("Amina Khan  you mentor", "Mouse       ▒▒▒ ▒▒▒▒▒▒"),
            ("with Tom Baker, and Tom", "▒▒▒▒ B.       ▒ ▒▒▒ A. "),
            ("Tomorrow Atom Tom", "▒▒▒▒▒▒▒▒ ▒▒▒▒ A. "),
            ("Bo", "C."),
            ("│ 12.5% ─ ▸ ● ✓", "│ ▒▒▒▒▒ ─ ▸ ▒ ▒"),
            ("日本 é 👩‍👩‍👧‍👦", "▒▒▒▒ ▒ ▒▒"),
            ("Amina", "▒▒▒▒▒"),
            ("", " "),
        ] {
            assert_eq!(hidden(&known, line, false), expected, "{line}");
        }
        assert_eq!(hidden(&known, "| Amina Khan - x", true), "# Mouse      # #");
    }

    #[test]
    fn an_alias_that_is_too_long_is_cut_and_a_wide_name_leaves_no_half() {
        assert_eq!(hidden(&[("Bo", "Grasshopper")], "Bo met Bo", false), "G… ▒▒▒ G…");
        assert_eq!(hidden(&[("花子", "")], "と 花子 と", false), "▒▒ A.   ▒▒");
    }

    #[test]
    fn a_made_up_letter_is_not_the_one_of_the_name() {
        let names: Vec<(String, &str)> =
            (0..60).map(|number| (format!("{}na {number}", letter(number % 26)), "")).collect();
        let names: Vec<_> = names.iter().map(|(name, alias)| (name.as_str(), *alias)).collect();
        let veil = Veil::new(&people(&names));
        let mut seen = std::collections::BTreeSet::new();
        for (name, _) in names {
            let alias = veil.alias(name);
            assert_ne!(alias.chars().next(), name.chars().next(), "{name}");
            assert!(seen.insert(alias.to_owned()), "{alias} twice");
        }
        assert_eq!(veil.alias("nobody"), "");
    }
}
