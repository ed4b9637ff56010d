-- For the report: paid members worldwide by quarter, of services with at least four known quarters.
-- grain: one row a platform and quarter; unit: millions
SELECT
    coalesce(p.name, t.platform) AS platform,
    t.period,
    strftime(t.period_end, '%Y-%m-%d') AS day,
    (t.value / 1e6)::DOUBLE AS value,
    CASE t.qualifier WHEN 'min' THEN 'at least' WHEN 'max' THEN 'at most' ELSE t.qualifier END AS hedge,
    t.state,
    f.said_by
FROM growth('subscribers', sample := FALSE) AS t
INNER JOIN figures AS f ON t.figure_id = f.figure_id
LEFT JOIN platforms AS p ON t.platform = p.platform
WHERE t.value IS NOT NULL AND t.status = 'actual' AND t.unit = 'count'
    AND t.platform IN (
        SELECT c.platform FROM coverage(sample := FALSE) AS c
        WHERE c.metric = 'subscribers' AND c.area = 'WW' AND c.period_kind = 'quarter' AND c.periods >= 4
    )
ORDER BY platform, t.period_start;
