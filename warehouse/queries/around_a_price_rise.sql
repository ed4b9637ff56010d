-- What happened to members around each price rise: the growth in the quarter before, of, and after it?
-- param platform = netflix
-- param price_area = US
-- param members_area = UCAN
WITH rises AS (
    SELECT
        p.sample,
        p.plan,
        p.period,
        p.change,
        p.unit,
        date_trunc('quarter', period_start(p.period))::DATE AS quarter_start
    FROM price_history($platform, area := $price_area) AS p
    WHERE p.change > 0
),

members AS (
    SELECT t.*
    FROM trend($platform, 'subscribers', area := $members_area, kind := 'quarter') AS t
)

SELECT
    r.sample,
    r.plan,
    r.period AS price_period,
    r.change AS price_change,
    r.unit,
    b.growth_percent AS growth_before,
    m.growth_percent AS growth_in_quarter,
    a.growth_percent AS growth_after
FROM rises AS r
LEFT JOIN members AS m ON r.sample = m.sample AND r.quarter_start = m.period_start
LEFT JOIN members AS b
    ON r.sample = b.sample AND (r.quarter_start - INTERVAL 3 MONTH)::DATE = b.period_start
LEFT JOIN members AS a
    ON r.sample = a.sample AND (r.quarter_start + INTERVAL 3 MONTH)::DATE = a.period_start
ORDER BY r.sample, r.plan, r.quarter_start, r.period;
