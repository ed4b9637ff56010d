-- series_as_of(): the figures held on a day beside the period just before and the same period a year before.
-- trend and growth are parts of it. An argument that is null keeps everything; segment '*' keeps each; `within` is a
-- list of figure_id: only these stand beside each other.
-- A change over a gap, over a break in definition, from an open conflict or from an open end is null, not a guess.
-- "More than 325 million" after 301.63 million is growth of at least so much: `growth_qualifier` keeps the hedge.
-- grain: one row a figure; unit: change in base units of `unit`, growth in percent
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO series_as_of(
    platform := NULL,
    metric := NULL,
    area := NULL,
    as_of := NULL,
    segment := '*',
    transformation := NULL,
    unit := NULL,
    kind := NULL,
    sample := NULL,
    within := NULL
) AS TABLE
    WITH placed AS MATERIALIZED (
        SELECT
            f.*,
            CASE f.period_kind
                WHEN 'year' THEN (f.period_start - INTERVAL 1 YEAR)::date
                WHEN 'half' THEN (f.period_start - INTERVAL 6 MONTH)::date
                WHEN 'quarter' THEN (f.period_start - INTERVAL 3 MONTH)::date
                WHEN 'month' THEN (f.period_start - INTERVAL 1 MONTH)::date
                WHEN 'week' THEN (f.period_start - INTERVAL 7 DAY)::date
            END AS before_start,
            CASE
                WHEN f.period_kind IN ('half', 'quarter', 'month') THEN (f.period_start - INTERVAL 1 YEAR)::date
            END AS year_start
        FROM as_of(as_of) AS f
        WHERE
            (platform IS NULL OR f.platform = platform)
            AND (metric IS NULL OR f.metric = metric)
            AND (area IS NULL OR f.area = area)
            AND (segment = '*' OR lower(f.segment) IS NOT DISTINCT FROM lower(segment))
            AND (transformation IS NULL OR f.transformation = transformation)
            AND (unit IS NULL OR f.unit = unit)
            AND (kind IS NULL OR f.period_kind = kind)
            AND (sample IS NULL OR f.sample = sample)
            AND (within IS NULL OR f.figure_id IN (SELECT unnest(within)))
    ),

    breaks AS (
        SELECT
            p.figure_id,
            max(b.period_start) AS last_break,
            arg_max(b.note, b.period_start) AS note
        FROM placed AS p
        INNER JOIN definition_breaks AS b
            ON
                p.platform = b.platform AND p.metric = b.metric AND p.area = b.area
                AND p.period_start >= b.period_start
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
    FROM paired AS p;
