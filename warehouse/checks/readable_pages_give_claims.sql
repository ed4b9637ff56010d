-- level: warn
-- A source whose pages give claims much less often than on its own nights before: its pages or our reading changed.
WITH nightly AS (
    SELECT
        d.source,
        d.night,
        count(*) AS documents,
        count(*) FILTER (WHERE c.document_id IS NULL) AS silent
    FROM raw.documents AS d
    LEFT JOIN (
        SELECT DISTINCT
            k.night,
            k.source,
            k.document_id
        FROM raw.claims AS k
    ) AS c ON d.night = c.night AND d.source = c.source AND d.document_id = c.document_id
    WHERE d.kind IN ('article', 'table', 'dataset')
    GROUP BY d.source, d.night
),

compared AS (
    SELECT
        n.source,
        max(n.documents) FILTER (WHERE n.night = l.night) AS documents,
        max(n.silent) FILTER (WHERE n.night = l.night) AS silent,
        sum(n.documents) FILTER (WHERE n.night < l.night) AS documents_before,
        sum(n.silent) FILTER (WHERE n.night < l.night) AS silent_before
    FROM nightly AS n
    CROSS JOIN (SELECT max(k.night) AS night FROM raw.nights AS k) AS l
    WHERE n.night > l.night - 60
    GROUP BY n.source
)

SELECT
    c.source,
    c.documents,
    c.silent,
    round(1.0 * c.silent_before / c.documents_before, 2) AS silent_share_before
FROM compared AS c
WHERE
    c.documents >= 10 AND c.documents_before >= 30
    AND 1.0 * c.silent / c.documents > 1.0 * c.silent_before / c.documents_before + 0.3;
