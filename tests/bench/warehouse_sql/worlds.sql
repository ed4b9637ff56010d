-- More worlds beside the first: the same rows under other ids, addresses and areas, in every table that a load keeps, so
-- that a long history stands as if it had been resolved.
-- Variables: worlds, how many there are in the end; the first, resolved, is attached as `world`.
-- grain: as each table
CREATE OR REPLACE MACRO other_id(id, k) AS CASE WHEN k = 0 THEN id ELSE md5(id || '/' || k) END;

CREATE OR REPLACE MACRO other_url(url, k) AS CASE WHEN k = 0 THEN url ELSE url || '?' || k END;

CREATE OR REPLACE MACRO other_area(area, k) AS CASE WHEN k = 0 THEN area WHEN area IS NOT NULL THEN lower(area) || k END;

CREATE OR REPLACE MACRO other_sketch(sketch, k) AS
CASE WHEN k = 0 THEN sketch ELSE list_sort(list_transform(sketch, LAMBDA run: hash(run, k))) END;

CREATE OR REPLACE MACRO other_key(s, k) AS concat_ws(
    '|', s.sample, s.platform, s.metric, s.transformation, coalesce(lower(s.segment), '~'), s.unit, coalesce(s.per, '~'),
    other_area(s.area, k)
);

CREATE OR REPLACE TEMP TABLE worlds AS
SELECT w.k
FROM range(getvariable('worlds')::BIGINT) AS w (k);

CREATE OR REPLACE TEMP TABLE keys AS
SELECT DISTINCT
    w.k,
    s.figure_id AS was,
    CASE WHEN s.figure_id IS NOT NULL THEN md5(other_key(s, w.k) || '|' || s.period) END AS figure_id
FROM world.core.statements AS s
CROSS JOIN worlds AS w;

DELETE FROM raw.pages;

INSERT INTO raw.pages
SELECT p.* REPLACE (other_url(p.url, w.k) AS url, other_id(p.digest, w.k) AS digest)
FROM world.raw.pages AS p
CROSS JOIN worlds AS w;

DELETE FROM raw.documents;

INSERT INTO raw.documents
SELECT
    d.* REPLACE (
        other_id(d.document_id, w.k) AS document_id,
        other_url(d.url, w.k) AS url,
        other_id(d.digest, w.k) AS digest,
        other_sketch(d.sketch, w.k) AS sketch
    )
FROM world.raw.documents AS d
CROSS JOIN worlds AS w;

DELETE FROM raw.claims;

INSERT INTO raw.claims
SELECT
    c.* REPLACE (
        other_id(c.claim_id, w.k) AS claim_id,
        other_id(c.document_id, w.k) AS document_id,
        other_area(c.area, w.k) AS area
    )
FROM world.raw.claims AS c
CROSS JOIN worlds AS w;

DELETE FROM core.texts;

INSERT INTO core.texts
SELECT
    t.* REPLACE (
        other_id(t.document_id, w.k) AS document_id,
        other_sketch(t.sketch, w.k) AS sketch,
        (md5_number_lower(concat_ws('|', t.sample, other_id(t.document_id, w.k))) >> 1)::BIGINT AS text_number
    )
FROM world.core.texts AS t
CROSS JOIN worlds AS w;

DELETE FROM core.runs;

INSERT INTO core.runs
SELECT
    t.text_number,
    half_year(t.day) AS half_year,
    unnest(t.sketch) AS shingle
FROM core.texts AS t
ORDER BY half_year;

DELETE FROM core.copies;

INSERT INTO core.copies
SELECT
    c.* REPLACE (
        other_id(c.document_id, w.k) AS document_id,
        other_id(c.copied_from, w.k) AS copied_from,
        other_id(c.root_id, w.k) AS root_id
    )
FROM world.core.copies AS c
CROSS JOIN worlds AS w;

DELETE FROM core.documents;

INSERT INTO core.documents
SELECT
    d.* REPLACE (
        other_id(d.document_id, w.k) AS document_id,
        other_id(d.copy_of, w.k) AS copy_of,
        other_url(d.url, w.k) AS url,
        other_url(d.address, w.k) AS address
    )
FROM world.core.documents AS d
CROSS JOIN worlds AS w;

DELETE FROM core.statements;

INSERT INTO core.statements
SELECT
    s.* REPLACE (
        other_id(s.claim_id, w.k) AS claim_id,
        other_id(s.document_id, w.k) AS document_id,
        other_area(s.area, w.k) AS area,
        CASE WHEN s.figure_id IS NOT NULL THEN md5(other_key(s, w.k) || '|' || s.period) END AS figure_id,
        md5(other_key(s, w.k)) AS series_id
    )
FROM world.core.statements AS s
CROSS JOIN worlds AS w;

DELETE FROM core.held_again;

INSERT INTO core.held_again
SELECT h.* REPLACE (other_id(h.claim_id, w.k) AS claim_id, other_id(h.document_id, w.k) AS document_id)
FROM world.core.held_again AS h
CROSS JOIN worlds AS w;

DELETE FROM core.off_levels;

INSERT INTO core.off_levels
SELECT p.* REPLACE (other_id(p.claim_id, w.k) AS claim_id)
FROM world.core.off_levels AS p
CROSS JOIN worlds AS w;

DELETE FROM figure_history;

INSERT INTO figure_history
SELECT
    f.* REPLACE (
        other_id(f.claim_id, w.k) AS claim_id,
        other_area(f.area, w.k) AS area,
        other_url(f.url, w.k) AS url,
        CASE WHEN f.figure_id IS NOT NULL THEN md5(other_key(f, w.k) || '|' || f.period) END AS figure_id,
        md5(other_key(f, w.k)) AS series_id
    )
FROM world.figure_history AS f
CROSS JOIN worlds AS w;

DELETE FROM figures;

INSERT INTO figures
SELECT
    f.* REPLACE (
        other_id(f.claim_id, w.k) AS claim_id,
        other_area(f.area, w.k) AS area,
        other_url(f.url, w.k) AS url,
        CASE WHEN f.figure_id IS NOT NULL THEN md5(other_key(f, w.k) || '|' || f.period) END AS figure_id,
        md5(other_key(f, w.k)) AS series_id
    )
FROM world.figures AS f
CROSS JOIN worlds AS w;

DELETE FROM figure_claims;

INSERT INTO figure_claims
SELECT f.* REPLACE (other_id(f.claim_id, w.k) AS claim_id, k.figure_id AS figure_id)
FROM world.figure_claims AS f
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND f.figure_id = k.was
ORDER BY k.figure_id;

DELETE FROM conflicts;

INSERT INTO conflicts
SELECT
    c.* REPLACE (
        other_area(c.area, w.k) AS area,
        k.figure_id AS figure_id
    )
FROM world.conflicts AS c
CROSS JOIN worlds AS w
INNER JOIN keys AS k ON w.k = k.k AND c.figure_id = k.was;

DELETE FROM claims;

INSERT INTO claims
SELECT
    c.* REPLACE (
        other_id(c.claim_id, w.k) AS claim_id,
        other_id(c.document_id, w.k) AS document_id,
        other_area(c.area, w.k) AS area,
        other_url(c.url, w.k) AS url,
        CASE WHEN c.figure_id IS NOT NULL THEN md5(other_key(c, w.k) || '|' || c.period) END AS figure_id,
        md5(other_key(c, w.k)) AS series_id
    )
FROM world.claims AS c
CROSS JOIN worlds AS w;

DELETE FROM documents;

INSERT INTO documents
SELECT
    d.* REPLACE (
        other_id(d.document_id, w.k) AS document_id,
        other_id(d.copy_of, w.k) AS copy_of,
        other_url(d.url, w.k) AS url
    )
FROM world.documents AS d
CROSS JOIN worlds AS w;

DELETE FROM document_changes;

INSERT INTO document_changes
SELECT
    d.* REPLACE (
        other_id(d.document_id, w.k) AS document_id,
        other_id(d.earlier_id, w.k) AS earlier_id,
        other_url(d.url, w.k) AS url
    )
FROM world.document_changes AS d
CROSS JOIN worlds AS w;

DELETE FROM series;

INSERT INTO series
SELECT
    s.* REPLACE (
        other_area(s.area, w.k) AS area,
        CASE WHEN s.figure_id IS NOT NULL THEN md5(other_key(s, w.k) || '|' || s.period) END AS figure_id,
        md5(other_key(s, w.k)) AS series_id
    )
FROM world.series AS s
CROSS JOIN worlds AS w;
