-- Every figure of today beside its neighbours in time, as the macro series_as_of gives it; made after the macros.
-- grain: one row a figure, as in figures; unit: change in base units of `unit`, growth in percent
CREATE OR REPLACE TEMP TABLE new_series AS
SELECT s.*
FROM series_as_of(within := (SELECT coalesce(list(t.series_id), []) FROM touched_series AS t)) AS s
ORDER BY s.sample, s.platform, s.metric, s.area, s.segment, s.unit, s.period_kind, s.period_start, s.figure_id;

CREATE TABLE IF NOT EXISTS series AS
SELECT n.*
FROM new_series AS n
WHERE FALSE;

DELETE FROM series AS o
WHERE o.series_id IN (SELECT t.series_id FROM touched_series AS t);

INSERT INTO series
SELECT n.*
FROM new_series AS n;
