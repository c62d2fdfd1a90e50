-- Goals: what somebody wants to reach, the milestones on the way, and how it stood when it was
-- looked at. Their first four columns are those of every table of records.

CREATE TABLE goal (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    title TEXT NOT NULL CHECK (title <> ''),
    owner TEXT NOT NULL,
    why TEXT NOT NULL,
    test TEXT NOT NULL,
    horizon TEXT NOT NULL,
    due TEXT,
    status TEXT NOT NULL,
    -- The day it got that status.
    since TEXT NOT NULL
) STRICT;
CREATE INDEX goal_by_status ON goal (status, since, id) WHERE deleted IS NULL;
CREATE INDEX goal_short ON goal (substr(id, 13));
CREATE INDEX goal_bin ON goal (deleted) WHERE deleted IS NOT NULL;

-- With whom a goal is shared: nobody, one, or several.
CREATE TABLE goal_with (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    goal BLOB NOT NULL REFERENCES goal (id) ON DELETE CASCADE,
    relationship BLOB NOT NULL REFERENCES relationship (id) ON DELETE CASCADE
) STRICT;
-- Not only of what stands: for the cascade and for taking back, rows in the bin count too.
CREATE INDEX goal_with_goal ON goal_with (goal, relationship);
CREATE INDEX goal_with_relationship ON goal_with (relationship, goal);

CREATE TABLE milestone (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    goal BLOB NOT NULL REFERENCES goal (id) ON DELETE CASCADE,
    title TEXT NOT NULL CHECK (title <> ''),
    due TEXT,
    done TEXT,
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX milestone_of_goal ON milestone (goal, position, id);
CREATE INDEX milestone_short ON milestone (substr(id, 13));
CREATE INDEX milestone_bin ON milestone (deleted) WHERE deleted IS NOT NULL;

-- How a goal stood on a day, and when its status changed: one history.
CREATE TABLE standing (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    written INTEGER NOT NULL,
    deleted INTEGER,
    goal BLOB NOT NULL REFERENCES goal (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    word TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX standing_of_goal ON standing (goal, day, id);
CREATE INDEX standing_bin ON standing (deleted) WHERE deleted IS NOT NULL;
