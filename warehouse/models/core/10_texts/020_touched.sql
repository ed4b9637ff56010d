-- The documents that this load may have changed: those that the sources of the night gave before and give now, and all
-- of a source whose authority or realm is another one now.
-- grain: one row a document
CREATE OR REPLACE TEMP TABLE latest_sources AS
SELECT
    s.name,
    max_by(s.authority, s.night) AS authority,
    max_by(s.sample, s.night) AS sample
FROM raw.sources AS s
GROUP BY s.name;

CREATE OR REPLACE TEMP TABLE changed_sources AS
SELECT coalesce(l.name, w.name) AS name
FROM latest_sources AS l
FULL JOIN core.source_words AS w ON l.name = w.name
WHERE l.authority IS DISTINCT FROM w.authority OR l.sample IS DISTINCT FROM w.sample;

CREATE OR REPLACE TEMP TABLE touched_ids AS
SELECT n.document_id
FROM night_documents AS n
UNION
SELECT d.document_id
FROM raw.documents AS d
WHERE d.night = getvariable('night') AND d.source IN (SELECT f.source FROM staged_files AS f)
UNION
SELECT d.document_id
FROM raw.documents AS d
WHERE d.source IN (SELECT c.name FROM changed_sources AS c)
UNION
SELECT d.document_id
FROM raw.documents AS d
WHERE getvariable('all_documents');

DELETE FROM core.source_words;

INSERT INTO core.source_words
SELECT
    l.name,
    l.authority,
    l.sample
FROM latest_sources AS l
ORDER BY l.name;
