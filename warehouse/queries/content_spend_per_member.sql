-- How much is spent on content per member and per unit of revenue in a year?
-- param platform = netflix
-- param area = WW
WITH yearly AS (
    SELECT
        f.sample,
        left(f.period, 4) AS calendar_year,
        f.unit,
        max(f.value) FILTER (WHERE f.metric = 'content_spend' AND f.period_kind = 'year') AS stated_spend,
        CASE
            WHEN count(*) FILTER (WHERE f.metric = 'content_spend' AND f.period_kind = 'quarter') = 4
                THEN sum(f.value) FILTER (WHERE f.metric = 'content_spend' AND f.period_kind = 'quarter')
        END AS summed_spend,
        max(f.value) FILTER (WHERE f.metric = 'revenue' AND f.period_kind = 'year') AS stated_revenue,
        CASE
            WHEN count(*) FILTER (WHERE f.metric = 'revenue' AND f.period_kind = 'quarter') = 4
                THEN sum(f.value) FILTER (WHERE f.metric = 'revenue' AND f.period_kind = 'quarter')
        END AS summed_revenue
    FROM figures AS f
    WHERE
        f.platform = $platform AND f.area = $area AND f.transformation = 'level' AND f.segment IS NULL
        AND f.metric IN ('content_spend', 'revenue') AND f.period_kind IN ('year', 'quarter') AND f.status = 'actual'
    GROUP BY f.sample, calendar_year, f.unit
),

members AS (
    SELECT
        f.sample,
        left(f.period, 4) AS calendar_year,
        max_by(f.value, f.period_end) AS members,
        max_by(f.period, f.period_end) AS members_at
    FROM figures AS f
    WHERE
        f.platform = $platform AND f.area = $area AND f.metric = 'subscribers' AND f.transformation = 'level'
        AND f.segment IS NULL AND f.unit = 'count' AND f.status = 'actual' AND f.period_kind IN ('year', 'quarter')
    GROUP BY f.sample, calendar_year
)

SELECT
    y.sample,
    y.calendar_year,
    coalesce(y.stated_spend, y.summed_spend) AS content_spend,
    y.unit,
    m.members,
    m.members_at,
    round(coalesce(y.stated_spend, y.summed_spend) / nullif(m.members, 0), 2) AS spend_per_member,
    round(
        100.0 * coalesce(y.stated_spend, y.summed_spend)
        / nullif(coalesce(y.stated_revenue, y.summed_revenue), 0), 1
    ) AS percent_of_revenue
FROM yearly AS y
LEFT JOIN members AS m ON y.sample = m.sample AND y.calendar_year = m.calendar_year
WHERE coalesce(y.stated_spend, y.summed_spend) IS NOT NULL
ORDER BY y.sample, y.unit, y.calendar_year;
