//! A disk of 8 MB that is filled up: the text stays on the screen, the message says what to do, the
//! reserve saves it once more, and all goes on when there is room. Where nothing can be mounted,
//! that is said and nothing is tested.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use confidant::domain::{Layer, Session, SessionState, When};
use confidant::store::{Error, Kept};

use crate::journal::Journal;
use crate::screens::Screen;

/// A small file system, for as long as it lives.
struct Disk(tempfile::TempDir);

impl Disk {
    fn of_8_mb() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"])
            .arg(folder.path())
            .stderr(std::process::Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        println!("Nothing can be mounted here, so a full disk was not tested.");
        None
    }

    /// Leaves no room at all.
    fn fill(&self) -> PathBuf {
        let filler = self.0.path().join("filler");
        let mut bytes = 1 << 20;
        let mut file = fs::File::create(&filler).expect("a file");
        while bytes > 0 {
            if std::io::Write::write_all(&mut file, &vec![7; bytes]).is_err() {
                bytes /= 2;
            }
        }
        filler
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn on(disk: &Disk) -> Journal {
    let folder = tempfile::tempdir_in(disk.0.path()).expect("a folder");
    let mut journal = Journal::begin_in(folder, None);
    let with = journal.mentee("Amina K.");
    let day = When::from_code("2026-11-12").expect("a day");
    let session = Session::new(with, day, SessionState::Held);
    let texts = &[(Layer::Notes, "before")];
    journal.store.add_session(journal.stamp, &session, texts, &[]).expect("added");
    journal
}

fn reserve(path: &Path) -> PathBuf {
    path.with_extension("db.reserve")
}

#[test]
fn without_room_nothing_is_lost_and_the_reserve_saves_once() {
    let Some(disk) = Disk::of_8_mb() else { return };
    let mut journal = on(&disk);
    let path = journal.path();
    let stamp = journal.stamp;
    let page = journal.store.sessions(
        confidant::store::Scope::Everyone,
        confidant::store::Filter::default(),
        confidant::store::Anchor::Newest,
        9,
    );
    let id = page.expect("a page").rows[0].session.id;
    let store = &mut journal.store;
    let long = "What a small no looks like. ".repeat(3000);
    let save = |store: &mut confidant::store::Store, text: &str| {
        let base = store.texts(id).expect("texts").notes.map(|notes| notes.rev);
        store.save_text(stamp, id, Layer::Notes, base, text)
    };

    let filler = disk.fill();
    let full = save(store, &long);
    assert!(matches!(full, Err(Error::Full)), "{full:?}");
    assert!(matches!(store.delete_session(stamp, id), Err(Error::Full)), "deleting fails too");
    assert!(matches!(store.backup(stamp, None, |_, _| {}), Err(Error::Full | Error::File { .. })));
    store.keep_reserve().expect("there is no room, and that is no failure");
    assert!(!reserve(&path).exists());
    let notes = store.texts(id).expect("texts").notes.expect("notes").value.body;
    assert_eq!(notes, "before");
    fs::remove_file(&filler).expect("room");
    assert!(matches!(save(store, &long), Ok(Kept::Saved(Some(_)))));

    store.keep_reserve().expect("made");
    assert_eq!(fs::metadata(reserve(&path)).expect("there").len(), 4 << 20);
    let filler = disk.fill();
    let longer = long.repeat(2);
    let first = save(store, &longer);
    assert!(matches!(first, Err(Error::AlmostFull)), "{first:?}");
    assert!(!reserve(&path).exists());
    assert!(matches!(save(store, &longer), Ok(Kept::Saved(Some(_)))));
    fs::remove_file(&filler).expect("room");
    store.keep_reserve().expect("made again");
    assert!(reserve(&path).exists());
    assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
}

#[test]
fn the_text_stays_on_the_screen_and_is_saved_when_there_is_room() {
    let Some(disk) = Disk::of_8_mb() else { return };
    let mut screen = Screen::of(on(&disk));
    screen.keys("gami<enter>3e");
    let filler = disk.fill();
    screen.paste(&"What a small no looks like. ".repeat(3000)).keys("zqend");
    screen.tick(3000).sees("The disk is full: make some room, then save again").sees("zqend");
    fs::remove_file(&filler).expect("room");
    screen.tick(10_000).sees("draft kept").keys("<esc>");
    let session = &screen.sessions()[0];
    let notes = screen.store().texts(session.session.id).expect("texts").notes.expect("notes");
    assert!(notes.value.body.contains("zqend"));
}

#[test]
fn with_the_reserve_leaving_saves_the_last_words() {
    let Some(disk) = Disk::of_8_mb() else { return };
    let mut screen = Screen::of(on(&disk));
    screen.tick(61_000);
    assert!(reserve(screen.path()).exists());
    screen.keys("gami<enter>3e");
    disk.fill();
    screen.paste(&"What a small no looks like. ".repeat(3000)).keys("zqend");
    screen.app.end(&mut screen.world).expect("saved by the reserve");
    let session = &screen.sessions()[0];
    let notes = screen.store().texts(session.session.id).expect("texts").notes.expect("notes");
    assert!(notes.value.body.contains("zqend"));
}
