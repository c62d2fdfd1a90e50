//! Where a text answers a search, cut to what a line of a list can show.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// A piece of a text around the first place where it answers a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The piece, on one line; begins or ends with "…" where something was left out.
    pub text: String,
    /// The byte ranges in `text` that answer the search, in order.
    pub hits: Vec<Range<usize>>,
    /// The byte in the whole text at which the first answer begins.
    pub at: usize,
}

/// How many clusters before the first answer are shown where there is room for that.
const LEAD: usize = 24;

impl Excerpt {
    /// The piece of `text`, about `length` clusters long, around the first word that begins as a
    /// word of `query` does. Where none does, the beginning of the text.
    pub fn of(text: &str, query: &str, length: usize) -> Self {
        let wanted = words_of(query);
        let first = answers(text, &wanted).next().unwrap_or_default();
        let at = first.start;
        // The answer itself comes before what leads to it, and so do the signs of what is left out.
        let answer = text[first].graphemes(true).count();
        let start = back(text, at, LEAD.min(length.saturating_sub(answer + 2)));
        let end = forward(text, start, length);
        let mut cut = Self { text: String::new(), hits: Vec::new(), at };
        if text[..start].contains(|c: char| !c.is_whitespace()) {
            cut.text.push('…');
        }
        let mut from = start;
        for hit in answers(&text[start..end], &wanted) {
            push_line(&mut cut.text, &text[from..start + hit.start]);
            let begins = cut.text.len();
            from = start + hit.end;
            push_line(&mut cut.text, &text[start + hit.start..from]);
            cut.hits.push(begins..cut.text.len());
        }
        push_line(&mut cut.text, &text[from..end]);
        if text[end..].contains(|c: char| !c.is_whitespace()) {
            cut.text.push('…');
        }
        cut
    }
}

/// The folded words of a query; quotes only keep words together and say nothing themselves.
fn words_of(query: &str) -> Vec<String> {
    query
        .split(|c: char| c.is_whitespace() || c == '"')
        .flat_map(|word| word.unicode_words())
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect()
}

/// The byte ranges of the words that begin as one of `wanted` does.
fn matches<'a>(text: &'a str, wanted: &'a [String]) -> impl Iterator<Item = Range<usize>> + 'a {
    text.unicode_word_indices().filter_map(|(at, word)| {
        let folded = fold(word);
        let begins = |one: &&String| folded.starts_with(one.as_str());
        let longest = wanted.iter().filter(begins).max_by_key(|one| one.len())?;
        Some(at..at + prefix(word, longest.chars().count()))
    })
}

/// The same, where words that stand side by side with nothing between them are one: in some
/// scripts each sign counts as a word.
fn answers<'a>(text: &'a str, wanted: &'a [String]) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut words = matches(text, wanted).peekable();
    std::iter::from_fn(move || {
        let mut one = words.next()?;
        while let Some(next) = words.next_if(|next| next.start == one.end) {
            one.end = next.end;
        }
        Some(one)
    })
}

/// How many bytes of `word` fold to `folded` characters.
fn prefix(word: &str, folded: usize) -> usize {
    let mut count = 0;
    for (at, cluster) in word.grapheme_indices(true) {
        if count >= folded {
            return at;
        }
        count += fold(cluster).chars().count();
    }
    word.len()
}

/// As the search index folds: lower case, no marks.
fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The byte `clusters` before `at`, at the beginning of a word where one is near.
fn back(text: &str, at: usize, clusters: usize) -> usize {
    let start = text[..at].grapheme_indices(true).rev().nth(clusters).map_or(0, |(start, _)| start);
    if start == 0 {
        return 0;
    }
    // A blank may have more bytes than one.
    let after = |(blank, c): (usize, char)| start + blank + c.len_utf8();
    text[start..at].char_indices().find(|(_, c)| c.is_whitespace()).map_or(start, after)
}

fn forward(text: &str, from: usize, clusters: usize) -> usize {
    text[from..].grapheme_indices(true).nth(clusters).map_or(text.len(), |(end, _)| from + end)
}

/// Adds text to a line: breaks and control characters become blanks.
fn push_line(line: &mut String, text: &str) {
    line.extend(text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str, query: &str, length: usize) -> String {
        let cut = Excerpt::of(text, query, length);
        let mut shown = String::new();
        let mut from = 0;
        for hit in &cut.hits {
            shown += &cut.text[from..hit.start];
            shown.extend(["[", &cut.text[hit.clone()], "]"]);
            from = hit.end;
        }
        shown + &cut.text[from..]
    }

    #[test]
    fn the_answer_is_marked_in_its_surroundings() {
        let long =
            "She opened with the board review. I asked what a small no would look like to her now.";
        let cases = [
            ("a small no", "small no", 40, "a [small] [no]"),
            ("Müller came", "mull", 40, "[Müll]er came"),
            ("one\n\ntwo", "two", 40, "one  [two]"),
            ("nothing here", "absent", 40, "nothing here"),
            ("昇進の話", "昇進", 40, "[昇進]の話"),
            (long, "\"small no", 40, "…review. I asked what a [small] [no] would lo…"),
            ("", "x", 10, ""),
            (long, "small", 12, "…a [small] no w…"),
            (long, "small", 7, "…[small] n…"),
            // A blank of more bytes than one, where the excerpt begins.
            ("abcdefgh\u{a0}ijklmnopqrstuvw xyz five", "five", 40, "…ijklmnopqrstuvw xyz [five]"),
            ("abcdefgh\u{3000}ijklmnopqrstuvw xyz five", "five", 40, "…ijklmnopqrstuvw xyz [five]"),
        ];
        for (text, query, length, expected) in cases {
            assert_eq!(marked(text, query, length), expected, "{text} / {query}");
        }
    }

    proptest! {
        #[test]
        fn any_text_and_any_query_give_a_line(text in "\\PC{0,60}", query in "\\PC{0,12}", length in 0_usize..50) {
            let cut = Excerpt::of(&text, &query, length);
            prop_assert!(!cut.text.contains('\n'));
            for hit in cut.hits {
                prop_assert!(cut.text.get(hit).is_some());
            }
        }
    }
}
