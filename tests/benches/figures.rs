//! Prints what the store costs at 1,000 and 100,000 sessions, plain and encrypted: a table of
//! medians, 95th percentiles and worst cases. It asserts nothing.
//!
//! `cargo bench --bench figures`; with a name after `--` only the rows that contain it.

mod corpus;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use confidant::domain::{Layer, SessionState};
use confidant::store::{
    Anchor, Draft, Filter, GoalFilter, GoalsOf, Kept, Near, Place, Query, RollNear, Scope, Store,
    Wanted,
};
use corpus::words::{Random, Words};

fn main() {
    let sizes = std::env::var("CONFIDANT_SIZES").unwrap_or_else(|_| "100,1000,100000".to_owned());
    let sizes: Vec<usize> = sizes.split(',').map(|size| size.parse().expect("a size")).collect();
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let wanted = wanted.unwrap_or_default();
    println!("load: {}", load());
    println!(
        "{:<9}{:<11}{:<42}{:>9}{:>9}{:>9}{:>7}{:>9}",
        "sessions", "", "", "p50 ms", "p95", "max", "n", "CPU each"
    );
    for size in sizes {
        for encrypted in [false, true] {
            let made = now();
            let path = corpus::journal(size, encrypted);
            let bytes = std::fs::metadata(&path).expect("a file").len();
            let kind = if encrypted { "encrypted" } else { "plain" };
            println!(
                "{size:<9}{kind:<11}{:<42}{:>9.1} MB, ready in {:.1} s",
                "file",
                f64::from(u32::try_from(bytes / 1000).expect("a file")) / 1e3,
                made.elapsed().as_secs_f64()
            );
            println!(
                "{:20}{} commitments, {} relationships",
                "",
                size / corpus::pair::SESSIONS_TO_A_PROMISE,
                corpus::relationships(size)
            );
            let table = Table { size, kind, wanted: wanted.clone() };
            measure(&table, &path, encrypted);
        }
    }
    println!("load: {}", load());
}

fn measure(table: &Table, path: &Path, encrypted: bool) {
    table.row("open, read people", 10, |_| {
        let (store, _) = corpus::open(path, encrypted);
        assert_eq!(corpus::people(&store).len(), corpus::relationships(table.size));
    });
    let (store, _) = corpus::open(path, encrypted);
    let before = memory();
    mornings(table, &store);
    lists(table, &store);
    searches(table, &store);
    println!("{:<20}{:<42}{:>9.1} MB, {:.1} MB before", "", "memory, most", memory(), before);
    drop(store);
    if table.wants("save") {
        saves(table, path, encrypted);
    }
}

/// What is looked at before a meeting and in the morning.
fn mornings(table: &Table, store: &Store) {
    let people = corpus::people(store);
    let (busy, quiet) = (people[0].relationship, people[people.len() - 1].relationship);
    let everyone = Scope::Everyone;
    table.row("today, everyone", 50, |_| {
        store.today(everyone, corpus::now()).expect("today");
    });
    table.row("today, how it stands with all", 50, |_| {
        store.standings(everyone, corpus::now().date_naive()).expect("standings");
    });
    table.row("today, one", 50, |_| {
        store.today(Scope::One(busy), corpus::now()).expect("today");
    });
    table.row("brief", 50, |_| {
        store.brief(busy, corpus::now()).expect("a brief");
    });
    table.row("brief of a quiet one", 50, |_| {
        store.brief(quiet, corpus::now()).expect("a brief");
    });
    for (name, scope) in [("everyone", everyone), ("one", Scope::One(busy))] {
        table.row(&format!("commitments, first page, {name}"), 50, |_| {
            store.commitments(scope, Wanted::default(), &Near::First, 60).expect("a page");
        });
        table.row(&format!("kept record, {name}"), 50, |_| {
            store.kept_record(scope, corpus::now().date_naive()).expect("a record");
        });
    }
    let goals = store.goals(GoalsOf::One(busy), GoalFilter::Open).expect("goals");
    table.row("goals of one", 50, |_| {
        store.goals(GoalsOf::One(busy), GoalFilter::Open).expect("goals");
    });
    table.row("goals, first page, everyone", 50, |_| {
        store.first_goals(GoalsOf::Everyone, GoalFilter::All, 64).expect("goals");
    });
    table.row("what was said about a goal", 50, |_| {
        store.mentions_of(goals[0].goal.id, 61).expect("mentions");
    });
    table.row("progress checks of one", 50, |_| {
        store.progress_checks(busy, 60).expect("checks");
    });
}

fn lists(table: &Table, store: &Store) {
    let today = corpus::now().date_naive();
    let people = corpus::people(store);
    table.row("people, first page", 50, |_| {
        store.roll(false, &RollNear::First, 64, today).expect("a page");
        store.head_count().expect("counted");
    });
    let all = store.roll(false, &RollNear::First, u16::MAX, today).expect("people").rows;
    let around = RollNear::Around(all[all.len() / 2].rank.clone());
    table.row("people, around one", 50, |_| {
        store.roll(false, &around, 64, today).expect("a page");
    });
    let middle = store
        .sessions(Scope::One(people[0].relationship), Filter::default(), Anchor::Oldest, 60)
        .expect("a page")
        .rows
        .remove(0)
        .session;
    let (busy, quiet) = (people[0].relationship, people[people.len() - 1].relationship);
    let missed = Filter { state: Some(SessionState::MissedByThem) };
    let moved = Filter { state: Some(SessionState::Moved) };
    let around = Anchor::Around(middle.value.when, middle.id);
    let cases = [
        ("list newest", Scope::Everyone, Filter::default(), Anchor::Newest),
        ("list oldest", Scope::Everyone, Filter::default(), Anchor::Oldest),
        ("list around", Scope::Everyone, Filter::default(), around),
        ("list one newest", Scope::One(busy), Filter::default(), Anchor::Newest),
        ("list one around", Scope::One(busy), Filter::default(), around),
        ("list quiet one", Scope::One(quiet), Filter::default(), Anchor::Newest),
        ("list missed", Scope::Everyone, missed, Anchor::Newest),
        ("list missed around", Scope::Everyone, missed, around),
        ("list moved (none)", Scope::Everyone, moved, Anchor::Newest),
        ("list one moved (none)", Scope::One(busy), moved, Anchor::Newest),
    ];
    for (name, scope, filter, anchor) in cases {
        table.row(name, 50, |_| {
            store.sessions(scope, filter, anchor, 60).expect("a page");
        });
    }
    let page = store.sessions(Scope::Everyone, Filter::default(), around, 60).expect("a page").rows;
    table.row("texts of a session", 100, |n| {
        store.texts(page[n % page.len()].session.id).expect("texts");
    });
}

/// Every text a reader sees on the way to each of these, one key after the other.
fn searches(table: &Table, store: &Store) {
    let people = corpus::people(store);
    let (busy, quiet) = (people[0].person, people[people.len() - 1].person);
    let typed = [
        "the",
        "mentoring",
        "agreement with",
        "small no",
        "what the manager said",
        "zephyrglass",
        "conflict deleg respons",
        "\"talk about\"",
        "昇進",
        "progress of the project plan",
        "this that these those they",
        "qqqqzz",
        "in prepared remembers",
    ];
    let mut queries: Vec<Query> = Vec::new();
    for text in typed {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        queries.extend(ends.map(|end| Query { text: text[..end].to_owned(), ..Query::default() }));
    }
    table.each("search, each key", &queries, store);
    for query in &mut queries {
        query.person = Some(busy);
    }
    table.each("search, each key, one person", &queries, store);
    for query in &mut queries {
        query.person = Some(quiet);
    }
    table.each("search, each key, person of 3", &queries, store);
    for query in &mut queries {
        query.person = None;
        query.only = Some(confidant::store::Found::Reflections);
    }
    table.each("search, each key, reflections", &queries, store);
}

fn saves(table: &Table, path: &Path, encrypted: bool) {
    // On a copy, so that the next run finds the corpus as it was.
    let copy = PathBuf::from(format!("{}.copy", path.display()));
    std::fs::copy(path, &copy).expect("a copy");
    let (mut store, stamp) = corpus::open(&copy, encrypted);
    let mut words = Words::new(11);
    let page = store
        .sessions(Scope::Everyone, Filter::default(), Anchor::Newest, 100)
        .expect("a page")
        .rows;
    table.row("save a draft", 100, |n| {
        let draft = Draft {
            place: Place::Session,
            record: page[n % 5].session.id.cast(),
            field: "notes".to_owned(),
            base: None,
            body: words.prose(300),
        };
        store.keep_draft(stamp, &draft, "bench").expect("kept");
    });
    table.row("save 300 words of notes", 300, |n| {
        let id = page[n % page.len()].session.id;
        let base = store.texts(id).expect("texts").notes.map(|notes| notes.rev);
        let kept = store.save_text(stamp, id, Layer::Notes, base, &words.prose(300));
        assert!(matches!(kept.expect("saved"), Kept::Saved(_)));
    });
    table.row("save: undo of notes", 100, |_| {
        store.undo(stamp).expect("undone");
    });
    table.row("save: redo of notes", 100, |_| {
        store.redo(stamp).expect("done again");
    });
    table.row("save: move a session by a day", 50, |n| {
        let session = &page[n % page.len()].session;
        let mut when = session.value.when;
        when.date = when.date.succ_opt().expect("a day");
        store.move_session(stamp, session.id, when).expect("moved");
    });
    for row in page.iter().take(3) {
        store.delete_session(stamp, row.session.id).expect("deleted");
    }
    table.row("save: empty the bin of 3", 1, |_| {
        assert_eq!(store.empty_bin(i64::MAX).expect("emptied"), 3);
    });
    table.row("save: verify", 1, |_| {
        assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new());
    });
    drop(store);
    std::fs::remove_file(&copy).expect("the copy goes");
}

struct Table {
    size: usize,
    kind: &'static str,
    wanted: String,
}

impl Table {
    fn wants(&self, name: &str) -> bool {
        name.contains(&self.wanted)
    }

    fn row(&self, name: &str, times: usize, mut work: impl FnMut(usize)) {
        if !self.wants(name) && !name.starts_with(&self.wanted) {
            return;
        }
        let before = processor();
        let mut taken: Vec<Duration> = (0..times)
            .map(|n| {
                let began = now();
                work(n);
                began.elapsed()
            })
            .collect();
        let spent = processor().saturating_sub(before).as_secs_f64() * 1e3;
        self.print(name, &mut taken, Some(spent / f64::from(u32::try_from(times).expect("a few"))));
    }

    /// Every query three times in a shuffled order, so that none only finds the pages of the one
    /// before; the best time of each counts, for others work on the same machine.
    fn each(&self, name: &str, queries: &[Query], store: &Store) {
        if !self.wants(name) {
            return;
        }
        let mut order: Vec<usize> = (0..queries.len() * 3).map(|n| n % queries.len()).collect();
        let mut random = Random::new(3);
        for n in (1..order.len()).rev() {
            order.swap(n, random.below(n + 1));
        }
        let mut taken = vec![Duration::MAX; queries.len()];
        for n in order {
            let began = now();
            store.search(&queries[n], None, 30).expect("hits");
            taken[n] = taken[n].min(began.elapsed());
        }
        // On a machine that others use, what the processor spent says more than the clock.
        let mut spent: Vec<Duration> = queries
            .iter()
            .map(|query| {
                let before = processor();
                for _ in 0..5 {
                    store.search(query, None, 30).expect("hits");
                }
                processor().saturating_sub(before) / 5
            })
            .collect();
        self.print(&format!("{name}, processor"), &mut spent, None);
        let worst = (0..queries.len()).max_by_key(|n| taken[*n]).expect("a query");
        self.print(name, &mut taken.clone(), None);
        println!("{:<20}  slowest: {:?}", "", queries[worst].text);
        if std::env::var_os("CONFIDANT_EACH").is_some() {
            for query in queries {
                let began = now();
                let hits = store.search(query, None, 30).expect("hits");
                println!("    {:>8.2} {:>4} {:?}", ms(began.elapsed()), hits.count, query.text);
            }
        }
    }

    /// A row of the table; `spent` is what the processor worked for each, where that was measured.
    fn print(&self, name: &str, taken: &mut [Duration], spent: Option<f64>) {
        taken.sort();
        let at = |percent: usize| ms(taken[(taken.len() - 1) * percent / 100]);
        println!(
            "{:<9}{:<11}{name:<42}{:>9.2}{:>9.2}{:>9.2}{:>7}{}",
            self.size,
            self.kind,
            at(50),
            at(95),
            at(100),
            taken.len(),
            spent.map(|spent| format!("{spent:>9.2}")).unwrap_or_default()
        );
    }
}

fn ms(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1e3
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time; nothing it writes holds it")]
fn now() -> Instant {
    Instant::now()
}

/// How long the processor worked for this process. Exact to a few milliseconds.
fn processor() -> Duration {
    let spent = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let spent = spent.split_whitespace().next().and_then(|spent| spent.parse().ok());
    Duration::from_nanos(spent.unwrap_or_default())
}

/// The most memory this process has had, in megabytes.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    let kilobytes = line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1e3
}

fn load() -> String {
    std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim().to_owned()
}
