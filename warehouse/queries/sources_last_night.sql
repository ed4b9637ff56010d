-- What did each source give last night? One row a source: pages collected, pages not read, claims, or why nothing came.
-- param night =
WITH night_of AS (
    SELECT coalesce(nullif($night, '')::DATE, (SELECT max(n.night) FROM nights AS n)) AS night
),

collected AS (
    SELECT
        o.source,
        max(o.item_count) FILTER (WHERE o.step = 'collect') AS collected,
        bool_and(o.ok) FILTER (WHERE o.step = 'collect') AS arrived,
        max(o.reason) FILTER (WHERE o.step = 'collect' AND o.reason <> '') AS why_not,
        count(*) FILTER (WHERE o.step = 'read') AS items_read,
        count(*) FILTER (WHERE o.step = 'read' AND NOT o.ok) AS unread,
        coalesce(sum(o.item_count) FILTER (WHERE o.step = 'read'), 0)::BIGINT AS found
    FROM outcomes AS o
    WHERE o.night = (SELECT n.night FROM night_of AS n)
    GROUP BY o.source
),

asked AS (
    SELECT
        r.source,
        count(*) AS requests,
        count(*) FILTER (WHERE r.outcome IN ('refused_by_robots', 'reserved')) AS refused,
        count(*) FILTER (WHERE r.outcome = 'unchanged') AS unchanged
    FROM requests AS r
    WHERE r.night = (SELECT n.night FROM night_of AS n)
    GROUP BY r.source
),

claimed AS (
    SELECT
        c.source,
        count(*) AS claims,
        count(DISTINCT c.figure_id) FILTER (WHERE c.standing IN ('decides', 'supports', 'contested')) AS figures
    FROM claims AS c
    WHERE c.night = (SELECT n.night FROM night_of AS n)
    GROUP BY c.source
)

SELECT
    n.night,
    coalesce(o.source, s.name) AS source,
    s.title,
    s.sample,
    coalesce(o.arrived, FALSE) AS arrived,
    coalesce(o.collected, 0) AS collected,
    coalesce(a.unchanged, 0) AS unchanged,
    coalesce(a.requests, 0) AS requests,
    coalesce(a.refused, 0) AS refused,
    coalesce(o.items_read, 0) AS items_read,
    coalesce(o.unread, 0) AS unread,
    coalesce(c.claims, 0) AS claims,
    coalesce(c.figures, 0) AS figures,
    CASE WHEN o.source IS NULL THEN 'no step reported anything' ELSE o.why_not END AS why_not
FROM night_of AS n
CROSS JOIN (
    SELECT l.source FROM collected AS l
    UNION
    SELECT k.name AS source FROM sources AS k
    WHERE k.night = (SELECT m.night FROM night_of AS m)
) AS names
LEFT JOIN collected AS o ON names.source = o.source
LEFT JOIN (
    SELECT
        k.name,
        max_by(k.title, k.night) AS title,
        max_by(k.sample, k.night) AS sample
    FROM sources AS k
    GROUP BY k.name
) AS s ON names.source = s.name
LEFT JOIN asked AS a ON names.source = a.source
LEFT JOIN claimed AS c ON names.source = c.source
ORDER BY arrived, source;
