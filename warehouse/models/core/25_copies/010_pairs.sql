-- Two documents tell one text when a good part of the shorter one stands in the other: of the hashes that both sketches
-- would hold, half of the shorter one's are shared. A sketch holds every hash up to its last, so that only those
-- up to the lower of the two ends are compared. The copy points to the earliest-known text, and only ever backwards: a
-- later document never changes what was believed before it.
-- grain: one row a realm and rejudged text that is a copy
CREATE OR REPLACE TEMP TABLE pairs AS
WITH likely AS (
    SELECT
        h.sample,
        h.document_id,
        h.earlier_id
    FROM hints AS h
    GROUP BY h.sample, h.document_id, h.earlier_id
    HAVING sum(h.runs) >= 2
),

earlier AS (
    SELECT t.*
    FROM core.texts AS t
    WHERE t.document_id IN (SELECT l.earlier_id FROM likely AS l)
),

told AS (
    SELECT
        t.sample,
        t.document_id,
        t.sketch,
        coalesce(r.runs, []) AS common,
        list_filter(t.sketch, LAMBDA hash: NOT list_contains(coalesce(r.runs, []), hash)) AS own  -- noqa: RF02,LT05
    FROM core.texts AS t
    LEFT JOIN (
        SELECT
            c.sample,
            c.document_id,
            flatten(list(c.runs)) AS runs
        FROM common_runs AS c
        GROUP BY c.sample, c.document_id
    ) AS r ON t.sample = r.sample AND t.document_id = r.document_id
    WHERE t.document_id IN (SELECT l.document_id FROM likely AS l)
),

compared AS (
    SELECT
        b.sample,
        b.document_id,
        a.document_id AS earlier_id,
        (a.known_from, a.day, a.document_id) AS place,
        len(list_intersect(a.sketch, b.own)) AS shared,
        least(
            len(list_filter(a.sketch, LAMBDA hash: hash <= b.sketch[-1])) - len(list_intersect(a.sketch, b.common)),  -- noqa: RF02,LT05
            len(list_filter(b.own, LAMBDA hash: hash <= a.sketch[-1]))  -- noqa: RF02,LT05
        ) AS comparable
    FROM likely AS l
    INNER JOIN earlier AS a ON l.sample = a.sample AND l.earlier_id = a.document_id
    INNER JOIN told AS b ON l.sample = b.sample AND l.document_id = b.document_id
)

SELECT
    c.sample,
    c.document_id,
    arg_min(c.earlier_id, c.place) AS copied_from
FROM compared AS c
WHERE c.shared >= 5 AND c.shared >= 0.5 * c.comparable
GROUP BY c.sample, c.document_id;
