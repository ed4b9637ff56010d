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
    WHERE d.superseded_on IS NULL AND r.dropped_on IS NULL
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
        WHEN c.url IN (SELECT d.url FROM core.documents AS d) THEN 'healed'
        ELSE 'unseen'
    END AS state
FROM correction_rows AS c
ORDER BY c.correction_id;

COMMENT ON TABLE corrections IS 'What people corrected by hand, with the reason, and whether it still applies';
COMMENT ON COLUMN corrections.url IS 'Address of the page';
COMMENT ON COLUMN corrections.quote IS 'The exact words of the statement';
COMMENT ON COLUMN corrections.platform IS 'Only the statements about this one; null: all with these words';
COMMENT ON COLUMN corrections.metric IS 'Only the statements of this one; null: all with these words';
COMMENT ON COLUMN corrections.action IS 'accept: never set aside; reject: always; fix: one field is another';
COMMENT ON COLUMN corrections.field IS 'What is fixed: value, period, area, segment, ...';
COMMENT ON COLUMN corrections.was IS 'What was read; the fix stops when something else is';
COMMENT ON COLUMN corrections.becomes IS 'What it is; values in base units';
COMMENT ON COLUMN corrections.reason IS 'Why, for the next reviewer';
COMMENT ON COLUMN corrections.reviewed_on IS 'The day from which it counts as known';
COMMENT ON COLUMN corrections.state IS 'applies, healed, unseen';
