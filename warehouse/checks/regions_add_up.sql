-- level: warn
-- Regions that do not add up to the world's total of the same period, by more than their own rounding: a part or the
-- total is for something else, or was misread.
WITH parts AS (
    SELECT
        f.sample,
        f.platform,
        f.metric,
        f.segment,
        f.unit,
        f.period,
        sum(coalesce(f.low, f.value)) FILTER (WHERE f.area <> 'WW') AS parts_low,
        sum(coalesce(f.high, f.value)) FILTER (WHERE f.area <> 'WW') AS parts_high,
        max(coalesce(f.low, f.value)) FILTER (WHERE f.area = 'WW') AS total_low,
        max(coalesce(f.high, f.value)) FILTER (WHERE f.area = 'WW') AS total_high,
        count(*) FILTER (WHERE f.area <> 'WW') AS regions
    FROM figures AS f
    INNER JOIN metrics AS m ON f.metric = m.metric
    WHERE
        f.area IN ('WW', 'UCAN', 'EMEA', 'LATAM', 'APAC') AND f.transformation = 'level' AND f.value IS NOT NULL
        AND f.qualifier = 'exact' AND f.unit <> 'percent' AND m.kind IN ('stock', 'flow')
    GROUP BY f.sample, f.platform, f.metric, f.segment, f.unit, f.period
)

SELECT p.*
FROM parts AS p
WHERE
    p.regions = 4
    AND (p.parts_low > p.total_high * 1.005 OR p.parts_high < p.total_low * 0.995);
