-- Which series are there to draw, the longest first?
SELECT
    c.platform,
    c.metric,
    c.area,
    c.period_kind,
    max(c.periods) AS periods,
    min(c.first_period) AS first_period,
    max(c.last_period) AS last_period
FROM coverage() AS c
GROUP BY c.platform, c.metric, c.area, c.period_kind
ORDER BY periods DESC, c.platform, c.metric, c.area, c.period_kind;
