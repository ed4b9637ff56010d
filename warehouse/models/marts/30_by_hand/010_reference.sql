-- What people keep by hand. Run only when one of these tables changed.
-- grain: one row a rule, a break in a series, a figure of the official history
CREATE OR REPLACE TABLE rules AS
SELECT r.*
FROM reference_rules AS r
ORDER BY r.name;

CREATE OR REPLACE TABLE definition_breaks AS
SELECT
    b.*,
    period_start(b.period) AS period_start
FROM reference_definition_breaks AS b
ORDER BY b.platform, b.metric, b.area, b.period;

CREATE OR REPLACE TABLE official_history AS
SELECT
    h.* EXCLUDE (value),
    h.value::DECIMAL(38, 6) AS value
FROM reference_official_history AS h
ORDER BY h.platform, h.metric, h.area, h.period, h.segment, h.value;
