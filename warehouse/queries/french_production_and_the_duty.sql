-- How much does each service invest in a country's production, and what part of its revenue there is that?
-- param area = FR
-- param duty_percent = 20
-- noqa: disable=RF02
SELECT
    s.sample,
    s.platform,
    s.segment,
    s.period,
    s.value AS invested,
    s.unit,
    r.value AS revenue,
    round(100.0 * s.value / nullif(r.value, 0), 1) AS percent_of_revenue,
    100.0 * s.value / nullif(r.value, 0) >= $duty_percent::DOUBLE AS fulfils,
    s.state,
    s.quote,
    s.url
FROM figures AS s
LEFT JOIN figures AS r
    ON
        s.sample = r.sample AND s.platform = r.platform AND s.area = r.area AND s.period = r.period AND s.unit = r.unit
        AND r.metric = 'revenue' AND r.transformation = 'level' AND r.segment IS NULL
WHERE s.metric = 'content_spend' AND s.transformation = 'level' AND s.area = $area AND s.unit <> 'percent'
ORDER BY s.sample, s.platform, s.segment, s.period_start, s.figure_id;
