-- level: fail
-- A claim whose words do not stand at its offsets in its document is no receipt.
SELECT
    c.night,
    c.source,
    c.document_id,
    c.quote,
    c.quote_start
FROM raw.claims AS c
WHERE NOT c.proven;
