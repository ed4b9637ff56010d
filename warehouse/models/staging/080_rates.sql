-- Reference rates of the euro, each with the first night that gave it.
-- grain: one row a day, currency and rate; unit: units of the currency for one euro
CREATE OR REPLACE TEMP TABLE new_rates AS
SELECT
    i.day,
    i.currency,
    i.rate
FROM incoming AS i
GROUP BY i.day, i.currency, i.rate;

UPDATE raw.rates AS r
SET night = getvariable('night')
FROM new_rates AS n
WHERE r.day = n.day AND r.currency = n.currency AND r.rate = n.rate AND r.night > getvariable('night');

INSERT INTO raw.rates
SELECT
    n.day,
    n.currency,
    n.rate,
    getvariable('night') AS night
FROM new_rates AS n
WHERE
    NOT EXISTS (
        SELECT 1
        FROM raw.rates AS r
        WHERE r.day = n.day AND r.currency = n.currency AND r.rate = n.rate
    )
ORDER BY n.day, n.currency;
