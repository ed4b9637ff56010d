-- For the report: the newest known level of each service's paid members.
-- grain: one row a service and area; unit: millions
SELECT
    coalesce(p.name, l.platform) AS name,
    coalesce(a.name, l.area) AS area,
    (l.value / 1e6)::DOUBLE AS value,
    CASE l.qualifier WHEN 'min' THEN 'at least ' WHEN 'approx' THEN 'about ' ELSE '' END AS hedge,
    l.period,
    l.said_by
FROM latest('subscribers', sample := FALSE) AS l
LEFT JOIN platforms AS p ON l.platform = p.platform
LEFT JOIN areas AS a ON l.area = a.area
WHERE l.segment IS NULL AND l.value IS NOT NULL AND l.unit = 'count'
QUALIFY row_number() OVER (PARTITION BY l.platform, l.area ORDER BY l.days_old, l.period) = 1
ORDER BY l.area = 'WW' DESC, value DESC
LIMIT 24;
