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
FROM (
    SELECT k.* FROM core.figures AS k
    WHERE k.figure_id IN (SELECT t.figure_id FROM touched_figures AS t)
) AS f
LEFT JOIN weighed_claims AS c ON f.sample = c.sample AND f.claim_id = c.claim_id
LEFT JOIN weighed_documents AS d ON f.sample = d.sample AND c.document_id = d.document_id
ORDER BY
    f.sample, f.platform, f.metric, f.transformation, f.area, f.segment, f.unit, f.period_start, f.period, f.figure_id,
    f.known_from;

CREATE TABLE IF NOT EXISTS figure_history AS
SELECT n.*
FROM new_figure_history AS n
WHERE FALSE;

DELETE FROM figure_history AS o
WHERE o.figure_id IN (SELECT t.figure_id FROM touched_figures AS t);

INSERT INTO figure_history
SELECT n.*
FROM new_figure_history AS n;

COMMENT ON TABLE figure_history IS 'Every figure as it was ever held; columns as in figures';
COMMENT ON COLUMN figure_history.known_from IS 'First day on which it was held like this';
COMMENT ON COLUMN figure_history.known_to IS 'First day on which it was no more; null: still held';
COMMENT ON COLUMN figure_history.sample IS 'true: from pages written for the project; never mixed with live ones';
COMMENT ON COLUMN figure_history.figure_id IS 'Names the key; the same in every table';
COMMENT ON COLUMN figure_history.series_id IS 'Names the key without its period';
COMMENT ON COLUMN figure_history.platform IS 'Slug of the service or company; market is the sector';
COMMENT ON COLUMN figure_history.metric IS 'What is counted';
COMMENT ON COLUMN figure_history.transformation IS 'level; change (absolute); growth (percent)';
COMMENT ON COLUMN figure_history.segment IS 'What tells two figures of one key apart; null: the whole';
COMMENT ON COLUMN figure_history.unit IS 'count, percent, percentage_points, hours, minutes or an ISO 4217 code';
COMMENT ON COLUMN figure_history.per IS 'For a rate: month, year, day, hour, episode';
COMMENT ON COLUMN figure_history.area IS 'ISO 3166-1 alpha-2, or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE';
COMMENT ON COLUMN figure_history.period IS 'The calendar time it is for';
COMMENT ON COLUMN figure_history.period_start IS 'First day of the period';
COMMENT ON COLUMN figure_history.period_end IS 'Last day of the period';
COMMENT ON COLUMN figure_history.period_kind IS 'year, half, quarter, month, week, day, range';
COMMENT ON COLUMN figure_history.state IS 'corroborated, single, contested, unclear';
COMMENT ON COLUMN figure_history.value IS 'In base units of unit';
COMMENT ON COLUMN figure_history.value_max IS 'Upper end of a stated interval';
COMMENT ON COLUMN figure_history.low IS 'Lower end of what the words can mean; null is open';
COMMENT ON COLUMN figure_history.high IS 'Upper end of what the words can mean; null is open';
COMMENT ON COLUMN figure_history.qualifier IS 'exact, approx, min (more than), max (less than)';
COMMENT ON COLUMN figure_history.status IS 'actual, estimate, forecast, plan, rumour';
COMMENT ON COLUMN figure_history.authority IS 'official, press, aggregator';
COMMENT ON COLUMN figure_history.origins IS 'Independent origins behind it';
COMMENT ON COLUMN figure_history.candidates IS 'The values that stand against each other while it is open';
COMMENT ON COLUMN figure_history.claim_id IS 'The statement that decided it on known_from';
COMMENT ON COLUMN figure_history.said_on IS 'When the deciding statement was published';
COMMENT ON COLUMN figure_history.quote IS 'The exact words of the deciding statement';
COMMENT ON COLUMN figure_history.said_by IS 'Host that published the deciding statement';
COMMENT ON COLUMN figure_history.title IS 'Headline of the deciding page, or the report named by the official history';
COMMENT ON COLUMN figure_history.url IS 'Page of the deciding statement; null for the official history';
