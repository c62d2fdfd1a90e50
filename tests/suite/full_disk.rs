//! A disk of 8 MB that is filled up: the text stays on the screen, the message says what to do, the
//! reserve saves it once more, and all goes on when there is room. Where nothing can be mounted,
//! that is said and nothing is tested.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use confidant::domain::{Layer, Session, SessionState, When};
use confidant::store::{Error, Kept, OlderBackups, Passphrase, Protection, Store};

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

/// The files of a folder and of those in it, by name and size.
fn files(folder: &Path) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let data = entry.metadata().expect("data");
        if data.is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push((entry.file_name().to_string_lossy().into_owned(), data.len()));
        }
    }
    found.sort();
    found
}

fn protection(words: &str) -> Protection {
    Protection::new(&Passphrase::new(words.to_owned())).expect("a key")
}

/// A journal of more than a megabyte.
fn large(disk: &Disk, passphrase: Option<&Passphrase>) -> Journal {
    let folder = tempfile::tempdir_in(disk.0.path()).expect("a folder");
    let mut journal = Journal::begin_in(folder, passphrase);
    let with = journal.mentee("Amina K.");
    let session =
        Session::new(with, When::from_code("2026-11-12").expect("a day"), SessionState::Held);
    let notes = "What a small no looks like. ".repeat(25_000);
    let texts = &[(Layer::Notes, notes.as_str())];
    journal.store.add_session(journal.stamp, &session, texts, &[]).expect("added");
    journal
}

/// Set, changed and removed: whatever room is left, it is all done or it is as it was.
#[test]
fn another_passphrase_without_room_is_refused_and_leaves_no_half_copy() {
    for (from, to) in [(None, Some("correct")), (Some("old"), Some("new")), (Some("old"), None)] {
        let Some(disk) = Disk::of_8_mb() else { return };
        let old = from.map(|words| Passphrase::new(words.to_owned()));
        let mut journal = large(&disk, old.as_ref());
        let (path, stamp) = (journal.path(), journal.stamp);
        let folder = journal.folder.path().to_owned();
        let new = to.map(protection);
        let replace = |journal: &mut Journal| match &new {
            Some(new) => {
                let older = OlderBackups::Encrypt;
                journal.store.set_passphrase(stamp, new, older, |_| {})
            }
            None => journal.store.remove_passphrase(stamp, |_| {}),
        };
        let filler = disk.fill();
        let full_at = fs::metadata(&filler).expect("data").len();
        // No room at all, and then more and more.
        let mut refused = 0;
        for room in (0..).map(|n| n * (700 << 10)) {
            fs::File::options()
                .write(true)
                .open(&filler)
                .and_then(|file| file.set_len(full_at - room))
                .expect("room");
            let before = files(&folder);
            let Err(error) = replace(&mut journal) else { break };
            assert!(matches!(error, Error::NoRoom(_)), "{error:?}");
            assert!(error.to_string().contains("MB, then try again"), "{error}");
            refused += 1;
            // A backup that was made first may stay: it is whole.
            let mut after = files(&folder);
            after.retain(|(name, _)| !name.ends_with("passphrase.db"));
            assert_eq!(after, before, "{from:?} to {to:?} with {room} bytes of room");
            let beside = journal.keys.open(&path, stamp);
            assert!(beside.verify(|_| {}).expect("a verdict").problems.is_empty());
            for backup in beside.backups() {
                fs::remove_file(backup.path).expect("room again");
            }
        }
        assert!(refused > 1, "{from:?} to {to:?} was refused {refused} times");
        fs::remove_file(&filler).expect("room");
        let now = Store::open(&path, to.map(|to| Passphrase::new(to.to_owned())).as_ref(), stamp);
        assert_eq!(now.expect("opens").is_encrypted(), to.is_some());
    }
}
