-- level: warn
-- A source that gives three times more or less claims a page tonight than in the middle of its own nights before has
-- drifted: another layout, another subject, or another reading.
WITH nightly AS (
    SELECT
        c.source,
        c.night,
        1.0 * count(*) / count(DISTINCT c.document_id) AS claims_a_page,
        count(DISTINCT c.document_id) AS pages
    FROM raw.claims AS c
    WHERE c.dropped_on IS NULL
    GROUP BY c.source, c.night
),

compared AS (
    SELECT
        n.source,
        max(n.claims_a_page) FILTER (WHERE n.night = l.night) AS tonight,
        max(n.pages) FILTER (WHERE n.night = l.night) AS pages,
        median(n.claims_a_page) FILTER (WHERE n.night < l.night) AS before,
        count(*) FILTER (WHERE n.night < l.night) AS nights
    FROM nightly AS n
    CROSS JOIN (SELECT max(k.night) AS night FROM raw.nights AS k) AS l
    WHERE n.night > l.night - 60
    GROUP BY n.source
)

SELECT
    c.source,
    c.pages,
    round(c.tonight, 1) AS claims_a_page,
    round(c.before, 1) AS claims_a_page_before,
    c.nights
FROM compared AS c
WHERE c.nights >= 5 AND c.pages >= 3 AND (c.tonight > 3 * c.before OR c.before > 3 * c.tonight);
