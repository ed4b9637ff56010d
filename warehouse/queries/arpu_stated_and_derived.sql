-- What does a member bring in a month: as stated, and derived from revenue and the average of members at both ends?
-- param platform = netflix
WITH members AS (
    SELECT
        s.sample,
        s.area,
        s.period,
        (s.value + (s.value - s.change)) / 2 AS average_members
    FROM series AS s
    WHERE
        s.platform = $platform AND s.metric = 'subscribers' AND s.transformation = 'level'
        AND s.period_kind = 'quarter' AND s.segment IS NULL AND s.unit = 'count'
),

money AS (
    SELECT
        f.sample,
        f.area,
        f.period,
        f.period_start,
        f.unit,
        max(f.value) FILTER (WHERE f.metric = 'revenue') AS revenue,
        max(f.value) FILTER (WHERE f.metric = 'arpu') AS stated
    FROM figures AS f
    WHERE
        f.platform = $platform AND f.metric IN ('revenue', 'arpu') AND f.transformation = 'level'
        AND f.period_kind = 'quarter' AND f.segment IS NULL AND f.unit NOT IN ('count', 'percent')
    GROUP BY f.sample, f.area, f.period, f.period_start, f.unit
)

SELECT
    m.sample,
    m.area,
    m.period,
    m.revenue,
    n.average_members,
    round(m.revenue / nullif(n.average_members, 0) / 3, 2) AS derived,
    round(m.stated, 2) AS stated,
    m.unit,
    round(100.0 * (m.revenue / nullif(n.average_members, 0) / 3 - m.stated) / nullif(m.stated, 0), 1) AS apart_percent
FROM money AS m
LEFT JOIN members AS n ON m.sample = n.sample AND m.area = n.area AND m.period = n.period
WHERE m.revenue IS NOT NULL OR m.stated IS NOT NULL
ORDER BY m.sample, m.area, m.unit, m.period_start;
