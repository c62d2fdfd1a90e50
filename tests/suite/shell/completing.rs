//! What shells complete, asked of the shells themselves where they are there.

use std::process::{Command, Stdio};

use super::Home;

/// The script for a shell, in a file.
fn script(home: &Home, shell: &str, file: &str) -> String {
    let script = home.done(&["completions", shell]);
    home.write(file, script)
}

/// What a shell says to `line`, once the script at `$1` is there; nothing where there is no such
/// shell.
fn asked(shell: &str, options: &[&str], line: &str, script: &str) -> Option<String> {
    let mut command = Command::new(shell);
    command.args(options).args(["-c", line]).stdin(Stdio::null());
    // The first word behind the line is the name in bash and zsh, and the first argument in fish.
    command.args(if shell == "fish" { &[][..] } else { &["shell"] }).arg(script);
    let Ok(ended) = command.output() else {
        println!("No {shell} here, so it was not asked.");
        return None;
    };
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success() && said.is_empty(), "{shell}: {said}");
    Some(String::from_utf8(ended.stdout).expect("text"))
}

#[test]
fn bash_completes_commands_and_their_words() {
    let home = Home::empty();
    let script = script(&home, "bash", "confidant.bash");
    let line = "
        source \"$1\"
        complete -p confidant > /dev/null
        COMP_WORDS=(confidant br) COMP_CWORD=1
        _confidant confidant br confidant
        echo \"${COMPREPLY[@]}\"
        COMP_WORDS=(confidant export --format '') COMP_CWORD=3
        _confidant confidant '' --format
        echo \"${COMPREPLY[@]}\"
        COMP_WORDS=(confidant goal s) COMP_CWORD=2
        _confidant confidant s goal
        echo \"${COMPREPLY[@]}\"
    ";
    let said = asked("bash", &["--norc"], line, &script).expect("bash is what tests run in");
    assert_eq!(said, "brief\njson md html ics\nset step share\n");
}

#[test]
fn fish_completes_commands_and_their_words() {
    let home = Home::empty();
    let script = script(&home, "fish", "confidant.fish");
    let line = "
        source $argv[1]
        complete -C 'confidant br'
        complete -C 'confidant report '
        complete -C 'confidant export --format h'
        complete -C 'confidant brief amina --m'
    ";
    let Some(said) = asked("fish", &["--no-config"], line, &script) else { return };
    let words: Vec<&str> = said.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(words, ["brief", "hours", "kept", "progress", "html", "--markdown"]);
}
