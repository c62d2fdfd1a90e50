//! A source file as the walls see it: the paths it names and the texts it holds, without comments.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One file below `src`.
pub struct Source {
    /// From the root of the repository: `src/domain/dates.rs`.
    pub path: String,
    /// Every path in the code, such as `std::fs::read`, with its line. Groups in `use` are spelled
    /// out, and `super::` counts as `crate::`, so that a wall is not passed around the corner.
    pub names: Vec<(usize, String)>,
    /// Every string literal with its line.
    pub texts: Vec<(usize, String)>,
    /// The code itself, its strings empty.
    pub code: String,
}

impl Source {
    /// Takes a file apart.
    pub fn new(path: &str, text: &str) -> Self {
        let (code, texts) = without_comments(text);
        let mut names = Names { tokens: tokens(&code), at: 0, found: Vec::new() };
        names.read_all();
        Self { path: path.to_owned(), names: names.found, texts, code }
    }

    /// All files below `src`.
    pub fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        collect(&root.join("src"), &mut files);
        assert!(files.len() > 1, "the walls look at no file");
        let read = |file: PathBuf| {
            let text = fs::read_to_string(&file).expect("a source file");
            let path = file.strip_prefix(root).expect("a file below the root");
            Self::new(&path.to_string_lossy(), &text)
        };
        files.into_iter().map(read).collect()
    }

    /// Where the file names `path` or anything below it.
    pub fn naming(&self, path: &str) -> impl Iterator<Item = (usize, &str)> {
        self.names.iter().map(|(line, name)| (*line, name.as_str())).filter(move |(_, name)| {
            name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        })
    }

    /// Whether this file is `place` or lies below it: `src/tui` holds `src/tui.rs` too.
    pub fn is_in(&self, place: &str) -> bool {
        self.path.strip_prefix(place).is_some_and(|rest| {
            rest.is_empty() || rest == ".rs" || rest.starts_with('/') || place.ends_with('/')
        })
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The code with comments blanked and strings emptied, lines kept; and the strings.
fn without_comments(text: &str) -> (String, Vec<(usize, String)>) {
    let (mut code, mut texts) = (String::new(), Vec::new());
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let in_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some((length, text)) = string(rest, in_word) {
            texts.push((line, text.to_owned()));
            code.push_str("\"\"");
            length
        } else if let Some(length) = character(rest) {
            code.push_str("' '");
            length
        } else {
            if first != '\n' {
                code.push(first);
            }
            first.len_utf8()
        };
        let lines = rest[..length].matches('\n').count();
        code.push_str(&"\n".repeat(lines));
        line += lines;
        rest = &rest[length..];
    }
    (code, texts)
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of the string literal that begins here, and what it holds.
fn string(text: &str, in_word: bool) -> Option<(usize, &str)> {
    let raw = text.strip_prefix('r').filter(|_| !in_word);
    let raw = raw.or_else(|| text.strip_prefix("br").filter(|_| !in_word));
    if let Some(after) = raw {
        let body = after.trim_start_matches('#');
        let hashes = &after[..after.len() - body.len()];
        let body = body.strip_prefix('"')?;
        let close = format!("\"{hashes}");
        let end = body.find(&close)?;
        return Some((text.len() - body.len() + end + close.len(), &body[..end]));
    }
    let body = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = body.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })?;
    Some((end + 2, &body[..end]))
}

/// The length of the character literal that begins here; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    let mut chars = body.char_indices();
    match chars.next()?.1 {
        // The escaped character itself may be the quote.
        '\\' => body[2..].find('\'').map(|end| end + 4),
        _ => chars.next().filter(|(_, c)| *c == '\'').map(|(end, _)| end + 2),
    }
}

fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let of_word = |c: char| c.is_alphanumeric() || c == '_';
            let length = if of_word(first) {
                rest.find(|c| !of_word(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push((number + 1, &rest[..length]));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

struct Names<'a> {
    tokens: Vec<(usize, &'a str)>,
    at: usize,
    found: Vec<(usize, String)>,
}

impl Names<'_> {
    fn read_all(&mut self) {
        while self.at < self.tokens.len() {
            self.read(&[]);
        }
    }

    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", |(_, token)| token)
    }

    /// Reads one path, or one branch of a group; passes over whatever is neither.
    fn read(&mut self, group: &[String]) {
        let line = self.tokens[self.at].0;
        let mut path = group.to_vec();
        while self.peek().starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            path.push(self.peek().to_owned());
            self.at += 1;
            if self.peek() != "::" {
                break;
            }
            self.at += 1;
            if self.peek() == "{" {
                self.at += 1;
                while !matches!(self.peek(), "}" | "") {
                    self.read(&path);
                }
                self.at += 1;
                return;
            }
        }
        if path.len() == group.len() {
            self.at += 1;
        } else {
            self.found.push((line, spelled(&path)));
        }
    }
}

fn spelled(path: &[String]) -> String {
    let path = path.strip_suffix(&["self".to_owned()]).unwrap_or(path);
    match path.iter().position(|part| part != "super") {
        Some(ups @ 1..) => format!("crate::{}", path[ups..].join("::")),
        _ => path.join("::"),
    }
}
