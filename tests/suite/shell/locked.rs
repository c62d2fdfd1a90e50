//! A journal with a passphrase: from a command, from the terminal, wrong, and missing.

use std::io::{Read, Write};
use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::{Home, ran};

const RIGHT: &str = "printf 'correct horse\\n'";
const NEW: &str = "printf 'battery staple\\n'";
const NOT_SHOWN: &str = "Its recovery words were not shown: --print-words prints them, and a new passphrase makes new ones.\n";

fn locked() -> Home {
    let home = Home::empty();
    assert_eq!(
        home.run(&["init", "--name", "Asha", "--passphrase", "--passphrase-command", RIGHT]),
        ran(
            0,
            "Started: the journal of Asha at ~/data/confidant/journal.db, encrypted with your passphrase.\n",
            NOT_SHOWN
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
Reading every page. Looking at the seal of every page. Looking at what belongs to what.   Looking through the search index. Looked at 0 records.              
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
    let answers: Vec<Answer<'_>> =
        answers.iter().map(|answer| Box::new(move |_: &str| (*answer).to_owned()) as _).collect();
    answering(home, args, &answers)
}

/// What is answered to a prompt, by all that stands on the terminal.
type Answer<'a> = Box<dyn Fn(&str) -> String + 'a>;

fn answering(home: &Home, args: &[&str], answers: &[Answer<'_>]) -> (String, u32) {
    let pair = native_pty_system().openpty(PtySize::default()).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_confidant"));
    command.args(args);
    command.env_clear();
    // Whatever is known at home but the passphrase, which is to be asked for.
    for (name, value) in &home.variables {
        if *name != "CONFIDANT_PASSPHRASE_COMMAND" {
            command.env(name, value);
        }
    }
    command.env("CONFIDANT_JOURNAL", home.journal());
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
        // A prompt ends with a colon and stands alone.
        while String::from_utf8_lossy(&all).matches(": ").count() < number {
            all.extend(said.recv_timeout(Duration::from_mins(1)).expect("a prompt"));
        }
        let answer = answer(&String::from_utf8_lossy(&all));
        write!(keyboard, "{answer}\r").expect("typed");
    }
    while let Ok(more) = said.recv_timeout(Duration::from_mins(1)) {
        all.extend(more);
    }
    let code = child.wait().expect("it ends").exit_code();
    (String::from_utf8(all).expect("text"), code)
}

/// Gives the journal another passphrase, as a person at a terminal does.
#[track_caller]
pub fn change_by_hand(home: &Home, from: &'static str, to: &'static str) {
    let answers = [says(from), says(to), says(to), says(""), Box::new(wanted), Box::new(wanted)];
    let (said, code) = answering(home, &["passphrase", "change"], &answers);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Changed: "), "{said}");
}

/// The recovery words as they stand on a terminal.
fn words_on(said: &str) -> Vec<String> {
    let shown = said.rsplit_once("still need these.").expect("the words").1;
    let shown = shown.split_once("Press Enter").expect("their end").0;
    let words = shown.split_whitespace().filter(|word| word.parse::<u8>().is_err());
    words.map(ToOwned::to_owned).collect()
}

/// The word that the last prompt asks for.
fn wanted(said: &str) -> String {
    let place = said.rsplit_once("Word ").expect("a prompt").1.trim_end().trim_end_matches(':');
    words_on(said)[place.parse::<usize>().expect("a place") - 1].clone()
}

fn says(words: &'static str) -> Answer<'static> {
    Box::new(move |_| words.to_owned())
}

/// Which of the passphrases opens it.
fn opens_with(home: &Home, command: &str) -> i32 {
    home.run(&["people", "--passphrase-command", command]).code.expect("a code")
}

fn printed_words(out: &str) -> String {
    let (_, words) = out.split_once("Recovery words: ").expect("words");
    words.lines().next().expect("a line").to_owned()
}

#[test]
fn a_passphrase_is_set_changed_and_removed_without_a_terminal() {
    let mut home = Home::with_amina();
    home.done(&["backup"]);
    home.fails(
        &["passphrase", "set"],
        3,
        "There is no terminal to ask for the new passphrase, so nothing was changed. Give it by --new-passphrase-command or CONFIDANT_NEW_PASSPHRASE_COMMAND.\n",
    );
    home.fails(
        &["passphrase", "set", "--new-passphrase-command", "true"],
        3,
        "The command for the new passphrase printed none. Check --new-passphrase-command or CONFIDANT_NEW_PASSPHRASE_COMMAND.\n",
    );
    for command in ["change", "remove"] {
        let ran = home.run(&["passphrase", command]);
        assert_eq!(ran.code, Some(1));
        assert!(ran.err.starts_with("This journal has no passphrase."), "{}", ran.err);
    }
    assert_eq!(
        home.run(&["passphrase", "set", "--new-passphrase-command", RIGHT]),
        ran(
            0,
            "Encrypted: ~/data/confidant/journal.db opens only with the passphrase from now on.\nEncrypted 1 earlier backup too.\n",
            NOT_SHOWN
        )
    );
    assert_eq!((opens_with(&home, RIGHT), opens_with(&home, NEW)), (0, 3));
    home.set("CONFIDANT_PASSPHRASE_COMMAND", RIGHT);
    home.fails(
        &["passphrase", "set", "--new-passphrase-command", NEW],
        1,
        "This journal has a passphrase already. `confidant passphrase change` gives it another.\n",
    );
    let changed =
        home.run(&["passphrase", "change", "--new-passphrase-command", NEW, "--print-words"]);
    assert_eq!(changed.code, Some(0));
    assert!(changed.out.starts_with(
        "Changed: ~/data/confidant/journal.db opens only with the new passphrase from now on.\nRecovery words: "
    ));
    assert_eq!(
        changed.err,
        "Earlier backups, and one that was made just now, open with the passphrase before.\n"
    );
    assert_eq!(printed_words(&changed.out).split(' ').count(), 24);
    assert_eq!(opens_with(&home, NEW), 0);

    home.set("CONFIDANT_PASSPHRASE_COMMAND", NEW);
    let asked = "Everybody who can read your files can read the journal then.\nType remove to remove the passphrase:\n";
    let refused = format!(
        "{asked}That is not the word, so the passphrase stays. Run it again and type it as it is shown.\n"
    );
    for typed in ["", "\n", "yes\n"] {
        assert_eq!(home.run_with(&["passphrase", "remove"], typed), ran(1, "", &refused));
    }
    assert_eq!(
        home.run_with(&["passphrase", "remove"], "remove\n"),
        ran(
            0,
            "Removed: ~/data/confidant/journal.db is not encrypted.\n",
            &format!(
                "{asked}Earlier backups, and one that was made just now, still need the passphrase.\n"
            )
        )
    );
    assert!(std::fs::read(home.journal()).expect("bytes").starts_with(b"SQLite format 3"));
    home.says(&["people"], &home.done(&["people"]));
}

#[test]
fn the_words_lead_to_a_new_passphrase() {
    let home = Home::empty();
    let out = home.done(&[
        "init",
        "--name",
        "Asha",
        "--passphrase",
        "--passphrase-command",
        RIGHT,
        "--print-words",
    ]);
    let words = printed_words(&out);
    let recover = ["recover", "--new-passphrase-command", NEW];
    let first: Vec<&str> = words.split(' ').take(23).collect();
    assert_eq!(
        home.run_with(&recover, first.join(" ")),
        ran(
            3,
            "",
            "Recovery words are 24 words, and these are 23. Type all of them, in their order.\n"
        )
    );
    assert_eq!(
        home.run_with(&recover, format!("{} zebra", first.join(" "))).code,
        Some(3),
        "they do not belong together"
    );
    let zeros = format!("{}art", "abandon ".repeat(23));
    assert_eq!(
        home.run_with(&recover, zeros),
        ran(
            3,
            "",
            "Those recovery words do not open this journal: they are of another passphrase than the one that is set now. Nothing was changed.\n"
        )
    );
    assert_eq!(opens_with(&home, RIGHT), 0, "nothing was changed");
    assert_eq!(home.run_with(&["recover"], &words).code, Some(3), "no new passphrase");
    assert_eq!(
        home.run_with(&recover, words.to_uppercase()),
        ran(
            0,
            "Changed: ~/data/confidant/journal.db opens only with the new passphrase from now on.\n",
            &format!(
                "The words open the journal. Give it a new passphrase.\n{NOT_SHOWN}Earlier backups, and one that was made just now, open with the passphrase before.\n"
            )
        )
    );
    assert_eq!((opens_with(&home, RIGHT), opens_with(&home, NEW)), (3, 0));
    // The old words open the old backup, and say so.
    let ran = home.run_with(&recover, &words);
    assert_eq!(ran.code, Some(3));
    assert!(ran.err.contains("but they open the backup ~/data/confidant/backups/"), "{}", ran.err);
    Home::new().fails(
        &["recover"],
        1,
        "This journal has no passphrase, so there is nothing to recover. `confidant` opens it.\n",
    );
}

#[test]
fn on_a_terminal_the_words_are_shown_and_asked_back() {
    let home = Home::with_amina();
    let (said, code) = answering(
        &home,
        &["passphrase", "set"],
        &[
            says("correct horse"),
            says("correct horse"),
            says(""),
            // What is wrong shows them again.
            says("nonsense"),
            says(""),
            Box::new(wanted),
            Box::new(wanted),
        ],
    );
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Here they are again."), "{said}");
    assert!(said.contains("Encrypted: "), "{said}");
    assert!(!said.contains("not shown"), "{said}");
    assert_eq!(opens_with(&home, RIGHT), 0);

    let words = words_on(&said).join(" ");
    let words: Answer<'_> = Box::new(move |_| words.clone());
    let new = || says("battery staple");
    let (said, code) = answering(
        &home,
        &["recover"],
        &[says("abandon"), words, new(), new(), says(""), Box::new(wanted), Box::new(wanted)],
    );
    assert_eq!(code, 0, "{said}");
    assert_eq!((opens_with(&home, RIGHT), opens_with(&home, NEW)), (3, 0));

    let before = std::fs::read(home.journal()).expect("bytes");
    let change = ["passphrase", "change", "--passphrase-command", NEW];
    let (said, code) = on_a_terminal(&home, &change, &["one", "another"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("The two passphrases differ, so nothing was changed."), "{said}");
    let (said, code) = on_a_terminal(&home, &change, &[""]);
    assert_eq!(code, 3, "{said}");
    let (said, code) = on_a_terminal(&home, &change, &["one", "one", "\u{3}"]);
    assert_eq!(code, 3, "{said}");
    assert_eq!(std::fs::read(home.journal()).expect("bytes"), before);
}
