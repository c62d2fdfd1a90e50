-- Agreements in versions: clauses, dates, signatures. A version is frozen once it is proposed or
-- signed. `checks` holds the days of progress checks, with a blank between them.

CREATE TABLE agreement (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    profile TEXT NOT NULL,
    why TEXT NOT NULL,
    schedule TEXT NOT NULL,
    checks TEXT NOT NULL,
    ends TEXT,
    renew_by TEXT,
    proposed TEXT
) STRICT;
CREATE INDEX agreement_of ON agreement (relationship, number, id);
CREATE INDEX agreement_short ON agreement (substr(id, 13));
CREATE INDEX agreement_bin ON agreement (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE clause (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    agreement BLOB NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    heading TEXT NOT NULL CHECK (heading <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX clause_of ON clause (agreement, position, id);
CREATE INDEX clause_short ON clause (substr(id, 13));

CREATE TABLE signature (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    agreement BLOB NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
    party TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    day TEXT NOT NULL,
    method TEXT NOT NULL
) STRICT;
CREATE INDEX signature_of ON signature (agreement, id);

-- The day since which a relationship rests; nothing is late or quiet meanwhile.
ALTER TABLE relationship ADD COLUMN paused TEXT;
