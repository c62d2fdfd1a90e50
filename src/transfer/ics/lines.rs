//! The lines of a calendar: 75 octets at most, and what is longer goes on in the next one after a
//! blank. No character is cut in two.

use std::io::{self, Write};

use icalendar::Component;

/// The octets that a line has at most, its end not counted.
const LONGEST: usize = 75;

/// Writes one entry.
pub fn put(component: &impl Component, out: &mut impl Write) -> io::Result<()> {
    let text = component.try_into_string().map_err(io::Error::other)?;
    // The lines come folded one octet too late.
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        put_line(line, out)?;
    }
    Ok(())
}

/// Writes one line, folded.
pub fn put_line(line: &str, out: &mut impl Write) -> io::Result<()> {
    let (mut rest, mut room) = (line, LONGEST);
    while rest.len() > room {
        let (now, later) = rest.split_at(place_to_cut(rest, room));
        write!(out, "{now}\r\n ")?;
        (rest, room) = (later, LONGEST - 1);
    }
    write!(out, "{rest}\r\n")
}

/// Where a long line is cut: within a word, because some readers take away all blanks at the
/// beginning of a line.
fn place_to_cut(line: &str, room: usize) -> usize {
    let most = line.floor_char_boundary(room);
    let is_within = |at: &usize| {
        line.split_at_checked(*at).is_some_and(|(now, later)| {
            !now.ends_with(char::is_whitespace) && !later.starts_with(char::is_whitespace)
        })
    };
    (most / 2..=most).rev().find(is_within).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_between_characters() {
        let folded = |line: &str| {
            let mut bytes = Vec::new();
            put_line(line, &mut bytes).expect("written");
            String::from_utf8(bytes).expect("text")
        };
        let (a, b) = ("a".repeat(75), "b".repeat(74));
        assert_eq!(folded(""), "\r\n");
        assert_eq!(folded(&a), format!("{a}\r\n"));
        assert_eq!(folded(&format!("{a}{b}c")), format!("{a}\r\n {b}\r\n c\r\n"));
        assert_eq!(folded(&format!("{b} c")), format!("{}\r\n b c\r\n", "b".repeat(73)));
        assert_eq!(folded(&format!("{b}é")), format!("{b}\r\n é\r\n"));
    }
}
