//! One way to be read: what it asks, questions, practices, and what was seen of it.

use chrono::NaiveDate;

use super::Trust;
use crate::domain::{Direction, Evidence, Id, Repair, dates, trust};
use crate::tui::reading::{Lines, Tone};
use crate::tui::wording;

/// What a line of the page stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// A piece of evidence.
    Evidence(Id<Evidence>),
}

impl Trust {
    /// Writes the chosen way.
    pub(super) fn write_way(&self, lines: &mut Lines<Key>) {
        let Some(way) = self.way() else { return };
        let today = self.now.date_naive();
        for line in way.lines(self.role) {
            lines.words(line, Tone::Plain);
        }
        if way.ours {
            lines.words(
                "Our completion: the list it comes from promises ten and shows eight.",
                Tone::Quiet,
            );
        }
        for said in self.remarks(&way.key) {
            lines.words(&said, Tone::Quiet);
        }
        if !way.ask.is_empty() {
            lines.heading("Ask yourself");
            for line in &way.ask {
                lines.words(line, Tone::Plain);
            }
        }
        if !way.practices.is_empty() {
            lines.heading("Practise");
            for line in &way.practices {
                lines.words(line, Tone::Plain);
            }
        }
        lines.heading("What you saw or did");
        if self.seen.is_empty() {
            lines.words("Nothing noted yet. Enter on the way adds a line, `n` too.", Tone::Quiet);
        }
        for one in &self.seen {
            let value = &one.value;
            let day = wording::short_day(value.day, today);
            let short = match value.direction {
                Direction::Practised => "",
                Direction::FellShort => "fell short: ",
            };
            let from = match value.session.and_then(|id| self.sessions.get(&id)) {
                Some(session) => format!(" (session of {})", wording::short_day(*session, today)),
                None => String::new(),
            };
            let words = format!("{day}  {short}{}{from}", crate::tui::text::flat(&value.text));
            lines.thing(Key::Evidence(one.id), &words, Tone::Plain);
        }
        if !self.records.check_ins.is_empty() {
            lines.heading("Check-ins");
        }
        for (check_in, answers) in self.records.check_ins.iter().zip(&self.records.answers).rev() {
            let day = dates::day(check_in.value.day, today);
            let said = answers.get(&way.key).map_or("left blank", |answer| answer.words());
            lines.words(&format!("{day}  {said}"), Tone::Plain);
        }
    }

    /// What can be said of a way in words: where it goes, whether it is quiet, what does not fit.
    fn remarks(&self, key: &str) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(trend) = trust::trend(self.records.answers_of(key)) {
            said.push(format!("Over the last check-ins: {}.", trend.words()));
        }
        if self.is_quiet(key) {
            said.push("Quiet: nothing was heard of it for a while.".to_owned());
        }
        let practised = self.records.recent.get(key).map_or(0, |recent| recent.practised);
        // Not of today's: that would be a word at every tick.
        let today = self.now.date_naive();
        let last = self.records.check_ins.iter().zip(&self.records.answers).next_back();
        if let Some((_, answers)) = last.filter(|(check_in, _)| check_in.value.day != today)
            && let Some(answer) = answers.get(key)
            && trust::mismatch(*answer, practised)
        {
            said.push(if practised == 0 {
                "You said consistently, and nothing is noted of it: worth a look.".to_owned()
            } else {
                "You said not really, and several things are noted of it: worth a look.".to_owned()
            });
        }
        said
    }
}

/// Writes a repair.
pub fn repair(lines: &mut Lines<Key>, repair: &Repair, today: NaiveDate) {
    let settled = repair.settled.map(|day| format!(" · Settled {}", dates::day(day, today)));
    let day = dates::day(repair.day, today);
    lines.words(&[day, settled.unwrap_or_default()].concat(), Tone::Quiet);
    for (name, words) in [
        ("What happened", &repair.happened),
        ("My part", &repair.part),
        ("What it did to them", &repair.effect),
        ("What I said, and when", &repair.said),
        ("What I change", &repair.change),
    ] {
        if !words.is_empty() {
            lines.heading(name);
            lines.words(words, Tone::Plain);
        }
    }
}
