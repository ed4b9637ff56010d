-- Off by a magnitude: every official level of the series within some years is many times larger or smaller. From the
-- day on which the first such level was known, until one is known that fits.
-- Judged are the new statements, and the older ones for which an official level that came or went could matter.
-- grain: one row a realm and claim that is, or was, off; unit: base units of the claim's unit
CREATE TABLE IF NOT EXISTS core.off_levels (
    sample BOOLEAN,
    claim_id VARCHAR,
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

-- The older statements for which an official level that came or went matters, and where they lie.
CREATE OR REPLACE TEMP TABLE places_to_judge AS
WITH changed_levels AS (
    SELECT DISTINCT
        s.series_id,
        s.period_start,
        s.value,
        s.level_known
    FROM touched_statements AS s
    WHERE s.is_level AND s.is_official AND NOT getvariable('all_statements')
),

older AS (
    SELECT
        s.rowid AS place,
        s.sample,
        s.claim_id,
        l.level_known,
        greatest(abs(s.value), abs(l.value)) <= least(abs(s.value), abs(l.value)) * p.times AS fits
    FROM core.statements AS s
    INNER JOIN changed_levels AS l ON s.series_id = l.series_id
    INNER JOIN bounds_in_time AS p ON s.metric = p.metric AND p.unit IN (s.unit, '*')
    WHERE
        s.rowid < getvariable('new_rows')
        AND s.transformation = 'level' AND s.value <> 0
        AND NOT (s.authority = 'official' AND s.status = 'actual')
        AND NOT s.is_history
        AND abs(date_diff('month', s.period_start, l.period_start)) <= p.months
)

SELECT DISTINCT o.place
FROM older AS o
LEFT JOIN core.off_levels AS k ON o.sample = k.sample AND o.claim_id = k.claim_id
WHERE CASE
    WHEN o.fits THEN k.off_from IS NOT NULL AND o.level_known <= coalesce(k.fits_from, 'infinity'::DATE)
    ELSE o.level_known <= coalesce(k.off_from, 'infinity'::DATE)
END;

CREATE OR REPLACE TEMP TABLE to_judge AS
SELECT
    s.sample,
    s.claim_id,
    s.figure_id,
    s.series_id,
    s.platform,
    s.metric,
    s.unit,
    s.area,
    s.per,
    lower(s.segment) AS segment,
    s.value,
    s.period_start,
    FALSE AS is_official,
    FALSE AS is_new
FROM core.statements AS s
WHERE s.rowid IN (SELECT p.place FROM places_to_judge AS p)
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
    TRUE AS is_new
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
    f.sample,
    f.claim_id,
    f.off_from,
    f.fits_from,
    f.known_level,
    f.known_period
FROM found AS f
WHERE f.off_from IS NOT NULL;

-- Those among the older ones that are judged otherwise now.
CREATE OR REPLACE TEMP TABLE judged_otherwise AS
SELECT t.*
FROM to_judge AS t
LEFT JOIN judged AS j ON t.sample = j.sample AND t.claim_id = j.claim_id
LEFT JOIN core.off_levels AS k ON t.sample = k.sample AND t.claim_id = k.claim_id
WHERE
    NOT t.is_new
    AND row(j.off_from, j.fits_from, j.known_level, j.known_period)
    IS DISTINCT FROM row(k.off_from, k.fits_from, k.known_level, k.known_period);

DELETE FROM core.off_levels AS k
USING (
    SELECT
        o.sample,
        o.claim_id
    FROM touched_statements AS o
    WHERE NOT o.is_new
    UNION
    SELECT
        t.sample,
        t.claim_id
    FROM to_judge AS t
) AS c
WHERE k.sample = c.sample AND k.claim_id = c.claim_id;

INSERT INTO core.off_levels
SELECT j.*
FROM judged AS j
ORDER BY j.claim_id;
