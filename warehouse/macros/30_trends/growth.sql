-- growth('subscribers'): change and growth of every platform, the latest period first, as held today or on a day.
-- grain: one row a series and period; unit: base units of `unit`, growth in percent
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO growth(
    metric,
    area := 'WW',
    as_of := NULL,
    segment := NULL,
    kind := 'quarter',
    sample := NULL
) AS TABLE
    SELECT s.*
    FROM series_as_of(NULL, metric, area, as_of, segment, 'level', NULL, kind, sample) AS s
    ORDER BY s.sample, s.platform, s.segment, s.unit, s.period_start DESC;
