-- Off by a magnitude: every official level of the series within some years is many times larger or smaller. From the
-- day on which the first such level was known, until one is known that fits.
-- Judged are the new statements, and the older ones for which an official level that came or went could matter.
-- grain: one row a realm and claim that is a level; unit: base units of the claim's unit
CREATE TABLE IF NOT EXISTS core.plausibility (
    sample BOOLEAN,
    claim_id VARCHAR,
    figure_id VARCHAR,
    series_id VARCHAR,
    platform VARCHAR,
    metric VARCHAR,
    unit VARCHAR,
    area VARCHAR,
    per VARCHAR,
    segment VARCHAR,
    value DECIMAL(38, 6),
    period_start DATE,
    is_official BOOLEAN,
    off_from DATE,
    fits_from DATE,
    known_level DECIMAL(38, 6),
    known_period VARCHAR
);

CREATE OR REPLACE TEMP TABLE bounds_in_time AS
SELECT
    p.metric,
    p.unit,
    p.times::DOUBLE AS times,
    p.years::INT * 12 AS months
FROM reference_plausible AS p
WHERE p.times IS NOT NULL;

DELETE FROM core.plausibility AS k
USING touched_statements AS l
WHERE
    NOT l.is_new AND l.is_level AND k.sample = l.sample AND k.claim_id = l.claim_id
    AND k.claim_id IN (
        SELECT o.claim_id FROM touched_statements AS o
        WHERE NOT o.is_new
    );

CREATE OR REPLACE TEMP TABLE places_to_judge AS
WITH changed_levels AS (
    SELECT DISTINCT s.* EXCLUDE (is_new)  -- noqa: RF02,RF03
    FROM touched_statements AS s
    WHERE s.is_level AND s.is_official AND NOT getvariable('all_statements')
)

SELECT DISTINCT k.rowid AS place
FROM core.plausibility AS k
INNER JOIN changed_levels AS l ON k.series_id = l.series_id
INNER JOIN bounds_in_time AS p ON k.metric = p.metric AND p.unit IN (k.unit, '*')
WHERE
    NOT k.is_official
    AND abs(date_diff('month', k.period_start, l.period_start)) <= p.months
    AND l.level_known <= coalesce(
        CASE
            WHEN greatest(abs(k.value), abs(l.value)) <= least(abs(k.value), abs(l.value)) * p.times THEN k.fits_from
            ELSE k.off_from
        END,
        'infinity'::DATE
    );

CREATE OR REPLACE TEMP TABLE to_judge AS
SELECT k.*
FROM core.plausibility AS k
WHERE k.rowid IN (SELECT p.place FROM places_to_judge AS p)
UNION ALL
SELECT
    c.sample,
    c.claim_id,
    c.figure_id,
    c.series_id,
    c.platform,
    c.metric,
    c.unit,
    c.area,
    c.per,
    c.segment,
    c.value,
    c.period_start,
    c.is_official,
    NULL AS off_from,
    NULL AS fits_from,
    NULL AS known_level,
    NULL AS known_period
FROM touched_statements AS c
WHERE c.is_new AND c.is_level AND NOT c.is_history;

CREATE OR REPLACE TEMP TABLE judged AS
WITH levels AS (
    SELECT
        a.sample,
        a.is_history,
        a.platform,
        a.metric,
        a.unit,
        a.area,
        a.per,
        lower(a.segment) AS segment,
        a.period,
        a.period_start,
        a.value,
        coalesce(a.document_known, a.said_on) AS known_from
    FROM core.statements AS a
    WHERE
        a.authority = 'official' AND a.transformation = 'level' AND a.status = 'actual' AND a.value <> 0
        AND NOT (a.is_history AND a.sample)
),

compared AS (
    SELECT
        t.sample,
        t.claim_id,
        l.value,
        l.period,
        l.known_from,
        greatest(abs(t.value), abs(l.value)) <= least(abs(t.value), abs(l.value)) * p.times AS fits
    FROM to_judge AS t
    INNER JOIN bounds_in_time AS p ON t.metric = p.metric AND p.unit IN (t.unit, '*')
    INNER JOIN levels AS l
        ON
            t.platform = l.platform AND t.metric = l.metric AND t.unit = l.unit AND t.area = l.area
            AND t.per IS NOT DISTINCT FROM l.per AND t.segment IS NOT DISTINCT FROM l.segment
    WHERE
        (l.is_history OR (NOT t.is_official AND t.sample = l.sample))
        AND abs(date_diff('month', t.period_start, l.period_start)) <= p.months
),

found AS (
    SELECT
        o.sample,
        o.claim_id,
        min(o.known_from) FILTER (WHERE NOT o.fits) AS off_from,
        min(o.known_from) FILTER (WHERE o.fits) AS fits_from,
        arg_min(o.value, (o.known_from, o.value)) FILTER (WHERE NOT o.fits) AS known_level,
        arg_min(o.period, (o.known_from, o.value)) FILTER (WHERE NOT o.fits) AS known_period
    FROM compared AS o
    GROUP BY o.sample, o.claim_id
)

SELECT
    k.* REPLACE (
        f.off_from AS off_from,
        f.fits_from AS fits_from,
        f.known_level AS known_level,
        f.known_period AS known_period
    )
FROM to_judge AS k
LEFT JOIN found AS f ON k.sample = f.sample AND k.claim_id = f.claim_id;

CREATE OR REPLACE TEMP TABLE judged_otherwise AS
SELECT j.* FROM judged AS j
EXCEPT
SELECT t.* FROM to_judge AS t;

DELETE FROM core.plausibility AS k
WHERE k.rowid IN (SELECT p.place FROM places_to_judge AS p);

INSERT INTO core.plausibility
SELECT j.*
FROM judged AS j
ORDER BY j.series_id, j.claim_id;
