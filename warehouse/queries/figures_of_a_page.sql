-- Which figures does a page hold, in the order of its text, and what became of each?
-- `url` is part of an address or title, with % for anything between.
-- param url = %
SELECT
    c.value,
    c.value_max,
    c.unit,
    c.per,
    c.metric,
    c.transformation,
    c.platform,
    c.area,
    c.period,
    c.status,
    c.qualifier,
    c.attributed_to,
    c.is_repeat,
    c.quote,
    c.quote_start,
    c.quote_end,
    c.standing,
    c.reason,
    c.url,
    c.title,
    c.published,
    c.confidence,
    c.sample,
    c.archive_file,
    c.archive_offset,
    c.claim_id,
    c.figure_id
FROM claims AS c
WHERE
    c.known_to IS NULL
    AND c.source <> 'official_history'
    AND (c.url ILIKE '%' || $url || '%' OR c.title ILIKE '%' || $url || '%')
ORDER BY c.url, c.document_id, c.quote_start, c.quote_end, c.claim_id;
