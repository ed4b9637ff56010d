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
    r.rate,
    CASE WHEN row_number() OVER versions = 1 THEN r.day ELSE r.night END AS known_from,
    lead(r.night) OVER versions AS known_to
FROM raw.rates AS r
WINDOW versions AS (PARTITION BY r.day, r.currency ORDER BY r.night, r.rate DESC)
ORDER BY r.currency, r.day, known_from;

COMMENT ON TABLE rules IS 'The thresholds that the figures were made with';
COMMENT ON TABLE definition_breaks IS 'From this period on, the named segment no longer counts what it counted before';
COMMENT ON TABLE official_history IS 'Published by companies and regulators, kept by hand with its source';
COMMENT ON TABLE rates IS 'The European Central Bank''s reference rates: units of the currency for one euro';
COMMENT ON COLUMN rules.name IS 'Name of the threshold';
COMMENT ON COLUMN rules.value IS 'Its value, as text';
COMMENT ON COLUMN rules.meaning IS 'What it decides';
COMMENT ON COLUMN definition_breaks.platform IS 'Slug of the service or company; market is the sector';
COMMENT ON COLUMN definition_breaks.metric IS 'What is counted';
COMMENT ON COLUMN definition_breaks.area IS 'ISO 3166-1 alpha-2, or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE';
COMMENT ON COLUMN definition_breaks.period IS 'From here on';
COMMENT ON COLUMN definition_breaks.segment_before IS 'What a bare figure meant before; null: the whole';
COMMENT ON COLUMN definition_breaks.segment_after IS 'What a bare figure means from here on; null: the whole';
COMMENT ON COLUMN definition_breaks.note IS 'What changed';
COMMENT ON COLUMN definition_breaks.period_start IS 'First day of the period';
COMMENT ON COLUMN official_history.platform IS 'Slug of the service or company; market is the sector';
COMMENT ON COLUMN official_history.metric IS 'What is counted';
COMMENT ON COLUMN official_history.transformation IS 'level; change (absolute); growth (percent)';
COMMENT ON COLUMN official_history.segment IS 'What tells two figures of one key apart; null: the whole';
COMMENT ON COLUMN official_history.unit IS 'count, percent, percentage_points, hours, minutes or an ISO 4217 code';
COMMENT ON COLUMN official_history.area IS 'ISO 3166-1 alpha-2, or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE';
COMMENT ON COLUMN official_history.period IS 'The calendar time it is for';
COMMENT ON COLUMN official_history.value IS 'In base units of unit';
COMMENT ON COLUMN official_history.status IS 'actual, estimate, forecast, plan, rumour';
COMMENT ON COLUMN official_history.definition IS 'What exactly is counted';
COMMENT ON COLUMN official_history.source IS 'The report, and where it was read';
COMMENT ON COLUMN official_history.note IS 'Fiscal quarter, rounding, a jump and its reason';
COMMENT ON COLUMN rates.day IS 'Day of the rate';
COMMENT ON COLUMN rates.currency IS 'ISO 4217';
COMMENT ON COLUMN rates.rate IS 'Units of the currency for one euro';
COMMENT ON COLUMN rates.known_from IS 'Its own day; for a revised rate the night that brought it';
COMMENT ON COLUMN rates.known_to IS 'The night that brought another rate; null: as it stands';
