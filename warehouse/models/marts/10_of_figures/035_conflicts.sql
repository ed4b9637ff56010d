-- Where sources say what cannot both be true: each figure's conflict with all that it was made of, so that asking for
-- the worst of them reads no claims.
-- grain: one row a figure and stretch of days in which it did not change; known_to null: today
-- unit: base units of `unit`, apart_percent in percent of the lowest
CREATE OR REPLACE TEMP TABLE new_conflicts AS
WITH said AS (
    SELECT
        s.figure_id,
        s.day,
        any_value(s.next_day) AS next_day,
        min(c.value) AS lowest,
        median(c.value) AS middle,
        max(coalesce(c.value_max, c.value)) AS highest,
        count(DISTINCT c.origin) AS origins,
        list(DISTINCT {
            'value': c.value,
            'qualifier': c.qualifier,
            'status': c.status,
            'origin': c.origin,
            'standing': s.standing
        } ORDER BY {
            'value': c.value,
            'qualifier': c.qualifier,
            'status': c.status,
            'origin': c.origin,
            'standing': s.standing
        }) AS said
    FROM weighed_standings AS s
    INNER JOIN weighed_claims AS c ON s.sample = c.sample AND s.claim_id = c.claim_id
    WHERE
        s.standing IN ('decides', 'supports', 'contested', 'outranked')
        AND s.figure_id IN (
            SELECT o.figure_id FROM weighed_standings AS o
            WHERE o.standing IN ('contested', 'outranked')
        )
    GROUP BY s.figure_id, s.day
    HAVING
        count(DISTINCT c.origin) > 1 AND max(coalesce(c.low, -1e30)) > min(coalesce(c.high, 1e30))
        AND bool_or(s.standing IN ('contested', 'outranked'))
),

placed AS (
    SELECT
        f.sample,
        f.platform,
        f.metric,
        f.transformation,
        f.segment,
        f.area,
        f.period,
        f.unit,
        f.state = 'contested' AS is_open,
        f.value AS held,
        s.lowest,
        s.middle,
        s.highest,
        round(100.0 * (s.highest - s.lowest) / nullif(abs(s.lowest), 0), 1) AS apart_percent,
        s.origins,
        f.authority,
        f.status,
        s.said,
        f.known_from AS held_from,
        s.day,
        s.next_day,
        f.figure_id
    FROM said AS s
    INNER JOIN figures_now AS f
        ON s.figure_id = f.figure_id AND s.day >= f.known_from AND coalesce(s.day < f.known_to, TRUE)
),

turns AS (
    SELECT
        p.*,
        coalesce((
            lag(p.said) OVER days <> p.said OR lag(p.held_from) OVER days <> p.held_from
            OR lag(p.next_day) OVER days <> p.day
        )::INT, 1) AS turn
    FROM placed AS p
    WINDOW days AS (PARTITION BY p.figure_id ORDER BY p.day)
),

stretches AS (
    SELECT
        t.*,
        sum(t.turn) OVER (PARTITION BY t.figure_id ORDER BY t.day) AS stretch
    FROM turns AS t
)

SELECT
    r.* EXCLUDE (day, next_day, turn, stretch),  -- noqa: RF02,RF03
    r.day AS known_from,
    nullif(max(r.next_day) OVER whole, 'infinity'::DATE) AS known_to,
    -- by which they are told apart at a glance: open ones first, then by origins, then by how far apart they lie
    (r.is_open::BIGINT << 50) + (least(r.origins, 1048575) << 30)
    + least(coalesce(r.apart_percent, 0), 1073741823)::BIGINT AS gravity
FROM stretches AS r
WINDOW whole AS (PARTITION BY r.figure_id, r.stretch)
QUALIFY row_number() OVER (whole ORDER BY r.day) = 1
ORDER BY r.figure_id, r.day;

CREATE TABLE IF NOT EXISTS conflicts (
    sample BOOLEAN,
    platform VARCHAR,
    metric VARCHAR,
    transformation VARCHAR,
    segment VARCHAR,
    area VARCHAR,
    period VARCHAR,
    unit VARCHAR,
    is_open BOOLEAN,
    held DECIMAL(38, 6),
    lowest DECIMAL(38, 6),
    middle DECIMAL(38, 6),
    highest DECIMAL(38, 6),
    apart_percent DOUBLE,
    origins BIGINT,
    authority VARCHAR,
    status VARCHAR,
    said STRUCT("value" DECIMAL(38, 6), qualifier VARCHAR, status VARCHAR, origin VARCHAR, standing VARCHAR)[],
    held_from DATE,
    figure_id VARCHAR,
    known_from DATE,
    known_to DATE,
    gravity BIGINT
);

DELETE FROM conflicts AS o
WHERE o.figure_id IN (SELECT t.figure_id FROM touched_figures AS t);

INSERT INTO conflicts
SELECT n.*
FROM new_conflicts AS n;
