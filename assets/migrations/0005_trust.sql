-- The ten ways to build trust: check-ins with their answers, evidence, what is in focus, and
-- repairs. All of it is private. The ways themselves are content; a row of `way` says how the
-- writer wants one.

CREATE TABLE way (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    key TEXT NOT NULL CHECK (key <> ''),
    name TEXT NOT NULL,
    line TEXT NOT NULL,
    hidden INTEGER NOT NULL CHECK (hidden IN (0, 1))
) STRICT;

CREATE TABLE check_in (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX check_in_of ON check_in (relationship, day, id);
CREATE INDEX check_in_bin ON check_in (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE answer (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    check_in BLOB NOT NULL REFERENCES check_in (id) ON DELETE CASCADE,
    way TEXT NOT NULL,
    value TEXT NOT NULL
) STRICT;
CREATE INDEX answer_of ON answer (check_in, way, id);

CREATE TABLE evidence (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
    way TEXT NOT NULL,
    direction TEXT NOT NULL,
    day TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    session BLOB REFERENCES session (id),
    commitment BLOB REFERENCES commitment (id)
) STRICT;
CREATE INDEX evidence_of_way ON evidence (relationship, way, day, id) WHERE deleted IS NULL;
CREATE INDEX evidence_by_day ON evidence (relationship, day, id) WHERE deleted IS NULL;
-- For the cascade, and so that a session or a commitment may only go once nothing points at it.
CREATE INDEX evidence_any ON evidence (relationship);
CREATE INDEX evidence_of_session ON evidence (session, id);
CREATE INDEX evidence_of_commitment ON evidence (commitment, id);
CREATE INDEX evidence_short ON evidence (substr(id, 13));
CREATE INDEX evidence_bin ON evidence (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE focus (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
    way TEXT NOT NULL,
    practice TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT
) STRICT;
CREATE INDEX focus_of ON focus (relationship, until, since, id);

CREATE TABLE repair (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    happened TEXT NOT NULL CHECK (happened <> ''),
    part TEXT NOT NULL,
    effect TEXT NOT NULL,
    said TEXT NOT NULL,
    change TEXT NOT NULL,
    settled TEXT
) STRICT;
CREATE INDEX repair_of ON repair (relationship, day, id);
CREATE INDEX repair_short ON repair (substr(id, 13));
CREATE INDEX repair_bin ON repair (deleted) WHERE deleted IS NOT NULL;
