//! Confidant speaks to no network: no crate that could is in the tree, no code of ours opens a
//! socket. This is the one list of such crates.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::process::Command;

use crate::shell::Home;
use crate::terminal::screen::{NOW, Screen, Start};
use crate::walls::source::Source;

/// Crates that exist to reach a network, by what they would bring.
///
/// Not listed because they are in the tree for something else: `mio`, with which crossterm waits
/// for keys and resizes; `openssl-sys` and `openssl-src`, which give the encrypted journal its
/// cipher and whose TLS nothing here calls.
const NETWORK: &[(&str, &[&str])] = &[
    (
        "a runtime made for sockets",
        &["tokio", "async-std", "smol", "async-io", "glommio", "monoio"],
    ),
    (
        "an HTTP client",
        &[
            "attohttpc",
            "awc",
            "curl",
            "curl-sys",
            "hyper",
            "hyper-util",
            "isahc",
            "minreq",
            "reqwest",
            "surf",
            "ureq",
        ],
    ),
    ("an HTTP server", &["actix-web", "axum", "rocket", "tiny_http", "tonic", "warp"]),
    ("TLS", &["boring", "native-tls", "openssl", "rustls", "s2n-tls", "schannel", "tokio-rustls"]),
    ("raw sockets", &["async-net", "socket2", "polling"]),
    ("web sockets, HTTP/2, QUIC", &["h2", "h3", "quinn", "tungstenite"]),
    ("name look-ups", &["dns-lookup", "hickory-resolver", "trust-dns-resolver"]),
    (
        "mail, remote shells, remote repositories",
        &["gix-transport", "git2", "lettre", "russh", "ssh2"],
    ),
    ("reports to a maker", &["opentelemetry-otlp", "sentry", "self_update"]),
];

/// The crates that a lock file names.
fn locked(lock: &str) -> BTreeSet<&str> {
    lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect()
}

fn network(lock: &str) -> Vec<String> {
    let locked = locked(lock);
    let listed =
        NETWORK.iter().flat_map(|(what, names)| names.iter().map(move |name| (what, name)));
    listed
        .filter(|(_, name)| locked.contains(**name))
        .map(|(what, name)| format!("{name} ({what})"))
        .collect()
}

#[test]
fn no_crate_in_the_tree_speaks_to_a_network() {
    let lock = include_str!("../../Cargo.lock");
    assert!(locked(lock).len() > 50, "the lock file could not be read");
    assert_eq!(network(lock), Vec::<String>::new());
}

#[test]
fn a_planted_network_crate_is_seen() {
    let lock =
        "[[package]]\nname = \"ureq\"\nversion = \"3.0.0\"\n\n[[package]]\nname = \"h264\"\n";
    assert_eq!(network(lock), ["ureq (an HTTP client)"]);
}

#[test]
fn no_code_of_ours_opens_a_socket() {
    for source in Source::all() {
        // Nor a local one: nothing here listens.
        for module in ["std::net", "std::os::unix::net", "rustix::net"] {
            assert_eq!(source.naming(module).next(), None, "{}", source.path);
        }
    }
}

/// What the program asks of the system, seen from outside: it never asks for a way to a network.
/// Where no tracer is there, or none may be used, that is said and nothing is claimed.
#[test]
fn no_socket_to_a_network_is_ever_made() {
    let home = Home::new();
    let seen_by_it = home.path("trace");
    let tracer = ["-f", "-qq", "-e", "trace=socket,socketpair,connect,bind", "-o"];
    let may_trace = Command::new("strace").args(tracer).arg(&seen_by_it).arg("true").output();
    if !may_trace.is_ok_and(|output| output.status.success()) {
        println!("no strace here, or it may not look: not seen from outside");
        return;
    }
    let mut all = String::new();
    let mut collect = || all.push_str(&std::fs::read_to_string(&seen_by_it).expect("what it saw"));
    let program = env!("CARGO_BIN_EXE_confidant");
    for args in [
        &["person", "add", "Amina K.", "--as", "mentor"][..],
        &["log", "amina", "--on", "2026-11-12", "--notes", "A small no."],
        &["search", "small"],
        &["backup"],
    ] {
        let mut command = Command::new("strace");
        command.args(tracer).arg(&seen_by_it).arg(program).args(args);
        let journal = home.journal();
        command.env("CONFIDANT_JOURNAL", journal).env("CONFIDANT_NOW", NOW);
        assert!(command.output().expect("it runs").status.success(), "{args:?}");
        collect();
    }
    let path = seen_by_it.display().to_string();
    let mut arguments = tracer.to_vec();
    arguments.extend([path.as_str(), program]);
    let where_it_is = std::env::var("PATH").unwrap_or_default();
    let variables = [("TERM", "xterm-256color"), ("PATH", where_it_is.as_str())];
    let program = OsStr::new("strace");
    let start = Start { program, arguments: &arguments, variables: &variables, ..Start::default() };
    let mut screen = Screen::start_with(&home.journal(), &start);
    screen.wait_for("Today");
    screen.press("y/small");
    screen.wait_for("A small no.");
    screen.press("\x03");
    screen.wait_for("once more");
    screen.press("\x03");
    assert_eq!(screen.wait_exit().code, 0);
    collect();
    let inet: Vec<_> = all.lines().filter(|line| line.contains("AF_INET")).collect();
    assert_eq!(inet, [""; 0], "AF_INET and AF_INET6");
}
