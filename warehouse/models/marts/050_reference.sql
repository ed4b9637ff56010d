-- What people keep by hand, and the euro's rates.
-- grain: one row a rule, a break in a series, a day and currency; unit of rates: units of the currency for one euro
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

CREATE OR REPLACE TABLE rates AS
SELECT
    r.day,
    r.currency,
    r.rate
FROM raw.rates AS r
QUALIFY row_number() OVER (PARTITION BY r.day, r.currency ORDER BY r.night DESC, r.rate) = 1
ORDER BY r.currency, r.day;

COMMENT ON TABLE rules IS 'The thresholds that the figures were made with';
COMMENT ON TABLE definition_breaks IS 'From this period on, the named segment no longer counts what it counted before';
COMMENT ON TABLE official_history IS 'Published by companies and regulators, kept by hand with its source';
COMMENT ON TABLE rates IS 'The European Central Bank''s reference rates: units of the currency for one euro';
