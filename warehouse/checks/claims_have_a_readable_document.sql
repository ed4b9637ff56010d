-- level: fail
-- Figures are read from articles, tables and datasets only, never from walls and error pages, and each from a page that
-- is known.
SELECT
    c.night,
    c.source,
    c.document_id,
    d.kind,
    c.quote
FROM raw.claims AS c
LEFT JOIN raw.documents AS d ON c.night = d.night AND c.source = d.source AND c.document_id = d.document_id
WHERE d.document_id IS NULL OR d.kind NOT IN ('article', 'table', 'dataset');
