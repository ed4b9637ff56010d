-- coverage(): for each series, its first and last period, the periods missing between, and how stale it is today or was
-- on a day. gaps() names the holes.
-- grain: one row a series and length of period; unit: periods, days
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO coverage(as_of := NULL, sample := NULL, platform := NULL, metric := NULL) AS TABLE
    SELECT
        any_value(f.sample) AS sample,
        any_value(f.platform) AS platform,
        any_value(f.metric) AS metric,
        min(f.segment) AS segment,
        any_value(f.area) AS area,
        any_value(f.unit) AS unit,
        any_value(f.period_kind) AS period_kind,
        min_by(f.period, f.period_start) AS first_period,
        max_by(f.period, f.period_start) AS last_period,
        count(*) AS periods,
        CASE any_value(f.period_kind)
            WHEN 'year' THEN date_diff('year', min(f.period_start), max(f.period_start)) + 1
            WHEN 'quarter' THEN date_diff('quarter', min(f.period_start), max(f.period_start)) + 1
            WHEN 'month' THEN date_diff('month', min(f.period_start), max(f.period_start)) + 1
        END - count(*) AS missing,
        count(*) FILTER (WHERE f.state = 'contested') AS contested,
        max(f.period_end) AS last_day,
        coalesce(as_of::date, (SELECT max(n.night) FROM nights AS n)) - max(f.period_end) AS days_stale
    FROM as_of(as_of) AS f
    WHERE
        f.transformation = 'level'
        AND (sample IS NULL OR f.sample = sample)
        AND (platform IS NULL OR f.platform = platform)
        AND (metric IS NULL OR f.metric = metric)
    GROUP BY f.series_id, f.period_kind
    ORDER BY ALL;
