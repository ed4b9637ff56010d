-- For the report: Netflix's paid members by region and quarter.
-- grain: one row a region and quarter; unit: millions
SELECT
    s.area AS platform,
    s.period,
    strftime(s.period_end, '%Y-%m-%d') AS day,
    (s.value / 1e6)::DOUBLE AS value,
    s.qualifier AS hedge,
    s.state,
    f.said_by
FROM series_as_of('netflix', 'subscribers', NULL, NULL, NULL, 'level', NULL, 'quarter', FALSE) AS s
INNER JOIN figures AS f ON s.figure_id = f.figure_id
WHERE s.area IN ('UCAN', 'EMEA', 'LATAM', 'APAC') AND s.value IS NOT NULL AND s.status = 'actual'
ORDER BY s.period_start, s.area;
