-- What part of the known revenue and of the known members does each platform have in an area and period?
-- Shares of what is known, not of the market: read `platforms`.
-- param area = EUROPE
-- param kind = year
-- noqa: disable=RF02
SELECT
    coalesce(r.sample, m.sample) AS sample,
    coalesce(r.period, m.period) AS period,
    coalesce(r.platform, m.platform) AS platform,
    r.of_known_percent AS revenue_percent,
    r.unit AS revenue_unit,
    r.platforms AS platforms_with_revenue,
    m.of_known_percent AS members_percent,
    m.platforms AS platforms_with_members
FROM market_share('revenue', area := $area, kind := $kind) AS r
FULL JOIN market_share('subscribers', area := $area, kind := $kind) AS m
    ON r.sample = m.sample AND r.period = m.period AND r.platform = m.platform
ORDER BY ALL;
