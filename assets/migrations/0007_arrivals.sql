-- Imports that write more than fits into one short transaction. What they bring stands in its
-- tables already, but nothing shows it: `deleted` is -1 for what will stand, and -1 - t for what
-- was put into the bin at t. The texts of a session that is hidden are hidden with it.
--
-- The rows of an arrival are those that `image` names under its change.

CREATE TABLE arrival (
    change INTEGER PRIMARY KEY REFERENCES change (seq) ON DELETE CASCADE,
    -- The process that brings it, as it describes itself; empty if none is at work on it.
    process TEXT NOT NULL,
    -- coming: it is being written. showing: all is there and becomes visible, bit by bit.
    -- hiding: it was taken back and is hidden, bit by bit. leaving: all is hidden and goes for good.
    step TEXT NOT NULL CHECK (step IN ('coming', 'showing', 'hiding', 'leaving'))
) STRICT;
