-- Which load of the working file a snapshot shows: the next publication changes what later loads touched.
-- grain: one row
CREATE OR REPLACE TABLE publication AS
SELECT
    l.load_number,
    l.rebuild,
    b.made_from AS macros
FROM core.loads AS l
INNER JOIN core.built AS b ON b.part = 'macros';
