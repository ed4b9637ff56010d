-- What part of all content spend in the world is each platform's, as known today or on a day? Only where the market's
-- total is known.
-- param area = WW
-- param day =
-- noqa: disable=RF02
SELECT
    p.sample,
    p.period,
    p.platform,
    p.segment,
    p.value AS spent,
    p.status,
    m.value AS market_total,
    m.status AS market_status,
    p.unit,
    round(100.0 * p.value / nullif(m.value, 0), 1) AS percent_of_market,
    p.state,
    p.figure_id
FROM as_of(nullif($day, '')::DATE) AS p
INNER JOIN as_of(nullif($day, '')::DATE) AS m
    ON
        p.sample = m.sample AND p.metric = m.metric AND p.transformation = m.transformation AND p.area = m.area
        AND p.period = m.period AND p.unit = m.unit AND m.platform = 'market' AND m.segment IS NULL
WHERE
    p.metric = 'content_spend' AND p.transformation = 'level' AND p.area = $area
    AND p.platform <> 'market' AND p.unit <> 'percent'
ORDER BY p.sample, p.period_start DESC, percent_of_market DESC NULLS LAST, p.platform, p.figure_id;
