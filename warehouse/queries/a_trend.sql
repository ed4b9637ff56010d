-- How does a series run, in each of its segments, with interval, standing, and the figure to ask why of?
-- param platform = netflix
-- param metric = subscribers
-- param area = WW
-- param kind = quarter
-- param segment = *
-- param day =
-- noqa: disable=RF01,RF02
SELECT
    t.sample,
    t.segment,
    t.unit,
    t.per,
    t.period,
    t.period_end,
    t.value,
    coalesce(f.low, list_min(list_transform(f.candidates, LAMBDA one: one.value))) AS low,
    coalesce(f.high, list_max(list_transform(f.candidates, LAMBDA one: one.value))) AS high,
    t.qualifier,
    t.status,
    t.state,
    t.growth_percent,
    t.year_growth_percent,
    t.break_note,
    t.origins,
    f.said_by,
    t.figure_id
FROM
    trend(
        $platform, $metric, area := $area, as_of := nullif($day, '')::DATE, segment := nullif($segment, ''),
        kind := nullif($kind, '')
    ) AS t
INNER JOIN as_of(nullif($day, '')::DATE) AS f ON t.sample = f.sample AND t.figure_id = f.figure_id
ORDER BY t.sample, t.segment NULLS FIRST, t.unit, t.per, t.period_end;
