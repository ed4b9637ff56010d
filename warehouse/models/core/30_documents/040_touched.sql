-- The documents whose statements must be read again: what the night gave, and what weighs otherwise now. When every
-- statement is (after a change of a model or of a table kept by hand), the official history with them.
-- grain: one row a realm and document
CREATE OR REPLACE TEMP TABLE touched_documents AS
SELECT
    b.sample,
    b.document_id
FROM documents_before AS b
WHERE b.document_id IN (SELECT t.document_id FROM touched_ids AS t)
UNION
SELECT
    m.sample,
    m.document_id
FROM merged_documents AS m
UNION
SELECT
    n.sample,
    n.document_id
FROM (
    SELECT k.* FROM documents_now AS k
    EXCEPT
    SELECT b.* FROM documents_before AS b
) AS n
UNION
SELECT
    d.sample,
    d.document_id
FROM core.documents AS d
WHERE getvariable('all_statements')
UNION
SELECT
    s.sample,
    'official history' AS document_id
FROM (VALUES (FALSE), (TRUE)) AS s (sample)
WHERE getvariable('all_statements');

-- What the documents said before and what they say now, of all parts.
-- grain: one row a side, realm and claim
CREATE OR REPLACE TEMP TABLE touched_statements (
    is_new BOOLEAN,
    sample BOOLEAN,
    document_id VARCHAR,
    claim_id VARCHAR,
    figure_id VARCHAR,
    series_id VARCHAR,
    platform VARCHAR,
    metric VARCHAR,
    unit VARCHAR,
    area VARCHAR,
    per VARCHAR,
    segment VARCHAR,
    value DECIMAL(38, 6),
    period_start DATE,
    is_level BOOLEAN,
    is_official BOOLEAN,
    is_history BOOLEAN,
    level_known DATE
);
