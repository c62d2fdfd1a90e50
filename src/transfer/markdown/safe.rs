//! What somebody wrote, put into a document so that the document keeps its shape.
//!
//! Prose goes in as it is; only what would reach beyond its own section is held back: headings
//! move below the one they stand under, an open code fence is closed, raw HTML is told as text.

use std::fmt::Write as _;

use crate::domain::text;

/// One line for a heading or a list: no character of it has a meaning, none is a line break.
pub fn line(written: &str) -> String {
    let written = text::line(written);
    let mut safe = String::with_capacity(written.len());
    let mut before = None;
    for (at, c) in written.char_indices() {
        let rest = &written[at + c.len_utf8()..];
        let means = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '#' => true,
            // Within a word it is what it is.
            '_' => !(before.is_some_and(char::is_alphanumeric) && begins_with_letter(rest)),
            '&' => is_entity(rest),
            '>' | '~' => at == 0,
            '-' | '+' => at == 0 && is_end_of_mark(rest),
            '.' | ')' => {
                (1..10).contains(&at)
                    && written.as_bytes()[..at].iter().all(u8::is_ascii_digit)
                    && is_end_of_mark(rest)
            }
            _ => false,
        };
        if means {
            safe.push('\\');
        }
        safe.push(c);
        before = Some(c);
    }
    safe
}

fn begins_with_letter(rest: &str) -> bool {
    rest.starts_with(char::is_alphanumeric)
}

/// Whether `&` before it makes another character of it.
fn is_entity(rest: &str) -> bool {
    let name = rest.split_once(';').map_or("", |(name, _)| name);
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Whether the mark of a list, or a line across the page, ends before it.
fn is_end_of_mark(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '-'])
}

/// Prose under a heading of the level `under`.
pub fn prose(written: &str, under: usize) -> String {
    let written = text::prose(written);
    let mut safe = String::with_capacity(written.len() + 16);
    let mut fence: Option<Fence> = None;
    let mut after_text = false;
    for row in written.lines() {
        let start = row.trim_start_matches(' ');
        let indented = row.len() - start.len() > 3;
        if let Some(open) = &fence {
            safe.push_str(row);
            if !indented && open.is_closed_by(start) {
                fence = None;
            }
            after_text = false;
        } else if let Some(opened) = Fence::opened_by(start).filter(|_| !indented) {
            safe.push_str(row);
            fence = Some(opened);
        } else if indented {
            safe.push_str(row);
        } else {
            push_row(&mut safe, row, start, under, after_text);
            after_text = !start.is_empty();
        }
        safe.push('\n');
    }
    if let Some(open) = fence {
        safe.extend(std::iter::repeat_n(open.mark, open.length));
        safe.push('\n');
    }
    safe
}

fn push_row(safe: &mut String, row: &str, start: &str, under: usize, after_text: bool) {
    let hashes = start.len() - start.trim_start_matches('#').len();
    let rest = &start[hashes..];
    if (1..=6).contains(&hashes) && (rest.is_empty() || rest.starts_with([' ', '\t'])) {
        let level = (under + hashes).min(6);
        safe.extend(std::iter::repeat_n('#', level));
        safe.push_str(rest);
    } else if (after_text && is_underline(start)) || is_html(start) {
        // As a heading of its own, or as HTML, it would go on past the end of the text.
        let _ = write!(safe, "{}\\{start}", &row[..row.len() - start.len()]);
    } else {
        safe.push_str(row);
    }
}

/// Whether a line makes a heading of the line before it.
fn is_underline(start: &str) -> bool {
    let line = start.trim_end();
    !line.is_empty() && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'))
}

/// Whether a line begins raw HTML; an address in angle brackets does not.
fn is_html(start: &str) -> bool {
    let Some(rest) = start.strip_prefix('<') else { return false };
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "+.-".contains(c));
    let is_tag = rest.starts_with(|c: char| c.is_ascii_alphabetic() || "!?/".contains(c));
    is_tag && !name.starts_with([':', '@'])
}

/// The line that begins a block of code.
struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    fn opened_by(start: &str) -> Option<Self> {
        let mark = start.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let rest = start.trim_start_matches(mark);
        let length = start.len() - rest.len();
        (length >= 3 && !(mark == '`' && rest.contains('`'))).then_some(Self { mark, length })
    }

    fn is_closed_by(&self, start: &str) -> bool {
        let rest = start.trim_start_matches(self.mark);
        start.len() - rest.len() >= self.length && rest.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_says_what_it_says() {
        assert_eq!(line("# *Amina* [K.]\n<b>"), "\\# \\*Amina\\* \\[K.\\] \\<b>");
        assert_eq!(line("snake_case, 5 > 3, R&D"), "snake_case, 5 > 3, R&D");
        assert_eq!(line("_so_ &amp; so"), "\\_so\\_ \\&amp; so");
        assert_eq!(line("1. read - 2. write"), "1\\. read - 2. write");
        assert_eq!(line("-5 degrees"), "-5 degrees");
        assert_eq!(line("---"), "\\---");
    }

    #[test]
    fn prose_stays_under_its_heading() {
        let cases = [
            ("plain\n\n- a list\n- of two", "plain\n\n- a list\n- of two\n"),
            ("# One\n## Two\n#hash\n###### Six", "#### One\n##### Two\n#hash\n###### Six\n"),
            ("Title\n=====\nmore\n---\n\n---", "Title\n\\=====\nmore\n\\---\n\n---\n"),
            ("```rust\n# not a heading", "```rust\n# not a heading\n```\n"),
            ("~~~~\n~~~\n# code\n~~~~\n# out", "~~~~\n~~~\n# code\n~~~~\n#### out\n"),
            (
                "<!-- open\n<div>\n<https://a.b>\n<a@b.c>",
                "\\<!-- open\n\\<div>\n<https://a.b>\n<a@b.c>\n",
            ),
            ("    # code\n  # heading", "    # code\n#### heading\n"),
            ("", ""),
        ];
        for (written, expected) in cases {
            assert_eq!(prose(written, 3), expected, "{written}");
        }
    }

    /// What another reader makes of a document of one line.
    fn read(document: &str) -> Vec<String> {
        use pulldown_cmark::{Event, Parser, Tag};
        let mut read: Vec<String> = Vec::new();
        for event in Parser::new(document) {
            match event {
                Event::Text(words) => match read.last_mut() {
                    Some(said) => said.push_str(&words),
                    None => read.push(words.into_string()),
                },
                Event::Start(Tag::List(None) | Tag::Item | Tag::Heading { .. }) | Event::End(_) => {
                }
                other => read.push(format!("{other:?}")),
            }
        }
        read
    }

    proptest! {
        #[test]
        fn any_line_is_read_back_as_it_was_written(
            pieces in prop::collection::vec("[-_*~+>=#&;.) a0-9]{0,5}|&lt;|&#60;|[<`!|]|.", 0..8)
        ) {
            let written = text::line(&pieces.concat());
            prop_assume!(!written.is_empty());
            for before in ["- ", "# ", "- by: "] {
                let said = read(&format!("{before}{}\n", line(&written)));
                let expected = format!("{}{written}", before.trim_start_matches(['-', '#', ' ']));
                prop_assert_eq!(said, [expected]);
            }
        }

        #[test]
        fn no_text_makes_a_heading_of_an_upper_level(rows in prop::collection::vec("[ #=`~a<-]{0,8}", 0..12)) {
            let mut code = None::<Fence>;
            for row in prose(&rows.join("\n"), 4).lines() {
                let start = row.trim_start_matches(' ');
                if row.len() - start.len() > 3 { continue; }
                match &code {
                    Some(open) if open.is_closed_by(start) => code = None,
                    Some(_) => {}
                    None if Fence::opened_by(start).is_some() => code = Fence::opened_by(start),
                    None => for level in ["# ", "## ", "### ", "#### "] {
                        prop_assert!(!start.starts_with(level), "{}", row);
                    },
                }
            }
            prop_assert!(code.is_none());
        }
    }
}
