-- Looking back together, and what was said of a goal.
--
-- A progress check is held in a session, or skipped with a word why. `answered` is the last day of
-- the agreement that it answers: the one it was planned for, or the one on which it was held.

CREATE TABLE progress_check (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
    session BLOB REFERENCES session (id) ON DELETE CASCADE,
    planned TEXT,
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    helped TEXT NOT NULL,
    hindered TEXT NOT NULL,
    mine TEXT NOT NULL,
    theirs TEXT NOT NULL,
    change TEXT NOT NULL,
    answered TEXT NOT NULL GENERATED ALWAYS AS (max(day, ifnull(planned, day))) VIRTUAL
) STRICT;
CREATE INDEX progress_check_of ON progress_check (relationship, day, id);
CREATE INDEX progress_check_of_session ON progress_check (session, id);
CREATE INDEX progress_check_short ON progress_check (substr(id, 13));
CREATE INDEX progress_check_bin ON progress_check (deleted) WHERE deleted IS NOT NULL;

-- The session in which something was said of how a goal stands.
ALTER TABLE standing ADD COLUMN session BLOB REFERENCES session (id);
CREATE INDEX standing_of_session ON standing (session, id);

-- That a session, a line of one of its texts or a commitment is about a goal. `layer` is the text
-- the line stands in; what comes from the private reflection stays as private as that.
CREATE TABLE mention (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    goal BLOB NOT NULL REFERENCES goal (id) ON DELETE CASCADE,
    session BLOB REFERENCES session (id) ON DELETE CASCADE,
    commitment BLOB REFERENCES commitment (id) ON DELETE CASCADE,
    layer TEXT,
    text TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX mention_of_goal ON mention (goal, day, id);
CREATE INDEX mention_of_session ON mention (session, id);
CREATE INDEX mention_of_commitment ON mention (commitment, id);
