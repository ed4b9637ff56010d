-- What each night did: its sources, requests and outcomes, and the pages behind the claims. Made again is what this
-- night gave, and what belongs to a source whose realm is another one now.
-- grain: one row a document, source of a night, request, or item of a step, as each table says
CREATE OR REPLACE TEMP TABLE new_documents_mart AS
SELECT
    d.sample,
    d.source,
    d.url,
    d.title,
    d.site,
    d.lang,
    d.kind,
    d.published,
    d.published_from,
    d.modified,
    d.wire,
    d.authority,
    d.night,
    d.fetched_at,
    d.known_from,
    d.superseded_on,
    d.copy_of,
    d.archive_file,
    d.archive_offset,
    d.document_id
FROM core.documents AS d
INNER JOIN touched_documents AS t ON d.sample = t.sample AND d.document_id = t.document_id
ORDER BY d.night, d.source, d.url;

CREATE TABLE IF NOT EXISTS documents AS
SELECT n.*
FROM new_documents_mart AS n
WHERE FALSE;

DELETE FROM documents AS o
USING touched_documents AS t
WHERE o.sample = t.sample AND o.document_id = t.document_id;

INSERT INTO documents
SELECT n.*
FROM new_documents_mart AS n;

CREATE TABLE IF NOT EXISTS sources AS
SELECT s.*
FROM raw.sources AS s
WHERE FALSE;

DELETE FROM sources AS o
WHERE o.night = getvariable('night');

INSERT INTO sources
SELECT s.*
FROM raw.sources AS s
WHERE s.night = getvariable('night') OR getvariable('all_statements')
ORDER BY s.night, s.name;

CREATE TABLE IF NOT EXISTS requests AS
SELECT
    r.*,
    FALSE AS sample
FROM raw.requests AS r
WHERE FALSE;

DELETE FROM requests AS o
WHERE o.night = getvariable('night') OR o.source IN (SELECT c.name FROM changed_sources AS c);

INSERT INTO requests
SELECT
    r.*,
    coalesce(l.sample, FALSE) AS sample
FROM raw.requests AS r
LEFT JOIN latest_sources AS l ON r.source = l.name
WHERE
    r.night = getvariable('night') OR r.source IN (SELECT c.name FROM changed_sources AS c)
    OR getvariable('all_statements')
ORDER BY r.night, r.source, r.requested_at;

CREATE TABLE IF NOT EXISTS outcomes AS
SELECT
    o.* EXCLUDE (staged_as),  -- noqa: RF02,RF03
    FALSE AS sample
FROM raw.outcomes AS o
WHERE FALSE;

DELETE FROM outcomes AS o
WHERE o.night = getvariable('night') OR o.source IN (SELECT c.name FROM changed_sources AS c);

INSERT INTO outcomes
SELECT
    o.* EXCLUDE (staged_as),  -- noqa: RF02,RF03
    coalesce(l.sample, FALSE) AS sample
FROM raw.outcomes AS o
LEFT JOIN latest_sources AS l ON o.source = l.name
WHERE
    o.night = getvariable('night') OR o.source IN (SELECT c.name FROM changed_sources AS c)
    OR getvariable('all_statements')
ORDER BY o.night, o.source, o.step, o.item;

CREATE TABLE IF NOT EXISTS nights AS
SELECT n.night
FROM raw.nights AS n
WHERE FALSE;

INSERT INTO nights
SELECT n.night
FROM raw.nights AS n
WHERE n.night NOT IN (SELECT k.night FROM nights AS k);
