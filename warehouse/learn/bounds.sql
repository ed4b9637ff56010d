-- Between which values each series may move: from the smallest to the largest level of its history, and beyond either
-- by half of that way on a log scale, at least by a factor of two. Only live figures that are official or
-- corroborated teach, from four on.
-- grain: one row a series and length of period; unit: base units of `unit`
SELECT
    f.platform,
    f.metric,
    f.segment,
    f.area,
    f.unit,
    f.per,
    f.period_kind,
    min(f.value) / greatest(2, sqrt(max(f.value) / min(f.value))) AS lowest,
    max(f.value) * greatest(2, sqrt(max(f.value) / min(f.value))) AS highest,
    count(*) AS figures,
    arg_max(f.period, (f.period_start, f.period)) AS last_period
FROM figures AS f
WHERE
    NOT f.sample AND f.transformation = 'level' AND f.value > 0 AND f.status IN ('actual', 'estimate')
    AND (f.authority = 'official' OR f.state = 'corroborated')
GROUP BY f.platform, f.metric, f.segment, f.area, f.unit, f.per, f.period_kind
HAVING count(*) >= 4
ORDER BY ALL;
