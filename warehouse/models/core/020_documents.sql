-- Every document with what decides how much its claims weigh: who published it, who first wrote it, how long it stood.
-- A document stands until a newer version of the same address is known. Samples and live pages never meet.
-- grain: one row a realm (sample or live) and document
CREATE OR REPLACE TEMP TABLE read_documents AS
WITH pages AS (
    SELECT
        p.night,
        p.source,
        p.digest,
        min(p.fetched_at) AS fetched_at,
        arg_min(p.archive_file, p.fetched_at) AS archive_file,
        arg_min(p.archive_offset, p.fetched_at) AS archive_offset
    FROM raw.pages AS p
    GROUP BY p.night, p.source, p.digest
),

latest_sources AS (
    SELECT
        s.name,
        max_by(s.authority, s.night) AS authority,
        max_by(s.sample, s.night) AS sample
    FROM raw.sources AS s
    GROUP BY s.name
)

SELECT
    coalesce(s.sample, l.sample, FALSE) AS sample,
    coalesce(s.authority, l.authority, 'press') AS authority,
    d.* EXCLUDE (text),  -- noqa: RF02
    coalesce(p.fetched_at, d.night::TIMESTAMP AT TIME ZONE 'UTC') AS fetched_at,
    p.archive_file,
    p.archive_offset,
    coalesce(nullif(regexp_extract(d.url, '^[a-z]+://(?:www\.|m\.|amp\.)?([^/:]+)', 1), ''), d.source) AS host,
    d.kind IN ('article', 'table', 'dataset') AS readable
FROM raw.documents AS d
LEFT JOIN pages AS p ON d.night = p.night AND d.source = p.source AND d.digest = p.digest
LEFT JOIN raw.sources AS s ON d.night = s.night AND d.source = s.name
LEFT JOIN latest_sources AS l ON d.source = l.name;

CREATE OR REPLACE TEMP TABLE merged_documents AS
SELECT
    r.sample,
    r.document_id,
    arg_min(r.authority, (
        list_position(['official', 'press', 'aggregator'], r.authority), r.night, r.source
    )) AS authority,
    arg_min(r.source, (
        list_position(['official', 'press', 'aggregator'], r.authority), r.night, r.source
    )) AS source,
    min(r.night) AS night,
    arg_min(r.url, (r.night, r.source)) AS url,
    arg_min(r.host, (r.night, r.source)) AS host,
    arg_min(r.site, (r.night, r.source)) AS site,
    arg_min(r.title, (r.night, r.source)) AS title,
    arg_min(r.lang, (r.night, r.source)) AS lang,
    arg_min(r.published, (r.night, r.source)) AS published,
    arg_min(r.published_from, (r.night, r.source)) AS published_from,
    arg_min(r.modified, (r.night, r.source)) AS modified,
    arg_min(r.wire, (r.night, r.source)) AS wire,
    arg_min(r.kind, (r.night, r.source)) AS kind,
    bool_or(r.readable) AS readable,
    min(r.fetched_at) AS fetched_at,
    arg_min(r.archive_file, (r.night, r.source)) AS archive_file,
    arg_min(r.archive_offset, (r.night, r.source)) AS archive_offset,
    arg_min(r.sketch, (r.night, r.source)) AS sketch,
    min(r.known_from) AS known_from
FROM read_documents AS r
GROUP BY r.sample, r.document_id;

-- Two documents tell one text when a good part of the shorter one stands in the other: of the hashes that both sketches
-- would hold, half of the shorter one's are shared. A sketch holds every hash up to its last, so that only those
-- up to the lower of the two ends are compared. Each document is compared with the first and the last one before it to
-- hold each of its hashes, so that the work grows with the texts and not with the pairs among them. Runs that four
-- documents before it held, over more than thirty days, are a house's standing words and do not count. The copy points
-- to the earliest-known text, and only ever backwards: a later document never changes what was believed before it.
CREATE OR REPLACE TEMP TABLE copies AS
WITH RECURSIVE sketched AS (
    SELECT
        m.sample,
        m.document_id,
        coalesce(m.published, m.fetched_at::DATE) AS day,
        m.sketch,
        row_number() OVER (
            PARTITION BY m.sample
            ORDER BY m.known_from, coalesce(m.published, m.fetched_at::DATE), m.document_id
        ) AS place
    FROM merged_documents AS m
    WHERE m.readable AND len(m.sketch) >= 8
),

shingles AS (
    SELECT
        s.sample,
        s.place,
        s.day,
        unnest(s.sketch) AS shingle
    FROM sketched AS s
),

holders AS (
    SELECT
        h.sample,
        h.place,
        lag(h.place) OVER held AS last_before,
        first_value(h.place) OVER held AS first_of_all,
        h.shingle,
        row_number() OVER held > 4 AND max(h.day) OVER held - min(h.day) OVER held > 30 AS common
    FROM shingles AS h
    WINDOW held AS (PARTITION BY h.sample, h.shingle ORDER BY h.place)
),

candidates AS (
    SELECT
        c.sample,
        c.place,
        unnest([c.last_before, c.first_of_all]) AS earlier
    FROM holders AS c
    WHERE c.last_before IS NOT NULL AND NOT c.common
),

common_runs AS (
    SELECT
        h.sample,
        h.place,
        array_agg(h.shingle) AS runs
    FROM holders AS h
    WHERE h.common
    GROUP BY h.sample, h.place
),

told AS (
    SELECT
        s.sample,
        s.place,
        s.document_id,
        s.sketch,
        coalesce(r.runs, []) AS common,
        list_filter(s.sketch, LAMBDA hash: NOT list_contains(coalesce(r.runs, []), hash)) AS own  -- noqa: RF02,LT05
    FROM sketched AS s
    LEFT JOIN common_runs AS r ON s.sample = r.sample AND s.place = r.place
),

likely AS (
    SELECT
        c.sample,
        c.place,
        c.earlier
    FROM candidates AS c
    GROUP BY c.sample, c.place, c.earlier
    HAVING count(*) >= 2
),

compared AS (
    SELECT
        b.sample,
        b.document_id,
        a.document_id AS earlier_id,
        a.place AS earlier,
        len(list_intersect(a.sketch, b.own)) AS shared,
        least(
            len(list_filter(a.sketch, LAMBDA hash: hash <= b.sketch[-1])) - len(list_intersect(a.sketch, b.common)),  -- noqa: RF02,LT05
            len(list_filter(b.own, LAMBDA hash: hash <= a.sketch[-1]))  -- noqa: RF02,LT05
        ) AS comparable
    FROM likely AS l
    INNER JOIN sketched AS a ON l.sample = a.sample AND l.earlier = a.place
    INNER JOIN told AS b ON l.sample = b.sample AND l.place = b.place
),

pairs AS (
    SELECT
        c.sample,
        c.document_id,
        arg_min(c.earlier_id, c.earlier) AS copied_from
    FROM compared AS c
    WHERE c.shared >= 5 AND c.shared >= 0.5 * c.comparable
    GROUP BY c.sample, c.document_id
),

roots AS (
    SELECT
        p.sample,
        p.document_id,
        p.copied_from AS root_id
    FROM pairs AS p
    UNION ALL
    SELECT
        r.sample,
        r.document_id,
        p.copied_from AS root_id
    FROM roots AS r
    INNER JOIN pairs AS p ON r.sample = p.sample AND r.root_id = p.document_id
)

SELECT
    r.sample,
    r.document_id,
    r.root_id
FROM roots AS r
WHERE NOT EXISTS (
    SELECT 1 FROM pairs AS p
    WHERE p.sample = r.sample AND p.document_id = r.root_id
);

CREATE OR REPLACE TEMP TABLE weighed_documents AS
SELECT
    m.* EXCLUDE (sketch),  -- noqa: RF02
    c.root_id AS copy_of,
    coalesce(nullif('wire: ' || lower(root.wire), 'wire: '), root.host) AS writer,
    coalesce(m.published, m.fetched_at::DATE) AS said_on,
    -- who speaks in a copy, and when: the first publisher, on the day of the first text
    root.host AS first_host,
    coalesce(root.published, root.fetched_at::DATE) AS first_said_on,
    min(CASE WHEN m.readable THEN m.known_from END) OVER newer AS superseded_on
FROM merged_documents AS m
LEFT JOIN copies AS c ON m.sample = c.sample AND m.document_id = c.document_id
INNER JOIN merged_documents AS root
    ON m.sample = root.sample AND coalesce(c.root_id, m.document_id) = root.document_id
WINDOW
    newer AS (
        PARTITION BY m.sample, coalesce(nullif(m.url, ''), m.document_id)
        ORDER BY m.fetched_at, m.document_id
        ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    )
ORDER BY m.sample, m.document_id;
