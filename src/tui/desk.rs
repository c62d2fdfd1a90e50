//! The open journal on the screen: the panes, the boxes over them, and the status line.
//!
//! A key goes to the box on top, else to the text that is being written, else through the key
//! table to the desk itself or to the pane. What comes back is followed in one place.

mod acts;
mod arriving;
mod copies;
mod own_editor;
mod rest;

use std::time::Duration;

use chrono::NaiveDate;
use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Margin, Position};

use self::arriving::Beside;
use super::frame::{self, Chrome, Drawn, Tone, Whose};
use super::key::Key;
use super::keymap::{self, Action, Place};
use super::outside::Outside;
use super::overlays::choose::Choose;
use super::overlays::confirm::Ask;
use super::overlays::notice::Notice;
use super::overlays::passphrase::Passphrase;
use super::overlays::recovered::Recovered;
use super::overlays::{Overlay, Step};
use super::pane::{Cx, Outcome, Pane, Target, Then};
use super::panes::agreement::Agreements;
use super::panes::brief::Brief;
use super::panes::commitments::Commitments;
use super::panes::goals::Goals;
use super::panes::people::People;
use super::panes::sessions::Sessions;
use super::panes::today::Today;
use super::panes::trust::Trust;
use super::sheets::OpenSheet;
use super::theme::Look;
use super::veil::Veil;
use super::wording;
use crate::domain::{Goal, Id, Layer, Moment, Reach, Stamp};
use crate::store::{Error, Named, Result, Scope, Secret, Seen, Store, Tidying};

/// Pressed twice within this time, Ctrl-C leaves.
const TWICE: Duration = Duration::from_secs(1);
/// How long the program sleeps at the most while something typed is not kept yet.
const SOON: Duration = Duration::from_millis(300);

/// The open journal.
pub struct Desk {
    store: Store,
    scope: Scope,
    who: Option<Named>,
    panes: Panes,
    overlays: Vec<Box<dyn Overlay>>,
    said: Said,
    /// The change that was named when undo was first asked for.
    to_undo: Option<i64>,
    clipboard: String,
    /// What lies over the screen while it is hidden.
    hidden: Option<Veil>,
    /// Something else wrote over the screen: it has to be drawn as a whole.
    redraw: bool,
    /// How the program was asked to look; the settings may want ASCII signs besides.
    asked: Look,
    drawn: Drawn,
    interrupted: Option<Duration>,
    /// Whether nothing of an import was left to be hidden or cleared away.
    was_tidy: bool,
    /// The day on which the bin was last looked through for what is too old.
    tidied: Option<NaiveDate>,
    whose: Journal,
    /// How far this copy went when it was opened, where it lacks something of the one last used.
    behind: Option<Reach>,
    /// Why it is to be locked, once it is.
    closing: Option<Closing>,
    /// What goes on beside the panes.
    beside: Beside,
    done: bool,
}

/// Why the journal is to be locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The writer asked for it.
    Asked,
    /// The file is no longer the one that was opened.
    Moved,
}

/// Whose journal is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Journal {
    /// The writer's own.
    Own,
    /// The made-up one, to look around in.
    MadeUp,
}

/// The panes, and which of them is shown.
struct Panes {
    place: Place,
    people: People,
    brief: Brief,
    today: Today,
    sessions: Sessions,
    commitments: Commitments,
    goals: Goals,
    trust: Trust,
    agreement: Agreements,
}

impl Panes {
    /// The panes as the program begins with them.
    fn new(now: Moment) -> Self {
        Self {
            place: Place::Today,
            people: People::new(now.date_naive()),
            brief: Brief::new(now),
            today: Today::new(now),
            sessions: Sessions::new(now),
            commitments: Commitments::new(now),
            goals: Goals::new(now),
            trust: Trust::new(now),
            agreement: Agreements::new(now),
        }
    }

    fn shown(&mut self) -> &mut dyn Pane {
        match self.place {
            Place::Brief => &mut self.brief,
            Place::Today => &mut self.today,
            Place::Sessions => &mut self.sessions,
            Place::Commitments => &mut self.commitments,
            Place::Goals => &mut self.goals,
            Place::Trust => &mut self.trust,
            Place::Agreement => &mut self.agreement,
            _ => &mut self.people,
        }
    }
}

/// What the status line says until the next key.
#[derive(Default)]
struct Said {
    words: String,
    tone: Tone,
}

impl Desk {
    /// Opens the journal on what is due and next, and offers what was being written when the
    /// program ended.
    pub fn open(mut store: Store, look: &Look, outside: &dyn Outside) -> Result<Self> {
        store.stop_reading_when(outside.key_waits())?;
        let now = outside.now();
        let panes = Panes::new(now);
        let mut desk = Self {
            store,
            scope: Scope::Everyone,
            who: None,
            panes,
            overlays: Vec::new(),
            said: Said::default(),
            to_undo: None,
            clipboard: String::new(),
            hidden: None,
            redraw: false,
            asked: *look,
            drawn: Drawn::default(),
            interrupted: None,
            was_tidy: true,
            tidied: None,
            whose: Journal::Own,
            behind: None,
            closing: None,
            beside: Beside::default(),
            done: false,
        };
        desk.reload(outside)?;
        desk.take_in_left_texts(outside)?;
        desk.offer_recovered(outside)?;
        desk.look_at_copy(outside)?;
        Ok(desk)
    }

    /// Shows one thing; for the first start, which goes on with the person that was added.
    pub fn go(&mut self, target: Target, outside: &mut dyn Outside) {
        self.follow(Ok(Outcome::Go(target)), outside);
    }

    /// Says that all of it is made up: the header shows it as long as it is open.
    pub fn say_made_up(&mut self) {
        self.whose = Journal::MadeUp;
        let says = "A made-up journal to look around in; nothing here is yours. q leaves it.";
        self.notice(says.to_owned());
    }

    /// Whether the program is to end.
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// How it looks: as it was asked to, and as the settings want it.
    pub const fn look(&self) -> Look {
        self.asked.or_ascii(self.store.settings().ascii)
    }

    /// Whether the whole screen is to be drawn anew; true once for each time.
    pub fn take_redraw(&mut self) -> bool {
        std::mem::take(&mut self.redraw)
    }

    /// Whether a passphrase protects the journal.
    pub const fn is_encrypted(&self) -> bool {
        self.store.is_encrypted()
    }

    /// After how much time without a key it locks itself, if it does.
    pub fn lock_after(&self) -> Option<Duration> {
        let minutes = self.store.settings().lock_minutes?;
        Some(Duration::from_mins(minutes.into()))
    }

    /// Why the journal is to be locked, if it is; said once.
    pub const fn take_closing(&mut self) -> Option<Closing> {
        self.closing.take()
    }

    /// Saves what can be saved and closes the journal. What is on the screen stays in memory, to
    /// come back to; an error says that some of it is nowhere else.
    pub fn lock(&mut self, outside: &dyn Outside) -> Result<()> {
        self.said = Said::default();
        let kept = self.keep_with(outside, |pane, cx| pane.save(cx));
        self.overlays.retain(|overlay| !overlay.ends_when_locked());
        self.store.lock()?;
        kept
    }

    /// Opens the journal again and goes on where it was left.
    pub fn unlock(&mut self, secret: Option<Secret<'_>>, outside: &mut dyn Outside) -> Result<()> {
        let stamp = Stamp { now: outside.now(), origin: self.store.origin() };
        self.store.unlock(secret, stamp)?;
        (self.hidden, self.redraw, self.to_undo) = (None, true, None);
        let reloaded = self.reload(outside).map(|()| Outcome::Done);
        self.follow(reloaded, outside);
        Ok(())
    }

    /// Asks for a new passphrase: the journal was opened by its words.
    pub fn ask_new_passphrase(&mut self) {
        self.overlays.push(Box::new(Passphrase::recovered()));
        let says = "The words open it. Give it a new passphrase; Esc leaves the old one.";
        self.notice(says.to_owned());
    }

    fn offer_recovered(&mut self, outside: &dyn Outside) -> Result<bool> {
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        let found = Recovered::find(&mut cx, |process| outside.is_running(process))?;
        let any = found.is_some();
        self.overlays.extend(found.map(|found| Box::new(found) as Box<dyn Overlay>));
        Ok(any)
    }

    /// Calls `work` with the pane that is shown and what it may use.
    fn pane<R>(
        &mut self,
        outside: &dyn Outside,
        work: impl FnOnce(&mut dyn Pane, &mut Cx<'_>) -> R,
    ) -> R {
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        work(self.panes.shown(), &mut cx)
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
                    if self.panes.place == Place::Brief {
                        self.panes.place = Place::People;
                    }
                    None
                }
                Err(error) => return Err(error),
            },
        };
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        self.panes.shown().reload(&mut cx)?;
        for overlay in &mut self.overlays {
            overlay.reload(&mut cx)?;
        }
        if let Some(told) = self.panes.shown().told() {
            // Over the screen: who types on must not do so to what is shown now.
            self.overlays.push(Box::new(Notice::new("Gone meanwhile", told)));
        }
        Ok(())
    }

    /// Where keys go now.
    fn place_of_keys(&mut self) -> Place {
        match self.overlays.last() {
            Some(overlay) => overlay.place(),
            None => self.panes.shown().place(),
        }
    }

    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent, outside: &mut dyn Outside) {
        let Some(key) = Key::from_event(event) else { return };
        if self.hidden.is_some() {
            self.key_while_hidden(keymap::action(Place::Hidden, key), outside);
            return;
        }
        let action = keymap::action(self.place_of_keys(), key);
        if action != Some(Action::Undo) {
            self.to_undo = None;
        }
        self.said = Said::default();
        let outcome = match (action, self.overlays.pop()) {
            (Some(Action::Hide), overlay) => {
                self.overlays.extend(overlay);
                self.hide()
            }
            (Some(Action::Help), Some(overlay)) => {
                let help = Choose::help(overlay.place(), self.look().glyphs.ascii);
                self.overlays.push(overlay);
                Ok(Outcome::Open(Box::new(help)))
            }
            // A form may have something selected to copy; from any other box Ctrl-C is for leaving.
            (Some(Action::Interrupt), Some(overlay))
                if !matches!(
                    overlay.place(),
                    Place::Form | Place::FormText | Place::FormActing
                ) =>
            {
                self.overlays.push(overlay);
                Ok(Outcome::Ignored)
            }
            (action, Some(overlay)) => {
                self.over(overlay, outside, |box_, cx| box_.key(key, action, cx))
            }
            (None | Some(Action::Interrupt), None) => {
                self.pane(outside, |pane, cx| pane.type_key(event, cx))
            }
            (Some(action), None) => self.act(action, outside),
        };
        let outcome = match outcome {
            Ok(Outcome::Ignored) if action == Some(Action::Interrupt) => {
                Ok(self.interrupt(outside))
            }
            other => other,
        };
        self.follow(outcome, outside);
    }

    /// Lets a box that was taken off handle something, and puts it back where it stays.
    fn over(
        &mut self,
        mut overlay: Box<dyn Overlay>,
        outside: &dyn Outside,
        work: impl FnOnce(&mut dyn Overlay, &mut Cx<'_>) -> Result<Step>,
    ) -> Result<Outcome> {
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        match work(overlay.as_mut(), &mut cx) {
            Ok(Step::Close(outcome)) => Ok(outcome),
            Ok(Step::Stay(outcome)) => {
                self.overlays.push(overlay);
                Ok(outcome)
            }
            Err(error) => {
                self.overlays.push(overlay);
                Err(error)
            }
        }
    }

    fn key_while_hidden(&mut self, action: Option<Action>, outside: &mut dyn Outside) {
        match action {
            Some(Action::Lock) if self.store.is_encrypted() => self.closing = Some(Closing::Asked),
            Some(Action::Hide | Action::Lock) => self.hidden = None,
            Some(Action::Quit) => self.leave(outside),
            Some(Action::Interrupt) => {
                if let Outcome::Say(words) = self.interrupt(outside) {
                    self.say_hidden(&words);
                }
            }
            _ => {}
        }
    }

    /// Hides names and words. What was said before may hold either.
    fn hide(&mut self) -> Result<Outcome> {
        self.hidden = Some(Veil::new(&self.store.people()?));
        Ok(Outcome::Done)
    }

    fn say_hidden(&mut self, words: &str) {
        if let Some(veil) = &mut self.hidden {
            words.clone_into(&mut veil.says);
        }
    }

    /// Ctrl-C with nothing selected says how to leave, and leaves at the second time.
    fn interrupt(&mut self, outside: &mut dyn Outside) -> Outcome {
        let now = outside.ticks();
        if self.interrupted.is_some_and(|before| now.saturating_sub(before) < TWICE) {
            self.leave(outside);
            return Outcome::Done;
        }
        self.interrupted = Some(now);
        Outcome::Say("Press q to quit, or Ctrl-C once more. Everything is kept.".to_owned())
    }

    /// Saves what is being written, and leaves it.
    fn keep(&mut self, outside: &dyn Outside) -> Result<()> {
        self.keep_with(outside, |pane, cx| pane.keep(cx))
    }

    fn keep_with(
        &mut self,
        outside: &dyn Outside,
        keep: impl Fn(&mut dyn Pane, &mut Cx<'_>) -> Result<Outcome>,
    ) -> Result<()> {
        match self.keep_once(outside, &keep) {
            // There is room now, for this one time.
            Err(Error::AlmostFull) => self.keep_once(outside, &keep),
            done => done,
        }
    }

    fn keep_once(
        &mut self,
        outside: &dyn Outside,
        keep: impl Fn(&mut dyn Pane, &mut Cx<'_>) -> Result<Outcome>,
    ) -> Result<()> {
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        for overlay in &mut self.overlays {
            overlay.keep(&mut cx)?;
        }
        if let Outcome::Open(question) = keep(self.panes.shown(), &mut cx)? {
            self.overlays.push(question);
        }
        Ok(())
    }

    /// Saves and ends. Where something has to be decided first, the program stays; where saving
    /// fails, leaving all the same wants a word.
    fn leave(&mut self, outside: &dyn Outside) {
        let before = self.overlays.len();
        match self.keep(outside) {
            Ok(()) => {
                self.overlays.extend(self.ask_to_break_off().map(|ask| Box::new(ask) as Box<_>));
                self.done = self.overlays.len() == before;
            }
            Err(Error::Moved) => self.failed(&Error::Moved),
            Err(error) => self.overlays.push(Box::new(Ask::leave(&error))),
        }
        if !self.done {
            self.say_hidden("Something has to be decided before you leave: Ctrl-G shows it.");
        }
    }

    /// The program has to end now, whatever is on the screen: keeps what can be kept.
    pub fn end(&mut self, outside: &dyn Outside) -> Result<()> {
        self.keep(outside)
    }

    /// Takes pasted text. Where nothing is being written it is not taken for commands.
    pub fn paste(&mut self, pasted: &str, outside: &mut dyn Outside) {
        if self.hidden.is_some() {
            return;
        }
        self.said = Said::default();
        let outcome = self.put_in(pasted, outside);
        let outcome = match outcome {
            Ok(Outcome::Ignored) => Ok(Outcome::Say(
                "Nothing is being written here, so nothing was pasted. `e` writes notes."
                    .to_owned(),
            )),
            other => other,
        };
        self.follow(outcome, outside);
    }

    fn put_in(&mut self, pasted: &str, outside: &dyn Outside) -> Result<Outcome> {
        match self.overlays.pop() {
            None => self.pane(outside, |pane, cx| pane.paste(pasted, cx)),
            Some(overlay) => self.over(overlay, outside, |box_, cx| box_.paste(pasted, cx)),
        }
    }

    /// Takes the mouse.
    pub fn mouse(&mut self, event: MouseEvent, outside: &mut dyn Outside) {
        if self.hidden.is_some() {
            return;
        }
        let at = Position { x: event.column, y: event.row };
        let mut hint = None;
        if event.kind == MouseEventKind::Down(MouseButton::Left) {
            self.said = Said::default();
            hint = self.drawn.at(at);
        }
        let outcome = match (hint, self.overlays.pop()) {
            (Some(action), None) => self.act(action, outside),
            (Some(action), Some(overlay)) => {
                let place = overlay.place();
                let row = keymap::rows(place).find(|row| row.action == action);
                // A click on a hint is its key.
                if let Some(key) = row.and_then(|row| row.keys.first()) {
                    self.over(overlay, outside, |box_, cx| box_.key(*key, Some(action), cx))
                } else {
                    self.overlays.push(overlay);
                    Ok(Outcome::Ignored)
                }
            }
            (None, None) => self.pane(outside, |pane, cx| pane.mouse(event, cx)),
            (None, Some(overlay)) => self.over(overlay, outside, |box_, cx| box_.mouse(event, cx)),
        };
        self.follow(outcome, outside);
    }

    /// Does what was asked for. The one place where outcomes are followed.
    fn follow(&mut self, outcome: Result<Outcome>, outside: &mut dyn Outside) {
        if let Err(error) = outcome.and_then(|outcome| self.follow_one(outcome, outside)) {
            self.failed(&error);
        }
    }

    fn follow_one(&mut self, outcome: Outcome, outside: &mut dyn Outside) -> Result<()> {
        match outcome {
            Outcome::Ignored | Outcome::Done => {}
            Outcome::Changed(words) => {
                self.notice(words);
                self.reload(outside)?;
            }
            Outcome::GoOn(words, overlay) => {
                self.notice(words);
                self.reload(outside)?;
                self.overlays.push(overlay);
            }
            Outcome::Say(words) => self.said = Said { words, tone: Tone::Plain },
            Outcome::Warn(words) => self.warn(words),
            Outcome::Open(overlay) => self.overlays.push(overlay),
            Outcome::Fill(sheet) => {
                let cx = Cx::new(&mut self.store, self.scope, outside);
                let open = OpenSheet::new(sheet, &cx);
                self.overlays.push(Box::new(open));
            }
            Outcome::Restore(backup) => {
                self.restore(*backup, outside)?;
            }
            Outcome::CopyOut => self.follow_one(Self::copy_out(outside), outside)?,
            Outcome::Go(target) => self.show(target, outside)?,
            Outcome::Act(action) => {
                let next = self.act(action, outside)?;
                self.follow_one(next, outside)?;
            }
            Outcome::Chosen(choice) => {
                let next = self.chosen(choice, outside)?;
                self.follow_one(next, outside)?;
            }
            Outcome::Confirmed(action) => {
                let next = self.confirmed(action)?;
                self.follow_one(next, outside)?;
            }
            Outcome::Settled(session, layer, words) => {
                self.panes.sessions.forget_unsaved(session, layer);
                self.notice(words);
                self.reload(outside)?;
            }
            Outcome::Copy(text, what) => {
                outside.copy(&text);
                self.notice(format!("Copied {what}."));
                self.clipboard = text;
            }
            Outcome::Paste => {
                let clipboard = std::mem::take(&mut self.clipboard);
                let pasted = self.put_in(&clipboard, outside);
                self.clipboard = clipboard;
                self.follow_one(pasted?, outside)?;
            }
            Outcome::HandOff(text) => self.hand_off(&text, outside)?,
            Outcome::Bring(what) => self.bring(what, outside),
            Outcome::Write { path, content, says } => match outside.write_file(&path, &content) {
                Ok(name) => self.notice(format!("Written to {name}{says}")),
                Err(why) => self.warn(why),
            },
        }
        Ok(())
    }

    fn show(&mut self, target: Target, outside: &mut dyn Outside) -> Result<()> {
        self.keep(outside)?;
        self.overlays.retain(|overlay| overlay.is_question());
        self.scope = match target.then {
            Then::Goal(goal) => self.scope_showing(goal, target.scope)?,
            _ => target.scope,
        };
        self.panes.place = target.place;
        self.reload(outside)?;
        if let Some(words) = target.say {
            self.notice(words);
        }
        if let Then::Goal(goal) = target.then {
            let mut cx = Cx::new(&mut self.store, self.scope, outside);
            self.panes.goals.show_goal(goal, &mut cx)?;
        }
        if let Some(session) = target.session {
            let next = self.pane(outside, |pane, cx| pane.show(session, &target.then, cx))?;
            self.follow_one(next, outside)?;
        }
        Ok(())
    }

    /// Whose goals to show so that this one is among them: those shown now, if it is.
    fn scope_showing(&self, goal: Id<Goal>, otherwise: Scope) -> Result<Scope> {
        let shown = match self.scope {
            Scope::Everyone => true,
            Scope::One(with) => {
                self.store.shared_with(goal)?.iter().any(|named| named.relationship == with)
            }
        };
        Ok(if shown { self.scope } else { otherwise })
    }

    fn failed(&mut self, error: &Error) {
        match error {
            // What is made up lies in a folder of this very process, and nothing of it is missed.
            Error::Moved if self.whose == Journal::Own => self.closing = Some(Closing::Moved),
            Error::Stale => {
                let words = "That was changed elsewhere meanwhile; here is how it stands now.";
                self.warn(words.to_owned());
            }
            other => self.warn(other.to_string()),
        }
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
        let seen = self.store.look().and_then(|seen| match seen {
            Seen::Same => Ok(false),
            Seen::Written => self.reload(outside).map(|()| true),
            Seen::Moved => Err(Error::Moved),
        });
        let ticked = seen.and_then(|changed| Ok(changed | self.tick_overlays(outside)?));
        let mut changed = match ticked {
            Ok(changed) => changed,
            Err(error) => {
                self.failed(&error);
                true
            }
        };
        let is_tidy = self.tidy(outside).unwrap_or_else(|error| {
            self.failed(&error);
            true
        });
        let outcome = self.pane(outside, |pane, cx| pane.tick(cx));
        changed |= !matches!(outcome, Ok(Outcome::Ignored));
        self.follow(outcome, outside);
        changed | self.go_on_arriving(is_tidy, outside)
    }

    /// Once a day, what lies in the bin for long goes for good. What an import left that was broken
    /// off or taken back goes bit by bit; says whether nothing of that is left.
    fn tidy(&mut self, outside: &dyn Outside) -> Result<bool> {
        let tidied = self.store.tidy_arrivals(|process| outside.is_running(process), Tidying::Bit);
        let is_tidy = match tidied {
            Ok(is_tidy) => is_tidy,
            Err(Error::Busy | Error::ReadOnly | Error::Full) => true,
            Err(error) => return Err(error),
        };
        if !is_tidy || !self.was_tidy {
            // Some of it may just have been hidden.
            self.reload(outside)?;
        }
        self.was_tidy = is_tidy;
        let now = outside.now();
        if self.tidied != Some(now.date_naive()) {
            self.tidied = Some(now.date_naive());
            self.store.tidy_bin(now)?;
            // Those that were left when the program ended in the midst of it.
            self.store.encrypt_backups(|_, _| {})?;
        }
        Ok(is_tidy)
    }

    fn tick_overlays(&mut self, outside: &mut dyn Outside) -> Result<bool> {
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        let mut changed = false;
        for overlay in &mut self.overlays {
            changed |= overlay.tick(&mut cx)?;
        }
        let mut ended = Vec::new();
        self.overlays.retain_mut(|overlay| {
            let outcome = overlay.ended();
            let stays = outcome.is_none();
            ended.extend(outcome);
            stays
        });
        for outcome in ended {
            self.follow(outcome, outside);
            changed = true;
        }
        Ok(changed)
    }

    /// How long the program may sleep if no key comes.
    pub fn patience(&mut self, ticks: Duration) -> Option<Duration> {
        let waiting = self.overlays.iter_mut().any(|overlay| overlay.is_waiting());
        let pane = self.panes.shown().patience(ticks);
        waiting.then_some(SOON).into_iter().chain(pane).chain(self.beside.due()).min()
    }

    /// Draws the screen.
    pub fn render(&mut self, frame: &mut Frame<'_>, outside: &dyn Outside) {
        let look = &self.look();
        let today = outside.now().date_naive();
        let day = (today.format("%a %-d %b").to_string(), today.format("%-d %b").to_string());
        let hidden = self.hidden.clone();
        let name = self.who.as_ref().map(|named| match &hidden {
            Some(veil) => veil.alias(&named.name).to_owned(),
            None => named.name.clone(),
        });
        let mut chrome = Chrome {
            whose: name.as_deref().map_or(Whose::Everyone, Whose::Person),
            pane: self.panes.place,
            place: self.place_of_keys(),
            encrypted: self.store.is_encrypted(),
            made_up: self.whose == Journal::MadeUp,
            day: (&day.0, &day.1),
            status: "",
            tone: Tone::Plain,
            saved: "",
        };
        let (status, saved) = self.panes.shown().status();
        let beside = self.beside.says().unwrap_or_default();
        let is_writing = matches!(self.panes.shown().place(), Place::Writing | Place::Find);
        let saved = match (is_writing, saved.is_empty(), beside.1.is_empty()) {
            (false, ..) | (true, _, true) => saved,
            (true, true, false) => beside.1,
            (true, false, false) => format!("{saved} · {}", beside.1),
        };
        chrome.saved = &saved;
        if let Some(veil) = &hidden {
            (chrome.place, chrome.saved) = (Place::Hidden, "");
            chrome.status = match veil.says.as_str() {
                "" => "Hidden. Ctrl-G shows everything again.",
                says => says,
            };
        } else if self.said.words.is_empty() {
            chrome.status = if is_writing || beside.0.is_empty() { &status } else { &beside.0 };
            if status == wording::writing(Layer::Reflection) {
                chrome.tone = Tone::Private;
            }
        } else {
            chrome.status = &self.said.words;
            chrome.tone = self.said.tone;
        }
        let Some(drawn) = frame::render(frame, &chrome, look) else {
            self.drawn = Drawn::default();
            return;
        };
        let body = drawn.body;
        self.drawn = drawn;
        let inset = body.inner(Margin { horizontal: 1, vertical: 0 });
        self.panes.shown().render(frame, inset, look);
        for overlay in &mut self.overlays {
            overlay.render(frame, body, look);
        }
        if let Some(veil) = &hidden {
            veil.lay(frame.buffer_mut(), body, look);
        }
    }
}
