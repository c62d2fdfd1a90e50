//! A month of three people, key by key: what each of them has to see at each step. What they type
//! is what the footer, the menus and the forms on the way say.

mod asha;
mod ruth;
mod tomas;

use confidant::tui::theme::Look;

use super::{Screen, moment};

/// The journal that somebody begins, on a day of their own.
fn begin(day: &str, size: (u16, u16), look: &Look) -> Screen {
    let mut screen = Screen::first_with(look);
    screen.world.now = moment(day);
    screen.resize(size);
    screen
}

/// The program is left, and started again on another day.
fn on(mut screen: Screen, day: &str, size: (u16, u16)) -> Screen {
    screen.app.end(&mut screen.world).expect("ends");
    let mut screen = screen.again_knowing(|world| world.now = moment(day));
    screen.resize(size);
    screen
}

/// What was written to a file last.
#[track_caller]
fn written(screen: &Screen) -> (&str, &str) {
    let (path, content) = screen.world.written.last().expect("a file");
    (path, content)
}
