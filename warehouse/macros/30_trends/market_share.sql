-- market_share('revenue'): each platform's part of what the platforms known for that period add up to, and of the
-- market itself where its total is known. A part of a few is no share of a market: read `platforms` and
-- `of_market_percent`.
-- grain: one row a realm, platform and period; unit: base units of `unit`, shares in percent
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO market_share(
    metric,
    area := 'WW',
    as_of := NULL,
    kind := 'quarter',
    segment := NULL,
    sample := NULL
) AS TABLE
    WITH wanted AS (
        SELECT f.*
        FROM as_of(as_of) AS f
        WHERE
            f.metric = metric
            AND f.area = area
            AND f.transformation = 'level'
            AND f.period_kind = kind
            AND f.value IS NOT NULL
            AND f.unit NOT IN ('percent', 'percentage_points')
            AND (lower(f.segment) IS NOT DISTINCT FROM lower(segment))
            AND (sample IS NULL OR f.sample = sample)
    ),

    totals AS (
        SELECT
            w.sample,
            w.period,
            w.unit,
            w.per,
            sum(w.value) FILTER (WHERE w.platform NOT IN ('market', 'tv')) AS known_total,
            count(*) FILTER (WHERE w.platform NOT IN ('market', 'tv')) AS platforms,
            max(w.value) FILTER (WHERE w.platform = 'market') AS market_total
        FROM wanted AS w
        GROUP BY w.sample, w.period, w.unit, w.per
    )

    SELECT
        w.sample,
        w.period,
        w.platform,
        w.value,
        w.unit,
        t.platforms,
        CASE WHEN t.platforms > 1 THEN round(100.0 * w.value / nullif(t.known_total, 0), 2) END AS of_known_percent,
        round(100.0 * w.value / nullif(t.market_total, 0), 2) AS of_market_percent,
        w.qualifier,
        w.state,
        w.figure_id
    FROM wanted AS w
    INNER JOIN totals AS t
        ON w.sample = t.sample AND w.period = t.period AND w.unit = t.unit AND w.per IS NOT DISTINCT FROM t.per
    WHERE w.platform NOT IN ('market', 'tv')
    ORDER BY w.sample, w.period_start DESC, w.unit, w.value DESC, w.platform;
