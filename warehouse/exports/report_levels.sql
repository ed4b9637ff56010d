-- For the report: levels of one metric worldwide by quarter, of platforms with at least four known quarters.
-- A quarter that is missing, and the step over a change of definition, are rows without a value: no line crosses them.
-- grain: one row a platform and quarter from its first to its last; unit: `$scale` times `$unit`, such as millions
-- parameters: $metric, $unit, $scale
-- noqa: disable=RF02
WITH known AS (
    SELECT
        g.*,
        coalesce(p.name, g.platform) AS name,
        f.said_by
    FROM growth($metric, sample := FALSE) AS g
    INNER JOIN figures AS f ON g.figure_id = f.figure_id
    LEFT JOIN platforms AS p ON g.platform = p.platform
    WHERE g.value IS NOT NULL AND g.status = 'actual' AND g.unit = $unit AND g.platform <> 'market'
    QUALIFY count(*) OVER (PARTITION BY g.platform) >= 4
),

quarters AS (
    SELECT
        r.name,
        unnest(generate_series(r.first_start, r.last_start, INTERVAL 3 MONTH))::DATE AS quarter_start
    FROM (
        SELECT
            k.name,
            min(k.period_start) AS first_start,
            max(k.period_start) AS last_start
        FROM known AS k
        GROUP BY k.name
    ) AS r
)

SELECT
    q.name AS platform,
    k.period,
    strftime((q.quarter_start + INTERVAL 3 MONTH - INTERVAL 1 DAY)::DATE, '%Y-%m-%d') AS day,
    (k.value / $scale)::DOUBLE AS value,
    CASE k.qualifier WHEN 'min' THEN 'at least' WHEN 'max' THEN 'at most' ELSE k.qualifier END AS hedge,
    k.state,
    k.said_by
FROM quarters AS q
LEFT JOIN known AS k ON q.name = k.name AND q.quarter_start = k.period_start
UNION ALL
SELECT
    b.name AS platform,
    NULL AS period,
    strftime((b.period_end - INTERVAL 1 MONTH)::DATE, '%Y-%m-%d') AS day,
    NULL AS value,
    NULL AS hedge,
    NULL AS state,
    NULL AS said_by
FROM known AS b
WHERE b.break_note IS NOT NULL
ORDER BY platform, day;
