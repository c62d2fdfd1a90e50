//! What stands around every screen: whose journal, which pane, the status line, the keys.
//!
//! Hints and names are dropped or shortened whole, by a fixed order; help is never dropped.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::keymap::{self, Action, Hint, Place, Tab};
use super::theme::Look;
use super::{prose, text};

/// The least the program can be used in.
pub const SMALLEST: (u16, u16) = (40, 10);

/// What a person's name is never shortened below.
const NAME_COLUMNS: u16 = 12;

/// Whose journal is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Nobody's: the first start, or locked. No name and no pane is shown.
    Nobody,
    /// Everyone's.
    Everyone,
    /// This person's.
    Person(&'a str),
}

/// How the status line's message is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As a matter of course.
    #[default]
    Plain,
    /// Something was done.
    Notice,
    /// Something is wrong.
    Error,
    /// What is being written is for me alone.
    Private,
}

/// What stands around the body of a screen.
#[derive(Clone, Copy, Debug)]
pub struct Chrome<'a> {
    /// Whose journal is shown.
    pub whose: Whose<'a>,
    /// The pane shown, marked among the tabs.
    pub pane: Place,
    /// Where the keys go now: the pane, or what lies over it.
    pub place: Place,
    /// Whether the file is encrypted; if not, the header says so.
    pub encrypted: bool,
    /// Whether all of it is made up; the header then says that instead.
    pub made_up: bool,
    /// The day, long and short: `Sun 22 Nov`, `22 Nov`.
    pub day: (&'a str, &'a str),
    /// The message.
    pub status: &'a str,
    /// How it is meant.
    pub tone: Tone,
    /// The right of the status line, e.g. `saved 12:07`.
    pub saved: &'a str,
}

/// What was drawn where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The place that is left for the screen itself.
    pub body: Rect,
    /// What can be clicked, and what it does.
    pub clicks: Vec<(Rect, Action)>,
}

impl Drawn {
    /// What a click there does.
    pub fn at(&self, cell: Position) -> Option<Action> {
        self.clicks.iter().find(|(area, _)| area.contains(cell)).map(|&(_, action)| action)
    }
}

/// Draws everything around the body. Nothing comes back where the terminal is too small: then it
/// says so, and nothing else is to be drawn.
pub fn render(frame: &mut Frame<'_>, chrome: &Chrome<'_>, look: &Look) -> Option<Drawn> {
    let area = frame.area();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(frame, look);
        return None;
    }
    let mut clicks = Vec::new();
    let line = |y| Rect { y, height: 1, ..area };
    header(frame, line(area.y), chrome, look, &mut clicks);
    let rule = look.glyphs.rule.repeat(usize::from(area.width));
    text::put(frame.buffer_mut(), area, area.x, area.y + 1, &rule, look.theme.line);
    status(frame, line(area.bottom() - 2), chrome, look);
    footer(frame, line(area.bottom() - 1), chrome.place, look, &mut clicks);
    let body = Rect { y: area.y + 2, height: area.height - 4, ..area };
    Some(Drawn { body, clicks })
}

fn too_small(frame: &mut Frame<'_>, look: &Look) {
    let area = frame.area();
    let ((width, height), (needs, tall)) = ((area.width, area.height), SMALLEST);
    let says = format!("Too small: {width}x{height}, needs {needs}x{tall}. Your text is safe.");
    for (y, line) in (area.y..area.bottom()).zip(prose::rows(&says, width)) {
        text::put(frame.buffer_mut(), area, area.x, y, &line, look.theme.text);
    }
}

/// How much of the header there is room for, from all to the least.
struct Room {
    tabs: Tabs,
    day: Day,
    sign: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tabs {
    Named,
    /// Digits, and the name of the pane shown.
    Short,
    Digits,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Day {
    Long,
    Short,
    None,
}

const ROOMS: &[Room] = &[
    Room { tabs: Tabs::Named, day: Day::Long, sign: "not encrypted" },
    Room { tabs: Tabs::Named, day: Day::Short, sign: "not encrypted" },
    Room { tabs: Tabs::Short, day: Day::Short, sign: "not encrypted" },
    Room { tabs: Tabs::Short, day: Day::None, sign: "not encrypted" },
    Room { tabs: Tabs::Short, day: Day::None, sign: "plain file" },
    Room { tabs: Tabs::Digits, day: Day::None, sign: "plain file" },
];

fn header(
    frame: &mut Frame<'_>,
    line: Rect,
    chrome: &Chrome<'_>,
    look: &Look,
    clicks: &mut Vec<(Rect, Action)>,
) {
    // One blank column at either edge.
    let line = Rect { x: line.x + 1, width: line.width - 2, ..line };
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    let (name, everyone) = match chrome.whose {
        Whose::Nobody => ("confidant", false),
        Whose::Everyone => ("Everyone", true),
        Whose::Person(name) => (name, false),
    };
    let known = chrome.whose != Whose::Nobody;
    let tabs: Vec<Tab> = if known { keymap::tabs(everyone).collect() } else { Vec::new() };
    let opens = if known { text::width(glyphs.opens) + 1 } else { 0 };
    let least = text::width(name).min(NAME_COLUMNS);
    let wide = |room: &Room| {
        let (tabs, right) = (tab_words(&tabs, chrome.pane, room.tabs), right(chrome, room));
        let tabs: u16 = tabs.iter().map(|(words, gap)| text::width(words) + gap).sum();
        (tabs, text::width(&right) + 2)
    };
    let fits = |room: &&Room| {
        let (tabs, right) = wide(room);
        least + opens + tabs + right <= line.width
    };
    let Some(room) = ROOMS.iter().find(fits).or(ROOMS.last()) else { return };
    let (tabs_wide, right_wide) = wide(room);
    let buffer = frame.buffer_mut();
    let name_room = line.width.saturating_sub(opens + tabs_wide + right_wide);
    let name = prose::fit(name, name_room, glyphs.ellipsis);
    let mut x = text::put(buffer, line, line.x, line.y, &name, theme.title);
    if known {
        x = text::put(buffer, line, x + 1, line.y, glyphs.opens, theme.quiet);
        clicks.push((Rect { x: line.x, width: x - line.x, ..line }, Action::People));
    }
    for ((words, gap), tab) in tab_words(&tabs, chrome.pane, room.tabs).iter().zip(&tabs) {
        let start = x + gap;
        let here = tab.place == chrome.pane;
        let style = if here { theme.marker } else { theme.text };
        x = text::put(buffer, line, start, line.y, words, style);
        clicks.push((Rect { x: start, width: x - start, ..line }, Action::Go(tab.place)));
    }
    text::put_right(buffer, line, line.y, &right(chrome, room), theme.quiet);
}

/// The words of each tab and the blanks before it.
fn tab_words(tabs: &[Tab], pane: Place, form: Tabs) -> Vec<(String, u16)> {
    let words = tabs.iter().enumerate().map(|(at, tab)| {
        let here = tab.place == pane;
        let named = form == Tabs::Named || (form == Tabs::Short && here);
        let words =
            if named { format!("{} {}", tab.digit, tab.title) } else { tab.digit.to_string() };
        let words = if here { format!("[{words}]") } else { words };
        let gap = match (form, at) {
            (Tabs::Named, 0) => 3,
            (Tabs::Named, _) | (_, 0) => 2,
            _ => 1,
        };
        (words, gap)
    });
    words.collect()
}

fn right(chrome: &Chrome<'_>, room: &Room) -> String {
    let day = match room.day {
        Day::Long => chrome.day.0,
        Day::Short => chrome.day.1,
        Day::None => "",
    };
    let sign = match room.sign {
        _ if chrome.whose == Whose::Nobody => "",
        "not encrypted" if chrome.made_up => "made-up journal",
        _ if chrome.made_up => "made up",
        _ if chrome.encrypted => "",
        sign => sign,
    };
    let gap = if sign.is_empty() || day.is_empty() { "" } else { "   " };
    format!("{sign}{gap}{day}")
}

fn status(frame: &mut Frame<'_>, line: Rect, chrome: &Chrome<'_>, look: &Look) {
    let line = Rect { x: line.x + 1, width: line.width - 2, ..line };
    let style = match chrome.tone {
        Tone::Plain => look.theme.text,
        Tone::Notice => look.theme.notice,
        Tone::Error => look.theme.error,
        Tone::Private => look.theme.private,
    };
    let saved = prose::fit(chrome.saved, line.width / 2, look.glyphs.ellipsis);
    let x = text::put_right(frame.buffer_mut(), line, line.y, &saved, look.theme.quiet);
    let room = if saved.is_empty() { line.width } else { x.saturating_sub(line.x + 2) };
    let message = prose::fit(chrome.status, room, look.glyphs.ellipsis);
    text::put(frame.buffer_mut(), line, line.x, line.y, &message, style);
}

fn footer(
    frame: &mut Frame<'_>,
    line: Rect,
    place: Place,
    look: &Look,
    clicks: &mut Vec<(Rect, Action)>,
) {
    let line = Rect { x: line.x + 1, width: line.width - 2, ..line };
    let hints = fitting(keymap::hints(place, look.glyphs.ascii), line.width);
    let last = |hint: &Hint| matches!(hint.action, Some(Action::More | Action::Help));
    let (right, left): (Vec<_>, Vec<_>) = hints.into_iter().partition(last);
    let start = line.right().saturating_sub(wide(&right)).max(line.x);
    for (mut x, hints) in [(line.x, left), (start, right)] {
        for hint in hints {
            let from = x;
            let buffer = frame.buffer_mut();
            x = text::put(buffer, line, x, line.y, &hint.keys, look.theme.key);
            x = text::put(buffer, line, x + 1, line.y, hint.word, look.theme.hint);
            if let Some(action) = hint.action {
                clicks.push((Rect { x: from, width: x - from, ..line }, action));
            }
            x += 2;
        }
    }
}

/// The hints that fit, the highest rank dropped first and of two equal ones the right one.
fn fitting(mut hints: Vec<Hint>, columns: u16) -> Vec<Hint> {
    while wide(&hints) > columns && hints.len() > 1 {
        let highest = hints.iter().enumerate().max_by_key(|(at, hint)| (hint.rank, *at));
        let Some(at) = highest.map(|(at, _)| at) else { break };
        hints.remove(at);
    }
    hints
}

fn wide(hints: &[Hint]) -> u16 {
    let each = hints.iter().map(|hint| text::width(&hint.keys) + text::width(hint.word) + 3);
    each.sum::<u16>().saturating_sub(2)
}
