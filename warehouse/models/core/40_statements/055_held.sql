-- When each claim is held: from the day it was known until its page was corrected or a better reading dropped it.
-- A statement that was fixed by hand is held until the review, the fixed one from then on.
-- grain: one row a realm, claim and stretch of days, numbered from the first; held_to is the first day on which it is
-- held no more
CREATE OR REPLACE TEMP TABLE part_held AS
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
        greatest(h.known_from, d.known_from) AS held_from,
        least(coalesce(h.dropped_on, 'infinity'::DATE), coalesce(d.superseded_on, 'infinity'::DATE)) AS held_to
    FROM spoken AS c
    INNER JOIN core.documents AS d ON c.sample = d.sample AND c.document_id = d.document_id
    INNER JOIN told_in AS h ON c.sample = h.sample AND c.claim_id = h.claim_id
    WHERE d.document_id IN (SELECT p.document_id FROM part_documents AS p)
)

SELECT
    s.*,
    row_number() OVER (PARTITION BY s.sample, s.claim_id ORDER BY s.held_from, s.held_to) AS stretch
FROM (
    SELECT DISTINCT h.*
    FROM stretches AS h
    WHERE h.held_from < h.held_to
) AS s;
