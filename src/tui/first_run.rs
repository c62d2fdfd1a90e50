//! The first start: begin a journal (my name, the first person, what I am to them, and whether a
//! passphrase is to protect it), look around in a made-up one, or bring in a backup. Nothing is on
//! disk before a choice is made.

use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::widgets::Clear;

use super::chooser::{Choice, Chooser};
use super::form::{Entry, Form, Step};
use super::frame::{self, Chrome, Drawn, Tone, Whose};
use super::key::Key;
use super::keymap::{self, Action, Place};
use super::outside::Outside;
use super::protecting::{self, Protecting};
use super::secret::{Given, SecretField};
use super::sheets::person::role_words;
use super::theme::Look;
use super::welcome::{Start, Welcome};
use super::{prose, text};
use crate::domain::{Role, text as words};
use crate::store::{Protection, Result};

/// The first start.
pub struct FirstRun {
    welcome: Welcome,
    /// What was chosen; the choices are shown while nothing is.
    chosen: Option<Start>,
    form: Form,
    /// The passphrase that is being given, once the form is filled.
    protecting: Option<Protecting>,
    /// What opens the file that is to be brought in, where something has to.
    opening: Option<SecretField>,
    said: String,
    failed: bool,
    help: Option<Chooser<Action>>,
    drawn: Drawn,
}

/// What the first start came to.
pub enum Begun {
    /// It goes on.
    Open,
    /// Nothing was written, and the program is to end.
    Left,
    /// The made-up journal is to be opened.
    LookAround,
    /// This file is to be brought in, for a writer of this name.
    Bring {
        /// The writer's name, for an export that becomes a new journal.
        owner: String,
        /// Where it lies.
        path: String,
        /// What opens it, once that was asked for.
        given: Option<Given>,
    },
    /// These are the answers.
    Answered {
        /// The writer's name.
        owner: String,
        /// The first person, if one was named.
        person: String,
        /// What the writer is to them.
        role: Role,
    },
}

impl Default for FirstRun {
    fn default() -> Self {
        Self {
            welcome: Welcome::default(),
            chosen: None,
            form: begin_form(),
            protecting: None,
            opening: None,
            said: String::new(),
            failed: false,
            help: None,
            drawn: Drawn::default(),
        }
    }
}

impl FirstRun {
    /// Takes a key on the three choices.
    fn choose(&mut self, key: Key) -> Begun {
        match keymap::action(Place::FirstRun, key) {
            Some(Action::Open) => return self.start(),
            Some(Action::Back | Action::Quit) => return Begun::Left,
            Some(action) if action.is_move() => self.welcome.go(action),
            _ => {}
        }
        Begun::Open
    }

    fn start(&mut self) -> Begun {
        let chosen = self.welcome.chosen();
        self.form = match chosen {
            Start::LookAround => return Begun::LookAround,
            Start::Own => begin_form(),
            Start::Bring => bring_form(),
        };
        self.chosen = Some(chosen);
        Begun::Open
    }
}

/// The form for a journal of one's own.
fn begin_form() -> Form {
    let roles: Vec<_> = Role::ALL.iter().map(|role| (role.code(), role_words(*role))).collect();
    Form::new(
        "A new journal",
        vec![
            Entry::line("owner", "Your name").needed().about("As you sign. It stays in the file."),
            Entry::line("person", "First person")
                .about("Whom you mentor, or who mentors you. Can stay empty: n adds people later."),
            Entry::choice("role", "You are", &roles),
            Entry::tick("protect", "Passphrase").about(
                "Recommended. It encrypts the file, so that nobody else can read it, and is asked for at each start. It can be added, changed or removed later.",
            ),
        ],
    )
}

/// The form for what was written before.
fn bring_form() -> Form {
    Form::new(
        "Bring in a backup",
        vec![
            Entry::line("path", "File").needed().placeholder("/media/stick/journal.db").about(
                "A journal file, a backup of one, or an export as JSON. It stays as it is; a copy is opened. Where it has a passphrase, that is asked for next.",
            ),
            Entry::line("owner", "Your name")
                .about("Only for an export as JSON: it becomes a new journal of yours."),
        ],
    )
}

impl FirstRun {
    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent) -> Begun {
        self.said.clear();
        self.failed = false;
        let Some(key) = Key::from_event(event) else { return Begun::Open };
        if let Some(help) = &mut self.help {
            match help.key(key) {
                Choice::Open => {}
                Choice::Closed => self.help = None,
                Choice::Chosen(action) => {
                    self.help = None;
                    return self.run(action);
                }
            }
            return Begun::Open;
        }
        if keymap::action(self.place(), key) == Some(Action::Help) {
            self.help = Some(Chooser::help(self.place(), false));
            return Begun::Open;
        }
        if self.chosen.is_none() {
            return self.choose(key);
        }
        if let Some(protecting) = &mut self.protecting {
            let step = protecting.key(key);
            return self.protected(step);
        }
        if self.opening.is_some() {
            return self.opening_key(key);
        }
        match self.form.key(key) {
            Step::Finished => self.finish(),
            Step::Left { .. }
                if ["owner", "person", "path"]
                    .iter()
                    .all(|key| self.form.value(key).is_empty()) =>
            {
                self.chosen = None;
                Begun::Open
            }
            Step::Left { .. } => {
                let says = match self.chosen {
                    Some(Start::Bring) => {
                        "Nothing is on disk yet. Ctrl-S brings it in, Ctrl-C twice leaves."
                    }
                    _ => "Nothing is on disk yet. Ctrl-S begins the journal, Ctrl-C twice leaves.",
                };
                says.clone_into(&mut self.said);
                Begun::Open
            }
            _ => Begun::Open,
        }
    }

    /// The file that was named is encrypted, or looks so: asks for what opens it.
    pub fn ask_for_key(&mut self) {
        self.opening = Some(SecretField::of_backup());
    }

    fn opening_key(&mut self, key: Key) -> Begun {
        let Some(field) = &mut self.opening else { return Begun::Open };
        match keymap::action(Place::BackupKey, key) {
            Some(Action::Back) => self.opening = None,
            Some(Action::Open) if field.is_empty() => {
                self.refuse("Type its passphrase, or by Tab its recovery words, then Enter.");
            }
            Some(Action::Open) => match field.give() {
                Ok(given) => return self.brought(Some(given)),
                Err(error) => self.refuse(&error.to_string()),
            },
            action => field.key(key, action),
        }
        Begun::Open
    }

    fn brought(&self, given: Option<Given>) -> Begun {
        let owner = words::line(&self.form.value("owner"));
        Begun::Bring { owner, path: self.form.value("path").trim().to_owned(), given }
    }

    /// Presses the key of an action: a line of the help, or a hint that was clicked.
    fn run(&mut self, action: Action) -> Begun {
        let row = keymap::rows(self.place()).find(|row| row.action == action);
        row.and_then(|row| row.keys.first()).map_or(Begun::Open, |key| self.key(key.to_event()))
    }

    /// Takes pasted text.
    pub fn paste(&mut self, pasted: &str) {
        match &mut self.help {
            Some(help) => help.paste(pasted),
            None => match &mut self.protecting {
                Some(protecting) => protecting.paste(pasted),
                None if self.opening.is_some() => {
                    if let Some(field) = &mut self.opening {
                        field.paste(pasted);
                    }
                }
                None if self.chosen.is_some() => {
                    self.form.paste(pasted);
                }
                None => {}
            },
        }
    }

    /// Takes the mouse.
    pub fn mouse(&mut self, event: MouseEvent, outside: &dyn Outside) -> Begun {
        let at = Position { x: event.column, y: event.row };
        let pressed = event.kind == MouseEventKind::Down(MouseButton::Left);
        if let Some(help) = self.help.as_mut().filter(|_| pressed) {
            match help.click(at) {
                Choice::Open => {}
                Choice::Closed => self.help = None,
                Choice::Chosen(action) => {
                    self.help = None;
                    return self.run(action);
                }
            }
            return Begun::Open;
        }
        if let Some(action) = self.drawn.at(at).filter(|_| pressed) {
            return self.run(action);
        }
        if self.chosen.is_none() {
            return if pressed && self.welcome.click(at) { self.start() } else { Begun::Open };
        }
        if let Some(protecting) = &mut self.protecting {
            let step = protecting.mouse(event, outside.ticks());
            return self.protected(step);
        }
        if let Some(field) = &mut self.opening {
            if pressed {
                field.click(at);
            }
            return Begun::Open;
        }
        match self.form.mouse(event, outside.ticks()) {
            Step::Finished => self.finish(),
            _ => Begun::Open,
        }
    }

    /// The journal could not be begun; the answers stay.
    pub fn refuse(&mut self, why: &str) {
        why.clone_into(&mut self.said);
        self.failed = true;
    }

    /// Says something until the next key.
    pub fn say(&mut self, what: &str) {
        what.clone_into(&mut self.said);
    }

    /// Whose keys hold now.
    fn place(&self) -> Place {
        match &self.protecting {
            Some(protecting) => protecting.place(),
            None if self.opening.is_some() => Place::BackupKey,
            None if self.chosen.is_some() => Place::FormActing,
            None => Place::FirstRun,
        }
    }

    /// What is to protect the new journal, if anything is.
    pub fn protection(&self) -> Option<&Protection> {
        self.protecting.as_ref().and_then(Protecting::protection)
    }

    /// The form is filled: a passphrase comes first, where one is wanted.
    fn finish(&mut self) -> Begun {
        if self.chosen == Some(Start::Own) && self.form.ticked("protect") {
            self.protecting = Some(Protecting::new(0));
            return Begun::Open;
        }
        self.answers()
    }

    fn protected(&mut self, step: Result<protecting::Step>) -> Begun {
        match step {
            Ok(protecting::Step::Stay) => {}
            Ok(protecting::Step::Left) => self.protecting = None,
            Ok(protecting::Step::Given) => return self.answers(),
            Err(error) => self.refuse(&error.to_string()),
        }
        Begun::Open
    }

    fn answers(&self) -> Begun {
        if self.chosen == Some(Start::Bring) {
            return self.brought(None);
        }
        Begun::Answered {
            owner: words::line(&self.form.value("owner")),
            person: words::line(&self.form.value("person")),
            role: Role::from_code(&self.form.value("role")).unwrap_or(Role::Mentor),
        }
    }

    /// Draws it.
    pub fn render(&mut self, frame: &mut Frame<'_>, look: &Look, outside: &dyn Outside) {
        let today = outside.now().date_naive();
        let (long, short) =
            (today.format("%a %-d %b").to_string(), today.format("%-d %b").to_string());
        // What went wrong with a file that is to be opened stands beneath its passphrase.
        let said_below = self.opening.is_some() && self.failed;
        let status = if self.said.is_empty() || said_below {
            "New journal · nothing written to disk yet"
        } else {
            &self.said
        };
        let chrome = Chrome {
            whose: Whose::Nobody,
            pane: Place::FirstRun,
            place: if self.help.is_some() { Place::Help } else { self.place() },
            encrypted: false,
            made_up: false,
            day: (&long, &short),
            status,
            tone: if self.failed && !said_below { Tone::Error } else { Tone::Plain },
            saved: "",
        };
        let Some(drawn) = frame::render(frame, &chrome, look) else { return };
        let width = drawn.body.width.saturating_sub(4).min(76);
        let left = drawn.body.x + (drawn.body.width - width) / 2;
        let top = drawn.body.y + drawn.body.height.saturating_sub(16) / 3;
        let body = Rect { x: left, y: top, width, height: drawn.body.bottom().saturating_sub(top) };
        let welcome = "Welcome. This is a private journal for mentoring. Everything stays in one file on this machine; nothing is sent anywhere. You never need to remember a key: the bottom line shows what you can do.";
        let mut y = body.y;
        for row in prose::rows(welcome, body.width) {
            text::put(frame.buffer_mut(), body, body.x, y, &row, look.theme.text);
            y += 1;
        }
        let form = Rect {
            y: (y + 1).min(body.bottom()),
            height: body.bottom().saturating_sub(y + 1),
            ..body
        };
        if let Some(protecting) = &mut self.protecting {
            // The words want all the room there is.
            let area =
                if drawn.body.height < 20 { drawn.body.inner(Margin::new(1, 0)) } else { form };
            if area != form {
                frame.render_widget(Clear, drawn.body);
            }
            protecting.render(frame, area, look);
        } else if let Some(field) = &mut self.opening {
            let says = "That file is encrypted. What opened the journal when it was written opens it now: its passphrase, or by Tab the recovery words of that passphrase. Esc goes back to choose another file.";
            // What is typed stays in sight where there is little room.
            let mut area = form;
            if drawn.body.height < 12 {
                area = drawn.body.inner(Margin::new(1, 0));
                frame.render_widget(Clear, drawn.body);
            }
            let last = area.bottom().saturating_sub(field.height(area.width)).max(area.y);
            let above = Rect { height: last - area.y, ..area };
            let y = text::put_rows(frame.buffer_mut(), above, above.y, says, look.theme.text);
            let y = field.render(frame, area, (y + 1).min(last), look);
            // All of it, where the bottom line has room for its beginning only.
            if self.failed {
                text::put_rows(frame.buffer_mut(), area, y + 1, &self.said, look.theme.error);
            }
        } else if self.chosen.is_some() {
            self.form.render(frame, form, look);
        } else {
            self.welcome.render(frame, form, look);
        }
        if let Some(help) = &mut self.help {
            help.render(frame, drawn.body, look);
        }
        self.drawn = drawn;
    }
}
