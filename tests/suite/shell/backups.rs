//! Backups from the shell: made, listed, put back, and what is said where they cannot be.

use std::fs;

use super::{Home, ran};

const LIST: &str =
    "Sun 22 Nov 2026 at 12:00  160 kB  made by you, not encrypted  journal-2026-11-22-120000.db\n";

/// The same with the size masked: it grows with every new kind of thing.
fn sized(said: &str) -> String {
    let mut lines = String::new();
    for line in said.lines() {
        let mut parts: Vec<_> = line.split("  ").collect();
        if parts.len() == 4 {
            assert!(parts[1].ends_with(" kB"), "{line}");
            parts[1] = "160 kB";
        }
        lines.push_str(&parts.join("  "));
        lines.push('\n');
    }
    lines
}

#[test]
fn a_backup_is_made_listed_and_put_back() {
    let home = Home::with_amina();
    assert_eq!(
        home.run(&["backup", "--list"]),
        ran(0, "", "There is no backup beside the journal yet. Make one: confidant backup\n")
    );
    home.says(
        &["backup"],
        "Copied and read back: ~/data/confidant/backups/journal-2026-11-22-120000.db\n",
    );
    assert_eq!(sized(&home.done(&["backup", "--list"])), LIST);
    let nowhere = home.run(&["backup", "nowhere/copy.db"]);
    assert!(nowhere.err.starts_with("nowhere/copy.db: No such file"), "{}", nowhere.err);
    home.done(&["person", "add", "Tom", "--as", "peer"]);
    assert_eq!(
        home.run(&["restore", "journal-2026-11-22-120000.db"]),
        ran(
            0,
            "\
Restored: ~/data/confidant/backups/journal-2026-11-22-120000.db, as you left it on Sun 22 Nov 2026 at 12:00.
What was there before is kept: ~/data/confidant/backups/journal-2026-11-22-120000-replaced.db
",
            "This backup is not encrypted, so the journal is not either.\n"
        )
    );
    assert_eq!(home.done(&["people"]).matches("Tom").count(), 0);
    let kept = home.path("data/confidant/backups/journal-2026-11-22-120000-replaced.db");
    let kept = kept.display().to_string();
    home.done(&["restore", &kept]);
    assert_eq!(home.done(&["people"]).matches("Tom").count(), 1);
    let kinds: Vec<_> = home
        .done(&["backup", "--list"])
        .lines()
        .map(|line| line.split("  ").nth(2).expect("a kind").to_owned())
        .collect();
    assert_eq!(kinds.len(), 3);
    assert_eq!(
        kinds.iter().filter(|kind| *kind == "replaced by a backup, not encrypted").count(),
        2
    );
}

#[test]
fn a_damaged_journal_leads_to_the_newest_good_backup() {
    let home = Home::with_amina();
    home.done(&["backup"]);
    let mut bytes = fs::read(home.journal()).expect("bytes");
    // Past the first page, so that it still opens as a journal.
    for byte in bytes.iter_mut().skip(4096) {
        *byte ^= 0x5a;
    }
    fs::write(home.journal(), &bytes).expect("damaged");
    let damaged = "The journal is damaged and was not changed. `confidant restore --newest` puts the newest good backup in its place and keeps the damaged file.\n";
    home.fails(&["people"], 1, damaged);
    let verified = home.run(&["verify"]);
    assert_eq!((verified.code, verified.err.as_str()), (Some(1), damaged));
    assert_eq!(fs::read(home.journal()).expect("bytes"), bytes, "a damaged file is not written to");
    assert_eq!(
        home.run(&["restore", "--newest"]),
        ran(
            0,
            "\
Restored: ~/data/confidant/backups/journal-2026-11-22-120000.db, as you left it on Sun 22 Nov 2026 at 12:00.
What was there before is kept: ~/data/confidant/backups/journal-2026-11-22-120000-replaced.db
",
            "This backup is not encrypted, so the journal is not either.\n"
        )
    );
    assert!(home.done(&["people"]).contains("Amina K."));
    let kept = home.path("data/confidant/backups/journal-2026-11-22-120000-replaced.db");
    assert_eq!(fs::read(kept).expect("bytes"), bytes);
}

#[test]
fn what_cannot_be_put_back_is_said() {
    let home = Home::with_amina();
    home.fails(
        &["restore", "--newest"],
        1,
        "There is no backup beside the journal. Name one from elsewhere: confidant restore FILE\n",
    );
    home.fails(
        &["restore", "none.db"],
        1,
        "There is no backup at none.db. `confidant backup --list` shows those beside the journal.\n",
    );
    let text = home.write("text.db", "Dear diary, nobody shall read this.");
    let said = home.run(&["restore", &text]);
    assert_eq!(said.code, Some(3), "{said:?}");
    let short = home.write("short.db", "Dear diary");
    home.fails(
        &["restore", &short],
        1,
        "~/short.db is not a Confidant journal. It was not changed; name the right file with --journal.\n",
    );
    let journal = home.journal().display().to_string();
    home.fails(
        &["restore", &journal],
        1,
        "~/data/confidant/journal.db is the journal itself. Name a backup of it; `confidant backup --list` shows them.\n",
    );
    let said = home.run(&["restore"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(home.done(&["people"]).contains("Amina K."));
}

#[test]
fn an_encrypted_backup_opens_with_its_passphrase() {
    let mut home = Home::empty();
    home.set("CONFIDANT_PASSPHRASE_COMMAND", "echo correct horse");
    home.done(&["init", "--name", "Asha", "--passphrase"]);
    home.done(&["person", "add", "Amina K.", "--as", "mentor"]);
    home.done(&["backup"]);
    home.done(&["person", "add", "Tom", "--as", "peer"]);
    // The salt is damaged: the newest backup tells that from a wrong passphrase.
    let mut bytes = fs::read(home.journal()).expect("bytes");
    bytes[3] ^= 4;
    fs::write(home.journal(), &bytes).expect("damaged");
    home.fails(
        &["people"],
        1,
        "The passphrase is right, but the beginning of the journal file is damaged. It was not changed. `confidant restore --newest` puts the newest good backup in its place and keeps the damaged file.\n",
    );
    home.set("CONFIDANT_PASSPHRASE_COMMAND", "echo wrong");
    home.fails(
        &["restore", "--newest"],
        1,
        "No backup beside the journal opens with this passphrase and is sound. Try an older passphrase, or name one from elsewhere: confidant restore FILE\n",
    );
    home.set("CONFIDANT_PASSPHRASE_COMMAND", "echo correct horse");
    home.done(&["restore", "--newest"]);
    let people = home.done(&["people"]);
    assert!(people.contains("Amina K.") && !people.contains("Tom"));
    let kept = home.path("data/confidant/backups/journal-2026-11-22-120000-replaced.db");
    assert_eq!(fs::read(kept).expect("bytes"), bytes);
}

#[test]
fn a_backup_of_another_passphrase_opens_with_that_one_or_its_words() {
    let mut home = Home::empty();
    let (first, second) = ("echo correct horse", "echo battery staple");
    home.set("CONFIDANT_PASSPHRASE_COMMAND", first);
    let out = home.done(&["init", "--name", "Asha", "--passphrase", "--print-words"]);
    let words = out.split("Recovery words: ").nth(1).expect("words").trim().to_owned();
    home.done(&["person", "add", "Amina K.", "--as", "mentor"]);
    home.done(&["backup"]);
    home.done(&["passphrase", "change", "--new-passphrase-command", second]);
    home.set("CONFIDANT_PASSPHRASE_COMMAND", second);
    home.done(&["person", "add", "Tom", "--as", "peer"]);
    let name = "journal-2026-11-22-120000.db";
    let listed = home.done(&["backup", "--list"]);
    assert!(listed.contains(&format!("made by you, another passphrase  {name}")), "{listed}");
    home.fails(
        &["restore", name],
        3,
        "That does not open the backup ~/data/confidant/backups/journal-2026-11-22-120000.db: a backup opens with the passphrase that was set when it was made, or with its recovery words. Nothing was changed; try again.\n",
    );
    let by_words = home.run_with(&["restore", name, "--words"], &words);
    assert_eq!(
        by_words,
        ran(
            0,
            "\
Restored: ~/data/confidant/backups/journal-2026-11-22-120000.db, as you left it on Sun 22 Nov 2026 at 12:00.
What was there before is kept: ~/data/confidant/backups/journal-2026-11-22-120000-replaced.db
",
            "The journal opens with the passphrase and the words of this backup now. Give it a new passphrase: confidant recover\n"
        )
    );
    home.set("CONFIDANT_PASSPHRASE_COMMAND", first);
    let people = home.done(&["people"]);
    assert!(people.contains("Amina K.") && !people.contains("Tom"));
    // What was there still opens with the passphrase it had.
    home.set("CONFIDANT_PASSPHRASE_COMMAND", second);
    let kept = "journal-2026-11-22-120000-replaced.db";
    assert_eq!(
        home.run(&["restore", kept]).err,
        "The journal opens with the passphrase of this backup now; what was there before still opens with its own.\n"
    );
    assert!(home.done(&["people"]).contains("Tom"));
}

#[test]
fn an_older_copy_is_told_of_until_somebody_writes_into_it() {
    let mut home = Home::with_amina();
    let older = home.path("older.db");
    fs::copy(home.journal(), &older).expect("copied");
    home.set("CONFIDANT_NOW", "2026-11-24T09:00:00+00:00");
    home.done(&["person", "add", "Tom", "--as", "peer"]);
    home.done(&["people"]);
    let older = older.display().to_string();
    let says = "This is not the copy of your journal that was last used on this machine, and it lacks something of that one. This one was last written to on Sun 22 Nov 2026 at 12:00, that one on Tue 24 Nov 2026 at 09:00. If you did not mean to open this one, look for the other, or put back a backup; if you write here, this becomes the one to go on with.\n";
    for _ in 0..2 {
        assert_eq!(home.run(&["--journal", &older, "people"]).err, says);
    }
    assert_eq!(home.run(&["people"]).err, "", "the one that was used last");
    assert_eq!(home.run(&["--journal", &older, "people"]).err, says);
    home.set("CONFIDANT_NOW", "2026-11-25T09:00:00+00:00");
    home.done(&["--journal", &older, "person", "add", "Ruth", "--as", "peer"]);
    assert_eq!(home.run(&["--journal", &older, "people"]).err, "");
    assert!(home.run(&["people"]).err.starts_with("This is not the copy"));
    // A backup that is put back on purpose is no older copy by mistake.
    home.done(&["--journal", &older, "backup"]);
    home.done(&["--journal", &older, "person", "add", "Ana", "--as", "peer"]);
    home.done(&["--journal", &older, "restore", "--newest"]);
    assert_eq!(home.run(&["--journal", &older, "people"]).err, "");
}

#[test]
fn a_folder_that_is_kept_in_step_is_told_of_once() {
    let home = Home::empty();
    let folder = home.path("Sync");
    fs::create_dir_all(folder.join(".stfolder")).expect("a folder");
    let journal = folder.join("journal.db").display().to_string();
    home.done(&["--journal", &journal, "init", "--name", "Asha", "--no-passphrase"]);
    assert_eq!(
        home.run(&["--journal", &journal, "people"]).err.lines().next(),
        Some(
            "The journal lies in a folder that Syncthing keeps in step with other machines. It may carry the file away in the middle of a write, or bring an older one back, and both damage a journal. Keep the journal elsewhere, and put backups into that folder."
        )
    );
    let again = home.run(&["--journal", &journal, "people"]).err;
    assert!(!again.contains("Syncthing"), "{again}");
}
