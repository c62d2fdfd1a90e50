//! What the keys do that hold in every pane: whose journal, search, undo, begin, the bin.

use super::{Closing, Desk, Journal};
use crate::domain::{Layer, Settings, Stamp, dates};
use crate::guide;
use crate::store::{Action as StoreAction, Done, Kind, Result, Scope};
use crate::tui::keymap::{self, Action, Place};
use crate::tui::next;
use crate::tui::outside::Outside;
use crate::tui::overlays::backups::Backups;
use crate::tui::overlays::bin::Bin;
use crate::tui::overlays::card::ReadCard;
use crate::tui::overlays::choose::Choose;
use crate::tui::overlays::confirm::Ask;
use crate::tui::overlays::passphrase::Passphrase;
use crate::tui::overlays::search::Search;
use crate::tui::overlays::verifying::Verify;
use crate::tui::overlays::{self, Choice};
use crate::tui::pane::{Cx, Outcome, Target, Then};
use crate::tui::sheets::agenda_line::AgendaLine;
use crate::tui::sheets::copy::CopyTo;
use crate::tui::sheets::person::NewPerson;
use crate::tui::sheets::report::WriteReport;
use crate::tui::sheets::settings::EditSettings;
use crate::tui::{text, wording};

impl Desk {
    /// Does what a key of the table asks for.
    pub(super) fn act(&mut self, action: Action, outside: &mut dyn Outside) -> Result<Outcome> {
        let place = self.place_of_keys();
        match action {
            Action::Help => {
                Ok(Outcome::Open(Box::new(Choose::help(place, self.look().glyphs.ascii))))
            }
            Action::Commands => {
                let all = Choose::palette(place, self.look().glyphs.ascii);
                Ok(Outcome::Open(Box::new(all.without(&self.idle_actions()))))
            }
            Action::Redraw => {
                self.redraw = true;
                Ok(Outcome::Done)
            }
            Action::Erase => {
                // What lies about the person outside of the journal is to go with the rest.
                self.take_in_left_texts(outside)?;
                self.pane(outside, |pane, cx| pane.act(action, cx))
            }
            Action::Lock if self.store.is_encrypted() => {
                self.closing = Some(Closing::Asked);
                Ok(Outcome::Done)
            }
            _ if matches!(place, Place::Writing | Place::Find) => {
                self.pane(outside, |pane, cx| pane.act(action, cx))
            }
            Action::More => Ok(match Choose::menu(place, self.look().glyphs.ascii) {
                Some(menu) => Outcome::Open(Box::new(menu.without(&self.idle_actions()))),
                None => Outcome::Ignored,
            }),
            Action::People => self.pick_person(None),
            Action::Search => {
                let cx = Cx::new(&mut self.store, self.scope, outside);
                Ok(Outcome::Open(Box::new(Search::new(&cx)?)))
            }
            // The same key again goes on to where one person is one of many.
            Action::Go(Place::Brief) if place == Place::Brief => {
                Ok(Outcome::Go(Target::pane(Scope::Everyone, Place::People)))
            }
            // These are of one person only.
            Action::Go(Place::Trust | Place::Agreement) if self.scope == Scope::Everyone => {
                self.pick_person(Some(action))
            }
            Action::Go(pane) => {
                Ok(Outcome::Go(Target::pane(self.scope, fitting(pane, self.scope))))
            }
            Action::Undo => self.undo(outside),
            Action::Redo => {
                let stamp = self.stamp(outside);
                let done = self.store.redo(stamp)?;
                Ok(Outcome::Changed(self.says_of("Did again: ", &done, "", stamp)))
            }
            Action::Lock | Action::Hide => self.hide(),
            Action::Quit => {
                self.leave(outside);
                Ok(Outcome::Done)
            }
            Action::ToShell => {
                self.keep(outside)?;
                outside.ask_to_pause();
                Ok(Outcome::Done)
            }
            Action::AgendaLine => self.agenda_line(),
            Action::Begin => self.begin(outside),
            Action::PlanNext => self.plan_next(outside),
            Action::Report => self.report(outside),
            Action::Guide => Ok(Outcome::Open(Box::new(overlays::cards(self.panes.place)))),
            Action::ShowBin => {
                let cx = Cx::new(&mut self.store, self.scope, outside);
                Ok(Outcome::Open(Box::new(Bin::new(&cx)?)))
            }
            Action::ShowRecovered => Ok(if self.offer_recovered(outside)? {
                Outcome::Done
            } else {
                Outcome::Say("Nothing is waiting: all that was written is saved.".to_owned())
            }),
            Action::Backups => {
                let cx = Cx::new(&mut self.store, self.scope, outside);
                Ok(Outcome::Open(Box::new(Backups::new(&cx))))
            }
            Action::Verify => Ok(Outcome::Open(Box::new(Verify::new()))),
            Action::BringIn => self.ask_what_to_bring(),
            Action::BreakOff => self.break_off(),
            Action::Settings => {
                let (settings, encrypted) = (self.store.settings(), self.store.is_encrypted());
                let owner = self.store.owner()?;
                Ok(Outcome::Fill(Box::new(EditSettings::new(settings, encrypted, owner))))
            }
            Action::EmptyBin => Ok(Outcome::Open(Box::new(Ask::empty_bin()))),
            Action::Passphrase | Action::RemovePassphrase if self.whose == Journal::MadeUp => {
                Ok(Outcome::Say("This journal is made up and soon gone: it needs none.".to_owned()))
            }
            Action::RemovePassphrase if !self.store.is_encrypted() => {
                Ok(Outcome::Say("This journal has no passphrase.".to_owned()))
            }
            Action::RemovePassphrase => Ok(Outcome::Open(Box::new(Passphrase::remove()))),
            Action::Passphrase => {
                let cx = Cx::new(&mut self.store, self.scope, outside);
                Ok(Outcome::Open(Box::new(Passphrase::set(&cx))))
            }
            other => self.pane(outside, |pane, cx| pane.act(other, cx)),
        }
    }

    /// What there is nothing to do it to just now; no list offers it.
    fn idle_actions(&self) -> Vec<Action> {
        let idle = [
            (Action::BreakOff, !self.beside.can_be_broken_off()),
            (Action::RemovePassphrase, !self.store.is_encrypted()),
        ];
        idle.into_iter().filter_map(|(action, idle)| idle.then_some(action)).collect()
    }

    /// Does what was chosen in a list over the screen.
    pub(super) fn chosen(&mut self, choice: Choice, outside: &mut dyn Outside) -> Result<Outcome> {
        match choice {
            Choice::Do(action) => Ok(match self.run(action, outside)? {
                Outcome::Ignored => Outcome::Say(
                    "There is nothing here to do that with. Go to where it stands first."
                        .to_owned(),
                ),
                outcome => outcome,
            }),
            Choice::Whose(scope, then) => {
                let place = match (self.panes.place, self.scope, then) {
                    // From what is due with everyone, one person is looked up before a meeting.
                    (Place::Today, Scope::Everyone, None) => fitting(Place::People, scope),
                    (place, ..) => fitting(place, scope),
                };
                self.show(Target::pane(scope, place), outside)?;
                Ok(then.map_or(Outcome::Done, Outcome::Act))
            }
            Choice::Card(key) => Ok(match guide::cards::card(key) {
                Some(card) => {
                    let role = self.who.as_ref().map(|named| named.role);
                    Outcome::Open(Box::new(ReadCard::new(card, role)))
                }
                None => Outcome::Ignored,
            }),
            Choice::CopyInto(folder) => self.copy_into(&folder, outside),
            Choice::CopyElsewhere => Ok(Outcome::Fill(Box::new(CopyTo::new()))),
            Choice::Report(scope) => self.report_on(scope, outside),
            Choice::NewPerson(name) => Ok(Outcome::Fill(Box::new(NewPerson::new(&name)))),
            other => self.pane(outside, |pane, cx| pane.chosen(other, cx)),
        }
    }

    /// Does what a line of help, palette or menu says: to the box that is open, if its keys say so.
    fn run(&mut self, action: Action, outside: &mut dyn Outside) -> Result<Outcome> {
        let row = keymap::rows(self.place_of_keys()).find(|row| row.action == action);
        match (row.and_then(|row| row.keys.first()), self.overlays.pop()) {
            (Some(key), Some(overlay)) => {
                self.over(overlay, outside, |box_, cx| box_.key(*key, Some(action), cx))
            }
            (None, Some(overlay)) if row.is_some() => {
                self.over(overlay, outside, |box_, cx| box_.act(action, cx))
            }
            (_, overlay) => {
                self.overlays.extend(overlay);
                self.act(action, outside)
            }
        }
    }

    /// Does what was asked about before.
    pub(super) fn confirmed(&mut self, action: Action) -> Result<Outcome> {
        match action {
            Action::EmptyBin => {
                let gone = self.store.empty_bin(i64::MAX)?;
                let things = crate::wording::counted(gone, "thing");
                Ok(Outcome::Changed(format!("The bin is empty: {things} gone for good.")))
            }
            Action::Quit => {
                self.done = true;
                Ok(Outcome::Done)
            }
            Action::BreakOff => {
                self.break_off()?;
                self.done = true;
                Ok(Outcome::Done)
            }
            Action::OwnEditor => {
                let settings = Settings { editor: true, ..self.store.settings() };
                self.store.set_settings(settings)?;
                Ok(Outcome::Chosen(Choice::Do(action)))
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    pub(super) fn stamp(&self, outside: &dyn Outside) -> Stamp {
        Stamp { now: outside.now(), origin: self.store.origin() }
    }

    fn pick_person(&self, then: Option<Action>) -> Result<Outcome> {
        let people = self.store.people()?;
        Ok(Outcome::Open(Box::new(overlays::people(&people, self.scope, then))))
    }

    fn agenda_line(&mut self) -> Result<Outcome> {
        let Some(with) = self.panes.shown().selected().0 else {
            return self.pick_person(Some(Action::AgendaLine));
        };
        let name = self.store.named(with)?.name;
        Ok(Outcome::Fill(Box::new(AgendaLine::new(with, &name))))
    }

    /// Opens the form for a report; under Everyone it is asked first on whom.
    fn report(&self, outside: &dyn Outside) -> Result<Outcome> {
        if self.scope != Scope::Everyone {
            return self.report_on(self.scope, outside);
        }
        let people = self.store.people()?;
        Ok(Outcome::Open(Box::new(overlays::report_on(&people))))
    }

    fn report_on(&self, scope: Scope, outside: &dyn Outside) -> Result<Outcome> {
        let about = match scope {
            Scope::One(with) => Some(self.store.named(with)?),
            Scope::Everyone => None,
        };
        Ok(Outcome::Fill(Box::new(WriteReport::new(about, outside.now()))))
    }

    fn plan_next(&mut self, outside: &dyn Outside) -> Result<Outcome> {
        let Some(with) = self.panes.shown().selected().0 else {
            return self.pick_person(Some(Action::PlanNext));
        };
        next::plan(with, &mut Cx::new(&mut self.store, self.scope, outside))
    }

    fn begin(&mut self, outside: &dyn Outside) -> Result<Outcome> {
        let Some(with) = self.panes.shown().selected().0 else {
            return self.pick_person(Some(Action::Begin));
        };
        let stamp = self.stamp(outside);
        let today = stamp.now.date_naive();
        let next = self.store.next_session(with, today)?;
        let session = self.store.begin_session(stamp, with)?;
        // Another one than is planned; which text is written stays said.
        let say = next.map(|next| next.value.when.date).filter(|day| *day > today);
        let say =
            say.map(|day| format!("Writing notes · {} stays planned", dates::day(day, today)));
        let begun = Target::session(with, session, Then::Write(Layer::Notes));
        Ok(Outcome::Go(Target { say, ..begun }))
    }

    /// Takes back the newest change. Where it is out of sight, or was a whole spell of writing, the
    /// first time goes there and names it, and the second time does it.
    fn undo(&mut self, outside: &mut dyn Outside) -> Result<Outcome> {
        // What is on the screen but not saved yet is part of what can be taken back.
        self.keep(outside)?;
        let stamp = self.stamp(outside);
        let Some(next) = self.store.to_undo()? else {
            return Ok(Outcome::Say("There is nothing to undo.".to_owned()));
        };
        let surprising = self.is_out_of_sight(&next) || is_writing(&next);
        if surprising && self.to_undo != Some(next.change) {
            if let Some(target) = self.target_of(&next) {
                self.show(target, outside)?;
            }
            self.to_undo = Some(next.change);
            return Ok(Outcome::Say(self.says_of("u again takes back: ", &next, "", stamp)));
        }
        self.store.undo(stamp)?;
        Ok(Outcome::Changed(self.says_of("Taken back: ", &next, " U redoes it.", stamp)))
    }

    /// Names a change on the status line, in the room there is; `after` only where it fits.
    fn says_of(&self, before: &str, done: &Done, after: &str, stamp: Stamp) -> String {
        // The line has a margin, and the words end with a point.
        let room = self.drawn.body.width.saturating_sub(3 + text::width(before));
        let (left, ellipsis) = (text::width(after), self.look().glyphs.ellipsis);
        let what = wording::done(done, stamp.now.date_naive(), (room, left), ellipsis);
        let after = if text::width(&what) + left <= room { after } else { "" };
        // A name may end with the point.
        format!("{before}{}.{after}", what.trim_end_matches('.'))
    }

    /// Names a file on the status line, with its end where there is no room for the whole path.
    pub(super) fn says_where(&self, before: &str, path: &str, after: &str) -> String {
        // The line has a margin.
        let room =
            self.drawn.body.width.saturating_sub(2 + text::width(before) + text::width(after));
        format!("{before}{}{after}", wording::path(path, room, self.look().glyphs.ellipsis))
    }

    fn is_out_of_sight(&mut self, done: &Done) -> bool {
        let Some(subject) = &done.subject else { return false };
        let (with, session) = self.panes.shown().selected();
        let place = self.panes.place;
        let theirs = subject.relationship.is_none() || with == subject.relationship;
        match subject.kind {
            Kind::Owner => false,
            Kind::Person | Kind::Relationship => place != Place::People && !theirs,
            Kind::Contact | Kind::Remembering => place != Place::Brief || !theirs,
            Kind::AgendaItem => matches!(place, Place::People | Place::Today) || !theirs,
            // They stand in the list, in the brief, on the session in which they were made, and on
            // the one that takes up what is open.
            Kind::Commitment | Kind::CommitmentMove => match (place, self.scope) {
                (Place::Commitments | Place::Today, Scope::Everyone) => false,
                (Place::Commitments | Place::Brief | Place::Today, _) => !theirs,
                (Place::Sessions, _) if self.panes.shown().takes_up_promises() => !theirs,
                (Place::Sessions, _) => subject.session.is_none() || session != subject.session,
                _ => true,
            },
            Kind::Way => place != Place::Trust,
            Kind::Agreement | Kind::Clause | Kind::Signature => {
                place != Place::Agreement || !theirs
            }
            Kind::CheckIn | Kind::Answer | Kind::Evidence | Kind::Focus | Kind::Repair => {
                place != Place::Trust || !theirs
            }
            // What was planned or said of a session in its row of today brings that row back.
            Kind::Session
                if place == Place::Today
                    && matches!(
                        done.action,
                        StoreAction::Add | StoreAction::Mark | StoreAction::Move
                    ) =>
            {
                self.scope != Scope::Everyone && !theirs
            }
            // A session that is gone is missed where it stood.
            Kind::Session | Kind::Writing | Kind::ProgressCheck => match subject.session {
                Some(id) if self.store.session(id).is_ok() => session != Some(id),
                _ => place != Place::Sessions || !theirs,
            },
            Kind::Goal | Kind::GoalWith | Kind::Milestone | Kind::Standing | Kind::Mention => {
                match subject.goal {
                    Some(id) if self.store.goal(id).is_ok() => !self.panes.shown().shows_goal(id),
                    // A goal that is gone is missed where it stood.
                    _ => match place {
                        Place::Goals => self.scope != Scope::Everyone && !theirs,
                        place => place != Place::Brief || !theirs,
                    },
                }
            }
        }
    }

    fn target_of(&self, done: &Done) -> Option<Target> {
        let subject = done.subject.as_ref()?;
        if let Some(goal) = subject.goal {
            return Some(Target::goal(
                subject.relationship.map_or(Scope::Everyone, Scope::One),
                goal,
            ));
        }
        let with = subject.relationship?;
        if is_commitment(done) && self.store.named(with).is_ok() {
            return Some(Target::pane(Scope::One(with), Place::Commitments));
        }
        if matches!(subject.kind, Kind::Agreement | Kind::Clause | Kind::Signature)
            && self.store.named(with).is_ok()
        {
            return Some(Target::pane(Scope::One(with), Place::Agreement));
        }
        if is_trust(subject.kind) && self.store.named(with).is_ok() {
            return Some(Target::pane(Scope::One(with), Place::Trust));
        }
        let session = subject.session.filter(|id| self.store.session(*id).is_ok());
        match session {
            Some(session) => Some(Target::session(with, session, Then::Look)),
            None => {
                self.store.named(with).is_ok().then(|| Target::pane(Scope::One(with), Place::Brief))
            }
        }
    }
}

/// The pane that shows the same for these things: the people stand in for the brief of everyone.
fn fitting(place: Place, scope: Scope) -> Place {
    match (place, scope) {
        (Place::Brief | Place::Trust | Place::Agreement, Scope::Everyone) => Place::People,
        (Place::People, Scope::One(_)) => Place::Brief,
        (place, _) => place,
    }
}

fn is_commitment(done: &Done) -> bool {
    let kind = done.subject.as_ref().map(|subject| subject.kind);
    matches!(kind, Some(Kind::Commitment | Kind::CommitmentMove))
}

fn is_trust(kind: Kind) -> bool {
    use Kind::{Answer, CheckIn, Evidence, Focus, Repair};
    matches!(kind, Answer | CheckIn | Evidence | Focus | Repair)
}

fn is_writing(done: &Done) -> bool {
    done.subject.as_ref().is_some_and(|subject| subject.kind == Kind::Writing)
}
