-- latest('subscribers'): the newest level of every platform and area, how many days old it was in the last night (or on
-- the day asked for), and who says so.
-- grain: one row a series; unit: base units of `unit`, days
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO latest(metric, area := NULL, as_of := NULL, sample := NULL) AS TABLE
    SELECT
        f.sample,
        f.platform,
        f.area,
        f.segment,
        f.period,
        f.value,
        f.unit,
        f.per,
        f.qualifier,
        f.status,
        f.state,
        coalesce(as_of::date, (SELECT max(n.night) FROM nights AS n)) - f.period_end AS days_old,
        f.authority,
        f.said_by,
        f.quote,
        f.url,
        f.figure_id
    FROM as_of(as_of) AS f
    WHERE
        f.metric = metric
        AND f.transformation = 'level'
        AND f.status IN ('actual', 'estimate')
        AND (area IS NULL OR f.area = area)
        AND (sample IS NULL OR f.sample = sample)
    QUALIFY row_number() OVER (PARTITION BY f.series_id ORDER BY f.period_end DESC, f.period_start, f.figure_id) = 1
    ORDER BY f.sample, f.platform, f.area, f.segment NULLS FIRST, f.unit;
