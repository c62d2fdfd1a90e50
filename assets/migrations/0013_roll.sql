-- The order in which people are listed, whoever is met next first, so that the list costs what it
-- shows, however many they are. It is worked out together with the outlook, and made unknown by the
-- same triggers; here a name is one more thing that it hangs on.
--
-- `archived` is NULL for one that is in the bin or not known yet, `meets` is the first session that
-- is planned and "~" without one, `sorts` is the name as names are compared.
ALTER TABLE outlook ADD COLUMN archived INTEGER CHECK (archived IN (0, 1));
ALTER TABLE outlook ADD COLUMN meets TEXT NOT NULL DEFAULT '~';
ALTER TABLE outlook ADD COLUMN sorts TEXT NOT NULL DEFAULT '';
CREATE INDEX outlook_in_order ON outlook (archived, meets, sorts, relationship)
    WHERE archived IS NOT NULL;

-- Of what was agreed the outlook holds the days up to the first gap, and the day on which it is to
-- be looked at again: what is said of nothing on a day takes no place from what is said of others.
ALTER TABLE outlook ADD COLUMN again_from TEXT;
CREATE INDEX outlook_again ON outlook (again_from, relationship) WHERE again_from IS NOT NULL;

UPDATE outlook SET known = 0;

CREATE TRIGGER outlook_person AFTER UPDATE ON person BEGIN
    UPDATE outlook SET known = 0 WHERE known
        AND relationship IN (SELECT id FROM relationship WHERE person = new.id);
END;
