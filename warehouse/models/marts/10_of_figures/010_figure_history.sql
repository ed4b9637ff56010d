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

DELETE FROM figure_history AS o
WHERE o.rowid IN (SELECT b.place FROM before_load AS b);

INSERT INTO figure_history
SELECT n.*
FROM new_figure_history AS n;
