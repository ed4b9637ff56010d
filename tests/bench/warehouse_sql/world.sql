-- A made-up history of one world: some three claims a document, documents over eight years, a fifth of them copies of an
-- earlier text, a tenth new versions of an earlier address; values that agree, round, hedge and disagree.
-- Variables: claims, the number of statements.
-- grain: as the raw tables
CREATE OR REPLACE TEMP TABLE made AS
WITH drawn AS (
    SELECT
        d.n,
        hash(d.n * 10 + 1) / 18446744073709551615.0 AS a,
        hash(d.n * 10 + 2) / 18446744073709551615.0 AS b,
        hash(d.n * 10 + 3) / 18446744073709551615.0 AS c
    FROM range((getvariable('claims') // 3)::BIGINT) AS d (n)
)

SELECT
    d.n,
    md5('document ' || d.n) AS document_id,
    DATE '2018-11-01' + (d.n * 2945 // (getvariable('claims') // 3))::INT AS night,
    'source' || (d.a * 40)::INT AS source,
    -- whose text it is: its own, or that of a document shortly before
    CASE WHEN d.b < 0.2 AND d.n > 50 THEN d.n - 1 - (d.c * 40)::BIGINT ELSE d.n END AS text_of,
    CASE WHEN d.b > 0.9 AND d.n > 50 THEN d.n - 1 - (d.c * 40)::BIGINT ELSE d.n END AS address_of
FROM drawn AS d;

INSERT INTO raw.nights
SELECT DISTINCT m.night
FROM made AS m
ORDER BY m.night;

INSERT INTO raw.sources
SELECT
    m.night,
    m.source,
    m.source,
    'feed',
    'https://' || m.source || '.test/',
    'en',
    'US',
    CASE WHEN m.source IN ('source1', 'source2') THEN 'official' WHEN m.source = 'source3' THEN 'aggregator' ELSE 'press' END,
    'none',
    FALSE,
    0,
    1000,
    30,
    ''
FROM (
    SELECT DISTINCT
        k.night,
        k.source
    FROM made AS k
) AS m
ORDER BY m.night, m.source;

INSERT INTO raw.pages
SELECT
    m.night,
    m.source,
    'https://' || m.source || '.test/' || m.address_of,
    m.night::TIMESTAMP AT TIME ZONE 'UTC' + INTERVAL 2 HOUR,
    200,
    'text/html',
    md5('body ' || m.n),
    'archive-' || m.night || '.warc.gz',
    m.n * 1000
FROM made AS m
ORDER BY m.n;

INSERT INTO raw.documents BY NAME
SELECT
    m.night,
    m.source,
    m.document_id,
    'https://' || m.source || '.test/' || m.address_of AS url,
    m.source || '.test' AS site,
    'A headline of number ' || m.n AS title,
    'en' AS lang,
    'US' AS country,
    m.night - 1 AS published,
    'meta' AS published_from,
    '' AS wire,
    'article' AS kind,
    'text' AS evidence,
    md5('body ' || m.n) AS digest,
    'A text that stands for a page, number ' || m.text_of AS text,
    list_sort(list_transform(range(128), LAMBDA i: hash(m.text_of * 1000 + i))) AS sketch,
    m.night AS known_from
FROM made AS m
ORDER BY m.n;

INSERT INTO raw.claims BY NAME
WITH drawn AS (
    SELECT
        m.*,
        j.j,
        hash((m.text_of * 3 + j.j) * 10 + 1) / 18446744073709551615.0 AS a,
        hash((m.text_of * 3 + j.j) * 10 + 2) / 18446744073709551615.0 AS b,
        hash((m.text_of * 3 + j.j) * 10 + 3) / 18446744073709551615.0 AS c,
        hash((m.text_of * 3 + j.j) * 10 + 4) / 18446744073709551615.0 AS d,
        hash((m.text_of * 3 + j.j) * 10 + 5) / 18446744073709551615.0 AS e,
        hash((m.n * 3 + j.j) * 10 + 6) / 18446744073709551615.0 AS f
    FROM made AS m
    CROSS JOIN range(3) AS j (j)
),

keyed AS (
    SELECT
        w.*,
        [
            'netflix', 'disney_plus', 'prime_video', 'hbo_max', 'paramount_plus', 'peacock', 'hulu', 'apple_tv', 'canal_plus',
            'dazn', 'viaplay', 'sky', 'spotify', 'youtube', 'espn', 'starz', 'roku', 'mubi', 'crunchyroll', 'tubi'
        ][1 + (20 * w.a ^ 2)::INT % 20] AS platform,
        ['subscribers', 'revenue', 'price', 'content_spend', 'users', 'arpu', 'valuation', 'ad_revenue'][
            1 + (8 * w.b ^ 1.5)::INT % 8
        ] AS metric,
        CASE WHEN w.f < 0.07 THEN NULL ELSE ['WW', 'US', 'FR'][1 + (3 * w.c ^ 1.5)::INT % 3] END AS area,
        w.night - (w.d ^ 2 * 500)::INT AS day
    FROM drawn AS w
),

told AS (
    SELECT
        k.*,
        CASE
            WHEN k.e < 0.7 THEN strftime(k.day, '%Y') || '-Q' || quarter(k.day)
            WHEN k.e < 0.9 THEN strftime(k.day, '%Y')
            WHEN k.e < 0.97 THEN strftime(k.day, '%Y-%m')
        END AS period,
        CASE
            WHEN k.metric IN ('subscribers', 'users') THEN 10000000
            WHEN k.metric IN ('price', 'arpu') THEN 10 ELSE 1000000000
        END * (1 + length(k.platform)) * (1 + 0.1 * (year(k.day) - 2010)) AS fair
    FROM keyed AS k
)

SELECT
    t.night,
    t.source,
    md5('claim ' || t.n || ' ' || t.j) AS claim_id,
    t.document_id,
    t.platform,
    t.metric,
    'level' AS transformation,
    round(t.fair * CASE WHEN t.f > 0.9 THEN 0.8 + 0.4 * t.e ELSE 1 END, 1)::DECIMAL(38, 6) AS value,
    CASE WHEN t.f BETWEEN 0.80 AND 0.85 THEN NULL ELSE (value * 0.99)::DECIMAL(38, 6) END AS low,
    CASE WHEN t.f BETWEEN 0.75 AND 0.80 THEN NULL ELSE (value * 1.01)::DECIMAL(38, 6) END AS high,
    CASE WHEN t.metric IN ('subscribers', 'users') THEN 'count' ELSE 'USD' END AS unit,
    CASE WHEN t.metric IN ('price', 'arpu') THEN 'month' END AS per,
    t.period,
    t.area,
    CASE WHEN t.f < 0.15 THEN 'forecast' WHEN t.f < 0.3 THEN 'estimate' ELSE 'actual' END AS status,
    CASE
        WHEN t.f BETWEEN 0.75 AND 0.80 THEN 'min' WHEN t.f BETWEEN 0.80 AND 0.85 THEN 'max' WHEN t.f < 0.2 THEN 'approx' ELSE 'exact'
    END AS qualifier,
    CASE WHEN t.f BETWEEN 0.4 AND 0.45 THEN 'An Institute' END AS attributed_to,
    CASE WHEN t.metric = 'price' THEN ['standard', 'premium', 'ads'][1 + t.j] END AS segment,
    'the number of words around ' || value AS quote,
    10 * t.j AS quote_start,
    10 * t.j + 9 AS quote_end,
    CASE WHEN t.f BETWEEN 0.5 AND 0.55 THEN 0.4 ELSE 0.9 END AS confidence,
    FALSE AS is_repeat,
    TRUE AS proven,
    array_to_string(
        list_sort(list_transform(range(16), LAMBDA i: format('{:08x}', hash((t.text_of * 3 + t.j) * 1000 + i) >> 32))), ' '
    ) AS context,
    'x1' AS extractor,
    t.night AS known_from
FROM told AS t
ORDER BY t.n, t.j;
