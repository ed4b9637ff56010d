-- When each claim is held: from the day it was known until its page was corrected or a better reading dropped it.
-- A statement that was fixed by hand is held until the review, the fixed one from then on.
-- grain: one row a realm, claim and stretch of days; held_to is the first day on which it is held no more
CREATE TABLE IF NOT EXISTS core.held (
    sample BOOLEAN,
    document_id VARCHAR,
    claim_id VARCHAR,
    figure_id VARCHAR,
    held_from DATE,
    held_to DATE,
    document_known DATE
);

DELETE FROM core.held AS h
USING earlier_documents AS p
WHERE
    h.sample = p.sample AND h.document_id = p.document_id
    AND h.document_known IN (SELECT k.known_from FROM earlier_documents AS k)
    AND h.document_id IN (SELECT k.document_id FROM earlier_documents AS k);

INSERT INTO core.held
WITH told_in AS (
    SELECT
        d.sample,
        r.claim_id,
        r.known_from,
        least(r.dropped_on, x.fixed_on) AS dropped_on
    FROM part_claims AS r
    INNER JOIN readings AS d
        ON r.night = d.night AND r.source = d.source AND r.document_id = d.document_id
    LEFT JOIN corrected AS x ON d.sample = x.sample AND r.claim_id = x.claim_id
    UNION ALL
    SELECT
        x.sample,
        x.fixed_id AS claim_id,
        greatest(r.known_from, x.fixed_on) AS known_from,
        r.dropped_on
    FROM corrected AS x
    INNER JOIN part_claims AS r ON x.claim_id = r.claim_id
    INNER JOIN readings AS d
        ON r.night = d.night AND r.source = d.source AND r.document_id = d.document_id AND x.sample = d.sample
    WHERE x.fixed_on IS NOT NULL
),

stretches AS (
    SELECT
        c.sample,
        c.document_id,
        c.claim_id,
        c.figure_id,
        greatest(h.known_from, d.known_from) AS held_from,
        least(coalesce(h.dropped_on, 'infinity'::DATE), coalesce(d.superseded_on, 'infinity'::DATE)) AS held_to,
        d.known_from AS document_known
    FROM new_statements AS c
    INNER JOIN core.documents AS d ON c.sample = d.sample AND c.document_id = d.document_id
    INNER JOIN told_in AS h ON c.sample = h.sample AND c.claim_id = h.claim_id
    WHERE d.document_id IN (SELECT p.document_id FROM part_documents AS p)
)

SELECT
    s.sample,
    s.document_id,
    s.claim_id,
    s.figure_id,
    s.held_from,
    s.held_to,
    s.document_known
FROM stretches AS s
WHERE s.held_from < s.held_to
GROUP BY ALL
ORDER BY s.figure_id, s.claim_id, s.held_from;
