-- The euro's rates, with the days on which each was known. Made again are the days and currencies of which the night
-- brought a rate.
-- grain: one row a day, currency and rate; unit: units of the currency for one euro
CREATE OR REPLACE TEMP TABLE touched_rates AS
SELECT DISTINCT
    r.day,
    r.currency
FROM raw.rates AS r
WHERE r.night = getvariable('night') OR getvariable('all_statements');

CREATE TABLE IF NOT EXISTS rates (
    day DATE,
    currency VARCHAR,
    rate DECIMAL(38, 6),
    known_from DATE,
    known_to DATE
);

DELETE FROM rates AS o
USING touched_rates AS t
WHERE o.day = t.day AND o.currency = t.currency;

INSERT INTO rates
SELECT
    r.day,
    r.currency,
    r.rate,
    CASE WHEN row_number() OVER versions = 1 THEN r.day ELSE r.night END AS known_from,
    lead(r.night) OVER versions AS known_to
FROM raw.rates AS r
INNER JOIN touched_rates AS t ON r.day = t.day AND r.currency = t.currency
WINDOW versions AS (PARTITION BY r.day, r.currency ORDER BY r.night, r.rate DESC)
ORDER BY r.currency, r.day, known_from;
