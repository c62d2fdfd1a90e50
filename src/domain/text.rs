//! What all written text is held to: no control characters in single lines, names that are there.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::Invalid;

/// `text` as one line: trimmed, runs of white space and control characters become one blank.
pub fn line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `text` as prose: line ends become `\n`, other control characters but tab go, blanks at the end go.
pub fn prose(text: &str) -> Cow<'_, str> {
    let clean = !text.contains(|c: char| c.is_control() && c != '\n' && c != '\t')
        && text.trim_end().len() == text.len();
    if clean {
        return Cow::Borrowed(text);
    }
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String =
        unified.chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect();
    Cow::Owned(kept.trim_end().to_owned())
}

/// `text` as names and searches compare it: lower case, without marks such as accents.
pub fn folded(text: &str) -> String {
    text.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// How many words `text` has.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The beginning of a text of which no more than `most` characters were fetched: where it may go on,
/// it ends with its last whole word and "…", and so does a line that is longer than `line`.
pub fn beginning(fetched: &str, most: usize, line: usize) -> String {
    let goes_on = fetched.chars().count() >= most;
    let cut = |text: &str| {
        let whole = text.rfind(char::is_whitespace).unwrap_or(text.len());
        format!("{}…", text[..whole].trim_end())
    };
    let short = |one: &str| match one.char_indices().nth(line) {
        Some((end, _)) => cut(&one[..end]),
        None => one.to_owned(),
    };
    let fetched = if goes_on { cut(fetched) } else { fetched.trim_end().to_owned() };
    fetched.lines().map(short).collect::<Vec<_>>().join("\n")
}

/// Refuses an empty value of a field that must be there.
pub(super) fn needed(
    field: &'static str,
    value: &str,
    message: &'static str,
) -> Result<(), Invalid> {
    if value.trim().is_empty() {
        return Err(Invalid { field, message: message.to_owned() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_ends_with_a_word() {
        let cases = [
            ("draft no. 12", 12, "draft no.…"),
            ("draft no. 12", 13, "draft no. 12"),
            ("draft no. 12 ", 13, "draft no. 12…"),
            ("昇進の話をした", 7, "昇進の話をした…"),
            ("one\ntwo thr", 11, "one\ntwo…"),
            ("", 5, ""),
        ];
        for (fetched, most, expected) in cases {
            assert_eq!(beginning(fetched, most, 40), expected, "{fetched:?}");
        }
        // A paragraph without a break is no line of a list.
        assert_eq!(beginning("draft no. 12\none two three four", 99, 12), "draft no. 12\none two…");
        assert_eq!(beginning("昇進の話をした", 99, 4), "昇進の話…");
    }

    #[test]
    fn one_line_has_no_breaks_and_no_control_characters() {
        assert_eq!(line("  a\tb\r\n c\u{1b}[2J "), "a b c [2J");
        assert_eq!(line("\n\n"), "");
    }

    #[test]
    fn prose_keeps_paragraphs_and_drops_escapes() {
        assert_eq!(prose("a\r\nb\rc\u{7}\n\n"), "a\nb\nc");
        assert!(matches!(prose("plain\n\ttext"), Cow::Borrowed(_)));
    }

    #[test]
    fn folding_ignores_case_and_marks() {
        assert_eq!(folded("Müller"), "muller");
        assert_eq!(folded("Việt"), "viet");
    }
}
