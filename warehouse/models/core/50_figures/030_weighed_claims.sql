-- Every statement with all that is needed to judge it: who says it, who it goes back to, and why it may be of no use.
-- grain: one row a realm and claim; unit: base units of `unit`
-- Copied sentences: the words around two quotes for one figure are nearly the same. The one known later is a copy.
-- Pairs are looked for among those that share one of their four smallest hashes, then counted.
CREATE OR REPLACE TEMP TABLE copied AS
WITH shingles AS (
    SELECT
        w.*,
        unnest(w.context[1:4]) AS shingle
    FROM (
        SELECT
            s.sample,
            s.figure_id,
            s.claim_id,
            s.document_id,
            s.first_known,
            s.said_on,
            s.writer,
            string_split(s.context, ' ') AS context
        FROM in_play AS s
        WHERE s.figure_id IS NOT NULL
    ) AS w
    WHERE len(w.context) >= 12
),

pairs AS (
    SELECT DISTINCT
        b.sample,
        b.claim_id,
        a.claim_id AS earlier_id,
        a.writer,
        a.first_known,
        a.said_on,
        a.document_id
    FROM shingles AS b
    INNER JOIN shingles AS a
        ON
            b.figure_id = a.figure_id AND b.shingle = a.shingle
            AND (a.first_known, a.said_on, a.document_id) < (b.first_known, b.said_on, b.document_id)
    WHERE len(list_intersect(a.context, b.context)) >= 0.5 * least(len(a.context), len(b.context))
)

SELECT
    p.sample,
    p.claim_id,
    arg_min(p.writer, (p.first_known, p.said_on, p.document_id, p.earlier_id)) AS writer
FROM pairs AS p
GROUP BY p.sample, p.claim_id;

CREATE OR REPLACE TEMP TABLE weighed_claims AS
SELECT
    s.* EXCLUDE (context),  -- noqa: RF02
    CASE WHEN i.off_from < coalesce(i.fits_from, 'infinity'::DATE) THEN i.off_from END AS off_from,
    CASE WHEN i.off_from < coalesce(i.fits_from, 'infinity'::DATE) THEN i.fits_from END AS fits_from,
    'implausible: known is ' || i.known_level::DOUBLE || ' ' || s.unit || ' for ' || i.known_period AS off_reason,
    coalesce(s.attributed_to, d.first_host, s.host) AS speaker,
    coalesce(d.first_said_on, s.said_on) AS spoken_on,
    CASE
        WHEN s.attributed_to IS NOT NULL THEN 'said by: ' || lower(s.attributed_to)
        ELSE coalesce(c.writer, s.writer)
    END AS origin
FROM in_play AS s
LEFT JOIN core.off_levels AS i ON s.sample = i.sample AND s.claim_id = i.claim_id
LEFT JOIN copied AS c ON s.sample = c.sample AND s.claim_id = c.claim_id
LEFT JOIN weighed_documents AS d ON s.sample = d.sample AND s.document_id = d.document_id
ORDER BY s.sample, s.figure_id, s.claim_id;
