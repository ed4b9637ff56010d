-- Every figure as it was ever held, with the receipt of the claim that decided it: what did we believe on a day is
-- `known_from <= day` and `known_to` later or null; the macro as_of(day) asks so.
-- grain: one row a figure and stretch of days; unit: base units of `unit`
CREATE OR REPLACE TEMP TABLE new_figure_history AS
SELECT
    f.* EXCLUDE (content),  -- noqa: RF02,RF03
    c.said_on,
    c.quote,
    c.host AS said_by,
    CASE WHEN c.is_history THEN c.writer ELSE d.title END AS title,
    d.url
FROM figures_now AS f
LEFT JOIN weighed_claims AS c ON f.sample = c.sample AND f.claim_id = c.claim_id
LEFT JOIN weighed_documents AS d ON f.sample = d.sample AND c.document_id = d.document_id
ORDER BY
    f.sample, f.platform, f.metric, f.transformation, f.area, f.segment, f.unit, f.period_start, f.period, f.figure_id,
    f.known_from;

CREATE TABLE IF NOT EXISTS figure_history (
    sample BOOLEAN,
    figure_id VARCHAR,
    series_id VARCHAR,
    platform VARCHAR,
    metric VARCHAR,
    transformation VARCHAR,
    segment VARCHAR,
    unit VARCHAR,
    per VARCHAR,
    area VARCHAR,
    period VARCHAR,
    period_start DATE,
    period_end DATE,
    period_kind VARCHAR,
    state VARCHAR,
    value DECIMAL(38, 6),
    value_max DECIMAL(38, 6),
    low DECIMAL(38, 6),
    high DECIMAL(38, 6),
    qualifier VARCHAR,
    status VARCHAR,
    authority VARCHAR,
    origins BIGINT,
    candidates STRUCT("value" DECIMAL(38, 6), value_max DECIMAL(38, 6), qualifier VARCHAR, origin VARCHAR)[],
    claim_id VARCHAR,
    known_from DATE,
    known_to DATE,
    said_on DATE,
    quote VARCHAR,
    said_by VARCHAR,
    title VARCHAR,
    url VARCHAR
);

DELETE FROM figure_history AS o
WHERE o.figure_id IN (SELECT t.figure_id FROM touched_figures AS t);

INSERT INTO figure_history
SELECT n.*
FROM new_figure_history AS n;
