-- compare('subscribers'): platforms side by side, like for like: the same unit, area, segment and length of period, as
-- held today or on a day.
-- grain: one row a realm, platform and period; unit: base units of `unit`
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO compare(
    metric,
    area := 'WW',
    as_of := NULL,
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
    FROM as_of(as_of) AS f
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
