-- Which load of the working file a snapshot shows: the next publication changes what later loads touched.
-- grain: one row
CREATE OR REPLACE TABLE publication AS
SELECT
    l.load_number,
    l.rebuild,
    m.made_from AS macros,
    h.made_from AS by_hand
FROM core.loads AS l
INNER JOIN core.built AS m ON m.part = 'macros'
INNER JOIN core.built AS h ON h.part = 'by_hand';
