-- What did we believe on a day about one platform and metric, and what is held today?
-- param day = 2026-11-01
-- param platform = netflix
-- param metric = subscribers
SELECT
    coalesce(b.sample, f.sample) AS sample,
    coalesce(b.area, f.area) AS area,
    coalesce(b.segment, f.segment) AS segment,
    coalesce(b.period, f.period) AS period,
    coalesce(b.unit, f.unit) AS unit,
    b.value AS believed,
    b.state AS believed_state,
    f.value AS held_today,
    f.state AS state_today,
    (b.value IS DISTINCT FROM f.value) OR (b.state IS DISTINCT FROM f.state) AS revised,
    coalesce(f.figure_id, b.figure_id) AS figure_id
FROM (
    SELECT a.*
    FROM as_of($day) AS a
    WHERE a.platform = $platform AND a.metric = $metric
) AS b
FULL JOIN (
    SELECT g.*
    FROM figures AS g
    WHERE g.platform = $platform AND g.metric = $metric
) AS f ON b.figure_id = f.figure_id
ORDER BY ALL;
