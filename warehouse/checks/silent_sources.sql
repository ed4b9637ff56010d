-- level: warn
-- A source that has given no document for longer than it promises may have moved or died.
SELECT
    s.name AS source,
    max(d.night) AS last_night_with_a_document,
    max_by(s.max_silent_days, s.night) AS promised_days
FROM raw.sources AS s
LEFT JOIN raw.documents AS d ON s.name = d.source
GROUP BY s.name
HAVING
    (SELECT max(n.night) FROM raw.nights AS n) - coalesce(max(d.night), min(s.night))
    > max_by(s.max_silent_days, s.night);
