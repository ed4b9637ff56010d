-- price_history('netflix', area := 'FR'): what each plan cost, and by how much it moved since the price before.
-- grain: one row a figure; unit: units of the currency named in `unit`
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO price_history(platform, area := NULL, as_of := NULL, sample := NULL) AS TABLE
    SELECT
        f.sample,
        f.platform,
        f.area,
        f.segment AS plan,
        f.period,
        f.value,
        f.unit,
        f.per,
        f.value - lag(f.value) OVER in_time AS change,
        round(100.0 * (f.value - lag(f.value) OVER in_time) / nullif(lag(f.value) OVER in_time, 0), 2)
            AS change_percent,
        lag(f.period) OVER in_time AS previous_period,
        f.status,
        f.state,
        f.quote,
        f.url,
        f.figure_id
    FROM as_of(as_of) AS f
    WHERE
        f.platform = platform
        AND f.metric = 'price'
        AND f.transformation = 'level'
        AND (area IS NULL OR f.area = area)
        AND (sample IS NULL OR f.sample = sample)
    WINDOW in_time AS (PARTITION BY f.series_id ORDER BY f.period_start, f.period_end, f.figure_id)
    ORDER BY f.sample, f.area, plan, f.unit, f.period_start;
