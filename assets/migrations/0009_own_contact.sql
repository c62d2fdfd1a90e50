-- Whom a way to reach somebody reaches: them, or me, where I gave it to them.
ALTER TABLE contact ADD COLUMN party TEXT NOT NULL DEFAULT 'them';
