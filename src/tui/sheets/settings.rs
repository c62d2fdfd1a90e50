//! The few settings of this journal.

use super::{Sheet, nobody};
use crate::domain::{Id, LOCK_MINUTES, Owner, Record, Settings, WeekStart, text};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for the settings.
pub struct EditSettings {
    form: Form,
    owner: Record<Owner>,
}

impl EditSettings {
    /// Opens it with how they stand. What only an encrypted journal has is not asked of another.
    pub fn new(settings: Settings, encrypted: bool, owner: Record<Owner>) -> Self {
        let kept = |name| settings.kept(name).unwrap_or_default();
        let minutes = minutes(settings.lock_minutes);
        let minutes: Vec<_> =
            minutes.iter().map(|(code, words)| (code.as_str(), words.as_str())).collect();
        let orders = [("day", "3/12 is 3 December"), ("month", "3/12 is 12 March")];
        let weeks = WeekStart::ALL.map(|start| (start.code(), words(start)));
        let ticked = |set: bool| if set { "yes" } else { "" };
        let lock = if encrypted {
            "Left alone for so long, it asks for the passphrase again. Every text is kept."
        } else {
            "For a journal with a passphrase: left alone for so long, it asks for it again."
        };
        let mut entries = vec![
            Entry::choice("lock", "Lock after", &minutes).value(&kept("lock")).about(lock),
            Entry::choice("date.order", "Dates", &orders).value(&kept("date.order")).about(
                "For dates typed in numbers; 2026-12-03 and \"3 dec\" are always understood.",
            ),
            Entry::choice("week", "A week begins", &weeks)
                .value(&kept("week"))
                .about("It ends on the day before: \"eow\" in a date, the end of the week."),
            Entry::tick("ascii", "ASCII only")
                .value(ticked(settings.ascii))
                .about("Draws lines and signs with letters that every terminal has."),
        ];
        if encrypted {
            entries.push(
                Entry::tick("editor", "Own editor")
                    .value(ticked(settings.editor))
                    .about("Ctrl-E hands a text to your editor, outside the encrypted journal."),
            );
        }
        entries.push(
            Entry::line("name", "My name")
                .needed()
                .value(&owner.value.name)
                .about("As you sign. What was signed before keeps the name it was signed with."),
        );
        Self { form: Form::new("Settings of this journal", entries), owner }
    }
}

impl Sheet for EditSettings {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (nobody(), "settings")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let mut settings = cx.store.settings();
        for name in ["lock", "date.order", "week"] {
            settings.take(name, &self.form.value(name));
        }
        settings.ascii = self.form.ticked("ascii");
        if cx.store.is_encrypted() {
            settings.editor = self.form.ticked("editor");
        }
        let name = text::line(&self.form.value("name"));
        if name != self.owner.value.name {
            let renamed = Record { value: Owner { name }, ..self.owner.clone() };
            renamed.value.check()?;
            cx.store.update_owner(cx.stamp, &renamed)?;
        }
        cx.store.set_settings(settings)?;
        Ok(Outcome::Changed("Kept the settings; they go where this journal goes.".to_owned()))
    }
}

/// The lengths that can be chosen, the one in force among them.
fn minutes(now: Option<u32>) -> Vec<(String, String)> {
    let mut lengths = LOCK_MINUTES.to_vec();
    lengths.extend(now);
    lengths.sort_unstable();
    lengths.dedup();
    let mut choices: Vec<_> = lengths
        .into_iter()
        .map(|length| {
            let unit = if length == 1 { "minute" } else { "minutes" };
            (length.to_string(), format!("{length} {unit} without a key"))
        })
        .collect();
    choices.push(("never".to_owned(), "never".to_owned()));
    choices
}

const fn words(start: WeekStart) -> &'static str {
    match start {
        WeekStart::Monday => "on Monday",
        WeekStart::Sunday => "on Sunday",
        WeekStart::Saturday => "on Saturday",
    }
}
