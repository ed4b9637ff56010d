-- The claims for and against each figure, with the days on which each stood so.
-- grain: one row a figure, claim and stretch of days in which its standing did not change; known_to null: today
CREATE OR REPLACE TEMP TABLE new_figure_claims AS
WITH turns AS (
    SELECT
        s.*,
        coalesce((
            lag(s.standing) OVER days <> s.standing
            OR lag(s.reason) OVER days IS DISTINCT FROM s.reason
            OR lag(s.is_open) OVER days <> s.is_open
            OR lag(s.next_day) OVER days <> s.day
        )::INT, 1) AS turn
    FROM weighed_standings AS s
    WINDOW days AS (PARTITION BY s.sample, s.figure_id, s.claim_id ORDER BY s.day)
),

stretches AS (
    SELECT
        t.*,
        sum(t.turn) OVER (PARTITION BY t.sample, t.figure_id, t.claim_id ORDER BY t.day) AS stretch
    FROM turns AS t
)

SELECT
    r.sample,
    r.figure_id,
    r.claim_id,
    r.standing,
    r.is_open,
    r.reason,
    min(r.day) AS known_from,
    nullif(max(r.next_day), 'infinity'::DATE) AS known_to
FROM stretches AS r
GROUP BY r.sample, r.figure_id, r.claim_id, r.stretch, r.standing, r.is_open, r.reason
ORDER BY r.figure_id, r.claim_id, known_from;

CREATE TABLE IF NOT EXISTS figure_claims (
    sample BOOLEAN,
    figure_id VARCHAR,
    claim_id VARCHAR,
    standing VARCHAR,
    is_open BOOLEAN,
    reason VARCHAR,
    known_from DATE,
    known_to DATE
);

DELETE FROM figure_claims AS o
WHERE o.figure_id IN (SELECT t.figure_id FROM touched_figures AS t);

INSERT INTO figure_claims
SELECT n.*
FROM new_figure_claims AS n;
