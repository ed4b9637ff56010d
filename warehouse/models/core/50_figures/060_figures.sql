-- What is held true, and since when: versions of every figure.
-- A figure gets a new version when its value, its hedge, its standing or its number of independent origins changes, not
-- when a page that says the same is fetched again. `value` is null while equally strong statements disagree; they are
-- then listed in `candidates`; so they are when one page gives several values for the key (`unclear`).
-- grain: one row a figure and stretch of days; known_to null: held today; unit: base units of `unit`
CREATE OR REPLACE TEMP TABLE figures_now AS
WITH judged AS (
    SELECT
        s.*,
        c.origin,
        c.weight_rank,
        c.status,
        c.authority,
        c.value,
        c.value_max,
        c.qualifier
    FROM weighed_standings AS s
    INNER JOIN weighed_claims AS c ON s.sample = c.sample AND s.claim_id = c.claim_id
    WHERE s.standing IN ('decides', 'supports') OR s.is_open
),

counted AS (
    SELECT
        j.sample,
        j.figure_id,
        j.day,
        any_value(j.next_day) AS next_day,
        CASE
            WHEN bool_or(j.standing = 'contested') THEN 'contested'
            WHEN bool_or(j.is_open) THEN 'unclear'
            WHEN count(DISTINCT j.origin) > 1 THEN 'corroborated'
            ELSE 'single'
        END AS state,
        arg_min(j.status, (j.weight_rank, j.claim_id)) AS status,
        arg_min(j.authority, (j.weight_rank, j.claim_id)) AS authority,
        count(DISTINCT j.origin) AS origins,
        max(j.claim_id) FILTER (WHERE j.standing = 'decides') AS claim_id
    FROM judged AS j
    GROUP BY j.sample, j.figure_id, j.day
),

open_values AS (
    SELECT
        j.figure_id,
        j.day,
        list(DISTINCT {
            'value': j.value,
            'value_max': j.value_max,
            'qualifier': j.qualifier,
            'origin': j.origin
        } ORDER BY {
            'value': j.value,
            'value_max': j.value_max,
            'qualifier': j.qualifier,
            'origin': j.origin
        }) AS candidates
    FROM judged AS j
    WHERE j.is_open
    GROUP BY j.figure_id, j.day
),

turns AS (
    SELECT
        w.*,
        o.candidates,
        c.value,
        c.value_max,
        c.low,
        c.high,
        c.qualifier,
        content_of(
            w.state, w.status, w.authority, w.origins, c.value, c.value_max, c.low, c.high, c.qualifier, o.candidates
        ) AS content
    FROM counted AS w
    LEFT JOIN open_values AS o ON w.figure_id = o.figure_id AND w.day = o.day
    LEFT JOIN weighed_claims AS c ON w.sample = c.sample AND w.claim_id = c.claim_id
),

keys AS (
    SELECT
        c.figure_id,
        any_value(c.series_id) AS series_id,
        any_value(c.platform) AS platform,
        any_value(c.metric) AS metric,
        any_value(c.transformation) AS transformation,
        min(c.segment) AS segment,
        any_value(c.unit) AS unit,
        any_value(c.per) AS per,
        any_value(c.area) AS area,
        any_value(c.period) AS period,
        any_value(c.period_start) AS period_start,
        any_value(c.period_end) AS period_end,
        any_value(c.period_kind) AS period_kind
    FROM weighed_claims AS c
    WHERE c.figure_id IS NOT NULL
    GROUP BY c.figure_id
),

stretches AS (
    SELECT
        t.*,
        sum(t.turn) OVER (PARTITION BY t.figure_id ORDER BY t.day) AS stretch
    FROM (
        SELECT
            a.*,
            coalesce((
                lag(a.content) OVER days <> a.content OR lag(a.next_day) OVER days <> a.day
            )::INT, 1) AS turn
        FROM turns AS a
        WINDOW days AS (PARTITION BY a.figure_id ORDER BY a.day)
    ) AS t
)

SELECT
    s.sample,
    s.figure_id,
    k.series_id,
    k.platform,
    k.metric,
    k.transformation,
    k.segment,
    k.unit,
    k.per,
    k.area,
    k.period,
    k.period_start,
    k.period_end,
    k.period_kind,
    s.state,
    s.value,
    s.value_max,
    s.low,
    s.high,
    s.qualifier,
    s.status,
    s.authority,
    s.origins,
    s.candidates,
    s.claim_id,
    s.content,
    s.day AS known_from,
    nullif(max(s.next_day) OVER stretch_of_days, 'infinity'::DATE) AS known_to
FROM stretches AS s
INNER JOIN keys AS k ON s.figure_id = k.figure_id
WINDOW
    stretch_of_days AS (PARTITION BY s.figure_id, s.stretch)
QUALIFY row_number() OVER (stretch_of_days ORDER BY s.day) = 1;
