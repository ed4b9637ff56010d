-- Every statement of the touched documents: those that the nights read, and the official history as statements of their
-- own.
-- Official history enters as official claims, its prices and revenues per member as monthly ones, a noted lower bound
-- as such.
-- grain: one row a realm (sample or live) and claim; unit: base units of `unit`; low and high null are open ends
CREATE OR REPLACE TEMP TABLE part_documents AS
SELECT t.*
FROM touched_documents AS t
WHERE hash(t.document_id) % getvariable('parts') = getvariable('part');

CREATE OR REPLACE TEMP TABLE readings AS
SELECT
    coalesce(s.sample, l.sample, FALSE) AS sample,
    d.night,
    d.source,
    d.document_id
FROM raw.documents AS d
LEFT JOIN raw.sources AS s ON d.night = s.night AND d.source = s.name
LEFT JOIN latest_sources AS l ON d.source = l.name
WHERE d.document_id IN (SELECT p.document_id FROM part_documents AS p);

-- Claims lie night by night, so that those of other nights need not be looked at; where the others lie is found by two
-- narrow columns, and only there are all columns read.
CREATE OR REPLACE TEMP TABLE claim_places AS
SELECT c.rowid AS place
FROM raw.claims AS c
WHERE
    c.rowid < getvariable('new_rows')
    AND c.night IN (SELECT r.night FROM readings AS r)
    AND c.document_id IN (SELECT p.document_id FROM part_documents AS p);

CREATE OR REPLACE TEMP TABLE part_claims AS
SELECT c.*
FROM raw.claims AS c
WHERE c.rowid IN (SELECT k.place FROM claim_places AS k)
UNION ALL
SELECT c.*
FROM raw.claims AS c
WHERE c.rowid >= getvariable('new_rows') AND c.document_id IN (SELECT p.document_id FROM part_documents AS p);

CREATE OR REPLACE TEMP TABLE calendar AS
SELECT
    p.period,
    period_start(p.period) AS period_start,
    period_end(p.period) AS period_end,
    period_kind(p.period) AS period_kind
FROM (
    SELECT c.period FROM part_claims AS c
    UNION
    SELECT h.period FROM reference_official_history AS h
    UNION
    SELECT d.period FROM reference_definition_breaks AS d
    UNION
    SELECT r.becomes AS period FROM reference_corrections AS r
    WHERE r.field = 'period'
) AS p;

CREATE OR REPLACE TEMP TABLE told AS
SELECT
    r.sample,
    c.claim_id,
    c.document_id,
    d.authority,
    d.host,
    d.writer,
    d.said_on,
    c.platform,
    c.metric,
    c.transformation,
    nullif(trim(c.segment), '') AS segment,
    c.unit,
    c.per,
    c.area,
    c.period,
    c.value,
    c.value_max,
    c.low,
    c.high,
    c.status,
    c.qualifier,
    nullif(trim(c.attributed_to), '') AS attributed_to,
    c.quote,
    c.quote_start,
    c.quote_end,
    c.confidence,
    c.is_repeat,
    c.proven,
    c.context,
    c.extractor,
    c.known_from AS first_known,
    d.known_from AS document_known,
    FALSE AS is_history,
    FALSE AS is_fixed
FROM part_claims AS c
INNER JOIN readings AS r ON c.night = r.night AND c.source = r.source AND c.document_id = r.document_id
INNER JOIN core.documents AS d ON r.sample = d.sample AND c.document_id = d.document_id
INNER JOIN part_documents AS t ON r.sample = t.sample AND c.document_id = t.document_id
WHERE d.document_id IN (SELECT p.document_id FROM part_documents AS p)
QUALIFY row_number() OVER (PARTITION BY r.sample, c.claim_id ORDER BY c.known_from, c.night, c.source) = 1;

CREATE OR REPLACE TEMP TABLE history AS
SELECT
    md5(concat_ws(
        '|', 'official history', h.platform, h.metric, h.transformation, coalesce(h.segment, '~'), h.unit, h.area,
        h.period, h.value, h.status
    )) AS claim_id,
    'official history' AS document_id,
    'official' AS authority,
    'official history' AS host,
    coalesce(nullif(h.source, ''), 'official history') AS writer,
    p.period_end AS said_on,
    h.platform,
    h.metric,
    coalesce(nullif(h.transformation, ''), 'level') AS transformation,
    nullif(trim(h.segment), '') AS segment,
    h.unit,
    CASE WHEN h.metric IN ('arpu', 'price') AND length(h.unit) = 3 THEN 'month' END AS per,
    h.area,
    h.period,
    h.value::DECIMAL(38, 6) AS value,
    NULL::DECIMAL(38, 6) AS value_max,
    (h.value::DECIMAL(38, 6) - (written_step(h.value) / 2)::DECIMAL(38, 6))::DECIMAL(38, 6) AS low,
    CASE
        WHEN h.note IS NULL OR h.note NOT LIKE 'lower bound%'
            THEN (h.value::DECIMAL(38, 6) + (written_step(h.value) / 2)::DECIMAL(38, 6))::DECIMAL(38, 6)
    END AS high,
    CASE WHEN h.status IN ('estimate', 'forecast', 'plan', 'rumour') THEN h.status ELSE 'actual' END AS status,
    CASE WHEN h.note LIKE 'lower bound%' THEN 'min' ELSE 'exact' END AS qualifier,
    NULL::VARCHAR AS attributed_to,
    h.value AS quote,
    0::BIGINT AS quote_start,
    length(h.value) AS quote_end,
    1.0::DOUBLE AS confidence,
    FALSE AS is_repeat,
    TRUE AS proven,
    '' AS extractor,
    p.period_end AS first_known,
    NULL::DATE AS document_known,
    TRUE AS is_history,
    FALSE AS is_fixed
FROM reference_official_history AS h
INNER JOIN calendar AS p ON h.period = p.period
QUALIFY row_number() OVER (PARTITION BY claim_id) = 1;
