-- Which figures are there of a platform and metric: areas, periods, segments?
-- param platform = netflix
-- param metric = subscribers
SELECT
    f.sample,
    f.area,
    f.segment,
    f.unit,
    f.transformation,
    count(*) AS periods,
    min_by(f.period, f.period_start) AS first_period,
    max_by(f.period, f.period_start) AS last_period
FROM figures AS f
WHERE f.platform = $platform AND f.metric = $metric
GROUP BY f.sample, f.area, f.segment, f.unit, f.transformation
ORDER BY f.sample, periods DESC, f.area, f.segment NULLS FIRST, f.unit, f.transformation;
