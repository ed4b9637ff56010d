-- gaps(): the holes in each series: between which two periods how many are missing.
-- grain: one row a hole in a series of years, halves, quarters or months; unit: periods
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO gaps(platform := NULL, metric := NULL, as_of := NULL, sample := NULL) AS TABLE
    WITH known AS (
        SELECT
            f.*,
            CASE f.period_kind WHEN 'year' THEN 12 WHEN 'half' THEN 6 WHEN 'quarter' THEN 3 ELSE 1 END AS months,
            lead(f.period) OVER in_time AS next_period,
            lead(f.period_start) OVER in_time AS next_start
        FROM as_of(as_of) AS f
        WHERE
            f.transformation = 'level'
            AND f.period_kind IN ('year', 'half', 'quarter', 'month')
            AND (platform IS NULL OR f.platform = platform)
            AND (metric IS NULL OR f.metric = metric)
            AND (sample IS NULL OR f.sample = sample)
        WINDOW in_time AS (PARTITION BY f.series_id, f.period_kind ORDER BY f.period_start)
    )

    SELECT
        k.sample,
        k.platform,
        k.metric,
        k.segment,
        k.area,
        k.unit,
        k.period_kind,
        k.period AS last_before,
        k.next_period AS first_after,
        date_diff('month', k.period_start, k.next_start) // k.months - 1 AS missing,
        k.series_id
    FROM known AS k
    WHERE date_diff('month', k.period_start, k.next_start) > k.months
    ORDER BY k.sample, k.platform, k.metric, k.area, k.segment NULLS FIRST, k.unit, k.period_kind, k.period_start;
