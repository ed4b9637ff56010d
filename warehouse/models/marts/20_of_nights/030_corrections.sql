-- What people corrected by hand, and whether it still applies.
--   applies   a statement that is held, or that its fix replaced, is what the correction names
--   healed    the page is known and says it no more: take the row out, or review the page again
--   unseen    no page of that address was read yet
-- grain: one row a correction
CREATE OR REPLACE TABLE corrections AS
WITH stands AS (
    SELECT m.correction_id
    FROM core.correction_matches AS m
    INNER JOIN core.documents AS d ON m.sample = d.sample AND m.document_id = d.document_id
    INNER JOIN raw.claims AS r ON m.claim_id = r.claim_id
    WHERE
        d.superseded_on IS NULL AND r.dropped_on IS NULL
        AND d.document_id IN (SELECT k.document_id FROM core.correction_matches AS k)
        AND r.claim_id IN (SELECT k.claim_id FROM core.correction_matches AS k)
)

SELECT
    c.url,
    c.quote,
    c.platform,
    c.metric,
    c.action,
    c.field,
    c.was,
    c.becomes,
    c.reason,
    c.reviewed_on,
    CASE
        WHEN c.correction_id IN (SELECT s.correction_id FROM stands AS s) THEN 'applies'
        WHEN
            c.url IN (
                SELECT d.url FROM core.documents AS d
                WHERE d.url IN (SELECT k.url FROM correction_rows AS k)
            )
            THEN 'healed'
        ELSE 'unseen'
    END AS state
FROM correction_rows AS c
ORDER BY c.correction_id;
