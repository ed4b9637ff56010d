-- What changed in an article after it was first read: its title, its text, its figures?
-- `url` is part of an address, with % for anything between.
-- param url = %
-- noqa: disable=RF02
SELECT
    c.known_from,
    c.url,
    c.title_before,
    c.title,
    c.blocks_added,
    c.blocks_removed,
    f.figure.platform,
    f.figure.metric,
    f.figure.period,
    f.figure.area,
    f.figure.values_before,
    f.figure.values_now,
    f.figure.unit,
    f.figure.quote_before,
    f.figure.quote_now,
    c.added,
    c.removed,
    c.source,
    c.sample,
    c.document_id,
    c.earlier_id
FROM document_changes AS c
LEFT JOIN LATERAL (SELECT unnest(c.figures) AS figure) AS f ON TRUE
WHERE c.url ILIKE '%' || $url || '%'
ORDER BY c.known_from DESC, c.url, c.document_id, f.figure.platform, f.figure.metric, f.figure.period;
