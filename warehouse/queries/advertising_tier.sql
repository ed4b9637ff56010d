-- How far do the tiers with advertising reach? Accounts, profiles and viewers are not the same thing: see `segment`.
-- param platform = %
-- noqa: disable=RF02
SELECT
    f.sample,
    f.platform,
    f.metric,
    f.segment,
    f.area,
    f.period,
    f.value,
    f.unit,
    f.qualifier,
    f.status,
    f.state,
    b.note AS break_note,
    f.quote,
    f.url
FROM figures AS f
LEFT JOIN definition_breaks AS b
    ON
        f.platform = b.platform AND f.metric = b.metric AND f.area = b.area
        AND f.segment IN (b.segment_before, b.segment_after)
WHERE
    f.transformation = 'level'
    AND f.platform ILIKE $platform
    AND (f.segment ILIKE 'ads%' OR f.segment ILIKE '% ads%' OR f.segment ILIKE '%with ads%')
    AND f.metric <> 'price'
ORDER BY f.sample, f.platform, f.metric, f.area, f.period_start, f.segment;
