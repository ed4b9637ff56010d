-- level: warn
-- A source says how many items a healthy night brings; outside of that somebody should look.
SELECT
    s.night,
    s.name AS source,
    count(d.document_id) AS documents,
    s.min_items,
    s.max_items
FROM raw.sources AS s
LEFT JOIN raw.documents AS d ON s.night = d.night AND s.name = d.source
WHERE s.night = (SELECT max(n.night) FROM raw.nights AS n)
GROUP BY ALL
HAVING count(d.document_id) NOT BETWEEN s.min_items AND s.max_items;
