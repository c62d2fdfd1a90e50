-- The order in which goals are listed, so that a list reads the first of them and not all.
CREATE INDEX goal_in_order ON goal (status, due IS NULL, due, title COLLATE NOCASE, id)
    WHERE deleted IS NULL;
