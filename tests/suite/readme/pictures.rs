//! The pictures of the README: screens of the made-up journal, drawn from the program's own buffer,
//! so that no picture shows what the program does not.
//!
//! `UPDATE_README=1 cargo test readme` draws them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use confidant::transfer::sample;
use confidant::tui::text;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::journal::Journal;
use crate::screens::Screen;

/// The pictures: their name, their size, and the keys that lead there.
const PICTURES: &[(&str, (u16, u16), &str)] = &[
    ("today", (90, 16), "1"),
    ("brief", (80, 24), "gnoor<enter>"),
    ("writing", (80, 24), "gnoor<enter>3<down>e"),
    ("agreement", (100, 30), "gnoor<enter>2"),
    ("trust", (100, 30), "gnoor<enter>4<down><down><down><down><space>"),
    ("goals", (100, 20), "gnoor<enter>5"),
    ("search", (80, 24), "/draft"),
];

/// A cell, in the units of the picture: as high as the letters of these fonts, so that the lines of a
/// frame meet.
const CELL: (f32, f32) = (8.4, 16.4);
/// The room around the cells.
const ROOM: f32 = 12.0;

/// Colours for a light page and a dark one. The classes are the terminal's own names.
const STYLE: &str = "\
.p{fill:#fbfaf7}.t{fill:#24272c}.d{fill:#767b84}.r{fill:#b3261e}.g{fill:#1f7a3f}.y{fill:#8a6100}.b{fill:#2456b3}.m{fill:#8a3fa0}.c{fill:#0b6f83}.v{fill:#fbfaf7}
@media (prefers-color-scheme:dark){.p{fill:#191b20}.t{fill:#dfddd6}.d{fill:#8d929c}.r{fill:#f0877c}.g{fill:#7fc98f}.y{fill:#e0c06a}.b{fill:#8ab4f8}.m{fill:#d49ae6}.c{fill:#6fd0e3}.v{fill:#191b20}}
text{font:14px \"DejaVu Sans Mono\",\"Liberation Mono\",Menlo,Consolas,monospace;white-space:pre}.k{font-weight:bold}.u{text-decoration:underline}";

#[test]
fn the_pictures_are_what_the_screens_show() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screens");
    let update = std::env::var_os("UPDATE_README").is_some();
    let mut stale = Vec::new();
    for (name, size, keys) in PICTURES {
        let mut journal = Journal::new();
        sample::fill(&mut journal.store, journal.stamp).expect("filled");
        let mut screen = Screen::of(journal);
        // Drawn afresh at the end: a test terminal keeps what a wide character covered.
        screen.resize(*size).keys(keys).resize(*size);
        let picture = picture(screen.buffer(), &screen_title(name));
        let path = folder.join(format!("{name}.svg"));
        if fs::read_to_string(&path).is_ok_and(|there| there == picture) {
            continue;
        }
        if update {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&path, picture).expect("written");
        } else {
            stale.push(*name);
        }
    }
    assert!(
        stale.is_empty(),
        "{stale:?} in assets/screens are stale; UPDATE_README=1 cargo test readme draws them"
    );
}

#[test]
fn every_picture_is_in_the_readme_and_every_one_there_is_drawn() {
    let readme = fs::read_to_string(super::README).expect("a README");
    for (name, ..) in PICTURES {
        assert!(readme.contains(&format!("(assets/screens/{name}.svg)")), "{name} is not shown");
    }
    let shown = readme.matches("(assets/screens/").count();
    assert_eq!(shown, PICTURES.len());
}

fn screen_title(name: &str) -> String {
    format!("Confidant: {name}")
}

/// The buffer as a picture: cells that look alike are one run.
fn picture(buffer: &Buffer, title: &str) -> String {
    let (width, height) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    let (wide, high) = (width * CELL.0 + 2.0 * ROOM, height * CELL.1 + 2.0 * ROOM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.1} {high:.1}\" width=\"{wide:.0}\" height=\"{high:.0}\" role=\"img\"><title>{title}</title>\n<style>{STYLE}</style>\n<rect class=\"p\" width=\"100%\" height=\"100%\" rx=\"8\"/>\n"
    );
    for y in 0..buffer.area.height {
        for run in runs(buffer, y) {
            draw(&run, y, &mut svg);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Cells of one row that look alike.
struct Run {
    x: u16,
    width: u16,
    text: String,
    style: Style,
}

fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let width = text::width(cell.symbol()).max(1);
        let (symbol, style) = (cell.symbol(), cell.style());
        // Words and the frame around them are apart, so that a font's own widths matter little.
        let is_blank = symbol == " " && !is_reversed(style);
        match runs.last_mut() {
            Some(run) if run.style == style && !is_blank && run.x + run.width == x => {
                run.text.push_str(symbol);
                run.width += width;
            }
            _ if is_blank => {}
            _ => runs.push(Run { x, width, text: symbol.to_owned(), style }),
        }
        x += width;
    }
    runs
}

fn draw(run: &Run, y: u16, svg: &mut String) {
    let (left, top) = (ROOM + f32::from(run.x) * CELL.0, ROOM + f32::from(y) * CELL.1);
    let wide = f32::from(run.width) * CELL.0;
    let mut class = colour(run.style).to_owned();
    if is_reversed(run.style) {
        let _ = writeln!(
            svg,
            "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{:.1}\"/>",
            CELL.1
        );
        "v".clone_into(&mut class);
    }
    for (modifier, more) in [(Modifier::BOLD, " k"), (Modifier::UNDERLINED, " u")] {
        if run.style.add_modifier.contains(modifier) {
            class.push_str(more);
        }
    }
    let text = run.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(
        svg,
        "<text class=\"{class}\" x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{wide:.1}\">{text}</text>",
        top + 13.0
    );
}

fn is_reversed(style: Style) -> bool {
    style.add_modifier.contains(Modifier::REVERSED)
}

fn colour(style: Style) -> &'static str {
    match style.fg {
        Some(Color::Red | Color::LightRed) => "r",
        Some(Color::Green | Color::LightGreen) => "g",
        Some(Color::Yellow | Color::LightYellow) => "y",
        Some(Color::Blue | Color::LightBlue) => "b",
        Some(Color::Magenta | Color::LightMagenta) => "m",
        Some(Color::Cyan | Color::LightCyan) => "c",
        _ if style.add_modifier.contains(Modifier::DIM) => "d",
        _ => "t",
    }
}
