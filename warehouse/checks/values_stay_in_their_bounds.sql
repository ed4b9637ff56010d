-- level: warn
-- A level outside of the bounds that were learnt from the history of its series, on a log scale: see
-- reference/learnt_bounds.csv. It may be news; then learn the bounds again and look at what changed.
SELECT
    f.sample,
    f.platform,
    f.metric,
    f.segment,
    f.area,
    f.period,
    f.value,
    b.lowest,
    b.highest,
    f.unit,
    f.quote,
    f.url
FROM figures AS f
INNER JOIN learnt_bounds AS b
    ON
        f.platform = b.platform AND f.metric = b.metric AND f.unit = b.unit AND f.area = b.area
        AND f.per IS NOT DISTINCT FROM b.per AND f.period_kind = b.period_kind
        AND lower(f.segment) IS NOT DISTINCT FROM lower(b.segment)
WHERE
    f.transformation = 'level' AND f.status IN ('actual', 'estimate') AND f.value > 0
    AND (f.value < b.lowest OR f.value > b.highest);
