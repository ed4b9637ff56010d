-- Every statement ever read, with its receipt: the exact words, where they stand, who published them and when, where
-- the page's bytes lie, and what became of it.
-- grain: one row a realm and claim; unit: base units of `unit`
CREATE OR REPLACE TEMP TABLE new_claims AS
WITH held AS (
    SELECT
        h.sample,
        h.claim_id,
        min(h.held_from) AS known_from,
        nullif(max(h.held_to), 'infinity'::DATE) AS known_to
    FROM weighed_held AS h
    GROUP BY h.sample, h.claim_id
)

SELECT
    c.sample,
    c.platform,
    c.metric,
    c.transformation,
    c.segment,
    c.segment_said,
    c.area,
    c.period,
    c.value,
    c.value_max,
    c.unit,
    c.per,
    c.qualifier,
    c.status,
    c.attributed_to,
    c.low,
    c.high,
    c.confidence,
    c.is_repeat,
    CASE
        WHEN h.claim_id IS NULL OR h.known_to IS NOT NULL THEN 'replaced'
        WHEN c.figure_id IS NULL THEN 'no figure'
        ELSE s.standing
    END AS standing,
    CASE WHEN s.standing IS NULL THEN c.unusable WHEN s.standing IN ('set aside', 'unclear') THEN s.reason END
        AS reason,
    c.correction,
    c.quote,
    c.quote_start,
    c.quote_end,
    c.proven,
    d.url,
    CASE WHEN c.is_history THEN c.writer ELSE d.title END AS title,
    coalesce(d.source, 'official_history') AS source,
    c.host,
    c.authority,
    c.origin,
    d.published,
    c.said_on,
    d.lang,
    d.night,
    coalesce(h.known_from, c.first_known) AS known_from,
    CASE WHEN h.claim_id IS NULL THEN c.first_known ELSE h.known_to END AS known_to,
    d.archive_file,
    d.archive_offset,
    c.extractor,
    c.document_id,
    c.claim_id,
    c.figure_id,
    c.series_id
FROM weighed_claims AS c
LEFT JOIN held AS h ON c.sample = h.sample AND c.claim_id = h.claim_id
LEFT JOIN weighed_documents AS d ON c.sample = d.sample AND c.document_id = d.document_id
LEFT JOIN weighed_standings AS s
    ON c.sample = s.sample AND c.figure_id = s.figure_id AND c.claim_id = s.claim_id AND s.next_day = 'infinity'::DATE
ORDER BY c.sample, c.platform, c.metric, c.period, c.document_id, c.quote_start, c.claim_id;

CREATE TABLE IF NOT EXISTS claims (
    sample BOOLEAN,
    platform VARCHAR,
    metric VARCHAR,
    transformation VARCHAR,
    segment VARCHAR,
    segment_said VARCHAR,
    area VARCHAR,
    period VARCHAR,
    value DECIMAL(38, 6),
    value_max DECIMAL(38, 6),
    unit VARCHAR,
    per VARCHAR,
    qualifier VARCHAR,
    status VARCHAR,
    attributed_to VARCHAR,
    low DECIMAL(38, 6),
    high DECIMAL(38, 6),
    confidence DOUBLE,
    is_repeat BOOLEAN,
    standing VARCHAR,
    reason VARCHAR,
    correction VARCHAR,
    quote VARCHAR,
    quote_start BIGINT,
    quote_end BIGINT,
    proven BOOLEAN,
    url VARCHAR,
    title VARCHAR,
    source VARCHAR,
    host VARCHAR,
    authority VARCHAR,
    origin VARCHAR,
    published DATE,
    said_on DATE,
    lang VARCHAR,
    night DATE,
    known_from DATE,
    known_to DATE,
    archive_file VARCHAR,
    archive_offset BIGINT,
    extractor VARCHAR,
    document_id VARCHAR,
    claim_id VARCHAR,
    figure_id VARCHAR,
    series_id VARCHAR
);

DELETE FROM claims AS o
WHERE o.figure_id IN (SELECT t.figure_id FROM touched_figures AS t);

-- Those for no figure are found by their pages.
CREATE OR REPLACE TEMP TABLE pages_without_figure AS
SELECT DISTINCT
    b.sample,
    b.document_id,
    b.night
FROM documents_before AS b
INNER JOIN touched_statements AS s ON b.sample = s.sample AND b.document_id = s.document_id
WHERE
    NOT s.is_new AND s.figure_id IS NULL
    AND getvariable('part') = (
        SELECT r.part FROM figures_to_resolve AS r
        WHERE r.figure_id IS NULL
    );

CREATE OR REPLACE TEMP TABLE claims_of_pages AS
SELECT
    o.rowid AS place,
    o.sample,
    o.document_id
FROM claims AS o
WHERE
    o.night IN (SELECT b.night FROM pages_without_figure AS b)
    AND o.document_id IN (SELECT k.document_id FROM pages_without_figure AS k);

DELETE FROM claims AS o
USING claims_of_pages AS p, pages_without_figure AS d
WHERE
    o.rowid = p.place AND p.sample = d.sample AND p.document_id = d.document_id
    AND o.figure_id IS NULL;

INSERT INTO claims
SELECT n.*
FROM new_claims AS n;
