-- How has each source been in its last thirty nights, and under which terms is it read?
WITH recent AS (
    SELECT n.night FROM nights AS n
    ORDER BY n.night DESC
    LIMIT 30
),

known AS (
    SELECT
        s.name,
        max_by(s.title, s.night) AS title,
        max_by(s.kind, s.night) AS kind,
        max_by(s.url, s.night) AS url,
        max_by(s.language, s.night) AS language,
        max_by(s.country, s.night) AS country,
        max_by(s.authority, s.night) AS authority,
        max_by(s.licence, s.night) AS licence,
        max_by(s.note, s.night) AS note,
        max_by(s.sample, s.night) AS sample,
        max_by(s.max_silent_days, s.night) AS max_silent_days
    FROM sources AS s
    GROUP BY s.name
),

came AS (
    SELECT
        k.name,
        r.night,
        coalesce(max(o.item_count), 0) AS items,
        bool_and(o.ok) AS arrived,
        max(o.reason) FILTER (WHERE NOT o.ok) AS why_not
    FROM known AS k
    CROSS JOIN recent AS r
    LEFT JOIN outcomes AS o ON k.name = o.source AND r.night = o.night AND o.step = 'collect'
    GROUP BY k.name, r.night
),

claimed AS (
    SELECT
        c.source,
        count(*) AS claims,
        max(c.night) AS last_claim
    FROM claims AS c
    WHERE c.night IN (SELECT r.night FROM recent AS r)
    GROUP BY c.source
),

heard AS (
    SELECT
        a.name,
        count(*) FILTER (WHERE a.arrived IS NOT NULL) AS nights_asked,
        count(*) FILTER (WHERE a.arrived) AS nights_arrived,
        max(a.night) FILTER (WHERE a.arrived) AS last_arrived,
        arg_max(a.why_not, a.night) FILTER (WHERE a.why_not IS NOT NULL) AS why_not,
        list(a.items ORDER BY a.night) AS items
    FROM came AS a
    GROUP BY a.name
),

judged AS (
    SELECT
        h.*,
        CASE
            WHEN h.nights_arrived = 0 THEN 1
            WHEN (SELECT max(r.night) FROM recent AS r) - h.last_arrived > k.max_silent_days THEN 2
            WHEN h.nights_arrived < h.nights_asked THEN 3
            ELSE 4
        END AS grade
    FROM heard AS h
    INNER JOIN known AS k ON h.name = k.name
)

SELECT
    k.name AS source,
    k.title,
    k.sample,
    ['never arrived', 'silent', 'with gaps', 'well'][h.grade] AS health,
    h.nights_asked,
    h.nights_arrived,
    h.last_arrived,
    coalesce(c.claims, 0) AS claims,
    c.last_claim,
    h.items,
    k.kind,
    k.language,
    k.country,
    k.authority,
    k.licence,
    k.url,
    k.note,
    h.why_not
FROM known AS k
INNER JOIN judged AS h ON k.name = h.name
LEFT JOIN claimed AS c ON k.name = c.source
ORDER BY h.grade, k.name;
