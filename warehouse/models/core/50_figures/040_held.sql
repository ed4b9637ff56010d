-- When each claim in play is held. Official history counts as known from the end of its period; among samples, from the
-- day a sample speaks of it.
-- grain: one row a realm, claim and stretch of days; held_to is the first day on which it is held no more
CREATE OR REPLACE TEMP TABLE weighed_held AS
WITH sample_keys AS (
    SELECT
        c.figure_id,
        min(CASE WHEN c.is_fixed THEN greatest(c.first_known, c.fixed_on) ELSE c.first_known END) AS known_from
    FROM weighed_claims AS c
    WHERE c.sample AND NOT c.is_history AND c.figure_id IS NOT NULL
    GROUP BY c.figure_id
),

stretches AS (
    SELECT
        c.sample,
        c.claim_id,
        c.figure_id,
        c.held_from,
        c.held_to
    FROM weighed_claims AS c
    WHERE NOT c.is_history
    UNION ALL
    SELECT
        h.sample,
        h.claim_id,
        c.figure_id,
        h.held_from,
        h.held_to
    FROM core.held_again AS h
    INNER JOIN weighed_claims AS c ON h.sample = c.sample AND h.claim_id = c.claim_id
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

SELECT s.*
FROM stretches AS s
WHERE s.held_from < s.held_to
ORDER BY s.figure_id, s.claim_id, s.held_from;
