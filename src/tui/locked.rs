//! The locked journal: nothing of it is shown, and a passphrase opens it.
//!
//! What lay open is kept aside, with what was being written, and comes back as it was left. Its
//! connection is closed and the key is wiped.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crossterm::event::{Event, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::chooser::{Choice, Chooser};
use super::desk::Desk;
use super::field::Field;
use super::frame::{self, Chrome, Drawn, Tone, Whose};
use super::key::Key;
use super::keymap::{self, Action, Place};
use super::outside::Outside;
use super::theme::Look;
use super::{prose, text};
use crate::domain::{Origin, Stamp, dates};
use crate::store::{
    BackupFile, Error, Passphrase, RECOVERY_WORDS, RecoveryWords, Result, Secret, Store,
    recovery_words_typed,
};

/// Pressed twice within this time, Ctrl-C leaves.
const TWICE: Duration = Duration::from_secs(1);

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
    /// Where the passphrase is typed, and where the words are, which are long enough to be looked at.
    field: Field,
    words: Field,
    by_words: bool,
    tries: u32,
    /// What can take the journal's place, where it is damaged.
    offer: Option<Offer>,
    said: String,
    help: Option<Chooser<Action>>,
    drawn: Drawn,
    interrupted: Option<Duration>,
}

/// The newest sound backup of a damaged journal.
struct Offer {
    backup: BackupFile,
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
        let is_damage =
            matches!(damage, Error::Damaged | Error::HeaderDamaged { .. } | Error::NotAJournal(_));
        let backup = Store::newest_good_backup(path, passphrase.as_ref()).filter(|_| is_damage)?;
        let today = outside.now().date_naive();
        let made = backup.made.map_or_else(String::new, |made| {
            format!(", of {} {}", dates::day(made.date(), today), made.format("%H:%M"))
        });
        let says = format!(
            "The journal file does not read as it was written. It was not changed. Enter puts the newest sound backup in its place{made}, and keeps the damaged file among the backups. Esc leaves everything as it is."
        );
        Some(Self { backup, passphrase, says })
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
            field: Field::secret(),
            words: Field::default(),
            by_words: false,
            tries: 0,
            offer: None,
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
                    None if self.asks => {
                        self.typed().paste(&pasted);
                    }
                    None => {}
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
        match keymap::action(self.place(), key) {
            Some(Action::Open) => return self.open(outside),
            Some(Action::Interrupt) => return self.interrupt(outside),
            Some(Action::Help) => {
                self.help = Some(Chooser::help(self.place(), self.look.glyphs.ascii));
            }
            Some(Action::Reveal) => {
                let covered = self.typed().is_covered();
                self.typed().cover(!covered);
            }
            Some(Action::NextPart) if self.asks => {
                self.by_words = !self.by_words;
                self.said.clear();
            }
            Some(Action::Back) => {
                self.offer = None;
                self.typed().set("");
                self.said.clear();
            }
            _ if self.asks && self.offer.is_none() => {
                self.typed().key(key);
            }
            _ => {}
        }
        Step::Stay
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
        self.typed().click(at);
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

    fn typed(&mut self) -> &mut Field {
        if self.by_words { &mut self.words } else { &mut self.field }
    }

    /// Puts the backup that is offered in the place of the damaged journal, and opens it.
    fn put_back(&mut self, offer: &Offer, outside: &mut dyn Outside) -> Step {
        let now = outside.now();
        let stamp = Stamp { now, origin: Origin::new(now) };
        let passphrase = offer.passphrase.as_ref();
        let opened = Store::restore_backup(&self.path, &offer.backup.path, passphrase, stamp)
            .and_then(|_| self.try_open(passphrase.map(Secret::Passphrase), outside));
        match opened {
            Ok(mut desk) => {
                desk.say_put_back();
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
            return self.put_back(&offer, outside);
        }
        if self.asks && self.by_words {
            return self.open_by_words(outside);
        }
        if self.asks && self.field.text().is_empty() {
            "Type the passphrase, then Enter.".clone_into(&mut self.said);
            return Step::Stay;
        }
        let typed = std::mem::replace(&mut self.field, Field::secret());
        let passphrase = self.asks.then(|| Passphrase::new(typed.text().to_owned()));
        match self.try_open(passphrase.as_ref().map(Secret::Passphrase), outside) {
            Ok(desk) => Step::Opened(desk),
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
                self.said = error.to_string();
                self.offer = Offer::find(&self.path, &error, passphrase, outside);
                Step::Stay
            }
        }
    }

    /// Opens it by the recovery words, and leads straight to a new passphrase. What was typed stays
    /// where it is wrong: it is long.
    fn open_by_words(&mut self, outside: &mut dyn Outside) -> Step {
        let opened = RecoveryWords::read(self.words.text())
            .map_err(Error::from)
            .and_then(|words| self.try_open(Some(Secret::Words(&words)), outside));
        match opened {
            Ok(mut desk) => {
                desk.ask_new_passphrase();
                Step::Opened(desk)
            }
            Err(error) => {
                self.said = error.to_string();
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
        let now = outside.now();
        let stamp = Stamp { now, origin: Origin::new(now) };
        let store = Store::open_by(&self.path, secret, stamp)?;
        Ok(Box::new(Desk::open(store, &self.look, outside)?))
    }

    /// Whose keys hold now.
    const fn place(&self) -> Place {
        if self.offer.is_some() { Place::Damaged } else { Place::Unlock }
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

    /// What is said of the words while they are typed.
    fn counts(&self) -> String {
        match recovery_words_typed(self.words.text()) {
            (0, _) => format!(
                "The {RECOVERY_WORDS} words you wrote down when the passphrase was set; four letters of each are enough."
            ),
            (_, Some(place)) => format!("Word {place} is not one of the words that are used."),
            (count, None) => format!("{count} of {RECOVERY_WORDS} words"),
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
            status: if self.offer.is_some() {
                "The damaged file was not changed"
            } else {
                "Names and counts are hidden while locked"
            },
            tone: Tone::Plain,
            saved: "",
        };
        let Some(drawn) = frame::render(frame, &chrome, look) else {
            self.drawn = Drawn::default();
            return;
        };
        self.block(frame, drawn.body, look);
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
        let mut y = lines(frame, area, area.y, &title, look.theme.title) + 1;
        if let Some(offer) = &self.offer {
            y = lines(frame, area, y, &offer.says, look.theme.text);
            frame.set_cursor_position((area.x, y.min(area.bottom().saturating_sub(1))));
            return;
        }
        if self.asks {
            let row = Rect { y, height: 1, ..area }.intersection(area);
            let buffer = frame.buffer_mut();
            let label = if self.by_words { "Recovery words  [" } else { "Passphrase  [" };
            let x = text::put(buffer, row, row.x, row.y, label, look.theme.text);
            text::put_right(buffer, row, row.y, "]", look.theme.text);
            let room = row.right().saturating_sub(x + 1);
            self.typed().render(frame, Rect { x, width: room, ..row }, look, true);
            if self.by_words {
                y = lines(frame, area, y + 1, &self.counts(), look.theme.quiet) - 1;
            }
        } else {
            y = lines(
                frame,
                area,
                y,
                "Enter opens it again; it has no passphrase.",
                look.theme.text,
            );
            frame.set_cursor_position((area.x, y.saturating_sub(1).min(area.bottom() - 1)));
            y -= 1;
        }
        y = lines(frame, area, y + 2, self.reassures(), look.theme.text);
        lines(frame, area, y + 1, &self.said, look.theme.error);
    }
}

/// Draws a few lines and says which row comes after them.
fn lines(
    frame: &mut Frame<'_>,
    area: Rect,
    mut y: u16,
    words: &str,
    style: ratatui::style::Style,
) -> u16 {
    for row in prose::rows(words, area.width) {
        if y < area.bottom() {
            text::put(frame.buffer_mut(), area, area.x, y, &row, style);
        }
        y += 1;
    }
    y
}
