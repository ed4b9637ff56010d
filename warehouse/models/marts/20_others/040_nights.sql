-- What each night did: its sources, requests and outcomes, and the pages behind the claims.
-- grain: one row a document, source of a night, request, or item of a step, as each table says
CREATE OR REPLACE TEMP TABLE new_documents_mart AS
SELECT
    d.sample,
    d.source,
    d.url,
    d.title,
    d.site,
    d.lang,
    d.kind,
    d.published,
    d.published_from,
    d.modified,
    d.wire,
    d.authority,
    d.night,
    d.fetched_at,
    d.known_from,
    d.superseded_on,
    d.copy_of,
    d.archive_file,
    d.archive_offset,
    d.document_id
FROM core.documents AS d
INNER JOIN touched_documents AS t ON d.sample = t.sample AND d.document_id = t.document_id
ORDER BY d.night, d.source, d.url;

CREATE TABLE IF NOT EXISTS documents AS
SELECT n.*
FROM new_documents_mart AS n
WHERE FALSE;

DELETE FROM documents AS o
USING touched_documents AS t
WHERE o.sample = t.sample AND o.document_id = t.document_id;

INSERT INTO documents
SELECT n.*
FROM new_documents_mart AS n;

CREATE OR REPLACE TABLE sources AS
SELECT s.*
FROM raw.sources AS s
ORDER BY s.night, s.name;

CREATE OR REPLACE TABLE requests AS
SELECT
    r.*,
    coalesce(s.sample, FALSE) AS sample
FROM raw.requests AS r
LEFT JOIN (
    SELECT
        k.name,
        max_by(k.sample, k.night) AS sample
    FROM raw.sources AS k
    GROUP BY k.name
) AS s ON r.source = s.name
ORDER BY r.night, r.source, r.requested_at;

CREATE OR REPLACE TABLE outcomes AS
SELECT
    o.* EXCLUDE (staged_as),  -- noqa: RF02
    coalesce(s.sample, FALSE) AS sample
FROM raw.outcomes AS o
LEFT JOIN (
    SELECT
        k.name,
        max_by(k.sample, k.night) AS sample
    FROM raw.sources AS k
    GROUP BY k.name
) AS s ON o.source = s.name
ORDER BY o.night, o.source, o.step, o.item;

CREATE OR REPLACE TABLE nights AS
SELECT n.night
FROM raw.nights AS n
ORDER BY n.night;

COMMENT ON TABLE documents IS 'One row a version of a page; its text stays in the archive, the quotes are in claims';
COMMENT ON COLUMN documents.copy_of IS 'document_id of the earliest text that this one repeats';
COMMENT ON COLUMN documents.superseded_on IS 'The day on which a newer version of the same address was known';
COMMENT ON TABLE sources IS 'What each source said about itself, one row a night and source';
COMMENT ON TABLE requests IS 'The ledger: one row a decision about an address, made or refused';
COMMENT ON TABLE outcomes IS 'What became of each item in each step, one row an item';
COMMENT ON TABLE nights IS 'The nights that were loaded';
COMMENT ON COLUMN documents.sample IS 'true: from pages written for the project; never mixed with live ones';
COMMENT ON COLUMN documents.source IS 'Name of the source';
COMMENT ON COLUMN documents.url IS 'Address of the page';
COMMENT ON COLUMN documents.title IS 'Headline of the page';
COMMENT ON COLUMN documents.night IS 'The night that gave it';
COMMENT ON COLUMN documents.document_id IS 'One version of one address';
COMMENT ON COLUMN documents.authority IS 'official, press, aggregator';
COMMENT ON COLUMN documents.site IS 'Name of the site';
COMMENT ON COLUMN documents.lang IS 'ISO 639-1';
COMMENT ON COLUMN documents.kind IS 'article, table, dataset, or what kept it from being read';
COMMENT ON COLUMN documents.published IS 'When it was published, as it says';
COMMENT ON COLUMN documents.published_from IS 'Which witness said so';
COMMENT ON COLUMN documents.modified IS 'When it was last changed, as it says';
COMMENT ON COLUMN documents.wire IS 'News agency that the text credits';
COMMENT ON COLUMN documents.fetched_at IS 'When its bytes were fetched, UTC';
COMMENT ON COLUMN documents.known_from IS 'First day on which this version was known';
COMMENT ON COLUMN documents.archive_file IS 'WARC file that holds its bytes';
COMMENT ON COLUMN documents.archive_offset IS 'Where in archive_file the record begins, in bytes';
COMMENT ON COLUMN sources.night IS 'The night';
COMMENT ON COLUMN sources.name IS 'Name of the source';
COMMENT ON COLUMN sources.title IS 'What it is called';
COMMENT ON COLUMN sources.kind IS 'feed, page, dataset, archive ...';
COMMENT ON COLUMN sources.url IS 'Address asked first';
COMMENT ON COLUMN sources.language IS 'ISO 639-1';
COMMENT ON COLUMN sources.country IS 'ISO 3166-1 alpha-2, or WW';
COMMENT ON COLUMN sources.authority IS 'official, press, aggregator';
COMMENT ON COLUMN sources.licence IS 'Terms of its texts';
COMMENT ON COLUMN sources.sample IS 'true: pages written for the project';
COMMENT ON COLUMN sources.min_items IS 'Fewest items of a healthy night';
COMMENT ON COLUMN sources.max_items IS 'Most items of a healthy night';
COMMENT ON COLUMN sources.max_silent_days IS 'Days without an item that are still healthy';
COMMENT ON COLUMN sources.note IS 'Anything else';
COMMENT ON COLUMN requests.night IS 'The night';
COMMENT ON COLUMN requests.source IS 'Name of the source';
COMMENT ON COLUMN requests.url IS 'Address';
COMMENT ON COLUMN requests.why IS 'What it was asked for';
COMMENT ON COLUMN requests.requested_at IS 'When, UTC';
COMMENT ON COLUMN requests.outcome IS 'fetched, unchanged, or why not';
COMMENT ON COLUMN requests.rule IS 'The line that decided';
COMMENT ON COLUMN requests.status IS 'HTTP status; null without an answer';
COMMENT ON COLUMN requests.bytes IS 'Size of the body';
COMMENT ON COLUMN requests.digest IS 'sha256 of the body';
COMMENT ON COLUMN requests.waited_seconds IS 'Seconds waited before it';
COMMENT ON COLUMN requests.seconds IS 'Seconds from the request to the last byte';
COMMENT ON COLUMN requests.detail IS 'The error in words';
COMMENT ON COLUMN requests.robots IS 'What robots.txt said to the address';
COMMENT ON COLUMN requests.tdm IS 'What reserved text and data mining';
COMMENT ON COLUMN requests.wait_wanted IS 'Seconds that the host wanted between requests';
COMMENT ON COLUMN outcomes.night IS 'The night';
COMMENT ON COLUMN outcomes.source IS 'Name of the source';
COMMENT ON COLUMN outcomes.step IS 'collect, read, extract';
COMMENT ON COLUMN outcomes.item IS 'Address, or name of the source';
COMMENT ON COLUMN outcomes.ok IS 'Whether it went well';
COMMENT ON COLUMN outcomes.outcome IS 'In one word';
COMMENT ON COLUMN outcomes.reason IS 'The evidence, in words';
COMMENT ON COLUMN outcomes.item_count IS 'Pages collected, or claims read';
COMMENT ON COLUMN nights.night IS 'The night';
COMMENT ON COLUMN requests.sample IS 'true: of a source of sample pages';
COMMENT ON COLUMN outcomes.sample IS 'true: of a source of sample pages';
