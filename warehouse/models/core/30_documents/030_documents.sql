-- Every document with what decides how much its claims weigh: who published it, who first wrote it, how long it stood.
-- A document stands until a newer version of the same address is known. Weighed again are those that this load touches,
-- the copies that lead to them or lead elsewhere now, and the other versions of their addresses.
-- grain: one row a realm (sample or live) and document
CREATE TABLE IF NOT EXISTS core.documents (
    sample BOOLEAN,
    document_id VARCHAR,
    authority VARCHAR,
    source VARCHAR,
    night DATE,
    url VARCHAR,
    host VARCHAR,
    site VARCHAR,
    title VARCHAR,
    lang VARCHAR,
    published DATE,
    published_from VARCHAR,
    modified DATE,
    wire VARCHAR,
    kind VARCHAR,
    readable BOOLEAN,
    fetched_at TIMESTAMPTZ,
    archive_file VARCHAR,
    archive_offset BIGINT,
    known_from DATE,
    address VARCHAR,
    copy_of VARCHAR,
    writer VARCHAR,
    said_on DATE,
    first_host VARCHAR,
    first_said_on DATE,
    superseded_on DATE
);

CREATE OR REPLACE TEMP TABLE touched_before AS
SELECT
    d.rowid AS place,
    d.*
FROM core.documents AS d
WHERE d.document_id IN (SELECT t.document_id FROM touched_ids AS t);

DELETE FROM core.documents AS d
WHERE d.rowid IN (SELECT b.place FROM touched_before AS b);

INSERT INTO core.documents BY NAME
SELECT
    m.* EXCLUDE (sketch),  -- noqa: RF02,RF03
    coalesce(nullif(m.url, ''), m.document_id) AS address
FROM merged_documents AS m;

-- All versions of the addresses that this load touches.
CREATE OR REPLACE TEMP TABLE addressed AS
SELECT
    d.rowid AS place,
    d.sample,
    d.document_id,
    d.address
FROM core.documents AS d
WHERE
    d.address IN (
        SELECT b.address FROM touched_before AS b
        UNION ALL
        SELECT coalesce(nullif(m.url, ''), m.document_id) FROM merged_documents AS m
    );

CREATE OR REPLACE TEMP TABLE reweighed AS
SELECT
    m.sample,
    m.document_id
FROM merged_documents AS m
UNION
SELECT
    r.sample,
    r.document_id
FROM rerooted AS r
UNION
SELECT
    c.sample,
    c.document_id
FROM core.copies AS c
WHERE c.root_id IN (SELECT t.document_id FROM touched_ids AS t)
UNION
SELECT
    a.sample,
    a.document_id
FROM addressed AS a;

-- Where all versions of their addresses lie is found by one column; all columns are read only there.
CREATE OR REPLACE TEMP TABLE reweighed_elsewhere AS
SELECT k.*
FROM reweighed AS k
ANTI JOIN addressed AS a ON k.sample = a.sample AND k.document_id = a.document_id;

CREATE OR REPLACE TEMP TABLE other_addresses AS
SELECT DISTINCT d.address
FROM core.documents AS d
INNER JOIN reweighed_elsewhere AS k ON d.sample = k.sample AND d.document_id = k.document_id
WHERE d.document_id IN (SELECT w.document_id FROM reweighed_elsewhere AS w);

CREATE OR REPLACE TEMP TABLE standing_places AS
SELECT a.place FROM addressed AS a
UNION
SELECT d.rowid AS place
FROM core.documents AS d
WHERE d.address IN (SELECT a.address FROM other_addresses AS a);

CREATE OR REPLACE TEMP TABLE standing_documents AS
WITH standing AS (
    SELECT
        d.rowid AS place,
        d.*
    FROM core.documents AS d
    WHERE
        d.rowid IN (
            SELECT p.place FROM standing_places AS p
            WHERE p.place < getvariable('new_rows')
        )
    UNION ALL
    SELECT
        d.rowid AS place,
        d.*
    FROM core.documents AS d
    WHERE d.rowid IN (
        SELECT p.place FROM standing_places AS p
        WHERE p.place >= getvariable('new_rows')
    )
)

SELECT
    d.*,
    r.document_id IS NOT NULL AS is_reweighed
FROM standing AS d
LEFT JOIN reweighed AS r ON d.sample = r.sample AND d.document_id = r.document_id;

CREATE OR REPLACE TEMP TABLE documents_before AS
SELECT b.* EXCLUDE (place)  -- noqa: RF02,RF03
FROM touched_before AS b
UNION ALL
SELECT s.* EXCLUDE (place, is_reweighed)  -- noqa: RF02,RF03
FROM standing_documents AS s
WHERE s.is_reweighed AND s.document_id NOT IN (SELECT t.document_id FROM touched_ids AS t);

CREATE OR REPLACE TEMP TABLE reweighed_copies AS
SELECT c.*
FROM core.copies AS c
INNER JOIN reweighed AS k ON c.sample = k.sample AND c.document_id = k.document_id
WHERE c.document_id IN (SELECT w.document_id FROM reweighed AS w);

CREATE OR REPLACE TEMP TABLE roots_elsewhere AS
SELECT DISTINCT
    c.sample,
    c.root_id
FROM reweighed_copies AS c
ANTI JOIN standing_documents AS s ON c.sample = s.sample AND c.root_id = s.document_id;

CREATE OR REPLACE TEMP TABLE documents_now AS
WITH roots AS (
    SELECT s.* EXCLUDE (place, is_reweighed)  -- noqa: RF02,RF03
    FROM standing_documents AS s
    UNION ALL
    SELECT d.*
    FROM core.documents AS d
    INNER JOIN roots_elsewhere AS e ON d.sample = e.sample AND d.document_id = e.root_id
    WHERE d.document_id IN (SELECT k.root_id FROM roots_elsewhere AS k)
),

placed AS (
    SELECT
        m.*,
        min(CASE WHEN m.readable THEN m.known_from END) OVER newer AS replaced_on
    FROM standing_documents AS m
    WINDOW
        newer AS (
            PARTITION BY m.sample, m.address
            ORDER BY m.fetched_at, m.document_id
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        )
)

SELECT
    m.* EXCLUDE (place, is_reweighed, replaced_on) REPLACE (  -- noqa: RF02
        c.root_id AS copy_of,
        coalesce(nullif('wire: ' || lower(root.wire), 'wire: '), root.host) AS writer,
        coalesce(m.published, m.fetched_at::DATE) AS said_on,
        -- who speaks in a copy, and when: the first publisher, on the day of the first text
        root.host AS first_host,
        coalesce(root.published, root.fetched_at::DATE) AS first_said_on,
        m.replaced_on AS superseded_on
    )
FROM placed AS m
LEFT JOIN reweighed_copies AS c ON m.sample = c.sample AND m.document_id = c.document_id
INNER JOIN roots AS root ON m.sample = root.sample AND coalesce(c.root_id, m.document_id) = root.document_id
WHERE m.is_reweighed;

DELETE FROM core.documents AS d
WHERE d.rowid IN (
    SELECT s.place FROM standing_documents AS s
    WHERE s.is_reweighed
);

INSERT INTO core.documents
SELECT n.*
FROM documents_now AS n
ORDER BY n.sample, n.document_id;
