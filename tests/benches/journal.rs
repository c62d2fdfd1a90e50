//! What a screen asks of the store, at 1,000 and at 100,000 sessions: `cargo bench --bench journal`.
//! Figures, not assertions; `figures` prints percentiles and what encryption adds.

mod corpus;

use confidant::domain::Layer;
use confidant::store::{Anchor, Filter, Query, Scope, Store};
use divan::{Bencher, black_box};

const SIZES: [usize; 2] = [1_000, 100_000];

fn main() {
    divan::main();
}

fn plain(sessions: usize) -> Store {
    corpus::open(&corpus::journal(sessions, false), false).0
}

#[divan::bench(args = SIZES)]
fn open_and_read_people(bencher: Bencher<'_, '_>, sessions: usize) {
    let path = corpus::journal(sessions, false);
    bencher.bench(|| corpus::open(&path, false).0.people());
}

#[divan::bench(args = SIZES)]
fn newest_sessions(bencher: Bencher<'_, '_>, sessions: usize) {
    let store = plain(sessions);
    bencher.bench_local(|| {
        store.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, 60).map(black_box)
    });
}

#[divan::bench(args = SIZES)]
fn oldest_sessions_of_one(bencher: Bencher<'_, '_>, sessions: usize) {
    let store = plain(sessions);
    let with = corpus::people(&store)[0].relationship;
    bencher.bench_local(|| {
        store.sessions(Scope::One(with), Filter::default(), Anchor::Oldest, 60).map(black_box)
    });
}

#[divan::bench(args = SIZES)]
fn texts_of_a_session(bencher: Bencher<'_, '_>, sessions: usize) {
    let store = plain(sessions);
    let page = store.sessions(Scope::Everyone, Filter::default(), Anchor::Oldest, 1);
    let id = page.expect("a page").rows[0].session.id;
    bencher
        .bench_local(|| store.texts(id).map(|texts| black_box(texts.of(Layer::Notes).is_some())));
}

#[divan::bench(args = SIZES)]
fn search_two_words(bencher: Bencher<'_, '_>, sessions: usize) {
    let store = plain(sessions);
    let query = Query { text: "small agree".to_owned(), ..Query::default() };
    bencher.bench_local(|| store.search(&query, None, 30).map(black_box));
}
