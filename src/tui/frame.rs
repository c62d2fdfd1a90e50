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
    let rule = look.glyphs.rule.repeat(usize::from(area.width));
    text::put(frame.buffer_mut(), area, area.x, area.y + 1, &rule, look.theme.line);
    let hints = keymap::hints(chrome.place, look.glyphs.ascii);
    header(frame, Rect { height: 2, ..line(area.y) }, chrome, look, &hints, &mut clicks);
    status(frame, line(area.bottom() - 2), chrome, look);
    footer(frame, line(area.bottom() - 1), hints, look, &mut clicks);
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

/// How much of the first row there is room for, from all to the least.
#[derive(Clone, Copy)]
struct Room {
    day: Day,
    sign: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Day {
    Long,
    Short,
    None,
}

const ROOMS: [Room; 4] = [
    Room { day: Day::Long, sign: "not encrypted" },
    Room { day: Day::Short, sign: "not encrypted" },
    Room { day: Day::None, sign: "not encrypted" },
    Room { day: Day::None, sign: "plain file" },
];

/// How the panes are named, from all to the least. Wherever there is room for it every digit says
/// what it is, and the pane that is shown has its whole name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tabs {
    Named,
    /// Long names are cut.
    Short,
    /// Digits, and the name of the pane shown.
    Digits,
}

/// Names of so many letters are never cut; longer ones are to [`CUT`].
const WHOLE: usize = 6;
const CUT: usize = 3;

/// Draws whose journal it is, the panes, and on the right what else is to be known. The panes stand
/// on the rule beneath where there is no room beside the name.
fn header(
    frame: &mut Frame<'_>,
    rows: Rect,
    chrome: &Chrome<'_>,
    look: &Look,
    hints: &[Hint],
    clicks: &mut Vec<(Rect, Action)>,
) {
    // One blank column at either edge.
    let line = Rect { x: rows.x + 1, width: rows.width - 2, height: 1, ..rows };
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
    let named = tab_words(&tabs, chrome.pane, Tabs::Named);
    let beside = |room: &&Room| {
        let right = text::width(&right(chrome, **room)) + 2;
        room.day != Day::None && least + opens + NAME_GAP + wide_of(&named) + right <= line.width
    };
    let one_row = ROOMS.iter().find(beside);
    // The footer has the least room for how to leave where there is little for the panes.
    let looking = one_row.is_none() && known && chrome.place.is_pane();
    let quit = hints.iter().find(|hint| looking && hint.action == Some(Action::Quit));
    let quits = quit.map_or(0, |quit| text::width(&quit.keys) + text::width(quit.word) + 4);
    let fits = |room: &&Room| {
        least + opens + text::width(&right(chrome, **room)) + 2 + quits <= line.width
    };
    let room = one_row.or_else(|| ROOMS.iter().find(fits)).copied().unwrap_or(ROOMS[3]);
    let buffer = frame.buffer_mut();
    let mut edge = line;
    if let Some(quit) = quit {
        let x = text::put_right(buffer, line, line.y, quit.word, theme.hint);
        let upto = Rect { width: x.saturating_sub(line.x + 1), ..line };
        let x = text::put_right(buffer, upto, line.y, &quit.keys, theme.key);
        clicks.push((Rect { x, width: line.right() - x, ..line }, Action::Quit));
        edge.width = x.saturating_sub(line.x + 3);
    }
    let sign = text::put_right(buffer, edge, line.y, &right(chrome, room), theme.quiet);
    let beside = if one_row.is_some() { wide_of(&named) + NAME_GAP } else { 0 };
    let name_room = sign.saturating_sub(line.x + 2 + opens + beside);
    let name = prose::fit(name, name_room, glyphs.ellipsis);
    let mut x = text::put(buffer, line, line.x, line.y, &name, theme.title);
    if known {
        x = text::put(buffer, line, x + 1, line.y, glyphs.opens, theme.quiet);
        clicks.push((Rect { x: line.x, width: x - line.x, ..line }, Action::People));
    }
    if one_row.is_some() {
        let start = x + NAME_GAP;
        let row = Rect { x: start, width: line.right().saturating_sub(start), ..line };
        put_tabs(frame, row, (&named, &tabs), chrome.pane, look, clicks);
    } else {
        let rule = Rect { x: rows.x, y: rows.y + 1, height: 1, ..rows };
        let forms = [Tabs::Named, Tabs::Short, Tabs::Digits];
        let mut forms = forms.iter().map(|form| tab_words(&tabs, chrome.pane, *form));
        let words = forms.find(|words| wide_of(words) <= rule.width).unwrap_or_default();
        // The blank column of the edge is given up before a name is.
        let edge = u16::from(wide_of(&words) + 2 <= rule.width);
        let rule = Rect { x: rule.x + edge, width: rule.width - edge, ..rule };
        if edge > 0 && known {
            text::put(frame.buffer_mut(), rows, rows.x, rule.y, " ", theme.text);
        }
        put_tabs(frame, rule, (&words, &tabs), chrome.pane, look, clicks);
    }
}

/// The blanks between the name and the panes.
const NAME_GAP: u16 = 3;

/// Draws the names of the panes.
fn put_tabs(
    frame: &mut Frame<'_>,
    row: Rect,
    (words, tabs): (&[(String, u16)], &[Tab]),
    pane: Place,
    look: &Look,
    clicks: &mut Vec<(Rect, Action)>,
) {
    let (buffer, theme) = (frame.buffer_mut(), &look.theme);
    let mut x = row.x;
    for ((words, gap), tab) in words.iter().zip(tabs) {
        let blanks = " ".repeat(usize::from(*gap));
        let start = text::put(buffer, row, x, row.y, &blanks, theme.text);
        let style = if tab.place == pane { theme.marker } else { theme.text };
        x = text::put(buffer, row, start, row.y, words, style);
        clicks.push((Rect { x: start, width: x - start, ..row }, Action::Go(tab.place)));
    }
    if !words.is_empty() {
        text::put(buffer, row, x, row.y, " ", theme.text);
    }
}

fn wide_of(words: &[(String, u16)]) -> u16 {
    words.iter().map(|(words, gap)| text::width(words) + gap).sum()
}

/// The words of each tab and the blanks before it.
fn tab_words(tabs: &[Tab], pane: Place, form: Tabs) -> Vec<(String, u16)> {
    let words = tabs.iter().enumerate().map(|(at, tab)| {
        let here = tab.place == pane;
        let title = match form {
            Tabs::Digits if !here => "",
            Tabs::Short if !here && tab.title.len() > WHOLE => {
                tab.title.get(..CUT).unwrap_or(tab.title)
            }
            _ => tab.title,
        };
        let words = format!("{} {title}", tab.digit);
        let words = if here { format!("[{words}]") } else { words.trim_end().to_owned() };
        let gap = match (form, at) {
            (_, 0) => 0,
            (Tabs::Named, _) => 2,
            _ => 1,
        };
        (words, gap)
    });
    words.collect()
}

fn right(chrome: &Chrome<'_>, room: Room) -> String {
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
    hints: Vec<Hint>,
    look: &Look,
    clicks: &mut Vec<(Rect, Action)>,
) {
    let line = Rect { x: line.x + 1, width: line.width - 2, ..line };
    let hints = fitting(hints, line.width);
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
