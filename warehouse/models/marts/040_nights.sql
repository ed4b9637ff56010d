-- What each night did: its sources, requests and outcomes, and the pages behind the claims.
-- grain: one row a document, source of a night, request, or item of a step, as each table says
CREATE OR REPLACE TABLE documents AS
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
FROM weighed_documents AS d
ORDER BY d.night, d.source, d.url;

CREATE OR REPLACE TABLE sources AS
SELECT s.*
FROM raw.sources AS s
ORDER BY s.night, s.name;

CREATE OR REPLACE TABLE requests AS
SELECT r.*
FROM raw.requests AS r
ORDER BY r.night, r.source, r.requested_at;

CREATE OR REPLACE TABLE outcomes AS
SELECT o.* EXCLUDE (staged_as)  -- noqa: RF03
FROM raw.outcomes AS o
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
