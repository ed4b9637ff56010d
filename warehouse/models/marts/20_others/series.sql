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

COMMENT ON TABLE series IS 'Every figure of today beside the period before and the year before';
COMMENT ON COLUMN series.change IS 'Against the period just before; null over a gap, a break or an open conflict';
COMMENT ON COLUMN series.growth_percent IS 'Percent against the period just before; for years, the year before';
COMMENT ON COLUMN series.year_growth_percent IS 'Percent against the same quarter, half or month a year before';
COMMENT ON COLUMN series.growth_qualifier IS 'exact, approx, or min: at least so much';
COMMENT ON COLUMN series.break_note IS 'The definition changed between the period before and this one';
COMMENT ON COLUMN series.sample IS 'true: from pages written for the project; never mixed with live ones';
COMMENT ON COLUMN series.platform IS 'Slug of the service or company; market is the sector';
COMMENT ON COLUMN series.metric IS 'What is counted';
COMMENT ON COLUMN series.transformation IS 'level; change (absolute); growth (percent)';
COMMENT ON COLUMN series.segment IS 'What tells two figures of one key apart; null: the whole';
COMMENT ON COLUMN series.area IS 'ISO 3166-1 alpha-2, or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE';
COMMENT ON COLUMN series.unit IS 'count, percent, percentage_points, hours, minutes or an ISO 4217 code';
COMMENT ON COLUMN series.per IS 'For a rate: month, year, day, hour, episode';
COMMENT ON COLUMN series.period IS 'The calendar time it is for';
COMMENT ON COLUMN series.value IS 'In base units of unit';
COMMENT ON COLUMN series.qualifier IS 'exact, approx, min (more than), max (less than)';
COMMENT ON COLUMN series.status IS 'actual, estimate, forecast, plan, rumour';
COMMENT ON COLUMN series.state IS 'corroborated, single, contested, unclear';
COMMENT ON COLUMN series.authority IS 'official, press, aggregator';
COMMENT ON COLUMN series.origins IS 'Independent origins behind it';
COMMENT ON COLUMN series.period_kind IS 'year, half, quarter, month, week, day, range';
COMMENT ON COLUMN series.period_start IS 'First day of the period';
COMMENT ON COLUMN series.period_end IS 'Last day of the period';
COMMENT ON COLUMN series.figure_id IS 'Names the key; the same in every table';
COMMENT ON COLUMN series.series_id IS 'Names the key without its period';
