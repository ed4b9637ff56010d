-- What a second reading of the archive would change: each figure that is added, closed or held otherwise.
-- `old` and `new` are two working warehouses, attached.
-- grain: one row a realm and figure that differs today; unit: base units of `unit`
WITH was AS (
    SELECT
        f.*,
        row(
            f.state, f.status, f.authority, f.origins, f.value, f.value_max, f.low, f.high, f.qualifier, f.candidates
        ) AS content
    FROM old.figure_history AS f
    WHERE f.known_to IS NULL
),

becomes AS (
    SELECT
        f.*,
        row(
            f.state, f.status, f.authority, f.origins, f.value, f.value_max, f.low, f.high, f.qualifier, f.candidates
        ) AS content
    FROM new.figure_history AS f
    WHERE f.known_to IS NULL
)

SELECT
    w.value AS old_value,
    b.value AS new_value,
    w.state AS old_state,
    b.state AS new_state,
    coalesce(b.sample, w.sample) AS sample,
    coalesce(b.platform, w.platform) AS platform,
    coalesce(b.metric, w.metric) AS metric,
    coalesce(b.transformation, w.transformation) AS transformation,
    coalesce(b.segment, w.segment) AS segment,
    coalesce(b.area, w.area) AS area,
    coalesce(b.period, w.period) AS period,
    coalesce(b.unit, w.unit) AS unit,
    CASE
        WHEN w.figure_id IS NULL THEN 'added'
        WHEN b.figure_id IS NULL THEN 'closed'
        ELSE 'changed'
    END AS difference
FROM was AS w
FULL JOIN becomes AS b ON w.sample = b.sample AND w.figure_id = b.figure_id
WHERE w.content IS DISTINCT FROM b.content
ORDER BY difference, sample, platform, metric, transformation, area, period, segment, unit;
