-- What the two of them promised each other, and the days those promises were moved to.
--
-- `party` is whose it is: me or them. `due_order` puts what has no day after all that has one, so
-- that a list by day is one walk through an index. `closed` is set once it is no longer open.

CREATE TABLE commitment (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
    session BLOB REFERENCES session (id),
    party TEXT NOT NULL,
    text TEXT NOT NULL,
    weight TEXT NOT NULL,
    made TEXT NOT NULL,
    due TEXT,
    state TEXT NOT NULL,
    closed TEXT,
    told INTEGER NOT NULL CHECK (told IN (0, 1)),
    due_order TEXT NOT NULL GENERATED ALWAYS AS (ifnull(due, '~')) VIRTUAL,
    CHECK ((state = 'open') = (closed IS NULL))
) STRICT;
CREATE INDEX commitment_open ON commitment (party, due_order, id)
    WHERE deleted IS NULL AND closed IS NULL;
CREATE INDEX commitment_open_with ON commitment (relationship, party, due_order, id)
    WHERE deleted IS NULL AND closed IS NULL;
CREATE INDEX commitment_closed ON commitment (closed, id)
    WHERE deleted IS NULL AND closed IS NOT NULL;
CREATE INDEX commitment_closed_with ON commitment (relationship, closed, id)
    WHERE deleted IS NULL AND closed IS NOT NULL;
-- Not only of what is out of the bin: a session may only go once nothing points at it.
CREATE INDEX commitment_of_session ON commitment (session, id);
CREATE INDEX commitment_any ON commitment (relationship);
CREATE INDEX commitment_short ON commitment (substr(id, 13));
CREATE INDEX commitment_bin ON commitment (deleted) WHERE deleted IS NOT NULL;

-- A due day that was moved: from which to which, on what day, and whether both agreed.
CREATE TABLE commitment_move (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    commitment BLOB NOT NULL REFERENCES commitment (id) ON DELETE CASCADE,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    moved TEXT NOT NULL,
    agreed INTEGER NOT NULL CHECK (agreed IN (0, 1)),
    -- Whether it was moved before it was late.
    before_due INTEGER NOT NULL GENERATED ALWAYS AS (moved <= from_day) VIRTUAL
) STRICT;
CREATE INDEX commitment_move_of ON commitment_move (commitment, moved, id);
