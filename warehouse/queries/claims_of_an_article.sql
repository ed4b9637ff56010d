-- What else does the page of one claim say? Every claim of the same document that is held, in the order of its text.
-- param claim =
-- noqa: disable=RF02
SELECT
    c.claim_id,
    c.claim_id = $claim AS is_asked,
    c.figure_id,
    c.platform,
    c.metric,
    c.transformation,
    c.segment,
    c.area,
    c.period,
    c.value,
    c.value_max,
    c.unit,
    c.per,
    c.qualifier,
    c.status,
    c.standing,
    c.reason,
    c.correction,
    c.quote,
    c.quote_start,
    c.quote_end,
    c.confidence,
    c.title,
    c.url,
    c.source,
    c.published,
    c.night,
    c.archive_file,
    c.archive_offset,
    c.document_id
FROM claims AS c
WHERE
    (c.sample, c.document_id) IN (
        SELECT
            a.sample,
            a.document_id
        FROM claims AS a
        WHERE a.claim_id = $claim
    )
    AND (c.standing <> 'replaced' OR c.claim_id = $claim)
ORDER BY c.quote_start, c.claim_id;
