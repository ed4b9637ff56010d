-- Which keys each load touched, so that a publication changes only what they hold; and one row that says how many loads
-- there were, and by which rebuild the marts came to be.
CREATE TABLE core.touches (load_number BIGINT NOT NULL, kind VARCHAR NOT NULL, sample BOOLEAN, id VARCHAR NOT NULL);
CREATE TABLE core.loads (load_number BIGINT NOT NULL, rebuild VARCHAR NOT NULL);
INSERT INTO core.loads VALUES (0, uuid()::VARCHAR);
