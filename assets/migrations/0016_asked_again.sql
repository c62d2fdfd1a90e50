-- Where a line worth remembering was said: to be asked about it again leads back there.
ALTER TABLE remembering ADD COLUMN session BLOB REFERENCES session (id);
ALTER TABLE remembering ADD COLUMN layer TEXT;
CREATE INDEX remembering_of_session ON remembering (session, id);
