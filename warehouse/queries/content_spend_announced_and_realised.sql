-- What was announced to be spent on content in a year, and what was spent?
-- param platform = %
-- noqa: disable=RF02
SELECT
    f.sample,
    f.platform,
    f.segment,
    f.area,
    f.period,
    f.unit,
    list(DISTINCT c.value ORDER BY c.value) FILTER (WHERE c.status IN ('plan', 'forecast')) AS announced,
    min(c.said_on) FILTER (WHERE c.status IN ('plan', 'forecast')) AS first_announced,
    CASE WHEN f.status = 'actual' THEN f.value END AS realised,
    f.state,
    f.authority,
    f.figure_id
FROM figures AS f
INNER JOIN claims AS c ON f.figure_id = c.figure_id
WHERE
    f.metric = 'content_spend'
    AND f.transformation = 'level'
    AND f.period_kind = 'year'
    AND c.standing NOT IN ('set aside', 'replaced')
    AND f.platform ILIKE $platform
GROUP BY ALL
ORDER BY f.sample, f.platform, f.area, f.segment, f.unit, f.period, f.figure_id;
