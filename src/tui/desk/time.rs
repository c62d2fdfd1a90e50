//! What is done as time passes, between two keys.

use std::time::Duration;

use super::Desk;
use crate::store::{Error, Result, Seen, Tidying};
use crate::tui::outside::Outside;
use crate::tui::pane::{Cx, Outcome};

/// How long the program sleeps at the most while something typed is not kept yet.
const SOON: Duration = Duration::from_millis(300);

impl Desk {
    /// Time has passed. Says whether the screen has to be drawn again.
    pub fn tick(&mut self, outside: &mut dyn Outside) -> bool {
        let seen = self.store.look().and_then(|seen| match seen {
            Seen::Same => Ok(false),
            Seen::Written => self.reload(outside).map(|()| true),
            Seen::Moved => Err(Error::Moved),
        });
        // What could not be kept when the pane was read is tried again.
        let settled = seen.and_then(|changed| Ok(changed | self.settle(outside)?));
        let ticked = settled.and_then(|changed| Ok(changed | self.tick_overlays(outside)?));
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
}
