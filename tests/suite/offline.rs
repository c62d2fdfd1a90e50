//! Confidant speaks to no network: no crate that could is in the tree, no code of ours opens a
//! socket. This is the one list of such crates.

use std::collections::BTreeSet;

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
