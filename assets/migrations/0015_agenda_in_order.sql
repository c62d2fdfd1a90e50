-- The place that a line of the agenda was given. Without one it stands behind those that have one, in
-- the order in which it was written down; so nothing that stands there moves by this.
ALTER TABLE agenda_item ADD COLUMN place INTEGER;
DROP INDEX agenda_open;
CREATE INDEX agenda_open ON agenda_item (relationship, state, place IS NULL, place, added, id)
    WHERE deleted IS NULL;
