-- trend('netflix', 'subscribers'): a series by period, with its change and growth.
-- growth('subscribers'): the same for every platform, the latest period first.
-- segment := null is the whole, a name that segment, '*' each of them; kind := 'quarter', 'year' ... keeps one length
-- of period; sample := true or false keeps one realm. Samples and live figures are series of their own.
-- grain: one row a series and period; unit: base units of `unit`, growth in percent
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO trend(
    platform,
    metric,
    area := 'WW',
    segment := NULL,
    transformation := 'level',
    unit := NULL,
    kind := NULL,
    sample := NULL
) AS TABLE
    SELECT s.*
    FROM series AS s
    WHERE
        s.platform = platform
        AND s.metric = metric
        AND s.area = area
        AND s.transformation = transformation
        AND (lower(s.segment) IS NOT DISTINCT FROM lower(segment) OR segment = '*')
        AND (unit IS NULL OR s.unit = unit)
        AND (kind IS NULL OR s.period_kind = kind)
        AND (sample IS NULL OR s.sample = sample)
    ORDER BY s.sample, s.segment, s.unit, s.per, s.period_kind, s.period_start;

CREATE OR REPLACE MACRO growth(metric, area := 'WW', segment := NULL, kind := 'quarter', sample := NULL) AS TABLE
    SELECT s.*
    FROM series AS s
    WHERE
        s.metric = metric
        AND s.area = area
        AND s.transformation = 'level'
        AND s.period_kind = kind
        AND (lower(s.segment) IS NOT DISTINCT FROM lower(segment) OR segment = '*')
        AND (sample IS NULL OR s.sample = sample)
    ORDER BY s.sample, s.platform, s.segment, s.unit, s.period_start DESC;
