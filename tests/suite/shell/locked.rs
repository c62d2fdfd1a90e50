//! A journal with a passphrase: from a command, from the terminal, wrong, and missing.

use std::io::{Read, Write};
use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::{Home, ran};

const RIGHT: &str = "printf 'correct horse\\n'";

fn locked() -> Home {
    let home = Home::empty();
    assert_eq!(
        home.run(&["init", "--name", "Asha", "--passphrase", "--passphrase-command", RIGHT]),
        ran(
            0,
            "Started: the journal of Asha at ~/data/confidant/journal.db, encrypted with your passphrase.\n",
            ""
        )
    );
    home
}

#[test]
fn a_command_opens_it_and_only_the_right_one() {
    let mut home = locked();
    let bytes = std::fs::read(home.journal()).expect("readable");
    assert!(!bytes.starts_with(b"SQLite format 3"));
    home.fails(
        &["people"],
        3,
        "There is no terminal to ask for the passphrase. Give it by --passphrase-command or CONFIDANT_PASSPHRASE_COMMAND.\n",
    );
    home.fails(
        &["people", "--passphrase-command", "echo wrong"],
        3,
        "That passphrase does not open this journal. Nothing was changed; try again.\n",
    );
    home.fails(
        &["people", "--passphrase-command", "exit 7"],
        3,
        "The passphrase command failed (exit status: 7). Check --passphrase-command or CONFIDANT_PASSPHRASE_COMMAND.\n",
    );
    home.fails(
        &["people", "--passphrase-command", "true"],
        3,
        "The passphrase command printed no passphrase. Check --passphrase-command or CONFIDANT_PASSPHRASE_COMMAND.\n",
    );
    home.set("CONFIDANT_PASSPHRASE_COMMAND", RIGHT);
    home.says(
        &["verify"],
        "The journal is sound: 0 records are as they were written. It is encrypted.\n",
    );
}

#[test]
fn a_journal_is_not_left_open_by_default() {
    Home::empty().fails(
        &["init", "--name", "Asha"],
        2,
        "Say --passphrase to encrypt the journal, or --no-passphrase to leave it open. There is no terminal to ask on.\n",
    );
}

#[test]
fn the_prompt_shows_nothing_of_what_is_typed() {
    let home = locked();
    let (said, code) = on_a_terminal(&home, &["verify"], &["wrong", "correct hoo\u{8}rse"]);
    assert_eq!(code, 0, "{said}");
    // The end is trimmed: the terminal's other side ends its input with a line of its own, which
    // may still be echoed.
    assert_eq!(
        said.replace('\r', "").trim_end(),
        "\
Passphrase: 
That passphrase does not open this journal. Try again.
Passphrase: 

The journal is sound: 0 records are as they were written. It is encrypted."
    );
    let (said, code) = on_a_terminal(&home, &["verify"], &["\u{3}"]);
    assert_eq!(code, 3, "{said}");
    assert_eq!(
        said.replace('\r', "").trim_end(),
        "Passphrase: \nNo passphrase was given. Nothing was changed."
    );
}

/// Runs the program on a terminal of its own and answers each prompt once it stands.
fn on_a_terminal(home: &Home, args: &[&str], answers: &[&str]) -> (String, u32) {
    let pair = native_pty_system().openpty(PtySize::default()).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_confidant"));
    command.args(args);
    command.env_clear();
    command.env("CONFIDANT_JOURNAL", home.journal());
    command.env("CONFIDANT_NOW", "2026-11-22T12:00:00+00:00");
    command.env("HOME", home.folder.path());
    command.cwd(home.folder.path());
    let mut child = pair.slave.spawn_command(command).expect("it runs");
    drop(pair.slave);
    let mut keyboard = pair.master.take_writer().expect("a keyboard");
    let mut screen = pair.master.try_clone_reader().expect("a screen");
    let (send, said) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(read @ 1..) = screen.read(&mut bytes) {
            if send.send(bytes[..read].to_vec()).is_err() {
                break;
            }
        }
    });
    let mut all = Vec::new();
    for (number, answer) in (1..).zip(answers) {
        while String::from_utf8_lossy(&all).matches("Passphrase: ").count() < number {
            all.extend(said.recv_timeout(Duration::from_mins(1)).expect("a prompt"));
        }
        write!(keyboard, "{answer}\r").expect("typed");
    }
    while let Ok(more) = said.recv_timeout(Duration::from_mins(1)) {
        all.extend(more);
    }
    let code = child.wait().expect("it ends").exit_code();
    (String::from_utf8(all).expect("text"), code)
}
