-- The journal as it first was: the owner, people, relationships, sessions with their texts and
-- agenda, the record of changes, drafts, and the search index.
--
-- Every table of records has the same first four columns:
--   id       16 random bytes (UUIDv7)
--   rev      the number of the change that gave the row this content
--   written  when that was, milliseconds since 1970
--   deleted  when it was put into the bin, or NULL
-- Days are ISO text. CASCADE serves erasing a person for good, and nothing else.

CREATE TABLE owner (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    name TEXT NOT NULL CHECK (name <> ''),
    alias TEXT NOT NULL,
    time_zone TEXT NOT NULL
) STRICT;

CREATE TABLE contact (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    value TEXT NOT NULL,
    preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
    hours TEXT NOT NULL
) STRICT;
CREATE INDEX contact_of_person ON contact (person, id);

CREATE TABLE remembering (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    day TEXT
) STRICT;
CREATE INDEX remembering_of_person ON remembering (person, id);

CREATE TABLE relationship (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    person BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    phase TEXT NOT NULL,
    started TEXT,
    ends TEXT,
    cadence TEXT,
    usual_minutes INTEGER,
    usual_mode TEXT,
    usual_place TEXT NOT NULL,
    programme TEXT NOT NULL,
    coordinator TEXT NOT NULL,
    safeguarding TEXT NOT NULL,
    archived INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT;
CREATE INDEX relationship_of_person ON relationship (person, id);

-- `starts` is a day or a day with a time (2026-11-12, 2026-11-12T15:00); it sorts as text.
CREATE TABLE session (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
    starts TEXT NOT NULL,
    state TEXT NOT NULL,
    minutes INTEGER,
    mode TEXT,
    place TEXT NOT NULL,
    about TEXT NOT NULL,
    template TEXT NOT NULL
) STRICT;
CREATE INDEX session_by_day ON session (starts, id) WHERE deleted IS NULL;
CREATE INDEX session_of_relationship ON session (relationship, starts, id) WHERE deleted IS NULL;
CREATE INDEX session_by_state ON session (relationship, state, starts, id) WHERE deleted IS NULL;
CREATE INDEX session_by_outcome ON session (state, starts, id) WHERE deleted IS NULL;
-- For the cascade and for erasing: rows in the bin count too.
CREATE INDEX session_any ON session (relationship);
-- The short ids that lists print are the last four bytes.
CREATE INDEX session_short ON session (substr(id, 13));

CREATE TABLE writing (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    session BLOB NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    layer TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX writing_of_session ON writing (session, layer);

CREATE TABLE agenda_item (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
    party TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    added TEXT NOT NULL,
    session BLOB REFERENCES session (id)
) STRICT;
CREATE INDEX agenda_open ON agenda_item (relationship, state, added, id) WHERE deleted IS NULL;
-- Not only of what is out of the bin: a session may only go once nothing points at it.
CREATE INDEX agenda_of_session ON agenda_item (session, id);
CREATE INDEX agenda_any ON agenda_item (relationship);
CREATE INDEX agenda_short ON agenda_item (substr(id, 13));

-- One row a user action. `state` is done, undone, or abandoned (undone, and then something else
-- was done instead). `reverses` is set on an undo and names what it took back, and on a redo,
-- which takes back an undo.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    origin BLOB NOT NULL,
    action TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'abandoned')),
    reverses INTEGER REFERENCES change (seq) ON DELETE SET NULL
) STRICT;
CREATE INDEX change_of_origin ON change (origin, state, seq);
CREATE INDEX change_to_redo ON change (origin, seq) WHERE action = 'undo' AND state = 'done';
-- What stands and reverses nothing can be undone; it is found here, too.
CREATE INDEX change_reversed ON change (reverses);

-- What a row was before a change: its columns as a JSON object, or NULL where there was no row.
CREATE TABLE image (
    change INTEGER NOT NULL REFERENCES change (seq) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    row BLOB NOT NULL,
    before TEXT,
    PRIMARY KEY (change, kind, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_of_row ON image (row, change);

-- What was moved from the notes to the private reflection. While the change stands, the passage is
-- shown in no earlier version of the notes; the images keep it, so that the change can be undone.
CREATE TABLE seclusion (
    change INTEGER PRIMARY KEY REFERENCES change (seq) ON DELETE CASCADE,
    row BLOB NOT NULL,
    passage TEXT NOT NULL
) STRICT;
CREATE INDEX seclusion_of_row ON seclusion (row);

-- Text that is being written: one row a field and writer, overwritten at each pause.
CREATE TABLE draft (
    origin BLOB NOT NULL,
    place TEXT NOT NULL,
    record BLOB NOT NULL,
    field TEXT NOT NULL,
    base INTEGER,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    process TEXT NOT NULL,
    PRIMARY KEY (origin, record, field)
) STRICT, WITHOUT ROWID;

-- The bin, newest first.
CREATE INDEX contact_bin ON contact (deleted) WHERE deleted IS NOT NULL;
CREATE INDEX remembering_bin ON remembering (deleted) WHERE deleted IS NOT NULL;
CREATE INDEX session_bin ON session (deleted) WHERE deleted IS NOT NULL;
CREATE INDEX agenda_bin ON agenda_item (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What is in the search index. `rowid` begins with the day of the thing, so that newest first
-- needs no sort: days since 1 January of year 1, times 2^20, plus a number within the day.
CREATE TABLE indexed (
    rowid INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    row BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX indexed_row ON indexed (row, kind);

-- text: the words. runs: runs of scripts without blanks between words, spaced by character.
-- marks: the person it concerns and what it is, so that a search within one person or one kind
-- costs what it finds.
-- Nothing is stored but the index itself; the words stand once, in their own tables.
CREATE VIRTUAL TABLE search USING fts5 (
    text, runs, marks,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
-- The cipher keeps 80 bytes of each page for itself. A leaf of the usual 4050 bytes would need a
-- second page for its end.
INSERT INTO search (search, rank) VALUES ('pgsz', 3960);

-- The words of the index, to find those that begin with what was typed.
CREATE VIRTUAL TABLE word USING fts5vocab (search, instance);
