//! Markup that grows piece by piece. Only what is written in this program goes in as it is; all
//! else passes an escape on its way, because there is no other way in.

use std::fmt::Write as _;

use chrono::NaiveDate;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::domain::text;

/// A piece of a page.
#[derive(Default)]
pub struct Markup(String);

impl Markup {
    /// Markup of this program's own.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// One line of text within an element. A day in it is marked as one, so that no end of a line
    /// parts it.
    pub fn text(&mut self, written: &str) -> &mut Self {
        for piece in text::line(written).split_inclusive([' ', ',', ':', ')']) {
            let day = piece.trim_end_matches([' ', ',', ':', ')']);
            if NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok() {
                self.raw("<time>").escaped(day).raw("</time>").escaped(&piece[day.len()..]);
            } else {
                self.escaped(piece);
            }
        }
        self
    }

    /// One line of text within a quoted attribute or a title, which hold no elements.
    pub fn plain(&mut self, written: &str) -> &mut Self {
        self.escaped(&text::line(written))
    }

    fn escaped(&mut self, line: &str) -> &mut Self {
        for c in line.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
        self
    }

    /// A number.
    pub fn number(&mut self, number: impl Into<i64>) -> &mut Self {
        let _ = write!(self.0, "{}", number.into());
        self
    }

    /// A place across the width of a picture, in tenths of a hundredth of it.
    pub fn per_mille(&mut self, place: i64) -> &mut Self {
        let _ = write!(self.0, "{}.{}%", place / 10, place % 10);
        self
    }

    /// Other markup.
    pub fn markup(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// Prose that may be `CommonMark`, under a heading of the level `under`. Markup in it is shown as
    /// it was typed, pictures are told by their words, and only addresses of pages and mail lead out.
    /// It runs from the side from which its first words are read.
    pub fn prose(&mut self, written: &str, under: usize) -> &mut Self {
        let written = text::prose(written);
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let mut leads_out = Vec::new();
        let events = Parser::new_ext(&written, options).filter_map(|event| match event {
            Event::Html(markup) | Event::InlineHtml(markup) => Some(Event::Text(markup)),
            // Whoever breaks a line in notes means it.
            Event::SoftBreak => Some(Event::HardBreak),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                leads_out.push(is_harmless(dest_url));
                leads_out.last().is_some_and(|leads| *leads).then_some(event)
            }
            Event::End(TagEnd::Link) => leads_out.pop().unwrap_or(false).then_some(event),
            Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
                level: below(level, under),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })),
            Event::End(TagEnd::Heading(level)) => {
                Some(Event::End(TagEnd::Heading(below(level, under))))
            }
            Event::Start(Tag::CodeBlock(_)) => Some(Event::Start(Tag::CodeBlock(
                pulldown_cmark::CodeBlockKind::Fenced(CowStr::Borrowed("")),
            ))),
            // A sign of the same kind as those of the lists beside it: a box of the browser's own is
            // pale and prints badly.
            Event::TaskListMarker(done) => Some(Event::Html(CowStr::Borrowed(if done {
                "<span class=\"tick done\">\u{2611}</span> "
            } else {
                "<span class=\"tick\">\u{2610}</span> "
            }))),
            event => Some(event),
        });
        self.raw("<div class=\"prose\" dir=\"auto\">\n");
        html::push_html(&mut self.0, events);
        self.raw("</div>\n")
    }

    /// What it came to.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn is_harmless(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

fn below(level: HeadingLevel, under: usize) -> HeadingLevel {
    HeadingLevel::try_from((level as usize + under).min(6)).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(written: &str) -> String {
        let mut markup = Markup::default();
        markup.prose(written, 3);
        let inside = markup.0.strip_prefix("<div class=\"prose\" dir=\"auto\">\n");
        inside.and_then(|rest| rest.strip_suffix("</div>\n")).expect("one element").to_owned()
    }

    #[test]
    fn a_line_is_no_markup() {
        let mut markup = Markup::default();
        markup.raw("<p title=\"").plain("a\"b'<i>&\n\u{1b}[2J").raw("\">");
        assert_eq!(markup.0, "<p title=\"a&quot;b&#39;&lt;i&gt;&amp; [2J\">");
    }

    #[test]
    fn a_day_in_a_line_stays_whole() {
        let cases = [
            (
                "by 2026-11-30, kept 2026-12-01",
                "by <time>2026-11-30</time>, kept <time>2026-12-01</time>",
            ),
            ("2026-11-30: visa", "<time>2026-11-30</time>: visa"),
            ("2026-13-30 a-b 2026-1", "2026-13-30 a-b 2026-1"),
        ];
        for (written, shown) in cases {
            let mut markup = Markup::default();
            markup.text(written);
            assert_eq!(markup.0, shown);
        }
    }

    #[test]
    fn prose_keeps_its_form_and_nothing_of_it_acts() {
        let cases = [
            ("one\ntwo\n\n# Head", "<p>one<br />\ntwo</p>\n<h4>Head</h4>\n"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
            ("[x](javascript:alert(1))", "<p>x</p>\n"),
            ("[x](https://a.b)", "<p><a href=\"https://a.b\">x</a></p>\n"),
            ("[a [b](data:x) c](http://d)", "<p>[a b c](http://d)</p>\n"),
            ("![cat](https://a.b/c.png)", "<p>cat</p>\n"),
            ("```js\"><x\nlet a;\n```", "<pre><code>let a;\n</code></pre>\n"),
            (
                "- [x] a\n- [ ] b",
                "<ul>\n<li><span class=\"tick done\">\u{2611}</span> a</li>\n<li><span class=\"tick\">\u{2610}</span> b</li>\n</ul>\n",
            ),
            ("# a {#id onclick=x}", "<h4>a {#id onclick=x}</h4>\n"),
        ];
        for (written, shown) in cases {
            assert_eq!(prose(written), shown, "{written}");
        }
    }
}
