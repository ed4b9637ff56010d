-- What share of its members does each service lose?
-- param area = %
SELECT
    f.sample,
    f.platform,
    f.area,
    f.segment,
    f.period,
    f.value AS churn_percent,
    f.per,
    f.transformation,
    f.qualifier,
    f.status,
    f.state,
    f.quote,
    f.url
FROM figures AS f
WHERE f.metric = 'churn' AND f.area ILIKE $area
ORDER BY f.sample, f.platform, f.area, f.segment, f.period_start, f.figure_id;
