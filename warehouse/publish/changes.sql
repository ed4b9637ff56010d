-- A snapshot brought up to date: the rows of the keys that loads touched since it was published.
-- The working file is attached as `working`; `publication` says which load the snapshot shows.
-- grain: as each table
CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT
    t.kind,
    t.sample,
    t.id
FROM working.core.touches AS t
WHERE t.load_number > (SELECT p.load_number FROM publication AS p);

-- noqa: disable=RF02,RF03
CREATE OR REPLACE TEMP MACRO touched_of(asked) AS TABLE
    SELECT
        t.sample,
        t.id
    FROM touched AS t
    WHERE t.kind = asked;

DELETE FROM figure_history AS o
WHERE o.figure_id IN (SELECT t.id FROM touched_of('figure') AS t);

INSERT INTO figure_history
SELECT n.*
FROM working.figure_history AS n
WHERE n.figure_id IN (SELECT t.id FROM touched_of('figure') AS t);

DELETE FROM figures AS o
WHERE o.figure_id IN (SELECT t.id FROM touched_of('figure') AS t);

INSERT INTO figures
SELECT n.*
FROM working.figures AS n
WHERE n.figure_id IN (SELECT t.id FROM touched_of('figure') AS t);

DELETE FROM figure_claims AS o
WHERE o.figure_id IN (SELECT t.id FROM touched_of('figure') AS t);

INSERT INTO figure_claims
SELECT n.*
FROM working.figure_claims AS n
WHERE n.figure_id IN (SELECT t.id FROM touched_of('figure') AS t);

DELETE FROM conflicts AS o
WHERE o.figure_id IN (SELECT t.id FROM touched_of('figure') AS t);

INSERT INTO conflicts
SELECT n.*
FROM working.conflicts AS n
WHERE n.figure_id IN (SELECT t.id FROM touched_of('figure') AS t);

DELETE FROM series AS o
WHERE o.figure_id IN (SELECT t.id FROM touched_of('neighbour') AS t);

INSERT INTO series
SELECT n.*
FROM working.series AS n
WHERE n.figure_id IN (SELECT t.id FROM touched_of('neighbour') AS t);

DELETE FROM claims AS o
WHERE
    o.figure_id IN (SELECT t.id FROM touched_of('figure') AS t)
    OR (
        o.figure_id IS NULL
        AND (o.sample, o.document_id) IN (
            SELECT
                t.sample,
                t.id
            FROM touched_of('document') AS t
        )
    );

INSERT INTO claims
SELECT n.*
FROM working.claims AS n
WHERE
    n.figure_id IN (SELECT t.id FROM touched_of('figure') AS t)
    OR (
        n.figure_id IS NULL
        AND (n.sample, n.document_id) IN (
            SELECT
                t.sample,
                t.id
            FROM touched_of('document') AS t
        )
    );

DELETE FROM documents AS o
WHERE
    (o.sample, o.document_id) IN (
        SELECT
            t.sample,
            t.id
        FROM touched_of('document') AS t
    );

INSERT INTO documents
SELECT n.*
FROM working.documents AS n
WHERE
    (n.sample, n.document_id) IN (
        SELECT
            t.sample,
            t.id
        FROM touched_of('document') AS t
    );

DELETE FROM document_changes AS o
WHERE
    (o.sample, o.url) IN (
        SELECT
            t.sample,
            t.id
        FROM touched_of('address') AS t
    );

INSERT INTO document_changes
SELECT n.*
FROM working.document_changes AS n
WHERE
    (n.sample, n.url) IN (
        SELECT
            t.sample,
            t.id
        FROM touched_of('address') AS t
    );

DELETE FROM sources AS o
WHERE o.night IN (SELECT t.id::date FROM touched_of('night') AS t);

INSERT INTO sources
SELECT n.*
FROM working.sources AS n
WHERE n.night IN (SELECT t.id::date FROM touched_of('night') AS t);

DELETE FROM requests AS o
WHERE
    o.night IN (SELECT t.id::date FROM touched_of('night') AS t)
    OR o.source IN (SELECT t.id FROM touched_of('source') AS t);

INSERT INTO requests
SELECT n.*
FROM working.requests AS n
WHERE
    n.night IN (SELECT t.id::date FROM touched_of('night') AS t)
    OR n.source IN (SELECT t.id FROM touched_of('source') AS t);

DELETE FROM outcomes AS o
WHERE
    o.night IN (SELECT t.id::date FROM touched_of('night') AS t)
    OR o.source IN (SELECT t.id FROM touched_of('source') AS t);

INSERT INTO outcomes
SELECT n.*
FROM working.outcomes AS n
WHERE
    n.night IN (SELECT t.id::date FROM touched_of('night') AS t)
    OR n.source IN (SELECT t.id FROM touched_of('source') AS t);

INSERT INTO nights
SELECT n.night
FROM working.nights AS n
WHERE n.night NOT IN (SELECT k.night FROM nights AS k);

DELETE FROM rates AS o
WHERE
    (o.day, o.currency) IN (
        SELECT
            g.day,
            g.currency
        FROM (
            SELECT k.* FROM rates AS k
            EXCEPT
            SELECT w.* FROM working.rates AS w
        ) AS g
    );

INSERT INTO rates
SELECT w.* FROM working.rates AS w
EXCEPT
SELECT k.* FROM rates AS k;

DELETE FROM corrections AS o
WHERE
    EXISTS (
        SELECT k.* FROM corrections AS k
        EXCEPT
        SELECT w.* FROM working.corrections AS w
    )
    OR (SELECT count(*) FROM corrections) <> (SELECT count(*) FROM working.corrections);

INSERT INTO corrections
SELECT n.*
FROM working.corrections AS n
WHERE NOT EXISTS (SELECT 1 FROM corrections);
