//! The locked journal: nothing of it is shown, and a passphrase opens it.
//!
//! What lay open is kept aside, with what was being written, and comes back as it was left. Its
//! connection is closed and the key is wiped.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crossterm::event::{Event, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::backup_list::BackupList;
use super::chooser::{Choice, Chooser};
use super::desk::Desk;
use super::frame::{self, Chrome, Drawn, Tone, Whose};
use super::key::Key;
use super::keymap::{self, Action, Place};
use super::list::Click;
use super::outside::Outside;
use super::putting_back::{self, Agreed, Here, Of, PuttingBack};
use super::secret::{Given, SecretField};
use super::text;
use super::theme::Look;
use crate::domain::{Origin, Stamp, dates};
use crate::store::{BackupFile, Error, Opens, Passphrase, Result, Secret, Store};

/// Pressed twice within this time, Ctrl-C leaves.
const TWICE: Duration = Duration::from_secs(1);

/// What is said where something opens a backup, and not the journal.
const OPENS_BACKUP: &str = "That is not the passphrase that is set now, but one of the backups opens with it: was it changed since? Type the new one, or put that backup back: F2 shows them.";
const WORDS_OPEN_BACKUP: &str = "Those are not the words of the passphrase that is set now, but one of the backups opens with them. F2 shows the backups, to put one back.";

/// Why the journal is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The program has just started.
    Started,
    /// The writer asked for it.
    Asked,
    /// Nobody typed for so long.
    Idle(Duration),
    /// The machine slept.
    Slept,
    /// The file is no longer the one that was opened.
    Moved,
}

/// The locked journal.
pub struct Locked {
    path: PathBuf,
    look: Look,
    why: Why,
    /// What lay open.
    desk: Option<Box<Desk>>,
    /// Whether something that was written is nowhere but here.
    unsaved: bool,
    /// Whether the file asks for a passphrase.
    asks: bool,
    /// Where the passphrase or the words are typed.
    field: SecretField,
    tries: u32,
    /// What can take the journal's place, where it is damaged.
    offer: Option<Offer>,
    /// The backups to choose from, and the one that was chosen.
    backups: Option<BackupList>,
    putting: Option<PuttingBack>,
    said: String,
    help: Option<Chooser<Action>>,
    drawn: Drawn,
    interrupted: Option<Duration>,
}

/// What can be done about a damaged journal.
struct Offer {
    /// The newest sound backup; none where only others' passphrases can tell.
    newest: Option<BackupFile>,
    /// What opens it.
    passphrase: Option<Passphrase>,
    says: String,
}

impl Offer {
    /// Looks for it, where that is what is wrong.
    fn find(
        path: &Path,
        damage: &Error,
        passphrase: Option<Passphrase>,
        outside: &dyn Outside,
    ) -> Option<Self> {
        if !matches!(damage, Error::Damaged | Error::HeaderDamaged { .. } | Error::NotAJournal(_)) {
            return None;
        }
        let newest = Store::newest_good_backup(path, passphrase.as_ref());
        let says = match &newest {
            Some(backup) => {
                let today = outside.now().date_naive();
                let made = backup.made.map_or_else(String::new, |made| {
                    format!(", of {} {}", dates::day(made.date(), today), made.format("%H:%M"))
                });
                format!(
                    "Enter puts the newest sound backup in its place{made}, and keeps the damaged file among the backups."
                )
            }
            None if Store::backups_of(path).iter().any(BackupFile::is_encrypted) => {
                "Enter shows its backups: each opens with the passphrase it was made with, or its recovery words, and can take its place. The damaged file is kept.".to_owned()
            }
            None => return None,
        };
        let says = format!(
            "The journal file does not read as it was written. It was not changed. {says} Esc leaves everything as it is."
        );
        Some(Self { newest, passphrase, says })
    }
}

/// What came of a key.
pub enum Step {
    /// It stays locked.
    Stay,
    /// The program is to end.
    Left,
    /// It is open.
    Opened(Box<Desk>),
}

impl Locked {
    /// The journal at `path`, which was not opened yet.
    pub fn at_start(path: PathBuf, look: &Look) -> Self {
        let asks = Store::asks_for_passphrase(&path).unwrap_or(true);
        Self::new(path, look, Why::Started, None, asks)
    }

    /// The journal at `path`, which is damaged: with the newest sound backup of it. None where there
    /// is none, and no passphrase could open one.
    pub fn damaged(
        path: PathBuf,
        look: &Look,
        damage: &Error,
        outside: &dyn Outside,
    ) -> Option<Self> {
        let offer = Offer::find(&path, damage, None, outside);
        let mut locked = Self::at_start(path, look);
        // The passphrase that came from a command does not stay in memory; here it can be typed.
        let asks = locked.asks && matches!(damage, Error::HeaderDamaged { .. } | Error::Damaged);
        if offer.is_none() && !asks {
            return None;
        }
        locked.offer = offer;
        locked.said = damage.to_string();
        Some(locked)
    }

    /// Closes an open journal. What was being written is saved first, where that can be.
    pub fn close(path: PathBuf, why: Why, mut desk: Box<Desk>, outside: &dyn Outside) -> Self {
        let (asked, look) = (desk.is_encrypted(), desk.look());
        let unsaved = desk.lock(outside).is_err();
        // Where it cannot be told, it is as it was.
        let asks = Store::asks_for_passphrase(&path).unwrap_or(asked);
        Self { unsaved, ..Self::new(path, &look, why, Some(desk), asks) }
    }

    fn new(path: PathBuf, look: &Look, why: Why, desk: Option<Box<Desk>>, asks: bool) -> Self {
        Self {
            path,
            look: *look,
            why,
            desk,
            unsaved: false,
            asks,
            field: SecretField::of_journal(),
            tries: 0,
            offer: None,
            backups: None,
            putting: None,
            said: String::new(),
            help: None,
            drawn: Drawn::default(),
            interrupted: None,
        }
    }

    /// Takes what the terminal reports.
    pub fn event(&mut self, event: Event, outside: &mut dyn Outside) -> Step {
        match event {
            Event::Key(key) => self.key(key, outside),
            Event::Paste(pasted) => {
                match &mut self.help {
                    Some(help) => help.paste(&pasted),
                    None => match &mut self.putting {
                        Some(putting) => putting.paste(&pasted),
                        None if self.asks && self.backups.is_none() => self.field.paste(&pasted),
                        None => {}
                    },
                }
                Step::Stay
            }
            Event::Mouse(mouse) => self.mouse(mouse, outside),
            _ => Step::Stay,
        }
    }

    fn key(&mut self, event: KeyEvent, outside: &mut dyn Outside) -> Step {
        let Some(key) = Key::from_event(event) else { return Step::Stay };
        if let Some(help) = &mut self.help {
            let choice = help.key(key);
            return self.helped(&choice, outside);
        }
        let action = keymap::action(self.place(), key);
        match action {
            Some(Action::Interrupt) => return self.interrupt(outside),
            Some(Action::Help) => {
                self.help = Some(Chooser::help(self.place(), self.look.glyphs.ascii));
                return Step::Stay;
            }
            _ => {}
        }
        if let Some(putting) = &mut self.putting {
            return match putting.key(key, action, Of::Closed(&self.path)) {
                putting_back::Step::Stay => Step::Stay,
                putting_back::Step::Left => {
                    self.putting = None;
                    Step::Stay
                }
                putting_back::Step::Agreed(agreed) => self.put_back(*agreed, false, outside),
            };
        }
        if self.backups.is_some() {
            return self.list_key(action, outside);
        }
        match action {
            Some(Action::Open) => return self.open(outside),
            Some(Action::Backups) => self.show_backups(outside),
            Some(Action::Back) => {
                self.offer = None;
                self.said.clear();
                self.field.key(key, action);
            }
            _ if self.asks && self.offer.is_none() => {
                if action == Some(Action::NextPart) {
                    self.said.clear();
                }
                self.field.key(key, action);
            }
            _ => {}
        }
        Step::Stay
    }

    /// Takes a key on the list of backups.
    fn list_key(&mut self, action: Option<Action>, outside: &dyn Outside) -> Step {
        let Some(list) = &mut self.backups else { return Step::Stay };
        self.said.clear();
        match action {
            Some(Action::Back) => self.backups = None,
            Some(Action::Restore) => self.choose(outside),
            Some(action) => list.go(action),
            None => {}
        }
        Step::Stay
    }

    /// Lists the backups, to put one back although the journal does not open.
    fn show_backups(&mut self, outside: &dyn Outside) {
        let backups = Store::backups_of(&self.path);
        if backups.is_empty() {
            "There is no backup beside the journal.".clone_into(&mut self.said);
            return;
        }
        self.said.clear();
        self.backups = Some(BackupList::new(backups, outside.now().date_naive()));
    }

    /// Goes on with the backup that is selected.
    fn choose(&mut self, outside: &dyn Outside) {
        let Some(list) = &self.backups else { return };
        let Some(backup) = list.selected() else { return };
        let here = Here {
            written: Store::written_at(&self.path),
            encrypted: self.asks,
            now: outside.now(),
        };
        match PuttingBack::new(backup, list.title(backup), here, Of::Closed(&self.path)) {
            Ok(putting) => self.putting = Some(putting),
            Err(error) => self.said = error.to_string(),
        }
    }

    fn mouse(&mut self, event: MouseEvent, outside: &mut dyn Outside) -> Step {
        if event.kind != MouseEventKind::Down(MouseButton::Left) {
            return Step::Stay;
        }
        let at = Position { x: event.column, y: event.row };
        if let Some(help) = &mut self.help {
            let choice = help.click(at);
            return self.helped(&choice, outside);
        }
        if let Some(action) = self.drawn.at(at) {
            return self.press(action, outside);
        }
        match (&mut self.putting, &mut self.backups) {
            (Some(putting), _) => putting.mouse(event),
            (None, Some(list)) => {
                if list.mouse(event) == Click::Again {
                    self.choose(outside);
                }
            }
            (None, None) => self.field.click(at),
        }
        Step::Stay
    }

    fn helped(&mut self, choice: &Choice<Action>, outside: &mut dyn Outside) -> Step {
        if *choice != Choice::Open {
            self.help = None;
        }
        match choice {
            Choice::Chosen(action) => self.press(*action, outside),
            Choice::Open | Choice::Closed => Step::Stay,
        }
    }

    /// Presses the key of an action: a line of the help, or a hint that was clicked.
    fn press(&mut self, action: Action, outside: &mut dyn Outside) -> Step {
        let row = keymap::rows(self.place()).find(|row| row.action == action);
        row.and_then(|row| row.keys.first())
            .map_or(Step::Stay, |key| self.key(key.to_event(), outside))
    }

    /// Ctrl-C says how to leave, and leaves at the second time.
    fn interrupt(&mut self, outside: &dyn Outside) -> Step {
        let now = outside.ticks();
        if self.interrupted.is_some_and(|before| now.saturating_sub(before) < TWICE) {
            return Step::Left;
        }
        self.interrupted = Some(now);
        let says = if self.unsaved {
            "What you were writing is saved only when you unlock. Ctrl-C once more leaves without it."
        } else {
            "Ctrl-C once more leaves. The journal stays locked."
        };
        says.clone_into(&mut self.said);
        Step::Stay
    }

    /// Puts the backup that is offered in the place of the damaged journal, and opens it.
    fn put_newest_back(&mut self, offer: Offer, outside: &mut dyn Outside) -> Step {
        let Some(newest) = offer.newest else {
            self.show_backups(outside);
            return Step::Stay;
        };
        let given = offer.passphrase.map(Given::Passphrase);
        let secret = given.as_ref().map(Given::secret);
        match Store::ready_backup(&self.path, &newest.path, secret) {
            Ok(backup) => self.put_back(Agreed { backup, given }, true, outside),
            Err(error) => {
                self.said = error.to_string();
                Step::Stay
            }
        }
    }

    /// Puts a backup in the journal's place and opens it by what opened the backup: by the same as
    /// until now, where that was typed for the journal itself.
    fn put_back(&mut self, agreed: Agreed, same: bool, outside: &mut dyn Outside) -> Step {
        let was_encrypted = self.asks;
        let Agreed { backup, given } = agreed;
        (self.putting, self.backups) = (None, None);
        let done = backup.put_back(&self.path, stamp(outside)).and_then(|restored| {
            if let Some(id) = &restored.id {
                // That is the one to go on with, and no older copy that came here by mistake.
                let last = outside.last_use(id).after(restored.reach, false);
                outside.remember_use(id, &last);
            }
            if !self.unsaved {
                // What lay open was of the file that is a backup now.
                self.desk = None;
            }
            let desk = self.try_open(given.as_ref().map(Given::secret), outside)?;
            Ok((restored, desk))
        });
        match done {
            Ok((mut restored, mut desk)) => {
                if same && restored.opens == Opens::ByAnother {
                    restored.opens = Opens::AsNow;
                }
                let by_words = given.is_some_and(|given| given.is_words());
                desk.say_put_back(&restored, was_encrypted, by_words, outside);
                Step::Opened(desk)
            }
            Err(error) => {
                self.asks = Store::asks_for_passphrase(&self.path).unwrap_or(self.asks);
                self.said = error.to_string();
                Step::Stay
            }
        }
    }

    fn open(&mut self, outside: &mut dyn Outside) -> Step {
        if let Some(offer) = self.offer.take() {
            return self.put_newest_back(offer, outside);
        }
        if self.asks && self.field.is_empty() {
            "Type the passphrase, then Enter.".clone_into(&mut self.said);
            return Step::Stay;
        }
        let given = match self.asks.then(|| self.field.give()).transpose() {
            Ok(given) => given,
            Err(error) => {
                self.said = error.to_string();
                return Step::Stay;
            }
        };
        match self.try_open(given.as_ref().map(Given::secret), outside) {
            Ok(mut desk) => {
                // Who has only the words wants another passphrase next.
                if given.is_some_and(|given| given.is_words()) {
                    desk.ask_new_passphrase();
                }
                Step::Opened(desk)
            }
            Err(Error::PassphraseWrong) => {
                self.tries += 1;
                let tries = match self.tries {
                    1 => "That is not the passphrase. Try again; there is no limit.".to_owned(),
                    n => format!("That is not the passphrase. {n} tries so far; no limit."),
                };
                self.said = tries;
                Step::Stay
            }
            Err(error) => {
                self.asks = Store::asks_for_passphrase(&self.path).unwrap_or(self.asks);
                self.said = match error {
                    Error::OpensBackup { .. } => OPENS_BACKUP.to_owned(),
                    Error::WordsOpenBackup { .. } => WORDS_OPEN_BACKUP.to_owned(),
                    ref other => other.to_string(),
                };
                let passphrase = match given {
                    Some(Given::Passphrase(passphrase)) => Some(passphrase),
                    _ => None,
                };
                self.offer = Offer::find(&self.path, &error, passphrase, outside);
                Step::Stay
            }
        }
    }

    fn try_open(
        &mut self,
        secret: Option<Secret<'_>>,
        outside: &mut dyn Outside,
    ) -> Result<Box<Desk>> {
        if let Some(desk) = &mut self.desk {
            desk.unlock(secret, outside)?;
        }
        if let Some(desk) = self.desk.take() {
            return Ok(desk);
        }
        let store = Store::open_by(&self.path, secret, stamp(outside))?;
        Ok(Box::new(Desk::open(store, &self.look, outside)?))
    }

    /// Whose keys hold now.
    const fn place(&self) -> Place {
        match (&self.putting, &self.backups, &self.offer) {
            (Some(putting), ..) => putting.place(),
            (None, Some(_), _) => Place::LockedBackups,
            (None, None, Some(_)) => Place::Damaged,
            (None, None, None) => Place::Unlock,
        }
    }

    fn title(&self) -> String {
        if self.offer.is_some() {
            return "The journal is damaged".to_owned();
        }
        match self.why {
            Why::Started | Why::Asked => "Locked".to_owned(),
            Why::Idle(after) => match after.as_secs() / 60 {
                1 => "Locked after a minute".to_owned(),
                minutes => format!("Locked after {minutes} minutes"),
            },
            Why::Slept => "Locked while the machine slept".to_owned(),
            Why::Moved => "Closed: the journal file was moved or replaced".to_owned(),
        }
    }

    /// What became of what was on the screen.
    fn reassures(&self) -> &'static str {
        match (self.why, self.unsaved) {
            (Why::Started, _) => {
                "Forgotten? Tab opens it by the recovery words. Without both nothing opens it."
            }
            (_, true) => "What you were writing is still here. It is saved when you unlock.",
            (Why::Moved, false) => "What you wrote is kept. Nothing more was written to the file.",
            (_, false) => "Your draft is safe. You come back to where you were.",
        }
    }

    /// How it looks: as the journal did, where one lay open.
    pub const fn look(&self) -> Look {
        self.look
    }

    /// Draws it.
    pub fn render(&mut self, frame: &mut Frame<'_>, outside: &dyn Outside) {
        let look = self.look;
        let look = &look;
        let today = outside.now().date_naive();
        let day = (today.format("%a %-d %b").to_string(), today.format("%-d %b").to_string());
        let chrome = Chrome {
            whose: Whose::Nobody,
            pane: Place::Unlock,
            place: if self.help.is_some() { Place::Help } else { self.place() },
            encrypted: true,
            made_up: false,
            day: (&day.0, &day.1),
            status: match (&self.backups, self.offer.is_some()) {
                (Some(_), _) if !self.said.is_empty() => &self.said,
                (Some(_), _) => "What is here stays until a backup is put in its place",
                (None, true) => "The damaged file was not changed",
                (None, false) => "Names and counts are hidden while locked",
            },
            tone: match self.backups {
                Some(_) if !self.said.is_empty() => Tone::Error,
                _ => Tone::Plain,
            },
            saved: "",
        };
        let Some(drawn) = frame::render(frame, &chrome, look) else {
            self.drawn = Drawn::default();
            return;
        };
        self.block(frame, drawn.body, look);
        if let Some(list) = &mut self.backups {
            list.render(frame, drawn.body, look, "");
        }
        if let Some(putting) = &mut self.putting {
            putting.render(frame, drawn.body, look);
        }
        if let Some(help) = &mut self.help {
            help.render(frame, drawn.body, look);
        }
        self.drawn = drawn;
    }

    fn block(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let width = within.width.saturating_sub(4).min(58);
        let left = within.x + (within.width - width) / 2;
        let top = within.y + within.height.saturating_sub(9) / 3;
        let area = Rect { x: left, y: top, width, height: within.bottom().saturating_sub(top) };
        let title = self.title();
        let mut y = text::put_rows(frame.buffer_mut(), area, area.y, &title, look.theme.title) + 1;
        if let Some(offer) = &self.offer {
            y = text::put_rows(frame.buffer_mut(), area, y, &offer.says, look.theme.text);
            frame.set_cursor_position((area.x, y.min(area.bottom().saturating_sub(1))));
            return;
        }
        if self.asks {
            y = self.field.render(frame, area, y, look) - 1;
        } else {
            y = text::put_rows(
                frame.buffer_mut(),
                area,
                y,
                "Enter opens it again; it has no passphrase.",
                look.theme.text,
            );
            frame.set_cursor_position((area.x, y.saturating_sub(1).min(area.bottom() - 1)));
            y -= 1;
        }
        y = text::put_rows(frame.buffer_mut(), area, y + 2, self.reassures(), look.theme.text);
        text::put_rows(frame.buffer_mut(), area, y + 1, &self.said, look.theme.error);
    }
}

/// A writer of its own, now.
fn stamp(outside: &dyn Outside) -> Stamp {
    let now = outside.now();
    Stamp { now, origin: Origin::new(now) }
}
