-- Every figure as it was ever held: what did we believe on a day is `known_from <= day` and `known_to` later or null.
-- grain: one row a figure and stretch of days; unit: base units of `unit`
CREATE OR REPLACE TABLE figure_history AS
SELECT f.* EXCLUDE (content)  -- noqa: RF03
FROM core.figures AS f
ORDER BY f.sample, f.platform, f.metric, f.area, f.period_start, f.figure_id, f.known_from;

COMMENT ON TABLE figure_history IS 'Every figure as it was ever held; columns as in figures';
COMMENT ON COLUMN figure_history.known_from IS 'First day on which it was held like this';
COMMENT ON COLUMN figure_history.known_to IS 'First day on which it was no more; null: still held';
