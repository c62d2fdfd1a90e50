//! Lays the writer's own words out in cells, for reading and for the editor alike.
//!
//! The rule: a grapheme is never cut, no row is wider than asked, and any text whatever is safe.
//! User text goes through here and never through the wrapping of ratatui's `Paragraph`, which
//! panics on some of it (ratatui #2679).

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// A tab reaches to the next multiple of this many cells.
const TAB: usize = 4;

/// Has no width and joins nothing. It keeps clusters apart that would become one, of another
/// width, once an unsafe character between them is gone.
const NOTHING: char = '\u{200b}';

/// The rows that `text` takes when it is shown `width` cells wide, for reading.
///
/// Rows are made as they are asked for, so `rows(..).skip(top).take(height)` costs no more than
/// the rows up to the last one shown. Blanks at the end of a row are left out, tabs are spaces,
/// control characters are not shown. A width of 0 shows nothing and gives no rows.
pub fn rows(text: &str, width: u16) -> impl Iterator<Item = Cow<'_, str>> {
    let paragraphs = if width == 0 { "" } else { text };
    let limit = if width == 0 { 0 } else { usize::MAX };
    paragraphs.split('\n').take(limit).flat_map(move |paragraph| {
        Wrapped::new(paragraph, usize::from(width), Edge::Reading)
            .filter_map(move |row| paragraph.get(row.start..row.end))
            .map(|row| shown(without_blanks_at_end(row)))
    })
}

/// `text` on one line of at most `width` cells; where it is longer it ends in `ellipsis`.
///
/// Line breaks and tabs become single spaces. The text is read no further than needed.
pub fn fit<'a>(text: &'a str, width: u16, ellipsis: &str) -> Cow<'a, str> {
    let room = usize::from(width);
    // Where the text is cut if the ellipsis turns out to be needed.
    let kept = room.saturating_sub(cells(ellipsis));
    // What is shown is mostly plain: a byte is a cell there, and nothing is to be looked up.
    if text.bytes().take(room + 1).all(is_printed) {
        if text.len() <= room {
            return Cow::Borrowed(text);
        }
        let short = text.get(..kept).unwrap_or_default();
        let ends = if cells(ellipsis) <= room { ellipsis } else { "" };
        return Cow::Owned(format!("{short}{ends}"));
    }
    let mut used = 0;
    let mut clean = true;
    let mut cut = 0;
    for (at, cluster) in clusters(text) {
        let wide = if is_line_blank(cluster) { 1 } else { cells(cluster) };
        if used + wide > room {
            let mut short = one_line(text.get(..cut).unwrap_or_default()).into_owned();
            if cells(ellipsis) <= room {
                short.push_str(ellipsis);
            }
            return Cow::Owned(short);
        }
        clean &= !cluster.contains(is_unsafe);
        used += wide;
        if used <= kept {
            cut = at + cluster.len();
        }
    }
    if clean { Cow::Borrowed(text) } else { one_line(text) }
}

/// `text` cut as by [`fit`] and filled with spaces to exactly `width` cells.
///
/// Where a wide character does not fit into the last cell, a space takes its place.
pub fn pad(text: &str, width: u16, ellipsis: &str) -> String {
    let mut line = fit(text, width, ellipsis).into_owned();
    let missing = usize::from(width).saturating_sub(cells(&line));
    line.extend(std::iter::repeat_n(' ', missing));
    line
}

/// How many cells a terminal gives to `text`, counted by clusters as ratatui counts them.
pub fn cells(text: &str) -> usize {
    if text.bytes().all(is_printed) {
        return text.len();
    }
    clusters(text).map(|(_, cluster)| cluster_cells(cluster)).sum()
}

/// The clusters of `text`, each with its first byte.
pub(super) fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    parted(text, is_plain(text))
}

/// Whether this byte is a character that fills one cell, whatever stands beside it.
pub(super) const fn is_printed(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Whether each byte is a cluster: ASCII, without the line break that is two bytes and one cluster.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii() && byte != b'\r')
}

/// The clusters of `text`. Most of what is written is plain and needs no look into the tables of
/// Unicode, which would be a good part of what a key costs.
fn parted(text: &str, plain: bool) -> impl Iterator<Item = (usize, &str)> {
    let (bytes, other) = if plain { (text.len(), "") } else { (0, text) };
    let bytes = (0..bytes).filter_map(move |at| Some((at, text.get(at..=at)?)));
    bytes.chain(other.grapheme_indices(true))
}

/// What happens at the right edge of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Any number of blanks may hang over the edge; nobody sees them.
    Reading,
    /// One blank may hang into the cell that is kept for the caret. Every other blank has a cell
    /// of its own, so that each place in the text has a cell for the caret.
    Writing,
}

/// One row of a paragraph: bytes `start..end`, the blanks at its end included.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The rows of one paragraph, first to last; at least one, even of an empty paragraph.
pub(super) struct Wrapped<'a> {
    paragraph: &'a str,
    width: usize,
    edge: Edge,
    plain: bool,
    next: Option<usize>,
}

impl<'a> Wrapped<'a> {
    /// `width` is the room for text; the cell of the caret is not part of it.
    pub(super) fn new(paragraph: &'a str, width: usize, edge: Edge) -> Self {
        Self { paragraph, width: width.max(1), edge, plain: is_plain(paragraph), next: Some(0) }
    }

    /// Finds the end of the row that begins with `rest`, and its width.
    fn row(&self, rest: &str) -> (usize, usize) {
        self.fill(parted(rest, self.plain), rest.len())
    }

    /// Takes clusters until the row is full, then goes back to the last place a row may end.
    fn fill<'b>(
        &self,
        clusters: impl Iterator<Item = (usize, &'b str)>,
        len: usize,
    ) -> (usize, usize) {
        let mut used = 0;
        let mut joint: Option<(usize, usize)> = None;
        let mut before = Class::Blank;
        let mut last = Class::Blank;
        for (at, cluster) in clusters {
            let mut wide = cluster_cells(cluster);
            let class = Class::of(cluster, wide);
            if at > 0 && may_break(before, last, class) {
                joint = Some((at, used));
            }
            let mut room = self.width;
            if class == Class::Blank {
                room = match self.edge {
                    Edge::Reading => usize::MAX,
                    Edge::Writing => self.width + 1,
                };
                wide = blank_cells(cluster, wide, used, room);
            }
            if used + wide > room && at > 0 {
                return match joint {
                    Some(joint) if class != Class::Blank => joint,
                    _ => (at, used),
                };
            }
            used += wide;
            before = last;
            last = class;
        }
        (len, used)
    }
}

impl Iterator for Wrapped<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let start = self.next?;
        let rest = self.paragraph.get(start..)?;
        let (taken, used) = self.row(rest);
        let end = start + taken;
        // A blank in the caret's cell leaves none for the caret, which then gets an empty row.
        let full = self.edge == Edge::Writing && used > self.width && taken > 0;
        let hung = full && rest.get(..taken).is_some_and(ends_with_blank);
        self.next = (end < self.paragraph.len() || hung).then_some(end);
        Some(Span { start, end })
    }
}

/// How many cells `cluster` takes when it begins at cell `used` of a row with `room` cells.
pub(super) fn cells_at(cluster: &str, used: usize, room: usize) -> usize {
    blank_cells(cluster, cluster_cells(cluster), used, room)
}

/// Whether the last cluster of a row is one that nobody sees, be there marks on it or not.
pub(super) fn ends_with_blank(row: &str) -> bool {
    row.graphemes(true).next_back().is_some_and(|cluster| cluster.starts_with(is_blank))
}

fn without_blanks_at_end(mut row: &str) -> &str {
    while let Some((at, cluster)) = row.grapheme_indices(true).next_back()
        && cluster.starts_with(is_blank)
    {
        row = row.get(..at).unwrap_or_default();
    }
    row
}

/// Whether a row may end after this character without a reader seeing it.
fn is_blank(c: char) -> bool {
    // No-break blanks hold words together; a zero-width space parts them.
    (c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')) || c == '\u{200b}'
}

/// A tab ends at the next stop, or at the edge of the row where that comes first.
fn blank_cells(cluster: &str, wide: usize, used: usize, room: usize) -> usize {
    if cluster == "\t" { (TAB - used % TAB).min(room.saturating_sub(used)).max(1) } else { wide }
}

fn cluster_cells(cluster: &str) -> usize {
    if let [byte] = cluster.as_bytes()
        && is_printed(*byte)
    {
        return 1;
    }
    // Control characters are never shown; ratatui asserts that it is not asked about them.
    if cluster.contains(char::is_control) { 0 } else { usize::from(cluster.cell_width()) }
}

/// What a cluster means for the end of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    /// May be joined to a following word by nothing but itself: "give-and-take".
    Dash,
    Letter,
    /// Two cells wide: ideographs, kana and emoji, between which a row may end.
    Wide,
    /// A wide one that must not begin a row.
    Closing,
    /// A narrow one that must not begin a row among wide characters.
    Stop,
    /// Must not end a row among wide characters.
    Opening,
    Other,
}

impl Class {
    fn of(cluster: &str, wide: usize) -> Self {
        let Some(c) = cluster.chars().next() else { return Self::Other };
        if is_blank(c) {
            return Self::Blank;
        }
        match c {
            '-' | '\u{2010}' | '\u{2013}' | '\u{2014}' | '/' => Self::Dash,
            ')' | ']' | '}' | '”' | '’' | '»' | '…' | '‥' | '.' | ',' | ';' | ':' | '!' | '?'
            | '%' => Self::Stop,
            '、' | '。' | '，' | '．' | '：' | '；' | '！' | '？' | '）' | '」' | '』' | '】'
            | '〉' | '》' | '〕' | '］' | '｝' | '・' | 'ー' | '々' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ'
            | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ァ' | 'ィ' | 'ゥ'
            | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' => Self::Closing,
            '(' | '[' | '{' | '“' | '‘' | '«' | '（' | '「' | '『' | '【' | '〈' | '《' | '〔'
            | '［' | '｛' => Self::Opening,
            // Korean is written with blanks and reads better when its words stay whole.
            '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => Self::Letter,
            _ if wide > 1 => Self::Wide,
            _ if c.is_alphabetic() => Self::Letter,
            _ => Self::Other,
        }
    }
}

/// Whether a row may end between `last` (which follows `before`) and `next`.
fn may_break(before: Class, last: Class, next: Class) -> bool {
    match (last, next) {
        // Blanks stay on the row of the word they follow.
        (_, Class::Blank) => false,
        (Class::Blank, _) => true,
        (_, Class::Closing | Class::Stop) | (Class::Opening, _) => false,
        (Class::Dash, next) => before == Class::Letter && next == Class::Letter,
        (Class::Closing, Class::Opening) | (Class::Wide, _) | (_, Class::Wide) => true,
        _ => false,
    }
}

/// Characters that must not be sent to a terminal as they are: controls, and the marks that turn
/// the reading order of everything after them.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_line_blank(cluster: &str) -> bool {
    matches!(cluster, "\n" | "\r\n" | "\r" | "\t")
}

/// A row as it may be shown.
fn shown(row: &str) -> Cow<'_, str> {
    let mut used = 0;
    rewritten(row, |cluster| {
        let wide = cells_at(cluster, used, usize::MAX);
        used += wide;
        (cluster == "\t").then_some(wide)
    })
}

fn one_line(text: &str) -> Cow<'_, str> {
    rewritten(text, |cluster| is_line_blank(cluster).then_some(1))
}

/// `text` without unsafe characters, its clusters replaced by as many blanks as `blanks` says.
fn rewritten(text: &str, mut blanks: impl FnMut(&str) -> Option<usize>) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        let joint = out.len();
        match blanks(cluster) {
            Some(blanks) => out.extend(std::iter::repeat_n(' ', blanks)),
            None => out.extend(cluster.chars().filter(|&c| !is_unsafe(c))),
        }
        let parted = GraphemeCursor::new(joint, out.len(), true).is_boundary(&out, 0);
        if !parted.unwrap_or(true) {
            out.insert(joint, NOTHING);
        }
    }
    Cow::Owned(out)
}
