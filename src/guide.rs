//! Texts that help: session templates, the ten ways to build trust. All wording lies in
//! `assets/content`, none in code.
//!
//! Content that ships is proved by a test; should it not read all the same, there is simply none.

pub mod cards;
pub mod clauses;
pub mod ways;

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::Layer;

/// Where a text comes from; what is ours is marked as ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The page on trust in mentoring that Confidant grew from.
    Source,
    /// Our own wording.
    Ours,
}

/// Prompts to write along, for one kind of session.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name in sessions and commands; never changes.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Where its wording comes from.
    pub origin: Origin,
    /// Who reaches for it, and when.
    pub whom: String,
    /// Other words by which it is looked for.
    #[serde(default)]
    pub also: String,
    /// Which text of a session it fills.
    #[serde(default = "notes")]
    pub layer: Layer,
    /// What to write about, in order.
    pub prompts: Vec<String>,
}

impl Template {
    /// Whether a text was begun from it, as far as its lines still begin with a prompt.
    pub fn began<'a>(&self, mut lines: impl Iterator<Item = &'a str>) -> bool {
        lines.any(|line| self.prompts.iter().any(|prompt| line.starts_with(prompt.as_str())))
    }

    /// The prompts as the writer finds them: each on a line of its own, a blank line after it.
    pub fn as_text(&self) -> String {
        self.prompts.iter().flat_map(|prompt| [prompt.as_str(), "\n\n"]).collect()
    }
}

/// All templates, in the order in which they are offered.
pub fn templates() -> &'static [Template] {
    static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
        read(include_str!("../assets/content/templates.toml")).unwrap_or_default()
    });
    &TEMPLATES
}

/// The key of the template by which advice is weighed.
pub const ADVICE: &str = "advice";

/// The key of the template by which a concern is written down.
pub const CONCERN: &str = "concern";

/// The template of this key.
pub fn template(key: &str) -> Option<&'static Template> {
    templates().iter().find(|template| template.key == key)
}

/// What a session is told by in one line: what it was about, or the first line of its notes in which
/// the writer says something. A prompt of a template is a question, and no answer.
pub fn subject<'a>(about: &'a str, notes: &'a str) -> &'a str {
    if about.is_empty() { first_said(notes) } else { about }
}

/// The first line of a text that says something and is no prompt of a template.
pub fn first_said(text: &str) -> &str {
    static PROMPTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        templates().iter().flat_map(|one| &one.prompts).map(|prompt| prompt.trim()).collect()
    });
    let is_prompt = |line: &str| {
        let cut = line.strip_suffix('…').filter(|cut| !cut.is_empty());
        PROMPTS.contains(line)
            || cut.is_some_and(|cut| PROMPTS.iter().any(|prompt| prompt.starts_with(cut)))
    };
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| !line.is_empty() && !is_prompt(line)).unwrap_or_default()
}

fn notes() -> Layer {
    Layer::Notes
}

fn read(content: &str) -> Result<Vec<Template>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        template: Vec<Template>,
    }
    toml::from_str::<File>(content).map(|file| file.template)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::text;

    #[test]
    fn the_shipped_templates_read_and_are_whole() {
        let templates = read(include_str!("../assets/content/templates.toml")).expect("it reads");
        assert_eq!(templates, super::templates());
        let keys: HashSet<_> = templates.iter().map(|template| &template.key).collect();
        assert_eq!(keys.len(), templates.len());
        for template in &templates {
            assert!(template.as_text().chars().count() < 900, "lists read as much");
            let words = [&template.name, &template.whom];
            for line in words.into_iter().chain(&template.prompts) {
                assert!(!line.is_empty() && *line == text::line(line), "{}: {line}", template.key);
            }
            assert!(template.prompts.len() > 2, "{}", template.key);
            let plain = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(template.key.chars().all(plain), "{}", template.key);
        }
    }

    #[test]
    fn a_template_is_text_to_write_into() {
        let quick = template("quick-log").expect("there is one");
        assert!(quick.as_text().starts_with("What we talked about\n\nWhat matters most of it\n\n"));
        assert_eq!(quick.layer, Layer::Notes);
        assert_eq!(template("reflection-short").expect("there is one").layer, Layer::Reflection);
        assert_eq!(template("none of ours"), None);
    }

    #[test]
    fn a_session_is_told_by_what_was_said_and_not_by_what_was_asked() {
        let visit = template("quick-log").expect("there is one").as_text();
        let answered = visit.replacen("\n\n", "\n  The museum, an hour\n\n", 1);
        let cases = [
            ("Saying no", "What she avoided", "Saying no"),
            ("", "What she avoided", "What she avoided"),
            ("", "\n  \n What she avoided\nand why", "What she avoided"),
            ("", answered.as_str(), "The museum, an hour"),
            ("", visit.as_str(), ""),
            ("", "What we talked about\n\nWhat matters most…", ""),
            ("", "She said…", "She said…"),
            ("", "", ""),
        ];
        for (about, notes, expected) in cases {
            assert_eq!(subject(about, notes), expected, "{about:?} {notes:?}");
        }
    }

    #[test]
    fn broken_content_is_an_error_and_no_panic() {
        assert!(read("template = 1").is_err());
        assert!(read("[[template]]\nkey = \"a\"").is_err());
    }
}
