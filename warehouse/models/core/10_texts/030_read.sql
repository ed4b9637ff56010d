-- The documents that this load touches, as they are read now: each once a realm, however many nights and sources gave
-- it.
-- Samples and live pages never meet.
-- grain: one row a realm (sample or live) and document
CREATE OR REPLACE TEMP TABLE read_documents AS
WITH given AS (
    SELECT d.* EXCLUDE (text)  -- noqa: RF02,RF03
    FROM raw.documents AS d
    WHERE d.document_id IN (SELECT t.document_id FROM touched_ids AS t)
),

pages AS (
    SELECT
        p.night,
        p.source,
        p.digest,
        min(p.fetched_at) AS fetched_at,
        arg_min(p.archive_file, p.fetched_at) AS archive_file,
        arg_min(p.archive_offset, p.fetched_at) AS archive_offset
    FROM raw.pages AS p
    WHERE p.digest IN (SELECT g.digest FROM given AS g)
    GROUP BY p.night, p.source, p.digest
)

SELECT
    coalesce(s.sample, l.sample, FALSE) AS sample,
    coalesce(s.authority, l.authority, 'press') AS authority,
    d.*,
    coalesce(p.fetched_at, d.night::TIMESTAMP AT TIME ZONE 'UTC') AS fetched_at,
    p.archive_file,
    p.archive_offset,
    coalesce(nullif(regexp_extract(d.url, '^[a-z]+://(?:www\.|m\.|amp\.)?([^/:]+)', 1), ''), d.source) AS host,
    d.kind IN ('article', 'table', 'dataset') AS readable
FROM given AS d
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
