-- What is to be found again in the archive: every claim that says something about a figure held today, page by page.
-- grain: one row a realm and claim; unit: base units of `unit`
SELECT
    c.claim_id,
    c.document_id,
    c.source,
    c.night,
    c.url,
    c.archive_file,
    c.archive_offset,
    c.extractor,
    c.platform,
    c.metric,
    c.transformation,
    c.value,
    c.value_max,
    c.low,
    c.high,
    c.unit,
    c.per,
    c.period,
    c.area,
    c.status,
    c.qualifier,
    c.attributed_to,
    c.segment_said,
    c.quote,
    c.quote_start,
    c.quote_end,
    c.confidence,
    c.is_repeat,
    c.correction
FROM claims AS c
WHERE
    EXISTS (
        SELECT 1
        FROM figure_claims AS s
        WHERE s.sample = c.sample AND s.claim_id = c.claim_id AND s.known_to IS NULL
    )
ORDER BY c.archive_file, c.archive_offset, c.document_id, c.claim_id;
