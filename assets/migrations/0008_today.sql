-- What Today looks for by its day. Commitments and sessions have their indexes already.
CREATE INDEX goal_due ON goal (status, due, id) WHERE deleted IS NULL AND due IS NOT NULL;
CREATE INDEX milestone_due ON milestone (due, id)
    WHERE deleted IS NULL AND due IS NOT NULL AND done IS NULL;
CREATE INDEX remembering_by_day ON remembering (day, id)
    WHERE deleted IS NULL AND day IS NOT NULL;
