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
WHERE d.document_id IN (SELECT k.document_id FROM touched_documents AS k)
ORDER BY d.night, d.source, d.url;

CREATE TABLE IF NOT EXISTS documents (
    sample BOOLEAN,
    source VARCHAR,
    url VARCHAR,
    title VARCHAR,
    site VARCHAR,
    lang VARCHAR,
    kind VARCHAR,
    published DATE,
    published_from VARCHAR,
    modified DATE,
    wire VARCHAR,
    authority VARCHAR,
    night DATE,
    fetched_at TIMESTAMPTZ,
    known_from DATE,
    superseded_on DATE,
    copy_of VARCHAR,
    archive_file VARCHAR,
    archive_offset BIGINT,
    document_id VARCHAR
);

DELETE FROM documents AS o
USING touched_documents AS t
WHERE
    o.sample = t.sample AND o.document_id = t.document_id
    AND o.document_id IN (SELECT k.document_id FROM touched_documents AS k);

INSERT INTO documents
SELECT n.*
FROM new_documents_mart AS n;

CREATE TABLE IF NOT EXISTS sources (
    night DATE,
    name VARCHAR,
    title VARCHAR,
    kind VARCHAR,
    url VARCHAR,
    language VARCHAR,
    country VARCHAR,
    authority VARCHAR,
    licence VARCHAR,
    sample BOOLEAN,
    min_items BIGINT,
    max_items BIGINT,
    max_silent_days BIGINT,
    note VARCHAR
);

DELETE FROM sources AS o
WHERE o.night = getvariable('night');

INSERT INTO sources
SELECT s.*
FROM raw.sources AS s
WHERE s.night = getvariable('night') OR getvariable('all_statements')
ORDER BY s.night, s.name;

CREATE TABLE IF NOT EXISTS requests (
    night DATE,
    source VARCHAR,
    url VARCHAR,
    why VARCHAR,
    requested_at TIMESTAMPTZ,
    outcome VARCHAR,
    rule VARCHAR,
    status BIGINT,
    bytes BIGINT,
    digest VARCHAR,
    waited_seconds DOUBLE,
    seconds DOUBLE,
    detail VARCHAR,
    robots VARCHAR,
    tdm VARCHAR,
    wait_wanted DOUBLE,
    sample BOOLEAN
);

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

CREATE TABLE IF NOT EXISTS outcomes (
    night DATE,
    source VARCHAR,
    step VARCHAR,
    item VARCHAR,
    ok BOOLEAN,
    outcome VARCHAR,
    reason VARCHAR,
    item_count BIGINT,
    sample BOOLEAN
);

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

CREATE TABLE IF NOT EXISTS nights (
    night DATE
);

INSERT INTO nights
SELECT n.night
FROM raw.nights AS n
WHERE n.night NOT IN (SELECT k.night FROM nights AS k);
