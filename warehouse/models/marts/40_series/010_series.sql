-- Every figure of today beside its neighbours in time, as the macro series_as_of gives it; made after the macros.
-- Made again are the touched figures and those that look back at one of them, from figures that these look back at.
-- grain: one row a figure, as in figures; unit: change in base units of `unit`, growth in percent
CREATE OR REPLACE TEMP TABLE steps_in_time AS
SELECT unnest([INTERVAL 7 DAY, INTERVAL 1 MONTH, INTERVAL 3 MONTH, INTERVAL 6 MONTH, INTERVAL 1 YEAR]) AS step;

-- All figures of the touched series: their neighbours are among these.
CREATE OR REPLACE TEMP TABLE in_series AS
SELECT
    f.figure_id,
    f.series_id,
    f.period_start
FROM figures AS f
WHERE NOT getvariable('all_statements') AND f.series_id IN (SELECT t.series_id FROM touched_periods AS t);

CREATE OR REPLACE TEMP TABLE looking_back AS
WITH later AS (
    SELECT
        t.series_id,
        (t.period_start + s.step)::DATE AS period_start
    FROM touched_periods AS t
    CROSS JOIN steps_in_time AS s
)

SELECT f.figure_id
FROM figures_to_resolve AS f
WHERE f.figure_id IS NOT NULL
UNION
SELECT f.figure_id
FROM in_series AS f
INNER JOIN later AS l ON f.series_id = l.series_id AND f.period_start = l.period_start;

CREATE OR REPLACE TEMP TABLE looked_at AS
WITH earlier AS (
    SELECT
        f.series_id,
        (f.period_start - s.step)::DATE AS period_start
    FROM in_series AS f
    CROSS JOIN steps_in_time AS s
    WHERE f.figure_id IN (SELECT b.figure_id FROM looking_back AS b)
)

SELECT b.figure_id
FROM looking_back AS b
UNION
SELECT f.figure_id
FROM in_series AS f
INNER JOIN earlier AS e ON f.series_id = e.series_id AND f.period_start = e.period_start;

SET VARIABLE looked_at = (
    SELECT CASE WHEN NOT getvariable('all_statements') THEN coalesce(list(k.figure_id), []) END
    FROM looked_at AS k
);

INSERT INTO core.touches
SELECT
    l.load_number,
    'neighbour' AS kind,
    NULL AS sample,
    b.figure_id AS id
FROM looking_back AS b
CROSS JOIN core.loads AS l
WHERE NOT getvariable('all_statements');

CREATE OR REPLACE TEMP TABLE new_series AS
SELECT s.*
FROM series_as_of(within := getvariable('looked_at')) AS s
WHERE s.figure_id IN (SELECT b.figure_id FROM looking_back AS b)
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
WHERE o.figure_id IN (SELECT b.figure_id FROM looking_back AS b);

INSERT INTO series
SELECT n.*
FROM new_series AS n;
