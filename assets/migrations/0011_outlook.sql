-- From which days on Today has something to say of a relationship, so that no day goes through all
-- of them. It is worked out from the records after each change; where `known` is 0 it is not yet,
-- and the relationship is looked at as if there were something to say. A day is NULL where nothing
-- is to be said, and `agreed_until` also where that has no end.
--
-- Whoever writes to one of the tables it hangs on, and in whatever way, makes it unknown. A step
-- that rebuilds one of them lays its triggers again.

CREATE TABLE outlook (
    relationship BLOB PRIMARY KEY REFERENCES relationship (id) ON DELETE CASCADE,
    known INTEGER NOT NULL DEFAULT 0 CHECK (known IN (0, 1)),
    agreed_from TEXT,
    agreed_until TEXT,
    unmet_from TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX outlook_unknown ON outlook (known, relationship) WHERE known = 0;
CREATE INDEX outlook_agreed ON outlook (agreed_from, agreed_until, relationship)
    WHERE agreed_from IS NOT NULL;
CREATE INDEX outlook_unmet ON outlook (unmet_from, relationship) WHERE unmet_from IS NOT NULL;

INSERT INTO outlook (relationship) SELECT id FROM relationship;

-- The last progress check that was held, by either way of holding one.
CREATE INDEX session_looking_back ON session (relationship, starts)
    WHERE template = 'progress-check' AND state = 'held' AND deleted IS NULL;
CREATE INDEX progress_check_answered ON progress_check (relationship, answered)
    WHERE deleted IS NULL;

CREATE TRIGGER outlook_of_new AFTER INSERT ON relationship BEGIN
    INSERT INTO outlook (relationship) VALUES (new.id);
END;
CREATE TRIGGER outlook_relationship AFTER UPDATE ON relationship BEGIN
    UPDATE outlook SET known = 0 WHERE relationship = new.id AND known;
END;

CREATE TRIGGER outlook_session_new AFTER INSERT ON session BEGIN
    UPDATE outlook SET known = 0 WHERE relationship = new.relationship AND known;
END;
CREATE TRIGGER outlook_session AFTER UPDATE ON session BEGIN
    UPDATE outlook SET known = 0
        WHERE relationship IN (old.relationship, new.relationship) AND known;
END;
CREATE TRIGGER outlook_session_gone AFTER DELETE ON session BEGIN
    UPDATE outlook SET known = 0 WHERE relationship = old.relationship AND known;
END;

CREATE TRIGGER outlook_progress_check_new AFTER INSERT ON progress_check BEGIN
    UPDATE outlook SET known = 0 WHERE relationship = new.relationship AND known;
END;
CREATE TRIGGER outlook_progress_check AFTER UPDATE ON progress_check BEGIN
    UPDATE outlook SET known = 0
        WHERE relationship IN (old.relationship, new.relationship) AND known;
END;
CREATE TRIGGER outlook_progress_check_gone AFTER DELETE ON progress_check BEGIN
    UPDATE outlook SET known = 0 WHERE relationship = old.relationship AND known;
END;

CREATE TRIGGER outlook_check_in_new AFTER INSERT ON check_in BEGIN
    UPDATE outlook SET known = 0 WHERE relationship = new.relationship AND known;
END;
CREATE TRIGGER outlook_check_in AFTER UPDATE ON check_in BEGIN
    UPDATE outlook SET known = 0
        WHERE relationship IN (old.relationship, new.relationship) AND known;
END;
CREATE TRIGGER outlook_check_in_gone AFTER DELETE ON check_in BEGIN
    UPDATE outlook SET known = 0 WHERE relationship = old.relationship AND known;
END;

CREATE TRIGGER outlook_agreement_new AFTER INSERT ON agreement BEGIN
    UPDATE outlook SET known = 0 WHERE relationship = new.relationship AND known;
END;
CREATE TRIGGER outlook_agreement AFTER UPDATE ON agreement BEGIN
    UPDATE outlook SET known = 0
        WHERE relationship IN (old.relationship, new.relationship) AND known;
END;
CREATE TRIGGER outlook_agreement_gone AFTER DELETE ON agreement BEGIN
    UPDATE outlook SET known = 0 WHERE relationship = old.relationship AND known;
END;

CREATE TRIGGER outlook_signature_new AFTER INSERT ON signature BEGIN
    UPDATE outlook SET known = 0 WHERE known
        AND relationship = (SELECT relationship FROM agreement WHERE id = new.agreement);
END;
CREATE TRIGGER outlook_signature AFTER UPDATE ON signature BEGIN
    UPDATE outlook SET known = 0 WHERE known
        AND relationship IN (SELECT relationship FROM agreement
            WHERE id IN (old.agreement, new.agreement));
END;
CREATE TRIGGER outlook_signature_gone AFTER DELETE ON signature BEGIN
    UPDATE outlook SET known = 0 WHERE known
        AND relationship = (SELECT relationship FROM agreement WHERE id = old.agreement);
END;
