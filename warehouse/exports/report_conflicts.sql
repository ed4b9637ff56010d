-- For the report: what is in dispute, the most told first.
-- grain: one row a figure; unit: base units
SELECT
    coalesce(p.name, d.platform) AS name,
    d.metric,
    coalesce(a.name, d.area) AS area,
    d.period,
    format('{:,.10g} {}', d.lowest::DOUBLE, d.unit) AS lowest,
    format('{:,.10g} {}', d.highest::DOUBLE, d.unit) AS highest,
    list_aggregate(
        list_transform(d.said, LAMBDA s: s.origin || ': ' || format('{:,.10g}', s.value::DOUBLE)), 'string_agg', '; '  -- noqa: RF01,RF02,LT05
    ) AS said
FROM disagreements(sample := FALSE) AS d
LEFT JOIN platforms AS p ON d.platform = p.platform
LEFT JOIN areas AS a ON d.area = a.area
WHERE d.is_open
ORDER BY d.origins DESC, d.apart_percent DESC NULLS LAST, d.figure_id
LIMIT 20;
