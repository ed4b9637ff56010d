-- How many members were added in a period, as stated or as the level moved, and what had been expected of it?
-- param platform = netflix
-- param area = WW
-- noqa: disable=RF02
WITH moved AS (
    SELECT
        t.sample,
        t.period,
        t.period_start,
        t.change
    FROM trend($platform, 'subscribers', area := $area, kind := 'quarter') AS t
),

stated AS (
    SELECT
        f.sample,
        f.period,
        f.value,
        f.state
    FROM figures AS f
    WHERE
        f.platform = $platform AND f.metric = 'subscribers' AND f.area = $area AND f.transformation = 'change'
        AND f.period_kind = 'quarter' AND f.segment IS NULL AND f.status IN ('actual', 'estimate')
),

expected AS (
    SELECT
        c.sample,
        c.period,
        min(c.value) AS lowest,
        max(coalesce(c.value_max, c.value)) AS highest,
        string_agg(DISTINCT coalesce(c.attributed_to, c.host), ', ' ORDER BY coalesce(c.attributed_to, c.host)) AS who
    FROM claims AS c
    WHERE
        c.platform = $platform AND c.metric = 'subscribers' AND c.area = $area AND c.transformation = 'change'
        AND c.status IN ('forecast', 'plan') AND c.standing NOT IN ('set aside', 'no figure')
    GROUP BY c.sample, c.period
)

SELECT
    coalesce(m.sample, s.sample, e.sample) AS sample,
    coalesce(m.period, s.period, e.period) AS period,
    m.change AS added_by_level,
    s.value AS added_as_stated,
    e.lowest AS expected_lowest,
    e.highest AS expected_highest,
    e.who,
    coalesce(s.value, m.change) - e.highest AS above_the_highest,
    s.state
FROM moved AS m
FULL JOIN stated AS s ON m.sample = s.sample AND m.period = s.period
FULL JOIN expected AS e ON coalesce(m.sample, s.sample) = e.sample AND coalesce(m.period, s.period) = e.period
ORDER BY sample, period;
