-- level: warn
-- A source says how many items a healthy night offers; outside of that somebody should look.
-- Like is compared with like: a feed or sitemap whose articles are fetched counts by the items that it offered, each a
-- row of the ledger however it ended; a feed that is read as it is, and every other kind, by what was read of it. A
-- feed that has not changed, or was not asked, offers nothing to count; one of too many items says so in the ledger.
WITH tonight AS (
    SELECT max(n.night) AS night FROM raw.nights AS n
),

asked AS (
    SELECT
        r.source,
        r.url,
        lag(r.outcome) OVER (PARTITION BY r.source ORDER BY r.requested_at) AS before
    FROM raw.requests AS r
    WHERE r.night = (SELECT t.night FROM tonight AS t) AND r.why = 'item'
),

offered AS (
    SELECT
        a.source,
        count(DISTINCT a.url) AS items
    FROM asked AS a
    WHERE a.before IS DISTINCT FROM 'redirected'  -- where a redirect leads is no item of its own
    GROUP BY a.source
),

listed AS (
    SELECT
        r.source,
        bool_or(r.outcome IN ('fetched', 'empty_feed')) AS came,
        max(r.detail) FILTER (WHERE r.outcome = 'too_many_items') AS too_many
    FROM raw.requests AS r
    WHERE r.night = (SELECT t.night FROM tonight AS t) AND r.why IN ('feed', 'sitemap')
    GROUP BY r.source
),

items_read AS (
    SELECT
        o.source,
        count(*) AS items
    FROM raw.outcomes AS o
    WHERE o.night = (SELECT t.night FROM tonight AS t) AND o.step = 'read'
    GROUP BY o.source
)

SELECT
    s.night,
    s.name AS source,
    coalesce(o.items, i.items, 0) AS items,
    s.min_items,
    s.max_items,
    l.too_many
FROM raw.sources AS s
LEFT JOIN offered AS o ON s.name = o.source
LEFT JOIN listed AS l ON s.name = l.source
LEFT JOIN items_read AS i ON s.name = i.source
WHERE
    s.night = (SELECT t.night FROM tonight AS t)
    AND (o.items IS NOT NULL OR l.came OR s.kind NOT IN ('feed', 'sitemap'))
    AND (coalesce(o.items, i.items, 0) NOT BETWEEN s.min_items AND s.max_items OR l.too_many IS NOT NULL);
