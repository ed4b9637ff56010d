-- When each claim is held: from the day it was known until its page was corrected or a better reading dropped it.
-- A statement that was fixed by hand is held until the review, the fixed one from then on.
-- Official history counts as known from the end of its period; among samples, from the day a sample speaks of it.
-- grain: one row a realm, claim and stretch of days; held_to is the first day on which it is held no more
CREATE OR REPLACE TEMP TABLE weighed_held AS
WITH told_in AS (
    SELECT
        d.sample,
        r.claim_id,
        r.known_from,
        least(r.dropped_on, x.fixed_on) AS dropped_on
    FROM raw.claims AS r
    INNER JOIN read_documents AS d
        ON r.night = d.night AND r.source = d.source AND r.document_id = d.document_id
    LEFT JOIN corrected AS x ON d.sample = x.sample AND r.claim_id = x.claim_id
    UNION ALL
    SELECT
        x.sample,
        x.fixed_id AS claim_id,
        greatest(r.known_from, x.fixed_on) AS known_from,
        r.dropped_on
    FROM corrected AS x
    INNER JOIN raw.claims AS r ON x.claim_id = r.claim_id
    INNER JOIN read_documents AS d
        ON r.night = d.night AND r.source = d.source AND r.document_id = d.document_id AND x.sample = d.sample
    WHERE x.fixed_on IS NOT NULL
),

sample_keys AS (
    SELECT
        c.figure_id,
        min(r.known_from) AS known_from
    FROM weighed_claims AS c
    INNER JOIN told_in AS r ON c.sample = r.sample AND c.claim_id = r.claim_id
    WHERE c.sample AND NOT c.is_history AND c.figure_id IS NOT NULL
    GROUP BY c.figure_id
),

stretches AS (
    SELECT
        c.sample,
        c.claim_id,
        c.figure_id,
        greatest(h.known_from, d.known_from) AS held_from,
        least(coalesce(h.dropped_on, 'infinity'::DATE), coalesce(d.superseded_on, 'infinity'::DATE)) AS held_to
    FROM weighed_claims AS c
    INNER JOIN weighed_documents AS d ON c.sample = d.sample AND c.document_id = d.document_id
    INNER JOIN told_in AS h ON c.sample = h.sample AND c.claim_id = h.claim_id
    UNION ALL
    SELECT
        c.sample,
        c.claim_id,
        c.figure_id,
        CASE
            WHEN c.sample THEN k.known_from
            ELSE least(c.said_on, (SELECT min(n.night) FROM raw.nights AS n))
        END AS held_from,
        'infinity'::DATE AS held_to
    FROM weighed_claims AS c
    LEFT JOIN sample_keys AS k ON c.figure_id = k.figure_id
    WHERE c.is_history
)

SELECT
    s.sample,
    s.claim_id,
    s.figure_id,
    s.held_from,
    s.held_to
FROM stretches AS s
WHERE s.held_from < s.held_to
GROUP BY ALL
ORDER BY s.figure_id, s.claim_id, s.held_from;
