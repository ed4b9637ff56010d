-- Which load of the working file a snapshot shows: the next publication changes what later loads touched.
-- grain: one row
CREATE OR REPLACE TABLE publication AS
SELECT
    l.load_number,
    l.rebuild
FROM core.loads AS l;

COMMENT ON TABLE publication IS 'Which load of the working file this snapshot shows';
COMMENT ON COLUMN publication.load_number IS 'Loads so far';
COMMENT ON COLUMN publication.rebuild IS 'Names the rebuild that the rows come from: another name, all made anew';
