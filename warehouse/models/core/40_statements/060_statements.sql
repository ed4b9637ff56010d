-- The statements of the touched documents take the place of what these said before.
-- grain: one row a realm and claim; unit: base units of `unit`
CREATE OR REPLACE TEMP TABLE new_statements AS
SELECT
    s.*,
    x.accepted_on,
    x.rejected_on,
    x.correction,
    x.fixed_on,
    u.reason AS unusable
FROM spoken AS s
LEFT JOIN unusable AS u ON s.sample = u.sample AND s.claim_id = u.claim_id
LEFT JOIN corrected AS x ON s.sample = x.sample AND s.claim_id IN (x.claim_id, x.fixed_id);

CREATE TABLE IF NOT EXISTS core.statements AS
SELECT n.*
FROM new_statements AS n
WHERE FALSE;

INSERT INTO left_statements
SELECT
    s.sample,
    s.claim_id,
    s.figure_id,
    s.series_id,
    s.platform,
    s.metric,
    s.unit,
    s.area,
    s.per,
    lower(s.segment) AS segment,
    s.value,
    s.period_start,
    s.transformation = 'level' AND s.value <> 0 AS is_level,
    s.authority = 'official' AND s.status = 'actual' AS is_official,
    s.is_history,
    coalesce(s.document_known, s.said_on) AS level_known
FROM core.statements AS s
INNER JOIN part_documents AS p ON s.sample = p.sample AND s.document_id = p.document_id;

INSERT INTO come_statements
SELECT
    s.sample,
    s.claim_id,
    s.figure_id,
    s.series_id,
    s.platform,
    s.metric,
    s.unit,
    s.area,
    s.per,
    lower(s.segment) AS segment,
    s.value,
    s.period_start,
    s.transformation = 'level' AND s.value <> 0 AS is_level,
    s.authority = 'official' AND s.status = 'actual' AS is_official,
    s.is_history,
    coalesce(s.document_known, s.said_on) AS level_known
FROM new_statements AS s;

DELETE FROM core.statements AS s
USING part_documents AS p
WHERE s.sample = p.sample AND s.document_id = p.document_id;

INSERT INTO core.statements
SELECT n.*
FROM new_statements AS n
ORDER BY n.period_start, n.series_id, n.figure_id, n.claim_id;

CREATE TABLE IF NOT EXISTS core.correction_matches AS
SELECT m.*
FROM part_matches AS m
WHERE FALSE;

DELETE FROM core.correction_matches AS m
USING part_documents AS p
WHERE m.sample = p.sample AND m.document_id = p.document_id;

INSERT INTO core.correction_matches
SELECT m.*
FROM part_matches AS m;
