-- The texts that came, went or changed, and those that must be compared with earlier ones because of it: they and every
-- later text that shares a run of words with one of them.
-- grain of changed_texts: one row a realm, document and side (as it was, as it is); of rejudged: a realm and document
CREATE OR REPLACE TEMP TABLE changed_texts AS
WITH was AS (
    SELECT t.*
    FROM core.texts AS t
    WHERE t.document_id IN (SELECT i.document_id FROM touched_ids AS i)
),

becomes AS (
    SELECT
        m.sample,
        m.document_id,
        m.known_from,
        coalesce(m.published, m.fetched_at::DATE) AS day,
        m.sketch
    FROM merged_documents AS m
    WHERE m.readable AND len(m.sketch) >= 8
)

SELECT
    w.*,
    FALSE AS is_new
FROM was AS w
ANTI JOIN becomes AS b
    ON
        w.sample = b.sample AND w.document_id = b.document_id AND w.known_from = b.known_from AND w.day = b.day
        AND w.sketch = b.sketch
UNION ALL
SELECT
    b.*,
    (md5_number_lower(concat_ws('|', b.sample, b.document_id)) >> 1)::BIGINT AS text_number,
    TRUE AS is_new
FROM becomes AS b
ANTI JOIN was AS w
    ON
        b.sample = w.sample AND b.document_id = w.document_id AND b.known_from = w.known_from AND b.day = w.day
        AND b.sketch = w.sketch;

DELETE FROM core.texts AS t
USING changed_texts AS c
WHERE
    t.sample = c.sample AND t.document_id = c.document_id
    AND t.document_id IN (SELECT k.document_id FROM changed_texts AS k);

INSERT INTO core.texts
SELECT c.* EXCLUDE (is_new)  -- noqa: RF02,RF03
FROM changed_texts AS c
WHERE c.is_new
ORDER BY c.known_from, c.day, c.document_id;

DELETE FROM core.runs AS r
USING changed_texts AS c
WHERE NOT c.is_new AND r.text_number = c.text_number;

INSERT INTO core.runs
SELECT
    c.text_number,
    half_year(c.day) AS half_year,
    unnest(c.sketch) AS shingle
FROM changed_texts AS c
WHERE c.is_new
ORDER BY half_year;

CREATE OR REPLACE TEMP TABLE rejudged AS
WITH changed_runs AS (
    SELECT
        r.sample,
        r.shingle,
        min((r.known_from, r.day, r.document_id)) AS earliest
    FROM (
        SELECT
            c.sample,
            c.known_from,
            c.day,
            c.document_id,
            unnest(c.sketch) AS shingle
        FROM changed_texts AS c
        WHERE NOT getvariable('all_documents')
    ) AS r
    GROUP BY r.sample, r.shingle
),

later AS (
    SELECT
        t.sample,
        t.document_id,
        t.known_from,
        t.day,
        unnest(t.sketch) AS shingle
    FROM core.texts AS t
    WHERE t.known_from >= (SELECT min(c.known_from) FROM changed_texts AS c) AND NOT getvariable('all_documents')
)

SELECT
    c.sample,
    c.document_id
FROM changed_texts AS c
WHERE c.is_new
UNION
SELECT
    l.sample,
    l.document_id
FROM later AS l
INNER JOIN changed_runs AS r ON l.sample = r.sample AND l.shingle = r.shingle
WHERE (l.known_from, l.day, l.document_id) > r.earliest;

CREATE OR REPLACE TEMP TABLE hints (sample BOOLEAN, document_id VARCHAR, earlier_id VARCHAR, runs BIGINT);

CREATE OR REPLACE TEMP TABLE common_runs (sample BOOLEAN, document_id VARCHAR, runs UBIGINT[]);

-- The copies whose way to a first text changed: `25_copies/` fills it when a text did.
CREATE OR REPLACE TEMP TABLE rerooted (sample BOOLEAN, document_id VARCHAR, copied_from VARCHAR, root_id VARCHAR);
