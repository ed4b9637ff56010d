-- What robots.txt and reservations said to each address, and how long the host was to be left alone.
ALTER TABLE raw.requests ADD COLUMN robots VARCHAR DEFAULT '';
ALTER TABLE raw.requests ADD COLUMN tdm VARCHAR DEFAULT '';
ALTER TABLE raw.requests ADD COLUMN wait_wanted DOUBLE DEFAULT 0;
