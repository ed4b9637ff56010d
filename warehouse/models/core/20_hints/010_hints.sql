-- Which earlier texts each rejudged text may be a copy of: the first and the last one before it to hold each of its
-- hashes, so that the work grows with the texts and not with the pairs among them. Runs that four documents before it
-- held, over more than thirty days, are a house's standing words and do not count.
-- Looked for among the texts of its half-year and of the two beside it: a night looks at the hashes of a year and a
-- half, however long the history. What is told again years later is known by its sentences (`50_figures/`).
-- Runs once for each part of the hashes, so that a rebuild of everything stays within its memory.
-- grain of hints: one row a realm, text, earlier text and part, with the number of runs that speak for it
CREATE OR REPLACE TEMP TABLE held_runs AS
WITH wanted AS MATERIALIZED (
    SELECT DISTINCT
        w.sample,
        w.half_year,
        w.shingle
    FROM (
        SELECT
            t.sample,
            half_year(t.day) AS half_year,
            unnest(t.sketch) AS shingle
        FROM core.texts AS t
        INNER JOIN rejudged AS r ON t.sample = r.sample AND t.document_id = r.document_id
        WHERE t.document_id IN (SELECT k.document_id FROM rejudged AS k)
    ) AS w
    WHERE w.shingle % getvariable('parts') = getvariable('part')
),

found AS MATERIALIZED (
    SELECT r.*
    FROM core.runs AS r
    WHERE
        r.half_year IN (SELECT DISTINCT unnest([w.half_year - 1, w.half_year, w.half_year + 1]) FROM wanted AS w)
        AND r.shingle IN (SELECT w.shingle FROM wanted AS w)
),

holders AS (
    SELECT
        t.sample,
        t.document_id,
        t.known_from,
        t.day,
        f.shingle,
        f.half_year,
        w.half_year AS judged
    FROM found AS f
    INNER JOIN core.texts AS t ON f.text_number = t.text_number
    INNER JOIN wanted AS w
        ON
            t.sample = w.sample AND f.shingle = w.shingle
            AND f.half_year BETWEEN w.half_year - 1 AND w.half_year + 1
)

SELECT
    h.sample,
    h.document_id,
    h.shingle,
    lag(h.document_id) OVER held AS last_before,
    first_value(h.document_id) OVER held AS first_of_all,
    row_number() OVER held > 4 AND max(h.day) OVER held - min(h.day) OVER held > 30 AS common
FROM holders AS h
WINDOW held AS (PARTITION BY h.sample, h.judged, h.shingle ORDER BY h.known_from, h.day, h.document_id)
QUALIFY h.half_year = h.judged;

INSERT INTO hints
SELECT
    h.sample,
    h.document_id,
    h.earlier_id,
    count(*) AS runs
FROM (
    SELECT
        k.sample,
        k.document_id,
        unnest([k.last_before, k.first_of_all]) AS earlier_id
    FROM held_runs AS k
    INNER JOIN rejudged AS r ON k.sample = r.sample AND k.document_id = r.document_id
    WHERE k.last_before IS NOT NULL AND NOT k.common
) AS h
GROUP BY h.sample, h.document_id, h.earlier_id;

INSERT INTO common_runs
SELECT
    h.sample,
    h.document_id,
    array_agg(h.shingle) AS runs
FROM held_runs AS h
INNER JOIN rejudged AS r ON h.sample = r.sample AND h.document_id = r.document_id
WHERE h.common
GROUP BY h.sample, h.document_id;
