//! Files of text in a folder, one after the other: however many there are, few are held at a time.

use std::fs;
use std::io;
use std::path::Path;

/// Hands over the path of every file under `folder` whose name ends with one of `endings`, in the
/// order of their names. What is hidden is passed over, and no link is followed.
pub fn each_file<E: From<io::Error>>(
    folder: &Path,
    endings: &[&str],
    each: &mut dyn FnMut(&Path) -> Result<(), E>,
) -> Result<(), E> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        let ends =
            |ending: &&str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
        if kind.is_dir() {
            each_file(&path, endings, each)?;
        } else if kind.is_file() && endings.iter().any(ends) {
            each(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files_and_links_are_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["b/.git", "b/2", "a"] {
            fs::create_dir_all(at(name)).expect("a folder");
        }
        for name in ["b/2/z.md", "b/2/a.MD", "b/.git/x.md", ".x.md", "a/x.txt", "c.md"] {
            fs::write(at(name), "x").expect("a file");
        }
        std::os::unix::fs::symlink(folder.path(), at("a/loop")).expect("a link");
        std::os::unix::fs::symlink(at("c.md"), at("a/link.md")).expect("a link");
        let mut seen = Vec::new();
        each_file::<io::Error>(folder.path(), &["md"], &mut |path| {
            let path = path.strip_prefix(folder.path()).expect("within");
            seen.push(path.display().to_string());
            Ok(())
        })
        .expect("read");
        assert_eq!(seen, ["b/2/a.MD", "b/2/z.md", "c.md"]);
    }
}
