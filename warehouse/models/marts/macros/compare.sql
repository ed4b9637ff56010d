-- compare('subscribers'): platforms side by side, like for like: the same unit, area, segment and length of period.
-- latest('subscribers'): the newest level of every platform and area, how old it was in the last night, and who says
-- so.
-- market_share('revenue'): each platform's part of what the platforms known for that period add up to, and of the
-- market itself where its total is known. A part of a few is no share of a market: read `platforms` and
-- `of_market_percent`.
-- grain: one row a realm, platform and period; unit: base units of `unit`, shares in percent
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO compare(
    metric,
    area := 'WW',
    segment := NULL,
    kind := 'quarter',
    platforms := NULL,
    sample := NULL
) AS TABLE
    SELECT
        f.sample,
        f.period,
        f.platform,
        f.value,
        f.unit,
        f.per,
        f.qualifier,
        f.status,
        f.state,
        rank() OVER (
            PARTITION BY f.sample, f.period, f.unit, f.per, lower(f.segment) ORDER BY f.value DESC NULLS LAST
        ) AS place,
        f.authority,
        f.origins,
        f.figure_id
    FROM figures AS f
    WHERE
        f.metric = metric
        AND f.area = area
        AND f.transformation = 'level'
        AND f.period_kind = kind
        AND f.platform <> 'market'
        AND (lower(f.segment) IS NOT DISTINCT FROM lower(segment) OR segment = '*')
        AND (platforms IS NULL OR list_contains(platforms, f.platform))
        AND (sample IS NULL OR f.sample = sample)
    ORDER BY f.sample, f.period_start DESC, f.unit, place, f.platform;

CREATE OR REPLACE MACRO latest(metric, area := NULL, sample := NULL) AS TABLE
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
        (SELECT max(n.night) FROM nights AS n) - f.period_end AS days_old,
        f.authority,
        f.said_by,
        f.quote,
        f.url,
        f.figure_id
    FROM figures AS f
    WHERE
        f.metric = metric
        AND f.transformation = 'level'
        AND f.status IN ('actual', 'estimate')
        AND (area IS NULL OR f.area = area)
        AND (sample IS NULL OR f.sample = sample)
    QUALIFY row_number() OVER (PARTITION BY f.series_id ORDER BY f.period_end DESC, f.period_start, f.figure_id) = 1
    ORDER BY f.sample, f.platform, f.area, f.segment NULLS FIRST, f.unit;

CREATE OR REPLACE MACRO market_share(metric, area := 'WW', kind := 'quarter', segment := NULL, sample := NULL) AS TABLE
    WITH wanted AS (
        SELECT f.*
        FROM figures AS f
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
