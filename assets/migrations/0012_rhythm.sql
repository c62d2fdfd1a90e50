-- How often the two meet belongs to the version that says so: a signed one keeps it, whatever is
-- settled later.
ALTER TABLE agreement ADD COLUMN cadence TEXT;
UPDATE agreement SET cadence =
    (SELECT r.cadence FROM relationship r WHERE r.id = agreement.relationship);
