-- Every figure of today beside its neighbours in time, as the macro series_as_of gives it; made after the macros.
-- grain: one row a figure, as in figures; unit: change in base units of `unit`, growth in percent
CREATE OR REPLACE TEMP TABLE new_series AS
SELECT s.*
FROM series_as_of(within := (SELECT coalesce(list(t.series_id), []) FROM touched_series AS t)) AS s
ORDER BY s.sample, s.platform, s.metric, s.area, s.segment, s.unit, s.period_kind, s.period_start, s.figure_id;

CREATE TABLE IF NOT EXISTS series (
    sample BOOLEAN,
    platform VARCHAR,
    metric VARCHAR,
    transformation VARCHAR,
    segment VARCHAR,
    area VARCHAR,
    unit VARCHAR,
    per VARCHAR,
    period VARCHAR,
    value DECIMAL(38, 6),
    qualifier VARCHAR,
    status VARCHAR,
    state VARCHAR,
    change DECIMAL(38, 6),
    growth_percent DOUBLE,
    year_growth_percent DOUBLE,
    growth_qualifier VARCHAR,
    break_note VARCHAR,
    authority VARCHAR,
    origins BIGINT,
    period_kind VARCHAR,
    period_start DATE,
    period_end DATE,
    figure_id VARCHAR,
    series_id VARCHAR
);

DELETE FROM series AS o
WHERE o.series_id IN (SELECT t.series_id FROM touched_series AS t);

INSERT INTO series
SELECT n.*
FROM new_series AS n;
