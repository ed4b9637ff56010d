-- trend('netflix', 'subscribers'): a series by period, with its change and growth, as held today or on a day (`as_of`).
-- segment := null is the whole, a name that segment, '*' each of them; kind := 'quarter', 'year' ... keeps one length
-- of period; sample := true or false keeps one realm. Samples and live figures are series of their own.
-- grain: one row a series and period; unit: base units of `unit`, growth in percent
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO trend(
    platform,
    metric,
    area := 'WW',
    as_of := NULL,
    segment := NULL,
    transformation := 'level',
    unit := NULL,
    kind := NULL,
    sample := NULL
) AS TABLE
    SELECT s.*
    FROM series_as_of(platform, metric, area, as_of, segment, transformation, unit, kind, sample) AS s
    ORDER BY s.sample, s.segment, s.unit, s.per, s.period_kind, s.period_start;
