-- What is every amount worth in one currency, at the rate of its own time?
-- param currency = EUR
-- param metric = revenue
-- param platform = %
SELECT m.*
FROM in_currency($currency) AS m
WHERE m.metric = $metric AND m.platform ILIKE $platform
ORDER BY m.sample, m.platform, m.area, m.segment NULLS FIRST, m.period_kind, m.period_start, m.figure_id;
