//! The screen as a person uses it: keys go in, and what stands on the screen and in the journal is
//! looked at. Nothing is reached but through the app, a real journal and a made-up world outside.

mod backups;
mod bin;
mod brief;
mod bringing;
mod chrome;
mod conflict;
mod erasing;
mod first_run;
mod help;
mod hiding;
pub mod journals;
mod locked;
mod months;
mod own_editor;
mod passphrase;
mod people;
mod plans;
mod random;
mod recovered;
mod resting;
mod search;
mod sessions;
mod settings;
mod today;
mod undo;
mod writing;
mod zones;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use confidant::domain::{
    Id, LastUse, Layer, Moment, Origin, Relationship, Session, SessionState, Stamp, When, Zone,
};
use confidant::host::incoming::{self, Incoming, Reader};
use confidant::host::own_editor::{Edited, LeftText};
use confidant::store::{Anchor, Filter, Listed, Scope, Store};
use confidant::tui::app::App;
use confidant::tui::key::parse_script;
use confidant::tui::outside::Outside;
use confidant::tui::text;
use confidant::tui::theme::Look;
use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;
use tempfile::TempDir;

use crate::journal::Journal;

/// The sizes a place is shown at: two columns, the whole, the smallest useful, the smallest at all.
pub const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (60, 20), (40, 10)];

/// The moment it is unless a test says otherwise: a Sunday.
pub const NOW: &str = "2026-11-22T12:00:00+00:00";

/// The world outside the screen, made up.
pub struct World {
    pub now: Moment,
    /// The time zone of the writer; without one the offset of now.
    pub zone: Option<Zone>,
    pub ticks: Duration,
    pub process: String,
    /// Which processes run; shared by the screens of one test.
    pub running: Rc<RefCell<BTreeSet<String>>>,
    pub copied: Vec<String>,
    pub written: Vec<(String, String)>,
    /// Why no file can be written.
    pub refuses: Option<String>,
    /// What the writer's own editor makes of a text; none where there is no editor.
    pub editor: Option<fn(&str) -> Edited>,
    /// What editors were given: under which name, and what it said.
    pub given: Vec<(String, String)>,
    /// What editors were given by programs that are gone; what is taken back is not there any more.
    pub left: RefCell<Vec<LeftText>>,
    pub temporary: Vec<TempDir>,
    pub sticks: Vec<(String, PathBuf)>,
    /// What is remembered of journals, by their names.
    pub uses: BTreeMap<String, LastUse>,
    /// What is wrong with where the journal lies.
    pub risk: Option<(String, String)>,
    /// Whether it was asked to pause.
    pub pause: bool,
}

impl World {
    fn new(process: &str, running: &Rc<RefCell<BTreeSet<String>>>) -> Self {
        running.borrow_mut().insert(process.to_owned());
        Self {
            now: moment(NOW),
            zone: None,
            ticks: Duration::from_secs(100),
            process: process.to_owned(),
            running: Rc::clone(running),
            copied: Vec::new(),
            written: Vec::new(),
            refuses: None,
            editor: None,
            given: Vec::new(),
            left: RefCell::default(),
            temporary: Vec::new(),
            sticks: Vec::new(),
            uses: BTreeMap::new(),
            risk: None,
            pause: false,
        }
    }
}

impl Outside for World {
    fn now(&self) -> Moment {
        self.now
    }

    fn zone(&self) -> Zone {
        self.zone.unwrap_or(Zone::Offset(*self.now.offset()))
    }

    fn ticks(&self) -> Duration {
        self.ticks
    }

    fn stop_asked(&self) -> bool {
        false
    }

    fn ask_to_pause(&mut self) {
        self.pause = true;
    }

    fn process(&self) -> &str {
        &self.process
    }

    fn is_running(&self, process: &str) -> bool {
        self.running.borrow().contains(process)
    }

    fn sticks(&self) -> Vec<(String, PathBuf)> {
        self.sticks.clone()
    }

    fn last_use(&self, journal: &str) -> LastUse {
        self.uses.get(journal).cloned().unwrap_or_default()
    }

    fn remember_use(&mut self, journal: &str, last: &LastUse) {
        self.uses.insert(journal.to_owned(), last.clone());
    }

    fn risk_of(&self, _path: &Path) -> Option<(String, String)> {
        self.risk.clone()
    }

    fn copy(&mut self, text: &str) {
        self.copied.push(text.to_owned());
    }

    fn edit(&mut self, name: &str, text: &str) -> Result<Edited, String> {
        let editor = self.editor.ok_or("No editor is named.")?;
        self.given.push((name.to_owned(), text.to_owned()));
        self.ticks += Duration::from_mins(15);
        Ok(editor(text))
    }

    fn left_by_editors(&self) -> Vec<LeftText> {
        self.left.borrow().clone()
    }

    fn taken_back(&self, file: &Path) {
        self.left.borrow_mut().retain(|left| left.file != file);
    }

    fn temporary_folder(&mut self) -> Result<PathBuf, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_owned();
        self.temporary.push(folder);
        Ok(path)
    }

    fn copy_file(&mut self, path: &str) -> Result<PathBuf, String> {
        let copy = self.temporary_folder()?.join("journal.db");
        std::fs::copy(path, &copy).map_err(|error| error.to_string())?;
        Ok(copy)
    }

    fn incoming(&self, path: &str) -> Result<Incoming, String> {
        Incoming::at(Path::new(path)).map_err(|error| error.to_string())
    }

    fn read_copy(&mut self, copy: &Path) -> Result<Reader, String> {
        incoming::file(copy).map_err(|error| error.to_string())
    }

    fn write_file(&mut self, path: &str, content: &str) -> Result<String, String> {
        if let Some(why) = &self.refuses {
            return Err(why.clone());
        }
        self.written.push((path.to_owned(), content.to_owned()));
        Ok(path.to_owned())
    }
}

pub fn moment(code: &str) -> Moment {
    code.parse().expect("a moment")
}

pub fn when(code: &str) -> When {
    When::from_code(code).expect("a day")
}

/// A running program: the app, the world around it, and a terminal it is drawn on.
pub struct Screen {
    pub app: App,
    pub world: World,
    folder: Rc<TempDir>,
    path: PathBuf,
    look: Look,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    /// The program on this journal, at 80x24, with the list of people before it.
    pub fn of(journal: Journal) -> Self {
        Self::with_look(journal, &Look::new(true, false))
    }

    pub fn with_look(journal: Journal, look: &Look) -> Self {
        let mut screen = Self::opened(journal, look);
        screen.keys("0");
        screen
    }

    /// The program as it opens.
    pub fn opened(journal: Journal, look: &Look) -> Self {
        let path = journal.path();
        let Journal { folder, store, .. } = journal;
        let running = Rc::default();
        let world = World::new("1", &running);
        let app = App::open(store, *look, &world).expect("opens");
        Self::begin(app, world, Rc::new(folder), path, look)
    }

    /// The program started where there is no journal yet.
    pub fn first() -> Self {
        Self::first_with(&Look::new(true, false))
    }

    pub fn first_with(look: &Look) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("confidant").join("journal.db");
        let world = World::new("1", &Rc::default());
        let app = App::first_run(path.clone(), *look);
        Self::begin(app, world, Rc::new(folder), path, look)
    }

    fn begin(app: App, world: World, folder: Rc<TempDir>, path: PathBuf, look: &Look) -> Self {
        let look = *look;
        let terminal = Terminal::new(TestBackend::new(80, 24)).expect("a terminal");
        let mut screen = Self { app, world, folder, path, look, terminal };
        screen.draw();
        screen
    }

    /// The same journal in a second program while this one goes on.
    pub fn beside(&self) -> Self {
        let count = self.world.running.borrow().len() + 1;
        let mut world = World::new(&count.to_string(), &self.world.running);
        world.now = self.world.now;
        let store = self.another().0;
        let app = App::open(store, self.look, &world).expect("opens");
        Self::begin(app, world, Rc::clone(&self.folder), self.path.clone(), &self.look)
    }

    /// The program dies without a word, and is started again.
    pub fn crash(self) -> Self {
        self.again(|path, look, world| {
            let stamp = Stamp { now: world.now, origin: Origin::new(world.now) };
            let store = Store::open(&path, None, stamp).expect("opens");
            App::open(store, look, world).expect("opens")
        })
    }

    /// The program is started again in a world that is made different first.
    pub fn again_knowing(self, change: impl FnOnce(&mut World)) -> Self {
        let Self { mut world, folder, path, look, app, .. } = self;
        drop(app);
        change(&mut world);
        let stamp = Stamp { now: world.now, origin: Origin::new(world.now) };
        let store = Store::open(&path, None, stamp).expect("opens");
        let app = App::open(store, look, &world).expect("opens");
        Self::begin(app, world, folder, path, &look)
    }

    /// The program dies without a word, and is started in this way.
    pub fn again(self, start: impl FnOnce(PathBuf, Look, &World) -> App) -> Self {
        self.world.running.borrow_mut().remove(&self.world.process);
        let next = self.world.process.clone() + "'";
        let mut world = World::new(&next, &self.world.running);
        world.now = self.world.now;
        let Self { folder, path, look, app, .. } = self;
        drop(app);
        let app = start(path.clone(), look, &world);
        Self::begin(app, world, folder, path, &look)
    }

    /// The program is left and started again.
    pub fn restart(mut self) -> Self {
        self.app.end(&mut self.world).expect("ends");
        self.crash()
    }

    /// A second store on the same file: another process, or the eyes of the test.
    pub fn another(&self) -> (Store, Stamp) {
        let stamp = Stamp { now: self.world.now, origin: Origin::new(self.world.now) };
        (Store::open(&self.path, None, stamp).expect("opens"), stamp)
    }

    /// What is in the file, for looking only.
    pub fn store(&self) -> Store {
        self.another().0
    }

    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Presses the keys of a script, drawing after each.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for key in parse_script(script) {
            self.app.event(Event::Key(key.to_event()), &mut self.world);
            self.draw();
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.event(Event::Paste(text.to_owned()))
    }

    pub fn event(&mut self, event: Event) -> &mut Self {
        self.app.event(event, &mut self.world);
        self.draw();
        self
    }

    pub fn resize(&mut self, size: (u16, u16)) -> &mut Self {
        self.terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a terminal");
        self.event(Event::Resize(size.0, size.1))
    }

    /// Lets time pass, with the app woken as often as it asks for, and at least once at the end.
    pub fn tick(&mut self, millis: u64) -> &mut Self {
        let end = self.world.ticks + Duration::from_millis(millis);
        let mut wakes = 0;
        while self.world.ticks < end {
            let patience = self.app.patience(self.world.ticks).max(Duration::from_millis(10));
            let step = patience.min(end.saturating_sub(self.world.ticks));
            self.world.ticks += step;
            self.world.now += chrono::Duration::from_std(step).expect("a step");
            self.app.tick(&mut self.world);
            wakes += 1;
            assert!(wakes < 1000, "woken too often to be at rest");
        }
        self.app.tick(&mut self.world);
        self.draw();
        self
    }

    /// Lets the app go on, a bit at a time, until these words are on the screen.
    #[track_caller]
    pub fn until(&mut self, words: &str) -> &mut Self {
        for _ in 0..5_000 {
            if self.screen().contains(words) {
                return self;
            }
            self.tick(10);
        }
        self.sees(words)
    }

    pub fn draw(&mut self) {
        let Self { terminal, app, world, .. } = self;
        terminal.draw(|frame| app.render(frame, world)).expect("drawn");
    }

    /// The rows as text, `_` where the terminal's cursor stands before nothing.
    pub fn screen(&mut self) -> String {
        let cursor = self.cursor();
        let buffer = self.terminal.backend().buffer();
        let mut rows: Vec<String> = Vec::new();
        for y in 0..buffer.area.height {
            let mut row = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                let here = cursor == (x, y) && (x, y) != (0, 0) && symbol == " ";
                row.push_str(if here { "_" } else { symbol });
                x += text::width(symbol).max(1);
            }
            rows.push(row.trim_end().to_owned());
        }
        rows.join("\n")
    }

    pub fn cursor(&mut self) -> (u16, u16) {
        self.terminal.get_cursor_position().expect("a cursor").into()
    }

    pub fn buffer(&self) -> &ratatui::buffer::Buffer {
        self.terminal.backend().buffer()
    }

    /// The header.
    pub fn header(&mut self) -> String {
        // Where there is no room beside the name the panes stand on the row beneath.
        self.screen().lines().take(2).collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    pub fn sees(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(words), "{words:?} is not on the screen:\n{screen}");
        self
    }

    #[track_caller]
    pub fn sees_no(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(words), "{words:?} is on the screen:\n{screen}");
        self
    }

    /// Where these words begin.
    #[track_caller]
    pub fn find(&mut self, words: &str) -> (u16, u16) {
        let screen = self.screen();
        let found = screen.lines().enumerate().find_map(|(y, line)| {
            let x = text::width(&line[..line.find(words)?]);
            Some((x, u16::try_from(y).ok()?))
        });
        found.unwrap_or_else(|| panic!("{words:?} is not on the screen:\n{screen}"))
    }

    /// Clicks on the first of these words.
    #[track_caller]
    pub fn click(&mut self, words: &str) -> &mut Self {
        let (x, y) = self.find(words);
        self.mouse(MouseEventKind::Down(MouseButton::Left), x, y);
        self.mouse(MouseEventKind::Up(MouseButton::Left), x, y)
    }

    pub fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Self {
        let modifiers = KeyModifiers::NONE;
        self.event(Event::Mouse(MouseEvent { kind, column, row, modifiers }))
    }

    /// The style-carrying cell at the first of these words.
    #[track_caller]
    pub fn cell(&mut self, words: &str) -> ratatui::buffer::Cell {
        let (x, y) = self.find(words);
        self.buffer()[Position { x, y }].clone()
    }

    /// The only relationship, or the first by name.
    pub fn with(&self) -> Id<Relationship> {
        self.store().people().expect("people")[0].relationship
    }

    /// Every session, newest first.
    pub fn sessions(&self) -> Vec<Listed> {
        let page = self.store().sessions(Scope::Everyone, Filter::default(), Anchor::Newest, 1000);
        page.expect("sessions").rows
    }

    /// One of the texts of the newest session.
    pub fn text(&self, layer: Layer) -> String {
        let newest = self.sessions().first().expect("a session").session.id;
        let texts = self.store().texts(newest).expect("texts");
        texts.of(layer).map(|writing| writing.value.body.clone()).unwrap_or_default()
    }
}

/// A journal of Asha's with Amina, whom she mentors, and nothing else.
pub fn with_amina() -> Journal {
    let mut journal = Journal::new();
    journal.mentee("Amina K.");
    journal
}

/// Adds a session of somebody, with notes.
pub fn session(
    journal: &mut Journal,
    with: Id<Relationship>,
    day: &str,
    state: SessionState,
    notes: &str,
) -> Id<Session> {
    let session = Session::new(with, when(day), state);
    let texts: &[_] = if notes.is_empty() { &[] } else { &[(Layer::Notes, notes)] };
    journal.store.add_session(journal.stamp, &session, texts, &[]).expect("added")
}

/// Every place at every size of three journals, for a snapshot; `@` opens the person of whom most
/// is known.
pub fn shown(scripts: &[(&str, &str)]) -> String {
    use std::fmt::Write as _;
    let mut all = String::new();
    for (kind, person, journal) in [
        ("empty", "<enter>", journals::empty as fn() -> Journal),
        ("ordinary", "gami<enter>", journals::ordinary),
        ("full", "<enter>", journals::full),
    ] {
        for (name, script) in scripts {
            let mut screen = Screen::of(journal());
            screen.keys(&script.replace('@', person));
            for size in SIZES {
                let shown = screen.resize(size).screen();
                writeln!(all, "── {kind}, {name}, {}x{}\n{shown}", size.0, size.1)
                    .expect("written");
            }
        }
    }
    all
}
