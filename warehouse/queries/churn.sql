-- What share of its members does each service lose: gross, as stated, and net, from how its members moved?
-- param area = %
-- noqa: disable=RF02
SELECT
    f.sample,
    f.platform,
    f.area,
    f.segment,
    f.period,
    f.value AS churn_percent,
    f.per,
    -s.growth_percent AS net_loss_percent,
    f.transformation,
    f.qualifier,
    f.status,
    f.state,
    f.quote,
    f.url
FROM figures AS f
LEFT JOIN series AS s
    ON
        f.sample = s.sample AND f.platform = s.platform AND f.area = s.area AND f.period = s.period
        AND s.metric = 'subscribers' AND s.transformation = 'level' AND s.segment IS NULL AND s.unit = 'count'
WHERE f.metric = 'churn' AND f.area ILIKE $area
ORDER BY f.sample, f.platform, f.area, f.segment, f.period_start, f.figure_id;
