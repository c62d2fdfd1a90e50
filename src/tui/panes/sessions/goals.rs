//! What a session has to do with goals: the progress check that is held in it, and the goals that
//! it and its lines are about.

use super::page::Part;
use super::{Focus, Sessions};
use crate::domain::{Goal, Id, Layer};
use crate::store::Result;
use crate::tui::keymap::Action;
use crate::tui::overlays;
use crate::tui::pane::{Cx, Outcome, Pane, Target};
use crate::tui::sheets::progress_check::CheckProgress;
use crate::tui::{progress, wording};

impl Sessions {
    pub(super) fn about_goals(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let kept = self.save_all(true, cx)?;
        if matches!(kept, Outcome::Open(_)) {
            return Ok(kept);
        }
        match action {
            Action::CheckProgress => self.check_progress(cx),
            Action::LinkGoal => {
                let layer = match self.focus {
                    Focus::Page(Part::Text(layer)) => Some(layer),
                    _ => None,
                };
                self.ask_goal(layer, cx)
            }
            Action::ShowGoal => Ok(self.show_goal()),
            _ => match self.selected().0 {
                None => Ok(Outcome::Say("There is no session here yet.".to_owned())),
                Some(with) if action == Action::SkipCheck => progress::skip(with, cx),
                Some(with) => progress::compare(with, cx),
            },
        }
    }

    /// Opens the check that is held today, or holds one.
    pub(super) fn check_progress(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(page) = &self.page else {
            return match self.selected().0 {
                Some(with) => progress::hold(with, None, cx),
                None => Ok(Outcome::Act(Action::People)),
            };
        };
        match &page.held {
            // One of another day was another one.
            Some(held) if held.check.value.day == cx.today() => {
                Ok(Outcome::Fill(Box::new(CheckProgress::edit(held.clone(), cx)?)))
            }
            _ => progress::hold(page.with(), Some(&page.session), cx),
        }
    }

    /// Opens the check of this session to set it right.
    pub(super) fn edit_check(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let held = self.page.as_ref().and_then(|page| page.held.clone());
        let Some(held) = held else { return Ok(Outcome::Ignored) };
        Ok(Outcome::Fill(Box::new(CheckProgress::edit(held, cx)?)))
    }

    /// Asks which goal the selected words are about, the line at the caret, or the session itself.
    pub(super) fn ask_goal(&mut self, layer: Option<Layer>, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let line = layer.map(|layer| {
            let editor = &page.passage(layer).editor;
            let words = editor.selection().unwrap_or_else(|| editor.current_line().to_owned());
            (layer, words)
        });
        self.to_link = line.filter(|(_, words)| !words.trim().is_empty());
        let (with, person) = (page.with(), page.person.clone());
        Ok(match progress::goals_with(with, cx)? {
            goals if goals.is_empty() => {
                Outcome::Say(format!("No goal is shared yet: `5` and `n` add one with {person}."))
            }
            goals => Outcome::Open(Box::new(overlays::about_goal(&goals, None))),
        })
    }

    pub(super) fn link(&mut self, goal: Id<Goal>, cx: &mut Cx<'_>) -> Result<Outcome> {
        let line = self.to_link.take();
        let Some(page) = &self.page else { return Ok(Outcome::Ignored) };
        let title = cx.store.goal(goal)?.value.title;
        let words = line.as_ref().map(|(layer, words)| (*layer, words.as_str()));
        let news = cx.store.mention(cx.stamp, goal, &page.session, words)?;
        let what = match &line {
            Some((layer, _)) => format!("This line of {}", wording::the_layer(*layer)),
            None => "This session".to_owned(),
        };
        Ok(if news {
            Outcome::Changed(format!("{what} is linked to the goal \"{title}\"."))
        } else {
            Outcome::Say(format!("{what} is linked to \"{title}\" already."))
        })
    }

    fn show_goal(&self) -> Outcome {
        let Some(page) = &self.page else { return Outcome::Ignored };
        let selected = match self.focus {
            Focus::Page(Part::Check) => page.said.selected().copied(),
            _ => None,
        };
        // Those that were looked at in a progress check are its goals, too.
        let looked_at = page.held.iter().flat_map(|held| &held.goals);
        let mut goals = page.goals.clone();
        for then in looked_at {
            if goals.iter().all(|(goal, _)| *goal != then.goal) {
                goals.push((then.goal, then.title.clone()));
            }
        }
        match (selected, goals.as_slice()) {
            (Some(goal), _) => Outcome::Go(Target::goal(self.scope, goal)),
            (None, []) => {
                let says = "It is linked to no goal. `m` says which one it is about.";
                Outcome::Say(says.to_owned())
            }
            (None, [(goal, _)]) => Outcome::Go(Target::goal(self.scope, *goal)),
            (None, goals) => Outcome::Open(Box::new(overlays::show_goal(goals))),
        }
    }
}
