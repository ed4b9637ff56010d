-- The statements of the touched documents take the place of what these said before.
-- grain: one row a realm and claim; unit: base units of `unit`
CREATE OR REPLACE TEMP TABLE new_statements AS
SELECT
    s.*,
    x.accepted_on,
    x.rejected_on,
    x.correction,
    x.fixed_on,
    u.reason AS unusable,
    h.held_from,
    h.held_to
FROM spoken AS s
LEFT JOIN unusable AS u ON s.sample = u.sample AND s.claim_id = u.claim_id
LEFT JOIN part_held AS h ON s.sample = h.sample AND s.claim_id = h.claim_id AND h.stretch = 1
LEFT JOIN corrected AS x ON s.sample = x.sample AND s.claim_id IN (x.claim_id, x.fixed_id);

CREATE TABLE IF NOT EXISTS core.statements (
    sample BOOLEAN,
    claim_id VARCHAR,
    document_id VARCHAR,
    authority VARCHAR,
    host VARCHAR,
    writer VARCHAR,
    said_on DATE,
    platform VARCHAR,
    metric VARCHAR,
    transformation VARCHAR,
    unit VARCHAR,
    per VARCHAR,
    area VARCHAR,
    period VARCHAR,
    value DECIMAL(38, 6),
    value_max DECIMAL(38, 6),
    low DECIMAL(38, 6),
    high DECIMAL(38, 6),
    status VARCHAR,
    qualifier VARCHAR,
    attributed_to VARCHAR,
    quote VARCHAR,
    quote_start BIGINT,
    quote_end BIGINT,
    confidence DOUBLE,
    is_repeat BOOLEAN,
    proven BOOLEAN,
    context VARCHAR,
    extractor VARCHAR,
    first_known DATE,
    document_known DATE,
    is_history BOOLEAN,
    is_fixed BOOLEAN,
    segment_said VARCHAR,
    segment VARCHAR,
    period_start DATE,
    period_end DATE,
    period_kind VARCHAR,
    series_id VARCHAR,
    figure_id VARCHAR,
    weight_rank INTEGER,
    accepted_on DATE,
    rejected_on DATE,
    correction VARCHAR,
    fixed_on DATE,
    unusable VARCHAR,
    held_from DATE,  -- the first stretch of days on which it is held; null: never
    held_to DATE
);

-- Those of all parts that are for no figure.
CREATE TEMP TABLE IF NOT EXISTS without_figure (sample BOOLEAN, claim_id VARCHAR);

-- Where the touched documents' earlier statements lie, read and deleted by place. Only those are looked at whose
-- document was known from the same days: that column is the cheapest to read.
CREATE OR REPLACE TEMP TABLE earlier_documents AS
SELECT b.*
FROM documents_before AS b
INNER JOIN part_documents AS p ON b.sample = p.sample AND b.document_id = p.document_id;

CREATE OR REPLACE TEMP TABLE earlier_places AS
SELECT s.rowid AS place
FROM core.statements AS s
INNER JOIN earlier_documents AS p ON s.sample = p.sample AND s.document_id = p.document_id
WHERE
    s.document_known IN (SELECT k.known_from FROM earlier_documents AS k)
    AND s.document_id IN (SELECT k.document_id FROM earlier_documents AS k);

INSERT INTO touched_statements
SELECT
    s.is_new,
    s.sample,
    s.document_id,
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
FROM (
    SELECT
        FALSE AS is_new,
        o.*
    FROM core.statements AS o
    WHERE o.rowid IN (SELECT e.place FROM earlier_places AS e)
    UNION ALL BY NAME
    SELECT
        TRUE AS is_new,
        n.*
    FROM new_statements AS n
) AS s;

DELETE FROM core.statements AS s
WHERE s.rowid IN (SELECT e.place FROM earlier_places AS e);

INSERT INTO core.statements
SELECT n.*
FROM new_statements AS n
ORDER BY n.period_start, n.series_id, n.figure_id, n.claim_id;

INSERT INTO without_figure
SELECT
    n.sample,
    n.claim_id
FROM new_statements AS n
WHERE n.figure_id IS NULL;

CREATE TABLE IF NOT EXISTS core.correction_matches (
    correction_id BIGINT,
    sample BOOLEAN,
    claim_id VARCHAR,
    document_id VARCHAR
);

DELETE FROM core.correction_matches AS m
USING part_documents AS p
WHERE m.sample = p.sample AND m.document_id = p.document_id;

INSERT INTO core.correction_matches
SELECT m.*
FROM part_matches AS m;
