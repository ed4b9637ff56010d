-- Every figure beside its neighbours in time: the period just before and the same period a year before.
-- A change over a gap, over a break in definition, from an open conflict or from an open end is null, not a guess.
-- "More than 325 million" after 301.63 million is growth of at least so much: `growth_qualifier` keeps the hedge.
-- grain: one row a figure, as in figures; unit: change in base units of `unit`, growth in percent
CREATE OR REPLACE TABLE series AS
WITH placed AS (
    SELECT
        f.*,
        CASE f.period_kind
            WHEN 'year' THEN (f.period_start - INTERVAL 1 YEAR)::DATE
            WHEN 'half' THEN (f.period_start - INTERVAL 6 MONTH)::DATE
            WHEN 'quarter' THEN (f.period_start - INTERVAL 3 MONTH)::DATE
            WHEN 'month' THEN (f.period_start - INTERVAL 1 MONTH)::DATE
            WHEN 'week' THEN (f.period_start - INTERVAL 7 DAY)::DATE
        END AS before_start,
        CASE
            WHEN f.period_kind IN ('half', 'quarter', 'month') THEN (f.period_start - INTERVAL 1 YEAR)::DATE
        END AS year_start
    FROM figures AS f
),

breaks AS (
    SELECT
        p.figure_id,
        max(b.period_start) AS last_break,
        arg_max(b.note, b.period_start) AS note
    FROM placed AS p
    INNER JOIN definition_breaks AS b
        ON
            p.platform = b.platform AND p.metric = b.metric AND p.area = b.area AND p.period_start >= b.period_start
            AND lower(p.segment) IS NOT DISTINCT FROM b.segment_after
    WHERE b.segment_before IS NOT DISTINCT FROM b.segment_after
    GROUP BY p.figure_id
),

paired AS (
    SELECT
        p.*,
        CASE WHEN b.last_break > p.before_start THEN b.note END AS break_note,
        q.value AS previous_value,
        y.value AS year_ago_value,
        CASE
            WHEN b.last_break > p.before_start THEN NULL
            WHEN p.qualifier = 'exact' THEN q.qualifier
            WHEN p.qualifier = 'approx' THEN 'approx'
            WHEN p.qualifier = 'min' AND q.qualifier = 'exact' THEN 'min'
        END AS previous_hedge,
        CASE
            WHEN b.last_break > p.year_start THEN NULL
            WHEN p.qualifier = 'exact' THEN y.qualifier
            WHEN p.qualifier = 'approx' THEN 'approx'
            WHEN p.qualifier = 'min' AND y.qualifier = 'exact' THEN 'min'
        END AS year_hedge
    FROM placed AS p
    LEFT JOIN breaks AS b ON p.figure_id = b.figure_id
    LEFT JOIN placed AS q
        ON
            p.series_id = q.series_id AND p.period_kind = q.period_kind AND p.before_start = q.period_start
            AND q.qualifier IN ('exact', 'approx') AND p.transformation = 'level'
    LEFT JOIN placed AS y
        ON
            p.series_id = y.series_id AND p.period_kind = y.period_kind AND p.year_start = y.period_start
            AND y.qualifier IN ('exact', 'approx') AND p.transformation = 'level'
)

SELECT
    p.sample,
    p.platform,
    p.metric,
    p.transformation,
    p.segment,
    p.area,
    p.unit,
    p.per,
    p.period,
    p.value,
    p.qualifier,
    p.status,
    p.state,
    CASE WHEN p.previous_hedge IS NOT NULL THEN p.value - p.previous_value END AS change,
    CASE
        WHEN p.previous_hedge IS NOT NULL
            THEN round(100.0 * (p.value - p.previous_value) / nullif(abs(p.previous_value), 0), 2)
    END AS growth_percent,
    CASE
        WHEN p.year_hedge IS NOT NULL
            THEN round(100.0 * (p.value - p.year_ago_value) / nullif(abs(p.year_ago_value), 0), 2)
    END AS year_growth_percent,
    coalesce(p.previous_hedge, p.year_hedge) AS growth_qualifier,
    p.break_note,
    p.authority,
    p.origins,
    p.period_kind,
    p.period_start,
    p.period_end,
    p.figure_id,
    p.series_id
FROM paired AS p
ORDER BY p.sample, p.platform, p.metric, p.area, p.segment, p.unit, p.period_kind, p.period_start, p.figure_id;

COMMENT ON TABLE series IS 'Every figure beside the period before and the year before; the macro trend filters it';
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
