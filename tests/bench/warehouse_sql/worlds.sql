-- More worlds beside the first: the same rows under other ids, addresses and areas, in every table that a load keeps, so
-- that a long history stands as if it had been resolved.
-- Variables: worlds, how many there are in the end; the first, resolved, is attached as `world`.
-- grain: as each table
CREATE OR REPLACE MACRO other_id(id, k) AS md5(id || '/' || k);

CREATE OR REPLACE MACRO other_area(area, k) AS CASE WHEN area IS NOT NULL THEN lower(area) || k END;

CREATE OR REPLACE TEMP TABLE worlds AS
SELECT w.k
FROM range(1, getvariable('worlds')::BIGINT) AS w (k);

CREATE OR REPLACE TEMP TABLE keys AS
SELECT DISTINCT
    w.k,
    s.series_id AS was_series,
    md5(concat_ws(
        '|', s.sample, s.platform, s.metric, s.transformation, coalesce(lower(s.segment), '~'), s.unit,
        coalesce(s.per, '~'), other_area(s.area, w.k)
    )) AS series_id,
    s.figure_id AS was,
    CASE WHEN s.figure_id IS NOT NULL THEN md5(concat_ws(
        '|', s.sample, s.platform, s.metric, s.transformation, coalesce(lower(s.segment), '~'), s.unit,
        coalesce(s.per, '~'), other_area(s.area, w.k), s.period
    )) END AS figure_id
FROM world.core.statements AS s
CROSS JOIN worlds AS w;

INSERT INTO raw.pages
SELECT p.* REPLACE (p.url || '?' || w.k AS url, other_id(p.digest, w.k) AS digest)
FROM world.raw.pages AS p
CROSS JOIN worlds AS w
ORDER BY p.night;

INSERT INTO raw.documents
SELECT
    d.* REPLACE (
        other_id(d.document_id, w.k) AS document_id,
        d.url || '?' || w.k AS url,
        other_id(d.digest, w.k) AS digest,
        list_transform(d.sketch, LAMBDA run: hash(run, w.k)) AS sketch
    )
FROM world.raw.documents AS d
CROSS JOIN worlds AS w;

INSERT INTO raw.claims
SELECT
    c.* REPLACE (
        other_id(c.claim_id, w.k) AS claim_id,
        other_id(c.document_id, w.k) AS document_id,
        other_area(c.area, w.k) AS area
    )
FROM world.raw.claims AS c
CROSS JOIN worlds AS w;

INSERT INTO core.texts
SELECT
    t.* REPLACE (
        other_id(t.document_id, w.k) AS document_id,
        list_sort(list_transform(t.sketch, LAMBDA run: hash(run, w.k))) AS sketch
    )
FROM world.core.texts AS t
CROSS JOIN worlds AS w;

INSERT INTO core.runs
SELECT
    t.sample,
    t.document_id,
    unnest(t.sketch) AS shingle
FROM core.texts AS t
WHERE t.document_id NOT IN (SELECT b.document_id FROM world.core.texts AS b);

INSERT INTO core.copies
SELECT
    c.* REPLACE (
        other_id(c.document_id, w.k) AS document_id,
        other_id(c.copied_from, w.k) AS copied_from,
        other_id(c.root_id, w.k) AS root_id
    )
FROM world.core.copies AS c
CROSS JOIN worlds AS w;

INSERT INTO core.documents
SELECT
    d.* REPLACE (
        other_id(d.document_id, w.k) AS document_id,
        other_id(d.copy_of, w.k) AS copy_of,
        d.url || '?' || w.k AS url,
        d.address || '?' || w.k AS address
    )
FROM world.core.documents AS d
CROSS JOIN worlds AS w;

INSERT INTO core.statements
SELECT
    s.* REPLACE (
        other_id(s.claim_id, w.k) AS claim_id,
        other_id(s.document_id, w.k) AS document_id,
        other_area(s.area, w.k) AS area,
        k.figure_id AS figure_id,
        k.series_id AS series_id
    )
FROM world.core.statements AS s
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND s.figure_id IS NOT DISTINCT FROM k.was AND s.series_id = k.was_series
ORDER BY s.period_start;

INSERT INTO core.held
SELECT
    h.* REPLACE (
        other_id(h.claim_id, w.k) AS claim_id,
        other_id(h.document_id, w.k) AS document_id,
        k.figure_id AS figure_id
    )
FROM world.core.held AS h
CROSS JOIN worlds AS w
LEFT JOIN keys AS k ON w.k = k.k AND h.figure_id = k.was;

INSERT INTO core.plausibility
SELECT
    p.* REPLACE (
        other_id(p.claim_id, w.k) AS claim_id,
        k.figure_id AS figure_id,
        k.series_id AS series_id
    )
FROM world.core.plausibility AS p
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND p.figure_id IS NOT DISTINCT FROM k.was AND p.series_id = k.was_series;

INSERT INTO core.figures
SELECT
    f.* REPLACE (
        other_id(f.claim_id, w.k) AS claim_id,
        other_area(f.area, w.k) AS area,
        k.figure_id AS figure_id,
        k.series_id AS series_id
    )
FROM world.core.figures AS f
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND f.figure_id = k.was;

CREATE OR REPLACE TABLE figure_history AS
SELECT * FROM figure_history
UNION ALL
SELECT
    f.* REPLACE (
        other_id(f.claim_id, w.k) AS claim_id,
        other_area(f.area, w.k) AS area,
        f.url || '?' || w.k AS url,
        k.figure_id AS figure_id,
        k.series_id AS series_id
    )
FROM world.figure_history AS f
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND f.figure_id = k.was
ORDER BY sample, platform, metric, transformation, area, segment, unit, period_start, period, figure_id, known_from;

CREATE OR REPLACE TABLE figures AS
SELECT * FROM figures
UNION ALL
SELECT
    f.* REPLACE (
        other_id(f.claim_id, w.k) AS claim_id,
        other_area(f.area, w.k) AS area,
        f.url || '?' || w.k AS url,
        k.figure_id AS figure_id,
        k.series_id AS series_id
    )
FROM world.figures AS f
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND f.figure_id = k.was
ORDER BY sample, platform, metric, transformation, area, segment, unit, period_start, period;

INSERT INTO figure_claims
SELECT f.* REPLACE (other_id(f.claim_id, w.k) AS claim_id, k.figure_id AS figure_id)
FROM world.figure_claims AS f
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND f.figure_id = k.was;

INSERT INTO conflicts
SELECT
    c.* REPLACE (
        other_area(c.area, w.k) AS area,
        k.figure_id AS figure_id
    )
FROM world.conflicts AS c
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND c.figure_id = k.was;

CREATE OR REPLACE TABLE claims AS
SELECT * FROM claims
UNION ALL
SELECT
    c.* REPLACE (
        other_id(c.claim_id, w.k) AS claim_id,
        other_id(c.document_id, w.k) AS document_id,
        other_area(c.area, w.k) AS area,
        c.url || '?' || w.k AS url,
        k.figure_id AS figure_id,
        k.series_id AS series_id
    )
FROM world.claims AS c
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND c.figure_id IS NOT DISTINCT FROM k.was AND c.series_id = k.was_series
ORDER BY sample, platform, metric, period;

INSERT INTO documents
SELECT
    d.* REPLACE (
        other_id(d.document_id, w.k) AS document_id,
        other_id(d.copy_of, w.k) AS copy_of,
        d.url || '?' || w.k AS url
    )
FROM world.documents AS d
CROSS JOIN worlds AS w;

INSERT INTO document_changes
SELECT
    d.* REPLACE (
        other_id(d.document_id, w.k) AS document_id,
        other_id(d.earlier_id, w.k) AS earlier_id,
        d.url || '?' || w.k AS url
    )
FROM world.document_changes AS d
CROSS JOIN worlds AS w;

INSERT INTO series
SELECT
    s.* REPLACE (
        other_area(s.area, w.k) AS area,
        k.figure_id AS figure_id,
        k.series_id AS series_id
    )
FROM world.series AS s
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND s.figure_id = k.was;
