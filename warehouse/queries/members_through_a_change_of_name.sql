-- How many members before and after a merger, split or change of definition, with what changed?
-- param platform = %
-- param metric = subscribers
-- noqa: disable=RF02
SELECT
    b.platform,
    b.metric,
    b.area,
    b.period AS changed_in,
    b.note,
    before_it.sample,
    before_it.period AS last_before,
    before_it.value AS value_before,
    b.segment_before,
    after_it.period AS first_after,
    after_it.value AS value_after,
    b.segment_after
FROM definition_breaks AS b
LEFT JOIN LATERAL (
    SELECT f.*
    FROM figures AS f
    WHERE
        f.platform = b.platform AND f.metric = b.metric AND f.area = b.area AND f.transformation = 'level'
        AND f.segment IS NOT DISTINCT FROM b.segment_before AND f.period_start < b.period_start AND NOT f.sample
    ORDER BY f.period_start DESC, f.figure_id
    LIMIT 1
) AS before_it ON TRUE
LEFT JOIN LATERAL (
    SELECT f.*
    FROM figures AS f
    WHERE
        f.platform = b.platform AND f.metric = b.metric AND f.area = b.area AND f.transformation = 'level'
        AND f.segment IS NOT DISTINCT FROM b.segment_after AND f.period_start >= b.period_start AND NOT f.sample
    ORDER BY f.period_start, f.figure_id
    LIMIT 1
) AS after_it ON TRUE
WHERE b.platform ILIKE $platform AND b.metric = $metric
ORDER BY b.platform, b.area, b.period_start;
