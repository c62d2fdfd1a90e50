//! One line of text on the screen: how wide it is, where it is cut, how it is drawn.
//!
//! Everything a person typed goes through here. Widths are counted by whole clusters, exactly as
//! the buffer counts them, so that nothing is half drawn and nothing is drawn outside.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// The columns one cluster takes; control characters take none, because they are never drawn.
pub fn cluster_width(cluster: &str) -> u16 {
    if cluster.contains(char::is_control) { 0 } else { cluster.cell_width() }
}

/// The columns a line of text takes.
pub fn width(text: &str) -> u16 {
    text.graphemes(true).map(cluster_width).fold(0, u16::saturating_add)
}

/// The text on one line: line ends and tabs become blanks.
pub fn flat(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r', '\t']) {
        Cow::Owned(text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text, shortened to `columns` with `mark` at its end where something was left out.
pub fn cut<'a>(text: &'a str, columns: u16, mark: &str) -> Cow<'a, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mark = if width(mark) <= columns { mark } else { "" };
    let head = take(text, columns - width(mark));
    Cow::Owned(format!("{}{mark}", head.trim_end()))
}

/// The longest start of the text that fits into `columns`.
pub fn take(text: &str, columns: u16) -> &str {
    let mut used = 0_u16;
    for (at, cluster) in text.grapheme_indices(true) {
        used = used.saturating_add(cluster_width(cluster));
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// The text in lines of at most `columns`, broken between words and, only where a single word is
/// longer than a line, inside it. For messages and explanations, not for what is being edited.
pub fn fold(text: &str, columns: u16) -> Vec<String> {
    let mut lines = Vec::new();
    if columns == 0 {
        return lines;
    }
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let mut word = word;
            let gap = u16::from(!line.is_empty());
            if width(&line).saturating_add(gap).saturating_add(width(word)) <= columns {
                line.push_str(if line.is_empty() { "" } else { " " });
                line.push_str(word);
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            while width(word) > columns {
                let head = take(word, columns);
                if head.is_empty() {
                    break;
                }
                lines.push(head.to_owned());
                word = &word[head.len()..];
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// Draws one line at (`x`, `y`) and never beyond `area`; says the column after it.
pub fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    let area = area.intersection(*buffer.area());
    if !area.contains(Position { x, y }) {
        return x;
    }
    let room = usize::from(area.right() - x);
    buffer.set_stringn(x, y, flat(text), room, style).0
}

/// Draws one line so that it ends at the right edge of `area`; says the column where it begins.
pub fn put_right(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let x = area.right().saturating_sub(width(text)).max(area.x);
    put(buffer, area, x, y, text, style);
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_keeps_whole_clusters_and_stays_within_its_columns() {
        assert_eq!(cut("Amina", 10, "…"), "Amina");
        assert_eq!(cut("Amina Khan", 8, "…"), "Amina K…");
        assert_eq!(cut("日本語日本語", 5, "…"), "日本…");
        assert_eq!(cut("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, "…"), "👩‍👩‍👧‍👦…");
        assert_eq!(cut("abc", 0, "…"), "");
        assert_eq!(cut("abcdef", 2, "..."), "ab");
    }

    #[test]
    fn folding_breaks_between_words_and_only_then_inside_one() {
        assert_eq!(fold("one two three", 7), ["one two", "three"]);
        assert_eq!(fold("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(fold("a\n\nb", 3), ["a", "", "b"]);
        assert!(fold("a", 0).is_empty());
        assert_eq!(fold("日本", 1), ["日本"], "what cannot fit is left for the drawing to drop");
    }
}
