-- What was expected, by whom, and what came of it? Guidance, consensus, forecasts and plans against the later outcome.
-- `error_percent` is positive when the outcome was higher.
-- param platform = %
-- param metric = %
-- noqa: disable=RF02
SELECT
    c.sample,
    c.platform,
    c.metric,
    c.transformation,
    c.area,
    c.period,
    coalesce(c.attributed_to, c.host) AS who,
    c.status,
    c.said_on,
    c.value AS expected,
    c.qualifier,
    f.value AS outcome,
    c.unit,
    round(100.0 * (f.value - c.value) / nullif(abs(c.value), 0), 1) AS error_percent,
    c.quote,
    c.url
FROM claims AS c
INNER JOIN figures AS f ON c.figure_id = f.figure_id
WHERE
    c.status IN ('forecast', 'plan')
    AND f.status = 'actual'
    AND c.standing NOT IN ('set aside', 'no figure')
    AND c.platform ILIKE $platform
    AND c.metric ILIKE $metric
ORDER BY c.sample, c.platform, c.metric, c.period, c.said_on, c.claim_id;
