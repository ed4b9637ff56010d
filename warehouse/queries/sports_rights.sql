-- What is spent on sports rights, and what part of all content spend of the same service and time is that?
-- param platform = %
-- noqa: disable=RF02
SELECT
    f.sample,
    f.platform,
    f.metric,
    f.segment,
    f.area,
    f.period,
    f.value AS sports,
    f.unit,
    f.per,
    a.value AS all_content,
    round(100.0 * f.value / nullif(a.value, 0), 1) AS percent_of_content,
    f.status,
    f.state,
    f.quote,
    f.url
FROM figures AS f
LEFT JOIN figures AS a
    ON
        f.sample = a.sample AND f.platform = a.platform AND f.area = a.area AND f.period = a.period
        AND f.unit = a.unit AND a.metric = 'content_spend' AND a.transformation = 'level' AND a.segment IS NULL
WHERE
    f.metric IN ('content_spend', 'deal_value') AND f.transformation = 'level' AND f.platform ILIKE $platform
    AND (
        f.segment ILIKE '%sport%' OR f.segment ILIKE '%droits%' OR f.segment ILIKE '%ligue%'
        OR f.segment ILIKE '%league%' OR f.segment ILIKE '%liga%'
    )
ORDER BY f.sample, f.platform, f.metric, f.area, f.period_start, f.segment, f.figure_id;
