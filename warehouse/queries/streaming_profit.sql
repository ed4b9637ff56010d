-- What does each service earn, what part of its revenue is that, and in which period did it turn to profit?
-- param platform = %
-- noqa: disable=RF02
SELECT
    i.sample,
    i.platform,
    i.segment,
    i.area,
    i.period,
    i.value AS operating_income,
    r.value AS revenue,
    i.unit,
    round(100.0 * i.value / nullif(r.value, 0), 1) AS margin_percent,
    i.value > 0 AND lag(i.value) OVER in_time <= 0 AS turned_to_profit,
    i.state,
    i.quote,
    i.url
FROM figures AS i
LEFT JOIN figures AS r
    ON
        i.sample = r.sample AND i.platform = r.platform AND i.area = r.area AND i.period = r.period AND i.unit = r.unit
        AND i.segment IS NOT DISTINCT FROM r.segment AND r.metric = 'revenue' AND r.transformation = 'level'
WHERE i.metric = 'operating_income' AND i.transformation = 'level' AND i.platform ILIKE $platform
WINDOW in_time AS (PARTITION BY i.series_id, i.period_kind ORDER BY i.period_start)
ORDER BY i.sample, i.platform, i.segment, i.area, i.unit, i.period_kind, i.period_start;
