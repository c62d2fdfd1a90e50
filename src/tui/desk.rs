//! The open journal on the screen: the panes, the boxes over them, and the status line.
//!
//! A key goes to the box on top, else to the text that is being written, else through the key
//! table to the desk itself or to the pane. What comes back is followed in one place.

use std::time::Duration;

use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Margin, Position};

use super::chooser::{Choice as Chosen, Chooser};
use super::form::Step;
use super::frame::{self, Chrome, Drawn, Tone, Whose};
use super::key::Key;
use super::keymap::{self, Action, Place};
use super::outside::Outside;
use super::overlay::{Answer, Confirm};
use super::overlays::compare::{Compare, Sides};
use super::overlays::recovered::{self, Recovered};
use super::overlays::{self, Choice, Overlay, bin::Bin, search};
use super::pane::{Cx, Outcome, Pane, Target, Then};
use super::panes::brief::Brief;
use super::panes::people::People;
use super::panes::sessions::Sessions;
use super::sheets::OpenSheet;
use super::sheets::agenda_line::AgendaLine;
use super::sheets::person::NewPerson;
use super::theme::Look;
use super::wording;
use crate::domain::{Id, Layer, Rev, Session, Stamp};
use crate::store::{Done, Error, Kept, Kind, Named, Result, Scope, Seen, Store};

/// Pressed twice within this time, Ctrl-C leaves.
const TWICE: Duration = Duration::from_secs(1);

/// The open journal.
pub struct Desk {
    store: Store,
    scope: Scope,
    who: Option<Named>,
    place: Place,
    people: People,
    brief: Brief,
    sessions: Sessions,
    overlays: Vec<Overlay>,
    said: Said,
    /// The change that was named when undo was first asked for.
    to_undo: Option<i64>,
    clipboard: String,
    hidden: bool,
    drawn: Drawn,
    interrupted: Option<Duration>,
    /// Set when the program is to end.
    pub done: bool,
}

/// What the status line says until the next key.
#[derive(Default)]
struct Said {
    words: String,
    tone: Tone,
}

impl Desk {
    /// Opens the journal on the people, or on what was being written when the program ended.
    pub fn open(store: Store, outside: &dyn Outside) -> Result<Self> {
        let now = outside.now();
        let mut desk = Self {
            store,
            scope: Scope::Everyone,
            who: None,
            place: Place::People,
            people: People::new(now.date_naive()),
            brief: Brief::new(now),
            sessions: Sessions::new(now),
            overlays: Vec::new(),
            said: Said::default(),
            to_undo: None,
            clipboard: String::new(),
            hidden: false,
            drawn: Drawn::default(),
            interrupted: None,
            done: false,
        };
        desk.reload(outside)?;
        desk.offer_recovered(outside)?;
        Ok(desk)
    }

    /// Shows one thing; for the first start, which goes on with the person that was added.
    pub fn go(&mut self, target: Target, outside: &mut dyn Outside) {
        let outcome = Ok(Outcome::Go(target));
        self.follow(outcome, outside);
    }

    fn offer_recovered(&mut self, outside: &dyn Outside) -> Result<()> {
        let found = self
            .with_cx(outside, |_, cx| Recovered::find(cx, |process| outside.is_running(process)))?;
        self.overlays.extend(found.map(Overlay::Recovered));
        Ok(())
    }

    fn stamp(&self, outside: &dyn Outside) -> Stamp {
        Stamp { now: outside.now(), origin: self.store.origin() }
    }

    /// Calls `work` with the pane that is shown and what it may use.
    fn with_cx<R>(
        &mut self,
        outside: &dyn Outside,
        work: impl FnOnce(&mut dyn Pane, &mut Cx<'_>) -> R,
    ) -> R {
        let stamp = self.stamp(outside);
        let mut cx = Cx {
            store: &mut self.store,
            stamp,
            ticks: outside.ticks(),
            scope: self.scope,
            process: outside.process(),
        };
        let pane: &mut dyn Pane = match self.place {
            Place::Brief => &mut self.brief,
            Place::Sessions => &mut self.sessions,
            _ => &mut self.people,
        };
        work(pane, &mut cx)
    }

    fn pane(&mut self) -> &mut dyn Pane {
        match self.place {
            Place::Brief => &mut self.brief,
            Place::Sessions => &mut self.sessions,
            _ => &mut self.people,
        }
    }

    /// Reads again what is shown.
    fn reload(&mut self, outside: &dyn Outside) -> Result<()> {
        self.who = match self.scope {
            Scope::Everyone => None,
            Scope::One(id) => match self.store.named(id) {
                Ok(named) => Some(named),
                // Undone or erased elsewhere: there is nothing of theirs to show any more.
                Err(Error::Gone) => {
                    self.scope = Scope::Everyone;
                    self.place =
                        if self.place == Place::Brief { Place::People } else { self.place };
                    None
                }
                Err(error) => return Err(error),
            },
        };
        self.with_cx(outside, |pane, cx| pane.reload(cx))?;
        for overlay in &mut self.overlays {
            if let Overlay::Bin(bin) = overlay {
                let stamp = Stamp { now: outside.now(), origin: self.store.origin() };
                let cx = Cx {
                    store: &mut self.store,
                    stamp,
                    ticks: outside.ticks(),
                    scope: self.scope,
                    process: outside.process(),
                };
                bin.reload(&cx)?;
            }
        }
        Ok(())
    }

    /// Where keys go now.
    fn place_of_keys(&mut self) -> Place {
        match self.overlays.last() {
            None => self.pane().place(),
            Some(Overlay::New(_) | Overlay::Sheet(_)) => Place::Form,
            Some(Overlay::Choose(chooser)) => chooser.place(),
            Some(Overlay::Confirm(..)) => Place::Confirm,
            Some(Overlay::Search(_)) => Place::Search,
            Some(Overlay::Compare(compare)) => compare.place(),
            Some(Overlay::Bin(_)) => Place::Bin,
            Some(Overlay::Recovered(_)) => Place::Recovered,
        }
    }

    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent, outside: &mut dyn Outside) {
        let Some(key) = Key::from_event(event) else { return };
        let place = self.place_of_keys();
        let action = keymap::action(place, key);
        if self.hidden {
            self.key_while_hidden(action, outside);
            return;
        }
        if action != Some(Action::Undo) {
            self.to_undo = None;
        }
        self.said = Said::default();
        let outcome = match action {
            Some(Action::Interrupt) => self.interrupt(event, outside),
            Some(Action::Hide) => {
                self.hidden = true;
                Ok(Outcome::Done)
            }
            _ if !self.overlays.is_empty() => self.key_on_overlay(event, key, action, outside),
            Some(action) => self.act(action, outside),
            None => self.with_cx(outside, |pane, cx| pane.type_key(event, cx)),
        };
        self.follow(outcome, outside);
    }

    fn key_while_hidden(&mut self, action: Option<Action>, outside: &mut dyn Outside) {
        match action {
            Some(Action::Hide | Action::Lock) => self.hidden = false,
            Some(Action::Quit) => self.leave(outside),
            _ => {}
        }
    }

    /// Ctrl-C copies what is selected while writing; else it says how to leave, and leaves at the
    /// second time.
    fn interrupt(&mut self, event: KeyEvent, outside: &mut dyn Outside) -> Result<Outcome> {
        let used = match self.overlays.last_mut() {
            Some(Overlay::Sheet(open)) => {
                let step =
                    Key::from_event(event).map_or(Step::Stay, |key| open.sheet.form().key(key));
                matches!(step, Step::Copy { .. }).then(|| Self::copied(step))
            }
            Some(_) => None,
            None => {
                let outcome = self.with_cx(outside, |pane, cx| pane.type_key(event, cx))?;
                (!matches!(outcome, Outcome::Ignored)).then_some(outcome)
            }
        };
        if let Some(outcome) = used {
            return Ok(outcome);
        }
        let now = outside.ticks();
        if self.interrupted.is_some_and(|before| now.saturating_sub(before) < TWICE) {
            self.leave(outside);
            return Ok(Outcome::Done);
        }
        self.interrupted = Some(now);
        Ok(Outcome::Say("Press q to quit, or Ctrl-C once more. Everything is kept.".to_owned()))
    }

    fn copied(step: Step) -> Outcome {
        match step {
            Step::Copy { text, .. } => Outcome::Copy(text, "the selected words"),
            _ => Outcome::Done,
        }
    }

    fn key_on_overlay(
        &mut self,
        event: KeyEvent,
        key: Key,
        action: Option<Action>,
        outside: &mut dyn Outside,
    ) -> Result<Outcome> {
        if action == Some(Action::Help) {
            let place = self.place_of_keys();
            let help = Chooser::help(place, false);
            return Ok(Outcome::Open(Overlay::Choose(map_actions(help, place))));
        }
        let Some(mut overlay) = self.overlays.pop() else { return Ok(Outcome::Ignored) };
        let place = overlay_place(&overlay);
        let outcome = match &mut overlay {
            Overlay::New(_) => Ok(Some(Outcome::Done)),
            Overlay::Sheet(open) => {
                let step = open.sheet.form().key(key);
                return self.stepped(step, overlay, outside);
            }
            Overlay::Choose(chooser) => match chooser.key(key) {
                Chosen::Open => Ok(None),
                Chosen::Closed => Ok(Some(Outcome::Done)),
                Chosen::Chosen(choice) => self.chosen(choice, outside).map(Some),
            },
            Overlay::Confirm(confirm, yes) => match confirm.key(key) {
                Answer::Open => Ok(None),
                Answer::No => Ok(Some(Outcome::Say("Left as it is.".to_owned()))),
                Answer::Yes => self.confirmed(*yes).map(Some),
            },
            Overlay::Search(search) => {
                self.with_cx(outside, |_, cx| search.key(key, cx)).map(|step| match step {
                    search::Step::Open => None,
                    search::Step::Closed => Some(Outcome::Done),
                    search::Step::Go(target) => Some(Outcome::Go(target)),
                })
            }
            Overlay::Compare(compare) => self.compare_key(compare, action, outside),
            Overlay::Bin(bin) => match action {
                Some(Action::Back) => Ok(Some(Outcome::Done)),
                Some(Action::Undo) => self.undo(outside).map(Some),
                Some(Action::More) => {
                    let menu = Chooser::menu(place, false);
                    let menu = menu.map(|menu| Overlay::Choose(map_actions(menu, place)));
                    self.overlays.push(overlay);
                    self.overlays.extend(menu);
                    return Ok(Outcome::Done);
                }
                Some(action) => {
                    let done = self.with_cx(outside, |_, cx| bin.act(action, cx));
                    return self.above(overlay, done, outside);
                }
                None => Ok(None),
            },
            Overlay::Recovered(recovered) => match action {
                Some(Action::Back) => {
                    Ok(Some(Outcome::Say("It is offered again at the next start.".to_owned())))
                }
                Some(action) => {
                    let done = self.with_cx(outside, |_, cx| recovered.act(action, cx));
                    if recovered.is_empty() {
                        return done;
                    }
                    return self.above(overlay, done, outside);
                }
                None => Ok(None),
            },
        };
        let _ = event;
        match outcome {
            // The box stays, with what it now holds.
            Ok(None) => {
                self.overlays.push(overlay);
                Ok(Outcome::Done)
            }
            Ok(Some(outcome)) => Ok(outcome),
            Err(error) => {
                self.overlays.push(overlay);
                Err(error)
            }
        }
    }

    /// Follows an outcome while the box it came from stays where it is.
    fn above(
        &mut self,
        overlay: Overlay,
        outcome: Result<Outcome>,
        outside: &mut dyn Outside,
    ) -> Result<Outcome> {
        self.overlays.push(overlay);
        self.follow(outcome, outside);
        Ok(Outcome::Done)
    }

    /// Goes on with a form after a key, a paste or a click.
    fn stepped(
        &mut self,
        step: Step,
        mut overlay: Overlay,
        outside: &mut dyn Outside,
    ) -> Result<Outcome> {
        let Overlay::Sheet(open) = &mut overlay else { return Ok(Outcome::Ignored) };
        let outcome = match step {
            Step::Stay | Step::Changed => Outcome::Done,
            Step::TooLong => Outcome::Warn(
                "That is more than this field can hold. Nothing was put in.".to_owned(),
            ),
            Step::Copy { text, .. } => Outcome::Copy(text, "the selected words"),
            Step::Paste => {
                let clipboard = std::mem::take(&mut self.clipboard);
                open.sheet.form().paste(&clipboard);
                self.clipboard = clipboard;
                Outcome::Done
            }
            Step::Left { filled } if !filled || open.is_untouched() => {
                let untouched = open.is_untouched();
                self.with_cx(outside, |_, cx| open.keep(cx))?;
                return Ok(if untouched {
                    Outcome::Done
                } else {
                    Outcome::Say(
                        "What you typed is kept, and stands here when you come back.".to_owned(),
                    )
                });
            }
            Step::Finished | Step::Left { .. } => {
                match self.with_cx(outside, |_, cx| open.finish(cx)) {
                    Ok(Some(outcome)) => return Ok(outcome),
                    Ok(None) => Outcome::Done,
                    Err(error) => {
                        self.overlays.push(overlay);
                        return Err(error);
                    }
                }
            }
        };
        self.overlays.push(overlay);
        Ok(outcome)
    }

    fn compare_key(
        &mut self,
        compare: &mut Compare,
        action: Option<Action>,
        outside: &mut dyn Outside,
    ) -> Result<Option<Outcome>> {
        let Some(action) = action else { return Ok(None) };
        match action {
            Action::Back if matches!(compare.sides, Sides::Conflict { .. }) => {
                Ok(Some(Outcome::Say(
                    "Both are kept: yours is a draft, and is asked about again.".to_owned(),
                )))
            }
            Action::Back => Ok(Some(Outcome::Done)),
            Action::Copy => Ok(Some(Outcome::Copy(compare.other().to_owned(), "that version"))),
            Action::Restore | Action::Keep | Action::KeepBoth | Action::KeepTheirs => {
                self.settle(compare, action, outside).map(Some)
            }
            other => {
                compare.go(other);
                Ok(None)
            }
        }
    }

    /// Makes one of two texts, or both, the text of the session. The other stays a version.
    fn settle(
        &mut self,
        compare: &Compare,
        action: Action,
        outside: &dyn Outside,
    ) -> Result<Outcome> {
        let stamp = self.stamp(outside);
        match &compare.sides {
            Sides::Versions { session, layer, base, .. } => {
                let kept = self.store.save_text(stamp, *session, *layer, *base, compare.other())?;
                Ok(match kept {
                    Kept::Saved(_) => Outcome::Changed("Brought back. u undoes it.".to_owned()),
                    Kept::Conflict(_) => {
                        Outcome::Warn("It was changed elsewhere meanwhile; look again.".to_owned())
                    }
                })
            }
            Sides::LeftBehind { left, .. } => {
                let left = left.clone();
                let outcome = self.with_cx(outside, |_, cx| recovered::keep(&left, cx))?;
                self.overlays.retain(|overlay| !matches!(overlay, Overlay::Recovered(_)));
                self.offer_recovered(outside)?;
                Ok(outcome)
            }
            Sides::Conflict { session, layer, theirs, mine } => {
                let (session, layer) = (*session, *layer);
                let theirs_body = theirs.value.body.clone();
                match action {
                    Action::KeepTheirs => {
                        // Mine becomes a version first, so that nothing written is gone.
                        self.save_over(stamp, session, layer, theirs.rev, mine)?;
                        self.save_now(stamp, session, layer, &theirs_body)?;
                    }
                    Action::KeepBoth => {
                        let both = format!("{}\n\n{}", theirs_body.trim_end(), mine.trim_start());
                        self.save_over(stamp, session, layer, theirs.rev, &both)?;
                    }
                    _ => self.save_over(stamp, session, layer, theirs.rev, mine)?,
                }
                self.store.drop_draft(stamp, session.cast(), layer.code())?;
                self.sessions.forget_unsaved(session);
                Ok(Outcome::Changed(
                    "Kept. The other text is among the earlier versions (v).".to_owned(),
                ))
            }
        }
    }

    fn save_over(
        &mut self,
        stamp: Stamp,
        session: Id<Session>,
        layer: Layer,
        base: Rev,
        body: &str,
    ) -> Result<()> {
        match self.store.save_text(stamp, session, layer, Some(base), body)? {
            Kept::Saved(_) => Ok(()),
            Kept::Conflict(_) => Err(Error::Stale),
        }
    }

    fn save_now(
        &mut self,
        stamp: Stamp,
        session: Id<Session>,
        layer: Layer,
        body: &str,
    ) -> Result<()> {
        let base = self.store.texts(session)?.of(layer).map(|writing| writing.rev);
        match self.store.save_text(stamp, session, layer, base, body)? {
            Kept::Saved(_) => Ok(()),
            Kept::Conflict(_) => Err(Error::Stale),
        }
    }

    fn confirmed(&mut self, yes: Action) -> Result<Outcome> {
        match yes {
            Action::EmptyBin => {
                let gone = self.store.empty_bin(i64::MAX)?;
                let things = wording::counted(gone, "thing");
                Ok(Outcome::Changed(format!("The bin is empty: {things} gone for good.")))
            }
            _ => Ok(Outcome::Done),
        }
    }

    /// Does what was chosen in a list over the screen.
    fn chosen(&mut self, choice: Choice, outside: &mut dyn Outside) -> Result<Outcome> {
        match choice {
            Choice::Do(action) => Ok(Outcome::Act(action)),
            Choice::Whose(scope, then) => {
                let place = match (scope, self.place) {
                    (Scope::Everyone, Place::Brief) => Place::People,
                    (Scope::One(_), Place::People) => Place::Brief,
                    (_, place) => place,
                };
                self.follow(Ok(Outcome::Go(Target::pane(scope, place))), outside);
                Ok(then.map_or(Outcome::Done, Outcome::Act))
            }
            Choice::NewPerson => Ok(Outcome::Open(Overlay::New(Box::new(NewPerson::new())))),
            other => self.with_cx(outside, |pane, cx| pane.chosen(other, cx)),
        }
    }

    /// Does what a key of the table asks for while no box is open.
    fn act(&mut self, action: Action, outside: &mut dyn Outside) -> Result<Outcome> {
        let writing = matches!(self.pane().place(), Place::Writing | Place::Find);
        match action {
            Action::Help => {
                let place = self.pane().place();
                Ok(Outcome::Open(Overlay::Choose(map_actions(Chooser::help(place, false), place))))
            }
            Action::Commands => {
                let place = self.pane().place();
                let palette = Chooser::palette(place, false);
                Ok(Outcome::Open(Overlay::Choose(map_actions(palette, place))))
            }
            Action::Redraw => Ok(Outcome::Done),
            _ if writing => self.with_cx(outside, |pane, cx| pane.act(action, cx)),
            Action::More => {
                let place = self.pane().place();
                Ok(match Chooser::menu(place, false) {
                    Some(menu) => Outcome::Open(Overlay::Choose(map_actions(menu, place))),
                    None => Outcome::Ignored,
                })
            }
            Action::People => {
                let people = self.store.people()?;
                Ok(Outcome::Open(overlays::people(&people, self.scope, None)))
            }
            Action::Search => {
                let search = self.with_cx(outside, |_, cx| search::Search::new(cx))?;
                Ok(Outcome::Open(Overlay::Search(search)))
            }
            Action::Go(place) => {
                let place = if place == Place::Brief && self.scope == Scope::Everyone {
                    Place::People
                } else {
                    place
                };
                Ok(Outcome::Go(Target::pane(self.scope, place)))
            }
            Action::Undo => self.undo(outside),
            Action::Redo => {
                let stamp = self.stamp(outside);
                let done = self.store.redo(stamp)?;
                let what = wording::done(&done, stamp.now.date_naive());
                Ok(Outcome::Changed(format!("Did again: {what}.")))
            }
            Action::Lock => {
                self.hidden = true;
                Ok(Outcome::Done)
            }
            Action::Quit => {
                self.leave(outside);
                Ok(Outcome::Done)
            }
            Action::AgendaLine => self.agenda_line(),
            Action::Begin => self.begin(outside),
            Action::ShowBin => {
                let bin = self.with_cx(outside, |_, cx| Bin::new(cx))?;
                Ok(Outcome::Open(Overlay::Bin(bin)))
            }
            Action::ShowRecovered => {
                self.offer_recovered(outside)?;
                Ok(match self.overlays.last() {
                    Some(Overlay::Recovered(_)) => Outcome::Done,
                    _ => Outcome::Say(
                        "Nothing is waiting: all that was written is saved.".to_owned(),
                    ),
                })
            }
            Action::EmptyBin => {
                let ask = Confirm::word(
                    "Empty the bin?",
                    "What is in it, and every version of it, goes for good. Nothing brings it back.",
                    "empty",
                    "empty it",
                );
                Ok(Outcome::Open(Overlay::Confirm(ask, Action::EmptyBin)))
            }
            other => self.with_cx(outside, |pane, cx| pane.act(other, cx)),
        }
    }

    fn agenda_line(&mut self) -> Result<Outcome> {
        let Some(with) = self.pane().selected().0 else {
            let people = self.store.people()?;
            return Ok(Outcome::Open(overlays::people(
                &people,
                self.scope,
                Some(Action::AgendaLine),
            )));
        };
        let name = self.store.named(with)?.name;
        Ok(Outcome::Open(Overlay::New(Box::new(AgendaLine::new(with, &name)))))
    }

    fn begin(&mut self, outside: &dyn Outside) -> Result<Outcome> {
        let Some(with) = self.pane().selected().0 else {
            let people = self.store.people()?;
            return Ok(Outcome::Open(overlays::people(&people, self.scope, Some(Action::Begin))));
        };
        let stamp = self.stamp(outside);
        let session = self.store.begin_session(stamp, with)?;
        let mut target = Target::session(with, session, Then::Write(Layer::Notes));
        target.say = Some(String::new());
        Ok(Outcome::Go(target))
    }

    /// Takes back the newest change. Where it is out of sight, or was a whole spell of writing, the
    /// first time goes there and names it, and the second time does it.
    fn undo(&mut self, outside: &mut dyn Outside) -> Result<Outcome> {
        let stamp = self.stamp(outside);
        let today = stamp.now.date_naive();
        // What is on the screen but not saved yet is part of what can be taken back.
        self.keep(outside)?;
        let Some(next) = self.store.to_undo()? else {
            return Ok(Outcome::Say("There is nothing to undo.".to_owned()));
        };
        let what = wording::done(&next, today);
        if self.to_undo != Some(next.change) && (self.is_out_of_sight(&next) || is_writing(&next)) {
            if let Some(target) = self.target_of(&next) {
                self.follow(Ok(Outcome::Go(target)), outside);
            }
            self.to_undo = Some(next.change);
            return Ok(Outcome::Say(format!("u once more takes back: {what}.")));
        }
        self.store.undo(stamp)?;
        Ok(Outcome::Changed(format!("Taken back: {what}. U does it again.")))
    }

    fn is_out_of_sight(&mut self, done: &Done) -> bool {
        let Some(subject) = &done.subject else { return false };
        let (with, session) = self.pane().selected();
        match (subject.session, subject.relationship) {
            (Some(wanted), _) => session != Some(wanted) && self.place != Place::People,
            (None, Some(wanted)) => with != Some(wanted) && self.place != Place::People,
            (None, None) => false,
        }
    }

    fn target_of(&self, done: &Done) -> Option<Target> {
        let subject = done.subject.as_ref()?;
        let with = subject.relationship?;
        let session = subject.session.filter(|id| self.store.session(*id).is_ok());
        Some(match session {
            Some(session) => Target::session(with, session, Then::Look),
            None if self.store.named(with).is_ok() => Target::pane(Scope::One(with), Place::Brief),
            None => return None,
        })
    }

    /// Saves what is being written.
    fn keep(&mut self, outside: &mut dyn Outside) -> Result<()> {
        for overlay in &mut self.overlays {
            if let Overlay::Sheet(open) = overlay {
                let stamp = Stamp { now: outside.now(), origin: self.store.origin() };
                let mut cx = Cx {
                    store: &mut self.store,
                    stamp,
                    ticks: outside.ticks(),
                    scope: self.scope,
                    process: outside.process(),
                };
                open.keep(&mut cx)?;
            }
        }
        match self.with_cx(outside, |pane, cx| pane.keep(cx))? {
            Outcome::Open(overlay) => {
                self.overlays.push(overlay);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Saves and ends. Where saving fails the program stays, with the text on the screen.
    fn leave(&mut self, outside: &mut dyn Outside) {
        match self.keep(outside) {
            Ok(()) if matches!(self.overlays.last(), Some(Overlay::Compare(_))) => {}
            Ok(()) => self.done = true,
            Err(error) => self.warn(error.to_string()),
        }
    }

    /// The program has to end now, whatever is on the screen: keeps what can be kept, and says
    /// what could not.
    pub fn end(&mut self, outside: &mut dyn Outside) -> Result<()> {
        self.keep(outside)
    }

    /// Takes pasted text. Where nothing is being written it is not taken for commands.
    pub fn paste(&mut self, pasted: &str, outside: &mut dyn Outside) {
        self.said = Said::default();
        let outcome = match self.overlays.pop() {
            None => self.with_cx(outside, |pane, cx| pane.paste(pasted, cx)),
            Some(mut overlay) => match &mut overlay {
                Overlay::Sheet(open) => {
                    let step = open.sheet.form().paste(pasted);
                    self.stepped(step, overlay, outside)
                }
                Overlay::Choose(chooser) => {
                    chooser.paste(pasted);
                    self.overlays.push(overlay);
                    Ok(Outcome::Done)
                }
                Overlay::Search(search) => {
                    let done = self.with_cx(outside, |_, cx| search.paste(pasted, cx));
                    self.overlays.push(overlay);
                    done.map(|()| Outcome::Done)
                }
                _ => {
                    self.overlays.push(overlay);
                    Ok(Outcome::Ignored)
                }
            },
        };
        let outcome = match outcome {
            Ok(Outcome::Ignored) => Ok(Outcome::Say(
                "Nothing is being written here, so nothing was pasted. `e` writes notes."
                    .to_owned(),
            )),
            other => other,
        };
        self.follow(outcome, outside);
    }

    /// Takes the mouse.
    pub fn mouse(&mut self, event: MouseEvent, outside: &mut dyn Outside) {
        if self.hidden {
            return;
        }
        let at = Position { x: event.column, y: event.row };
        if event.kind == MouseEventKind::Down(MouseButton::Left) {
            self.said = Said::default();
            if let Some(action) = self.drawn.at(at) {
                let outcome = self.click_hint(action, outside);
                self.follow(outcome, outside);
                return;
            }
        }
        let outcome = match self.overlays.pop() {
            None => self.with_cx(outside, |pane, cx| pane.mouse(event, cx)),
            Some(mut overlay) => match &mut overlay {
                Overlay::Sheet(open) => {
                    let step = open.sheet.form().mouse(event, outside.ticks());
                    self.stepped(step, overlay, outside)
                }
                Overlay::Choose(chooser) => match mouse_on_chooser(chooser, event, at) {
                    Chosen::Open => {
                        self.overlays.push(overlay);
                        Ok(Outcome::Done)
                    }
                    Chosen::Closed => Ok(Outcome::Done),
                    Chosen::Chosen(choice) => self.chosen(choice, outside),
                },
                Overlay::Search(search) => match search.mouse(event) {
                    search::Step::Open => {
                        self.overlays.push(overlay);
                        Ok(Outcome::Done)
                    }
                    search::Step::Closed => Ok(Outcome::Done),
                    search::Step::Go(target) => Ok(Outcome::Go(target)),
                },
                Overlay::Compare(compare) => {
                    compare.mouse(event);
                    self.overlays.push(overlay);
                    Ok(Outcome::Done)
                }
                Overlay::Bin(bin) => {
                    bin.mouse(event);
                    self.overlays.push(overlay);
                    Ok(Outcome::Done)
                }
                Overlay::Recovered(recovered) => {
                    recovered.mouse(event);
                    self.overlays.push(overlay);
                    Ok(Outcome::Done)
                }
                Overlay::New(_) | Overlay::Confirm(..) => {
                    self.overlays.push(overlay);
                    Ok(Outcome::Done)
                }
            },
        };
        self.follow(outcome, outside);
    }

    /// A click on a hint is its key.
    fn click_hint(&mut self, action: Action, outside: &mut dyn Outside) -> Result<Outcome> {
        if self.overlays.is_empty() {
            return self.act(action, outside);
        }
        let place = self.place_of_keys();
        let key =
            keymap::rows(place).find(|row| row.action == action).and_then(|row| row.keys.first());
        match key {
            Some(key) => self.key_on_overlay(key.to_event(), *key, Some(action), outside),
            None => Ok(Outcome::Ignored),
        }
    }

    /// Does what was asked for. The one place where outcomes are followed.
    fn follow(&mut self, outcome: Result<Outcome>, outside: &mut dyn Outside) {
        let done = outcome.and_then(|outcome| match outcome {
            Outcome::Ignored | Outcome::Done => Ok(()),
            Outcome::Changed(words) => {
                self.notice(words);
                self.reload(outside)
            }
            Outcome::Say(words) => {
                self.said = Said { words, tone: Tone::Plain };
                Ok(())
            }
            Outcome::Warn(words) => {
                self.warn(words);
                Ok(())
            }
            Outcome::Open(Overlay::New(sheet)) => {
                let open = self.with_cx(outside, |_, cx| OpenSheet::new(sheet, cx));
                self.overlays.push(Overlay::Sheet(open));
                Ok(())
            }
            Outcome::Open(overlay) => {
                self.overlays.push(overlay);
                Ok(())
            }
            Outcome::Go(target) => self.show(target, outside),
            Outcome::Act(action) => {
                let outcome = self.act(action, outside);
                self.follow(outcome, outside);
                Ok(())
            }
            Outcome::Copy(text, what) => {
                outside.copy(&text);
                self.notice(format!("Copied {what}."));
                self.clipboard = text;
                Ok(())
            }
            Outcome::Paste => {
                let clipboard = std::mem::take(&mut self.clipboard);
                let outcome = self.with_cx(outside, |pane, cx| pane.paste(&clipboard, cx));
                self.clipboard = clipboard;
                self.follow(outcome, outside);
                Ok(())
            }
            Outcome::Write { path, content } => {
                match outside.write_file(&path, &content) {
                    Ok(name) => {
                        self.notice(format!("Written to {name}; what is private stayed here."))
                    }
                    Err(why) => self.warn(why),
                }
                Ok(())
            }
        });
        if let Err(error) = done {
            self.failed(&error);
        }
    }

    fn failed(&mut self, error: &Error) {
        match error {
            Error::Stale => self.warn(
                "That was changed elsewhere meanwhile; here is how it stands now.".to_owned(),
            ),
            other => self.warn(other.to_string()),
        }
    }

    fn show(&mut self, target: Target, outside: &mut dyn Outside) -> Result<()> {
        self.keep(outside)?;
        self.overlays
            .retain(|overlay| matches!(overlay, Overlay::Compare(_) | Overlay::Recovered(_)));
        self.scope = target.scope;
        self.place = target.place;
        self.reload(outside)?;
        if let Some(words) = target.say {
            self.notice(words);
        }
        if let Some(session) = target.session {
            let outcome = self.with_cx(outside, |pane, cx| pane.show(session, &target.then, cx));
            self.follow(outcome, outside);
        }
        Ok(())
    }

    fn notice(&mut self, words: String) {
        if !words.is_empty() {
            self.said = Said { words, tone: Tone::Notice };
        }
    }

    fn warn(&mut self, words: String) {
        self.said = Said { words, tone: Tone::Error };
    }

    /// Time has passed. Says whether the screen has to be drawn again.
    pub fn tick(&mut self, outside: &mut dyn Outside) -> bool {
        let mut changed = false;
        match self.store.look() {
            Ok(Seen::Same) => {}
            Ok(Seen::Written) => {
                changed = true;
                if let Err(error) = self.reload(outside) {
                    self.failed(&error);
                }
            }
            Ok(Seen::Moved) => {
                changed = true;
                self.warn(Error::Moved.to_string());
            }
            Err(error) => {
                changed = true;
                self.failed(&error);
            }
        }
        if let Some(Overlay::Search(search)) = self.overlays.last_mut()
            && search.is_behind()
        {
            let Some(Overlay::Search(mut search)) = self.overlays.pop() else { return changed };
            let looked = self.with_cx(outside, |_, cx| search.look(cx));
            self.overlays.push(Overlay::Search(search));
            if let Err(error) = looked {
                self.failed(&error);
            }
            changed = true;
        }
        changed | self.keep_drafts(outside)
    }

    fn keep_drafts(&mut self, outside: &mut dyn Outside) -> bool {
        for overlay in &mut self.overlays {
            if let Overlay::Sheet(open) = overlay {
                let stamp = Stamp { now: outside.now(), origin: self.store.origin() };
                let mut cx = Cx {
                    store: &mut self.store,
                    stamp,
                    ticks: outside.ticks(),
                    scope: self.scope,
                    process: outside.process(),
                };
                if let Err(error) = open.keep(&mut cx) {
                    self.said = Said { words: error.to_string(), tone: Tone::Error };
                    return true;
                }
            }
        }
        let outcome = self.with_cx(outside, |pane, cx| pane.tick(cx));
        let changed = !matches!(outcome, Ok(Outcome::Ignored));
        self.follow(outcome, outside);
        changed
    }

    /// How long the program may sleep if no key comes.
    pub fn patience(&mut self, ticks: Duration) -> Option<Duration> {
        let typing = self.overlays.iter_mut().any(|overlay| match overlay {
            Overlay::Sheet(open) => open.is_unkept(),
            Overlay::Search(search) => search.is_behind(),
            _ => false,
        });
        let form = typing.then_some(Duration::from_millis(300));
        let pane = self.pane().patience(ticks);
        [form, pane].into_iter().flatten().min()
    }

    /// Draws the screen.
    pub fn render(&mut self, frame: &mut Frame<'_>, look: &Look, outside: &dyn Outside) {
        let today = outside.now().date_naive();
        let long = today.format("%a %-d %b").to_string();
        let short = today.format("%-d %b").to_string();
        if self.hidden {
            let chrome = Chrome {
                whose: Whose::Nobody,
                pane: self.place,
                place: Place::Hidden,
                encrypted: self.store.is_encrypted(),
                day: (&long, &short),
                status: "Hidden. Ctrl-G shows everything again.",
                tone: Tone::Plain,
                saved: "",
            };
            self.drawn = frame::render(frame, &chrome, look).unwrap_or_default();
            return;
        }
        let place = self.place_of_keys();
        let (status, saved) = self.pane().status();
        let private =
            matches!(place, Place::Writing) && status == wording::writing(Layer::Reflection);
        let (words, tone) = if self.said.words.is_empty() {
            (status, if private { Tone::Private } else { Tone::Plain })
        } else {
            (self.said.words.clone(), self.said.tone)
        };
        let name = self.who.as_ref().map(|named| named.name.clone());
        let chrome = Chrome {
            whose: name.as_deref().map_or(Whose::Everyone, Whose::Person),
            pane: self.place,
            place,
            encrypted: self.store.is_encrypted(),
            day: (&long, &short),
            status: &words,
            tone,
            saved: &saved,
        };
        let Some(drawn) = frame::render(frame, &chrome, look) else {
            self.drawn = Drawn::default();
            return;
        };
        let body = drawn.body;
        self.drawn = drawn;
        let inset = body.inner(Margin { horizontal: 1, vertical: 0 });
        self.pane().render(frame, inset, look);
        for overlay in &mut self.overlays {
            match overlay {
                Overlay::New(_) => {}
                Overlay::Sheet(open) => super::sheets::render(open, frame, body, look),
                Overlay::Choose(chooser) => chooser.render(frame, body, look),
                Overlay::Confirm(confirm, _) => confirm.render(frame, body, look),
                Overlay::Search(search) => search.render(frame, body, look),
                Overlay::Compare(compare) => compare.render(frame, body, look),
                Overlay::Bin(bin) => bin.render(frame, body, look),
                Overlay::Recovered(recovered) => recovered.render(frame, body, look),
            }
        }
    }
}

fn is_writing(done: &Done) -> bool {
    done.subject.as_ref().is_some_and(|subject| subject.kind == Kind::Writing)
}

fn overlay_place(overlay: &Overlay) -> Place {
    match overlay {
        Overlay::Bin(_) => Place::Bin,
        Overlay::Recovered(_) => Place::Recovered,
        _ => Place::Looking,
    }
}

/// The help, the palette or the menu as a list of choices.
fn map_actions(chooser: Chooser<Action>, _place: Place) -> Chooser<Choice> {
    chooser.map(Choice::Do)
}

fn mouse_on_chooser(
    chooser: &mut Chooser<Choice>,
    event: MouseEvent,
    at: Position,
) -> Chosen<Choice> {
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => chooser.click(at),
        MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
            chooser.wheel(event.kind == MouseEventKind::ScrollDown);
            Chosen::Open
        }
        _ => Chosen::Open,
    }
}
