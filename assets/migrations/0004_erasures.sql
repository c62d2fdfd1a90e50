-- That something was erased for good: when, and how many records of each kind, as a JSON object.
-- Nothing here says whom it was about.

CREATE TABLE erasure (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    at INTEGER NOT NULL,
    counts TEXT NOT NULL
) STRICT;

-- The day on which the notes of a relationship are to be looked at and erased.
ALTER TABLE relationship ADD COLUMN keep_until TEXT;
