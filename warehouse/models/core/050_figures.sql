-- What is held true, and since when: versions of every figure.
-- A figure gets a new version when its value, its hedge, its standing or its number of independent origins changes, not
-- when a page that says the same is fetched again. `value` is null while equally strong statements disagree; they are
-- then listed in `candidates`.
-- grain: one row a figure and stretch of days; known_to null: held today; unit: base units of `unit`
CREATE OR REPLACE TABLE core.figures AS
WITH judged AS (
    SELECT
        s.*,
        c.* EXCLUDE (sample, claim_id, figure_id)  -- noqa: RF02
    FROM core.standings AS s
    INNER JOIN core.claims AS c ON s.sample = c.sample AND s.claim_id = c.claim_id
    WHERE s.standing IN ('decides', 'supports', 'contested')
),

weighed AS (
    SELECT
        j.sample,
        j.figure_id,
        any_value(j.series_id) AS series_id,
        any_value(j.platform) AS platform,
        any_value(j.metric) AS metric,
        any_value(j.transformation) AS transformation,
        any_value(j.segment) AS segment,
        any_value(j.unit) AS unit,
        any_value(j.per) AS per,
        any_value(j.area) AS area,
        any_value(j.period) AS period,
        any_value(j.period_start) AS period_start,
        any_value(j.period_end) AS period_end,
        any_value(j.period_kind) AS period_kind,
        j.day,
        any_value(j.next_day) AS next_day,
        CASE
            WHEN bool_or(j.standing = 'contested') THEN 'contested'
            WHEN count(DISTINCT j.origin) > 1 THEN 'corroborated'
            ELSE 'single'
        END AS state,
        max(j.value) FILTER (WHERE j.standing = 'decides') AS value,
        max(j.value_max) FILTER (WHERE j.standing = 'decides') AS value_max,
        max(j.low) FILTER (WHERE j.standing = 'decides') AS low,
        max(j.high) FILTER (WHERE j.standing = 'decides') AS high,
        max(j.qualifier) FILTER (WHERE j.standing = 'decides') AS qualifier,
        arg_min(j.status, (j.weight_rank, j.claim_id)) AS status,
        arg_min(j.authority, (j.weight_rank, j.claim_id)) AS authority,
        count(DISTINCT j.origin) AS origins,
        max(j.claim_id) FILTER (WHERE j.standing = 'decides') AS claim_id,
        CASE
            WHEN bool_or(j.standing = 'contested') THEN list(DISTINCT {
                'value': j.value,
                'value_max': j.value_max,
                'qualifier': j.qualifier,
                'origin': j.origin
            } ORDER BY {
                'value': j.value,
                'value_max': j.value_max,
                'qualifier': j.qualifier,
                'origin': j.origin
            })
        END AS candidates
    FROM judged AS j
    GROUP BY j.sample, j.figure_id, j.day
),

turns AS (
    SELECT
        w.*,
        md5(to_json({
            'state': w.state, 'value': w.value, 'value_max': w.value_max, 'low': w.low, 'high': w.high,
            'qualifier': w.qualifier, 'status': w.status, 'authority': w.authority, 'origins': w.origins,
            'candidates': w.candidates
        })::VARCHAR) AS content
    FROM weighed AS w
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
    s.series_id,
    s.platform,
    s.metric,
    s.transformation,
    s.segment,
    s.unit,
    s.per,
    s.area,
    s.period,
    s.period_start,
    s.period_end,
    s.period_kind,
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
WINDOW stretch_of_days AS (PARTITION BY s.figure_id, s.stretch)
QUALIFY row_number() OVER (stretch_of_days ORDER BY s.day) = 1
ORDER BY
    s.sample, s.platform, s.metric, s.transformation, s.area, s.segment, s.unit, s.period_start, s.period, known_from;
