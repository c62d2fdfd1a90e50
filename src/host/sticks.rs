//! Memory sticks that are plugged in, by the names their owner knows them by; and whether a folder
//! lies on another machine.

use std::fs;
use std::path::{Path, PathBuf};

/// A memory stick, or another disk that was plugged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stick {
    /// What it is called.
    pub name: String,
    /// Where its files are.
    pub path: PathBuf,
}

/// The sticks that are plugged in and can be written to, in the order of their names.
pub fn sticks() -> Vec<Stick> {
    let mut found = among(mounts());
    if cfg!(target_vendor = "apple") {
        found.extend(volumes());
    }
    in_order(found)
}

/// Those among what is mounted.
fn among(mounts: Vec<Mount>) -> Vec<Stick> {
    mounts
        .into_iter()
        .filter(|mount| mount.is_writable && (is_for_media(&mount.point) || mount.is_removable()))
        .filter_map(|mount| {
            let name = mount.point.file_name()?.to_string_lossy().into_owned();
            Some(Stick { name, path: mount.point })
        })
        .collect()
}

fn in_order(mut found: Vec<Stick>) -> Vec<Stick> {
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found.dedup();
    found
}

/// Those of this name; where none is called just that, those whose name differs in capitals only.
pub fn called<'a>(name: &str, sticks: &'a [Stick]) -> Vec<&'a Stick> {
    let exact: Vec<_> = sticks.iter().filter(|stick| stick.name == name).collect();
    if !exact.is_empty() {
        return exact;
    }
    let folded = name.to_lowercase();
    sticks.iter().filter(|stick| stick.name.to_lowercase() == folded).collect()
}

/// The kind of file system on which a folder lies, where the system says.
pub(super) fn file_system_of(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let of = mounts().into_iter().filter(|mount| folder.starts_with(&mount.point));
    // The last one mounted over a place is the one that is seen there.
    of.enumerate()
        .max_by_key(|(at, mount)| (mount.point.components().count(), *at))
        .map(|(_, mount)| mount.kind)
}

/// A place where a file system is mounted.
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    device: String,
    point: PathBuf,
    is_writable: bool,
    kind: String,
}

impl Mount {
    /// Whether the disk can be pulled out. Of a part of a disk, the whole knows it.
    fn is_removable(&self) -> bool {
        let device = Path::new("/sys/dev/block").join(&self.device);
        [device.join("removable"), device.join("../removable")]
            .iter()
            .any(|flag| fs::read_to_string(flag).is_ok_and(|flag| flag.trim() == "1"))
    }
}

fn mounts() -> Vec<Mount> {
    in_table(&fs::read_to_string("/proc/self/mountinfo").unwrap_or_default())
}

fn in_table(table: &str) -> Vec<Mount> {
    table.lines().filter_map(mount).collect()
}

/// A line of `/proc/self/mountinfo`: numbers, device, root, mount point, options, any number of
/// fields, a dash, and the kind of file system.
fn mount(line: &str) -> Option<Mount> {
    let (before, after) = line.split_once(" - ")?;
    let mut fields = before.split(' ').skip(2);
    let device = fields.next()?.to_owned();
    let point = PathBuf::from(unescaped(fields.nth(1)?));
    let is_writable = fields.next()?.split(',').any(|option| option == "rw");
    let kind = after.split(' ').next()?.to_owned();
    Some(Mount { device, point, is_writable, kind })
}

/// A path as it is; the table writes blanks and such as `\040`.
fn unescaped(field: &str) -> String {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = rest.get(1..4).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) if *first == b'\\' => {
                bytes.push(byte);
                rest = &rest[4..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether desktops put what is plugged in there: `/media/NAME`, `/media/USER/NAME`,
/// `/run/media/USER/NAME`.
fn is_for_media(point: &Path) -> bool {
    let below =
        |folder: &str| point.strip_prefix(folder).is_ok_and(|rest| rest.components().count() > 0);
    below("/media") || below("/run/media")
}

/// What is mounted on a Mac besides the disk it starts from.
fn volumes() -> Vec<Stick> {
    let start = fs::metadata("/").ok().map(|data| std::os::unix::fs::MetadataExt::dev(&data));
    let entries = fs::read_dir("/Volumes").into_iter().flatten().flatten();
    entries
        .filter(|entry| {
            let device = fs::metadata(entry.path()).ok();
            device.map(|data| std::os::unix::fs::MetadataExt::dev(&data)) != start
        })
        .map(|entry| Stick {
            name: entry.file_name().to_string_lossy().into_owned(),
            path: entry.path(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_table_is_read() {
        let line = "98 31 8:17 / /run/media/ruth/MY\\040STICK rw,nosuid,nodev shared:52 - vfat /dev/sdb1 rw,uid=1000";
        let expected = Mount {
            device: "8:17".to_owned(),
            point: PathBuf::from("/run/media/ruth/MY STICK"),
            is_writable: true,
            kind: "vfat".to_owned(),
        };
        assert_eq!(mount(line), Some(expected));
        let line = "31 1 8:2 / / ro,relatime - ext4 /dev/sda2 rw";
        assert_eq!(
            mount(line).map(|mount| (mount.is_writable, mount.kind)),
            Some((false, "ext4".to_owned()))
        );
        for bad in ["", "31 1 8:2 / /", " - ", "31 1 8:2 / / rw - "] {
            assert!(mount(bad).is_none_or(|mount| mount.kind.is_empty()), "{bad:?}");
        }
    }

    #[test]
    fn sticks_are_found_in_the_table_and_by_their_names() {
        let table = "\
31 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw
98 31 8:17 / /run/media/ruth/MY\\040STICK rw,nosuid - vfat /dev/sdb1 rw
99 31 8:33 / /media/ruth/Backups rw,nosuid - ext4 /dev/sdc1 rw
99 31 8:33 / /media/ruth/Backups rw,nosuid - ext4 /dev/sdc1 rw
97 31 8:49 / /media/other/backups rw,nosuid - ext4 /dev/sdd1 rw
96 31 11:0 / /media/ruth/CDROM ro,nosuid - iso9660 /dev/sr0 ro
";
        let found = in_order(among(in_table(table)));
        let names: Vec<_> = found.iter().map(|stick| stick.name.as_str()).collect();
        assert_eq!(names, ["Backups", "MY STICK", "backups"]);
        let paths = |name: &str| -> Vec<_> {
            called(name, &found).iter().map(|stick| stick.path.display().to_string()).collect()
        };
        assert_eq!(paths("MY STICK"), ["/run/media/ruth/MY STICK"]);
        assert_eq!(paths("my stick"), ["/run/media/ruth/MY STICK"]);
        assert_eq!(paths("Backups"), ["/media/ruth/Backups"], "just that name comes first");
        assert_eq!(paths("BACKUPS").len(), 2);
        assert_eq!(paths("CDROM").len(), 0, "it cannot be written to");
    }

    #[test]
    fn any_name_survives_the_table() {
        for (written, name) in [
            ("a\\040b", "a b"),
            ("tab\\011", "tab\t"),
            ("back\\134slash", "back\\slash"),
            ("\\04", "\\04"),
            ("\\", "\\"),
            ("\u{e9}\\040\u{65e5}", "\u{e9} \u{65e5}"),
        ] {
            assert_eq!(unescaped(written), name);
        }
    }

    #[test]
    fn desktops_mount_below_media() {
        for (point, is) in [
            ("/media/STICK", true),
            ("/media/ruth/STICK", true),
            ("/run/media/ruth/STICK", true),
            ("/media", false),
            ("/mnt/data", false),
            ("/mediathek/a", false),
        ] {
            assert_eq!(is_for_media(Path::new(point)), is, "{point}");
        }
    }

    #[test]
    fn where_there_is_a_table_every_folder_lies_somewhere() {
        if Path::new("/proc/self/mountinfo").exists() {
            assert!(file_system_of(&std::env::temp_dir()).is_some());
        }
    }
}
