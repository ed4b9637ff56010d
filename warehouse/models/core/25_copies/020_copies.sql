-- The copies whose way to a first text changed, each with where it leads to now.
-- grain of repaired, rerooted: one row a realm and document; root_id null: no copy any more
CREATE OR REPLACE TEMP TABLE repaired AS
WITH asked AS (
    SELECT
        r.sample,
        r.document_id
    FROM rejudged AS r
    UNION
    SELECT
        c.sample,
        c.document_id
    FROM changed_texts AS c
)

SELECT
    a.sample,
    a.document_id,
    p.copied_from,
    c.root_id AS old_root
FROM asked AS a
LEFT JOIN pairs AS p ON a.sample = p.sample AND a.document_id = p.document_id
LEFT JOIN core.copies AS c ON a.sample = c.sample AND a.document_id = c.document_id
WHERE p.copied_from IS DISTINCT FROM c.copied_from;

INSERT INTO rerooted
WITH RECURSIVE led AS (
    SELECT
        r.sample,
        r.document_id,
        r.copied_from
    FROM repaired AS r
    UNION ALL
    SELECT
        c.sample,
        c.document_id,
        c.copied_from
    FROM core.copies AS c
    WHERE
        c.root_id IN (
            SELECT r.document_id FROM repaired AS r
            UNION ALL
            SELECT r.old_root FROM repaired AS r
            WHERE r.old_root IS NOT NULL
        )
        AND NOT EXISTS (
            SELECT 1 FROM repaired AS r
            WHERE r.sample = c.sample AND r.document_id = c.document_id
        )
),

ways AS (
    SELECT
        l.sample,
        l.document_id,
        l.copied_from,
        l.copied_from AS place
    FROM led AS l
    WHERE l.copied_from IS NOT NULL
    UNION ALL
    SELECT
        w.sample,
        w.document_id,
        w.copied_from,
        l.copied_from AS place
    FROM ways AS w
    INNER JOIN led AS l ON w.sample = l.sample AND w.place = l.document_id
    WHERE l.copied_from IS NOT NULL
),

ends AS (
    SELECT
        w.sample,
        w.document_id,
        w.copied_from,
        coalesce(c.root_id, w.place) AS root_id
    FROM ways AS w
    LEFT JOIN core.copies AS c
        ON
            w.sample = c.sample AND w.place = c.document_id
            AND NOT EXISTS (
                SELECT 1 FROM led AS l
                WHERE l.sample = c.sample AND l.document_id = c.document_id
            )
    WHERE
        NOT EXISTS (
            SELECT 1 FROM led AS l
            WHERE l.sample = w.sample AND l.document_id = w.place AND l.copied_from IS NOT NULL
        )
)

SELECT
    l.sample,
    l.document_id,
    l.copied_from,
    e.root_id
FROM led AS l
LEFT JOIN ends AS e ON l.sample = e.sample AND l.document_id = e.document_id;

DELETE FROM core.copies AS c
USING rerooted AS r
WHERE c.sample = r.sample AND c.document_id = r.document_id;

INSERT INTO core.copies
SELECT r.*
FROM rerooted AS r
WHERE r.copied_from IS NOT NULL
ORDER BY r.sample, r.document_id;
