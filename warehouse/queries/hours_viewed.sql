-- Which titles made the hours, and what part of the hours of the listed titles is each?
-- param platform = netflix
-- param period = %
-- param first = 20
SELECT
    f.sample,
    f.platform,
    f.period,
    f.segment AS work,
    f.value AS hours,
    round(100.0 * f.value / nullif(sum(f.value) OVER listed, 0), 1) AS percent_of_listed,
    count(*) OVER listed AS works_listed
FROM figures AS f
WHERE
    f.metric = 'watch_time' AND f.unit = 'hours' AND f.transformation = 'level' AND f.segment IS NOT NULL
    AND f.platform = $platform AND f.period LIKE $period
WINDOW listed AS (PARTITION BY f.sample, f.platform, f.area, f.period)
ORDER BY f.sample, f.period DESC, f.value DESC, f.segment
LIMIT $first::INT;
