//! One Markdown file of a folder: a note of nb, a daily note, a page of a journal.
//!
//! Its day stands in its front matter, or in its name or the names of its folders. A file that says
//! no day is left out and named, unless the moment at which it was last saved is to count: often
//! that is the moment of a copy.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::super::Error;
use super::plain::{LONGEST, decoded};
use super::{Each, Entry, Found};
use crate::domain::When;

/// What nb keeps beside notes.
const OTHERS: &[(&str, &str)] = &[
    (".todo.md", "is a to-do of nb, and no note"),
    (".bookmark.md", "is a bookmark of nb, and no note"),
    (".enc", "is encrypted; let nb decrypt it first"),
];

/// Reads the file at `path`, which is told from the folder on. `saved` is its day where it says
/// none itself.
pub fn read(path: &str, bytes: &[u8], saved: Option<When>, each: Each<'_>) -> Result<(), Error> {
    let not = |why| Found::Not(path.to_owned(), why);
    if let Some((_, why)) = OTHERS.iter().find(|(ending, _)| path.ends_with(ending)) {
        return each(not(why));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > LONGEST {
        return each(not("is longer than 16 MB"));
    }
    if bytes.contains(&0) {
        return each(not("is no text file"));
    }
    let (text, is_latin) = decoded(bytes);
    if is_latin {
        each(not("is not in UTF-8; its letters were read as Latin-1"))?;
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (front, body) = front_matter(&text);
    let front = Front::read(front);
    let (heading, body) = match front.title {
        Some(_) => (None, body),
        None => heading(body),
    };
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let (in_name, rest) = in_name(stem);
    let title = front.title.or(heading).unwrap_or_else(|| rest.replace(['-', '_'], " "));
    let entry = Entry {
        when: front.when.or(in_name).or_else(|| in_folders(path)).or(saved),
        title: title.trim().to_owned(),
        body: body.to_owned(),
        tags: front.tags,
        name: Some(path.to_owned()),
        ..Entry::default()
    };
    if entry.when.is_none() {
        return each(not(
            "says no day, neither in its front matter nor in its name; the day it was saved counts where that is asked for (--modified)",
        ));
    }
    each(Found::Entry(Box::new(entry), path.to_owned()))
}

/// What stands between two lines of `---` (or `+++`) at the top, and what follows.
fn front_matter(text: &str) -> (&str, &str) {
    for fence in ["---", "+++"] {
        let Some(rest) = text.strip_prefix(fence).and_then(|rest| rest.strip_prefix('\n')) else {
            continue;
        };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            let is_end = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
            if is_end {
                return (&rest[..at], &rest[at + line.len()..]);
            }
            at += line.len();
        }
    }
    ("", text)
}

/// The title, if the first line that says something is a heading of the first level.
fn heading(body: &str) -> (Option<String>, &str) {
    let start = body.len() - body.trim_start().len();
    let line = body[start..].split('\n').next().unwrap_or_default();
    match line.strip_prefix("# ") {
        Some(title) => {
            let title = title.trim().trim_end_matches('#').trim_end();
            let rest = &body[start + line.len()..];
            (Some(title.to_owned()), rest)
        }
        None => (None, body),
    }
}

/// What is understood of front matter: when, a title, tags. The rest is for other programs.
#[derive(Default)]
struct Front {
    when: Option<When>,
    title: Option<String>,
    tags: Vec<String>,
}

impl Front {
    fn read(text: &str) -> Self {
        let mut front = Self::default();
        let mut in_tags = false;
        for line in text.lines() {
            if let Some(item) = line.trim_start().strip_prefix("- ").filter(|_| in_tags) {
                front.tags.extend(tag(item));
                continue;
            }
            let Some((key, value)) = line.split_once([':', '=']) else { continue };
            let (key, value) = (key.trim().to_lowercase(), unquoted(value));
            in_tags = false;
            match key.as_str() {
                "date" | "created" | "day" if front.when.is_none() => front.when = moment(value),
                "title" if !value.is_empty() => front.title = Some(value.to_owned()),
                "tags" | "tag" | "keywords" => {
                    in_tags = value.is_empty();
                    let list = value.trim_start_matches('[').trim_end_matches(']');
                    front.tags.extend(list.split(',').filter_map(tag));
                }
                _ => {}
            }
        }
        front
    }
}

fn tag(text: &str) -> Option<String> {
    let tag = unquoted(text).trim_start_matches('#');
    (!tag.is_empty()).then(|| tag.to_owned())
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        let inside = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
        if let Some(inside) = inside {
            return inside;
        }
    }
    text
}

/// A moment as front matter has it. With an offset, the time is the one on the clock there.
fn moment(text: &str) -> Option<When> {
    let text = text.trim();
    let day = text.get(..10)?.replace(['/', '.'], "-");
    let day: NaiveDate = day.parse().ok()?;
    let rest = text[10..].trim_start_matches(['T', 't', ' ', ',']);
    let time = rest.get(..5).and_then(|time| NaiveTime::parse_from_str(time, "%H:%M").ok());
    super::when(day, time)
}

/// The moment a file name begins with, and the rest of the name: `2026-11-12`, `20261112`,
/// `2026-11-12-1530`, `20261112153000`, with or without words after it.
fn in_name(stem: &str) -> (Option<When>, &str) {
    let mut end = 0;
    let mut digits = String::new();
    for (at, c) in stem.char_indices() {
        match c {
            '0'..='9' => {
                digits.push(c);
                end = at + 1;
            }
            '-' | '_' | '.' | ' ' | 'T' | 't' | 'h' if !digits.is_empty() => {}
            _ => break,
        }
        if digits.len() == 14 {
            break;
        }
    }
    // As many digits as make a moment; others belong to the words that follow.
    for (count, format) in [(14, "%Y%m%d%H%M%S"), (12, "%Y%m%d%H%M"), (8, "%Y%m%d")] {
        let Some(some) = digits.get(..count) else { continue };
        let (date, time) = match NaiveDateTime::parse_from_str(some, format) {
            Ok(at) => (at.date(), at.time().with_second(0)),
            Err(_) => match NaiveDate::parse_from_str(some, format) {
                Ok(date) => (date, None),
                Err(_) => continue,
            },
        };
        if let Some(when) = super::when(date, time) {
            let rest = if count == digits.len() { &stem[end..] } else { after(stem, count) };
            return (Some(when), rest.trim_start_matches(['-', '_', '.', ' ']));
        }
    }
    (None, stem)
}

/// What follows the first `count` digits.
fn after(stem: &str, count: usize) -> &str {
    let mut digits = stem.char_indices().filter(|(_, c)| c.is_ascii_digit());
    digits.nth(count - 1).map_or("", |(at, _)| &stem[at + 1..])
}

/// A day made of folders and file name: `2026/11/12.md`, `2026/11-12.md`, `2026-11/12.md`.
fn in_folders(path: &str) -> Option<When> {
    let path = path.rsplit_once('.').map_or(path, |(path, _)| path);
    let digits: Vec<&str> =
        path.rsplit(['/', '-', '_']).take_while(|part| is_number(part)).take(3).collect();
    let [day, month, year] = digits.as_slice() else { return None };
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    super::when(date?, None).filter(|_| year.len() == 4)
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(path: &str, text: &str) -> Found {
        let mut found = None;
        read(path, text.as_bytes(), None, &mut |one| {
            found = Some(one);
            Ok(())
        })
        .expect("read");
        found.expect("something")
    }

    fn entry(path: &str, text: &str) -> Entry {
        match note(path, text) {
            Found::Entry(entry, _) => *entry,
            Found::Not(place, why) => panic!("{place} {why}"),
        }
    }

    #[test]
    fn the_day_stands_in_the_front_matter_or_in_the_name() {
        let cases = [
            ("x.md", "---\ndate: 2026-11-12\n---\nBody", "2026-11-12"),
            ("x.md", "---\ncreated: \"2026-11-12T15:30:00+01:00\"\n---\n", "2026-11-12T15:30"),
            ("x.md", "+++\ndate = 2026-11-12 09:05\n+++\n", "2026-11-12T09:05"),
            ("2026-11-20.md", "---\ndate: 2026-11-12\n---\n", "2026-11-12"),
            ("2026-11-12.md", "Body", "2026-11-12"),
            ("20261112.md", "", "2026-11-12"),
            ("20261112153000.md", "", "2026-11-12T15:30"),
            ("2026-11-12 15-30 Amina.md", "", "2026-11-12T15:30"),
            ("2026-11-12-2 people.md", "", "2026-11-12"),
            ("2026_11_12.md", "", "2026-11-12"),
            ("amina/2026-11-12-review.md", "", "2026-11-12"),
            ("2026/11/12.md", "", "2026-11-12"),
            ("2026/11-12.md", "", "2026-11-12"),
            ("journal/2026-11/12.md", "", "2026-11-12"),
        ];
        for (path, text, expected) in cases {
            let when = entry(path, text).when.map(|when| when.code());
            assert_eq!(when.as_deref(), Some(expected), "{path}");
        }
        for (path, text) in [
            ("ideas.md", "Body"),
            ("2026.md", "Body"),
            ("2026-13-45.md", "Body"),
            ("ideas.md", "---\ndate: soon\n---\n"),
            ("ideas.md", "---\ndate: 2026-11-12\nno end"),
            ("99/11/12.md", ""),
        ] {
            assert!(matches!(note(path, text), Found::Not(..)), "{path}");
        }
    }

    #[test]
    fn the_title_is_named_or_the_heading_or_the_rest_of_the_name() {
        let cases = [
            ("2026-11-12-the-review.md", "Body", "the review", "Body"),
            ("2026-11-12-x.md", "\n# The *review* #\n\nBody", "The *review*", "\n\nBody"),
            ("2026-11-12.md", "## Second level\nBody", "", "## Second level\nBody"),
            ("2026-11-12.md", "---\ntitle: 'Mine'\n---\n# Heading\n", "Mine", "# Heading\n"),
            (
                "2026-11-12.md",
                "Words\n---\ndate: 2020-01-01\n---\n",
                "",
                "Words\n---\ndate: 2020-01-01\n---\n",
            ),
        ];
        for (path, text, title, body) in cases {
            let entry = entry(path, text);
            assert_eq!((entry.title.as_str(), entry.body.as_str()), (title, body), "{path}");
        }
    }

    #[test]
    fn tags_are_a_list_in_one_line_or_in_several() {
        for front in [
            "tags: [amina, \"hard talk\"]",
            "tags: amina, #'hard talk'",
            "tags:\n  - amina\n  - hard talk\nother: x",
            "Tags:\n- '#amina'\n- \"hard talk\"",
        ] {
            let text = format!("---\n{front}\n---\nBody");
            let tags = entry("2026-11-12.md", &text).tags;
            assert_eq!(tags.len(), 2, "{front}");
            assert_eq!(tags[0], "amina", "{front}");
        }
    }
}
