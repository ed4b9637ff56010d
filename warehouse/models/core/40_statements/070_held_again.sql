-- The few claims that are held again after they were not: a statement's own row says when it is held first.
-- grain: one row a realm, claim and later stretch of days; held_to is the first day on which it is held no more
CREATE TABLE IF NOT EXISTS core.held_again (
    sample BOOLEAN,
    document_id VARCHAR,
    claim_id VARCHAR,
    held_from DATE,
    held_to DATE
);

DELETE FROM core.held_again AS h
USING earlier_documents AS p
WHERE h.sample = p.sample AND h.document_id = p.document_id;

INSERT INTO core.held_again
SELECT
    p.sample,
    p.document_id,
    p.claim_id,
    p.held_from,
    p.held_to
FROM part_held AS p
WHERE p.stretch > 1
ORDER BY p.claim_id, p.held_from;
