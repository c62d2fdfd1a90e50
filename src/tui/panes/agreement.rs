//! The agreement with one person: what it says, how far it has come, and its earlier versions.

mod draft;
mod page;
mod versions;

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::domain::{
    AgreementState, Contact, GoalOwner, Id, Moment, Party, Phase, Relationship, Role, Session, When,
};
use crate::guide::clauses;
use crate::store::{AgreementVersion, Details, GoalFilter, GoalsOf, ListedGoal, Result, Scope};
use crate::transfer::{LeftOut, markdown};
use crate::tui::keymap::{Action, Place};
use crate::tui::list::Click;
use crate::tui::overlays::{self, Choice};
use crate::tui::pane::{Cx, Outcome, Pane};
use crate::tui::progress;
use crate::tui::reading::{self, Reading};
use crate::tui::sheets::Sheet;
use crate::tui::sheets::agreement::{EditAgreement, NameClause, addable};
use crate::tui::sheets::contact::EditContact;
use crate::tui::sheets::export::{Export, exported};
use crate::tui::sheets::signature::Sign;
use crate::tui::theme::Look;
use crate::tui::wording;

/// What a line of the page stands for.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    /// A clause, by its key.
    Clause(String),
    /// A way to reach the person.
    Contact(Id<Contact>),
    /// The place for another way.
    Reach,
}

/// The pane of the agreement.
pub struct Agreements {
    with: Option<Id<Relationship>>,
    details: Option<Details>,
    me: String,
    versions: Vec<AgreementVersion>,
    goals: Vec<ListedGoal>,
    /// When they meet next.
    planned: Option<When>,
    page: Reading<Key>,
    now: Moment,
}

impl Agreements {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            with: None,
            details: None,
            me: String::new(),
            versions: Vec::new(),
            goals: Vec::new(),
            planned: None,
            page: Reading::default(),
            now,
        }
    }

    fn name(&self) -> &str {
        self.details.as_ref().map_or("", |details| details.person.value.name.as_str())
    }

    fn newest(&self) -> Option<&AgreementVersion> {
        self.versions.first()
    }

    fn lay_out(&mut self) {
        let mut page = std::mem::take(&mut self.page);
        page.write(|lines| self.write(lines));
        self.page = page;
    }

    /// Whose goals stand in a clause.
    fn owner_of(&self, key: &str) -> Option<GoalOwner> {
        let role = self.details.as_ref()?.relationship.value.role;
        match (key, role) {
            ("mentee_goals", Role::Mentor) | ("mentor_goals", Role::Mentee) => {
                Some(GoalOwner::Them)
            }
            ("mentee_goals", Role::Mentee) | ("mentor_goals", Role::Mentor) => Some(GoalOwner::Me),
            ("mentee_goals" | "mentor_goals", Role::Peer) => Some(GoalOwner::Both),
            _ => None,
        }
    }

    /// Opens the form, with the caret in the clause that is added, or in the one that is selected.
    fn edit(
        &self,
        with: Id<Relationship>,
        added: Option<(&'static str, &str)>,
        cx: &Cx<'_>,
    ) -> Result<Outcome> {
        let relationship = cx.store.relationship(with)?;
        let sheet = EditAgreement::new(&relationship, self.newest(), added, cx.now());
        let mut sheet = sheet.because(&self.asked_for(with, cx)?);
        if let (None, Some(Key::Clause(key))) = (added, self.page.within()) {
            sheet.form().focus(key);
        }
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// What the last progress check said the agreement should change, unless a version followed it.
    fn asked_for(&self, with: Id<Relationship>, cx: &Cx<'_>) -> Result<String> {
        let last = cx.store.progress_checks(with, 1)?.into_iter().next();
        let newest = self.newest().map(|newest| newest.agreement.written);
        let asked = last.filter(|held| newest.is_some_and(|then| then <= held.check.written));
        Ok(asked.map(|held| held.check.value.change).unwrap_or_default())
    }

    /// Enter: the clause in the form, or the way to reach the person.
    fn open(&self, with: Id<Relationship>, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(details) = &self.details else { return Ok(Outcome::Ignored) };
        let person = details.person.id;
        Ok(match self.page.within() {
            Some(Key::Contact(id)) => {
                let mut all = details.contacts.iter().chain(&details.own_contacts);
                let contact = all.find(|one| one.id == *id).cloned();
                Outcome::Fill(Box::new(EditContact::new(person, self.name(), Party::Them, contact)))
            }
            Some(Key::Reach) => {
                let known = !details.contacts.is_empty();
                let missing = if known { Party::Me } else { Party::Them };
                Outcome::Fill(Box::new(EditContact::new(person, self.name(), missing, None)))
            }
            Some(Key::Clause(_)) | None => return self.edit(with, None, cx),
        })
    }

    fn compare(&self, cx: &Cx<'_>) -> Outcome {
        let Some((newest, earlier)) = self.versions.split_first() else {
            return Outcome::Say("There is no agreement here yet. `e` begins it.".to_owned());
        };
        if earlier.is_empty() {
            return Outcome::Say("There is only one version so far.".to_owned());
        }
        let name = self.name();
        let title = format!("The agreement with {name}");
        Outcome::Open(Box::new(versions::beside(&title, newest, earlier, name, cx.today())))
    }

    fn sign(&self, cx: &Cx<'_>) -> Outcome {
        match self.newest() {
            None => {
                Outcome::Say("There is nothing to sign yet. `e` begins the agreement.".to_owned())
            }
            Some(version) if matches!(version.state(), AgreementState::Agreed(_)) => {
                Outcome::Say("Both have signed it. `e` begins the next version.".to_owned())
            }
            Some(version) => {
                let gaps = page::gaps(version);
                let sheet = Sign::new(version, &gaps, &self.me, self.name(), cx.now());
                Outcome::Fill(Box::new(sheet))
            }
        }
    }

    fn export(&self, with: Id<Relationship>, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(version) = self.newest() else {
            return Ok(Outcome::Say("There is no agreement here yet. `e` begins it.".to_owned()));
        };
        let content = exported(|out| {
            out.extend(markdown::agreement(cx.store, with, version)?.into_bytes());
            Ok(LeftOut::default())
        })?;
        let name = format!("agreement-{}.md", version.agreement.value.number);
        let says = "As Markdown, to print and to sign by hand. Nothing private is in it.";
        let sheet = Export::new(with.cast(), "Export the agreement", &name, says, content);
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// Pausing, ending, closing: one action each, and no reason is asked.
    fn stand(&self, action: Action, with: Id<Relationship>, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(details) = &self.details else { return Ok(Outcome::Ignored) };
        let (today, name) = (cx.today(), self.name());
        let relationship = &details.relationship.value;
        let says = match action {
            Action::Pause | Action::EndIt | Action::CloseIt if relationship.phase.is_closed() => {
                let says = "It is closed already. `0`, `e` says where it stands.";
                return Ok(Outcome::Say(says.to_owned()));
            }
            Action::Pause if relationship.paused.is_some() => {
                return Ok(Outcome::Say("It rests already. `m` takes it up again.".to_owned()));
            }
            Action::Pause => {
                cx.store.pause(cx.stamp, with, Some(today))?;
                wording::sentence(&format!(
                    "It rests from today, and nothing is late meanwhile: you and {name}"
                ))
            }
            Action::Resume if relationship.paused.is_none() => {
                return Ok(Outcome::Say("It does not rest.".to_owned()));
            }
            Action::Resume => {
                cx.store.pause(cx.stamp, with, None)?;
                wording::sentence(&format!("It goes on: you and {name}"))
            }
            Action::EndIt => {
                cx.store.set_phase(cx.stamp, with, Phase::Closing, Some(today))?;
                "You owe no reason. For a last talk: `3`, `m`, the template for closing.".to_owned()
            }
            _ => {
                cx.store.set_phase(cx.stamp, with, Phase::Closed, Some(today))?;
                match self.planned.map(|next| wording::when(next, today)) {
                    Some(next) => {
                        format!("Closed, but {next} is planned: `3`, `m` calls it off.")
                    }
                    None => wording::sentence(&format!(
                        "Closed. `0` `e`: how long notes are kept. `m` archives. You and {name}"
                    )),
                }
            }
        };
        Ok(Outcome::Changed(says))
    }

    /// The next version, with empty dates for the end and the decision.
    fn renew(&self, with: Id<Relationship>, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(newest) = self.newest() else { return self.edit(with, None, cx) };
        let mut renewed = newest.clone();
        renewed.agreement.value.ends = None;
        renewed.agreement.value.renew_by = None;
        renewed.agreement.value.checks.clear();
        let relationship = cx.store.relationship(with)?;
        let sheet = EditAgreement::new(&relationship, Some(&renewed), None, cx.now());
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    fn delete(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(newest) = self.newest() else { return Ok(Outcome::Ignored) };
        cx.store.delete_agreement(cx.stamp, newest.agreement.id)?;
        let number = newest.agreement.value.number;
        Ok(Outcome::Changed(format!("Version {number} is in the bin.")))
    }
}

impl Pane for Agreements {
    fn place(&self) -> Place {
        Place::Agreement
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.now = cx.now();
        let with = match cx.scope {
            Scope::One(with) => Some(with),
            Scope::Everyone => None,
        };
        if self.with != with {
            *self = Self { with, ..Self::new(self.now) };
        }
        if let Some(with) = with {
            self.me = cx.store.owner()?.value.name;
            self.details = Some(cx.store.details(with)?);
            self.versions = cx.store.agreements(with)?;
            self.goals = cx.store.goals(GoalsOf::One(with), GoalFilter::All)?;
            self.planned = cx.store.next_session(with, cx.today())?.map(|next| next.value.when);
        }
        self.lay_out();
        if !self.page.is_begun() {
            self.page.step(Action::First);
        }
        Ok(())
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        match action {
            action if action.is_move() => {
                self.page.step(action);
                Ok(Outcome::Done)
            }
            Action::Open => self.open(with, cx),
            Action::Edit => self.edit(with, None, cx),
            Action::New => {
                let choices = addable(self.newest());
                Ok(Outcome::Open(Box::new(overlays::clauses(&choices))))
            }
            Action::CheckProgress => progress::hold(with, None, cx),
            Action::SkipCheck => progress::skip(with, cx),
            Action::CompareChecks => progress::compare(with, cx),
            Action::Versions => Ok(self.compare(cx)),
            Action::Export => self.export(with, cx),
            Action::Delete => self.delete(cx),
            Action::Sign => Ok(self.sign(cx)),
            Action::Propose => {
                let Some(newest) = self.newest() else { return Ok(Outcome::Ignored) };
                cx.store.propose(cx.stamp, &newest.agreement)?;
                let gaps = page::gaps(newest).join(", ");
                let says = match gaps.as_str() {
                    "" => "from now on its text stays as it is".to_owned(),
                    gaps => format!("`u` takes it back; ___ still stands in {gaps}"),
                };
                let says = wording::sentence(&format!("Proposed: {says}. You and {}", self.name()));
                Ok(Outcome::Changed(says))
            }
            Action::OurWords => match self.newest() {
                Some(newest) => self.begin_with_words(newest.agreement.value.profile, cx),
                None => Ok(Outcome::Open(Box::new(overlays::profiles()))),
            },
            Action::Rules => {
                let standing = self.newest().map_or("", |newest| newest.text(draft::RULES));
                Ok(Outcome::Open(Box::new(overlays::ground_rules(standing))))
            }
            Action::MakeGoals => self.make_goals(cx),
            Action::Renew => self.renew(with, cx),
            Action::Pause | Action::Resume | Action::EndIt | Action::CloseIt => {
                self.stand(action, with, cx)
            }
            Action::Copy => Ok(Outcome::Copy(self.page.text(), "the agreement")),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn chosen(&mut self, choice: Choice, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        match choice {
            Choice::Clause(Some(key)) => {
                let added = clauses::clause(key).map(|clause| (key, clause.heading.as_str()));
                self.edit(with, added, cx)
            }
            Choice::Clause(None) => Ok(Outcome::Fill(Box::new(NameClause::new(with)))),
            Choice::Profile(profile) => self.begin_with_words(profile, cx),
            Choice::GroundRule(rule) => self.add_rule(rule, cx),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<Session>>) {
        (self.with, None)
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        let at = Position { x: event.column, y: event.row };
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => match self.page.click(at) {
                Click::Again => self.open(with, cx),
                _ => Ok(Outcome::Done),
            },
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                self.page.wheel(event.kind == MouseEventKind::ScrollDown);
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if self.page.fit(area.width) {
            self.lay_out();
        }
        let title = format!("Agreement with {}", self.name());
        reading::rule(frame, Rect { height: 1.min(area.height), ..area }, look, &title, false);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        self.page.render(frame, body, look, true);
    }
}
