-- Which keys this load touches, for the marts and for the next publication. After a rebuild everything is published, so
-- that its keys need not be kept; nor need those of loads long ago.
-- The figures beside these are added once they are known.
-- grain: one row a load and figure, document, address, night, or source of another realm
CREATE OR REPLACE TEMP TABLE touched_addresses AS
SELECT DISTINCT
    d.sample,
    d.url
FROM core.documents AS d
INNER JOIN touched_documents AS t ON d.sample = t.sample AND d.document_id = t.document_id
WHERE d.document_id IN (SELECT k.document_id FROM touched_documents AS k)
UNION
SELECT
    b.sample,
    b.url
FROM documents_before AS b;

-- All versions of these addresses.
CREATE OR REPLACE TEMP TABLE version_places AS
SELECT d.rowid AS place
FROM core.documents AS d
WHERE d.rowid < getvariable('new_rows') AND d.url IN (SELECT a.url FROM touched_addresses AS a);

CREATE OR REPLACE TEMP TABLE versions AS
SELECT d.*
FROM core.documents AS d
WHERE d.rowid IN (SELECT p.place FROM version_places AS p)
UNION ALL
SELECT d.*
FROM core.documents AS d
WHERE d.rowid >= getvariable('new_rows') AND d.url IN (SELECT a.url FROM touched_addresses AS a);

-- The addresses among them that more than one version is, or was, known of.
CREATE OR REPLACE TEMP TABLE edited_addresses AS
SELECT
    v.sample,
    v.url
FROM (
    SELECT
        d.sample,
        d.url,
        d.document_id
    FROM versions AS d
    INNER JOIN touched_addresses AS a ON d.sample = a.sample AND d.url = a.url
    UNION
    SELECT
        b.sample,
        b.url,
        b.document_id
    FROM documents_before AS b
) AS v
GROUP BY v.sample, v.url
HAVING count(*) > 1;

CREATE OR REPLACE TEMP TABLE touched_periods AS
SELECT
    s.series_id,
    s.period_start
FROM touched_statements AS s
WHERE s.figure_id IS NOT NULL
UNION
SELECT
    j.series_id,
    j.period_start
FROM judged_otherwise AS j
WHERE j.figure_id IS NOT NULL;

UPDATE core.loads
SET
    load_number = load_number + 1,
    rebuild = CASE WHEN getvariable('all_statements') THEN uuid()::VARCHAR ELSE rebuild END;

DELETE FROM core.touches AS t
WHERE getvariable('all_statements') OR t.load_number < (SELECT l.load_number - 60 FROM core.loads AS l);

INSERT INTO core.touches
SELECT
    l.load_number,
    k.kind,
    k.sample,
    k.id
FROM (
    SELECT
        'figure' AS kind,
        NULL AS sample,
        f.figure_id AS id
    FROM figures_to_resolve AS f
    WHERE f.figure_id IS NOT NULL
    UNION ALL
    SELECT
        'document' AS kind,
        d.sample,
        d.document_id AS id
    FROM touched_documents AS d
    UNION ALL
    SELECT
        'address' AS kind,
        a.sample,
        a.url AS id
    FROM touched_addresses AS a
    UNION ALL
    SELECT
        'night' AS kind,
        NULL AS sample,
        getvariable('night')::VARCHAR AS id
    UNION ALL
    SELECT
        'source' AS kind,
        NULL AS sample,
        c.name AS id
    FROM changed_sources AS c
) AS k
CROSS JOIN core.loads AS l
WHERE NOT getvariable('all_statements');
