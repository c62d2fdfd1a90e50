//! While nobody types: the backup of the day, and the reserve for a full disk.

use confidant::store::BackupKind;

use super::{Screen, journals};

fn names(screen: &Screen) -> Vec<String> {
    let folder = screen.path().parent().expect("a folder");
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_quiet_minute_makes_the_backup_of_the_day_and_the_reserve() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("<down>").tick(50_000);
    assert_eq!(names(&screen), ["journal.db"], "not at the start, nor while somebody types");
    screen.tick(15_000);
    assert_eq!(names(&screen), ["backups", "journal.db", "journal.db.reserve"]);
    let reserve = screen.path().with_extension("db.reserve");
    let data = std::fs::metadata(reserve).expect("data");
    assert_eq!(data.len(), 4 << 20);
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&data) & 0o777, 0o600);
    let backups = screen.store().backups();
    assert_eq!(backups.iter().map(|one| one.kind).collect::<Vec<_>>(), [BackupKind::Daily]);
    // One a day, however long it goes on.
    screen.keys("<down>n").keys("Ruth<ctrl-s>").tick(120_000).keys("<up>").tick(120_000);
    assert_eq!(screen.store().backups().len(), 1);
}

#[test]
fn leaving_makes_it_where_no_minute_was_quiet() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("q");
    assert!(screen.app.is_done());
    screen.app.finish(&mut screen.world).expect("looked after");
    assert_eq!(screen.store().backups().len(), 1);
}

#[test]
fn what_is_in_the_way_of_the_backup_is_said_and_nothing_else_is_lost() {
    let mut screen = Screen::of(journals::ordinary());
    let folder = screen.path().with_file_name("backups");
    std::fs::write(folder, b"a file where the folder should be").expect("written");
    screen.tick(61_000).sees("The backup of this day could not be made.");
    screen.keys("n").keys("Ruth<ctrl-s>").sees("Ruth");
}
