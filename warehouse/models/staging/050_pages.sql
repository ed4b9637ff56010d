-- The archived answers: where the bytes of a page lie.
-- grain: one row an answer
DELETE FROM raw.pages AS p
WHERE
    p.night = getvariable('night')
    AND p.source IN (
        SELECT f.source FROM staged_files AS f
        WHERE f.staged = 'pages'
    );

INSERT INTO raw.pages
SELECT
    getvariable('night') AS night,
    i.staged_source,
    i.url,
    i.fetched_at,
    i.status,
    i.content_type,
    i.digest,
    i.archive_file,
    i.archive_offset
FROM incoming AS i
ORDER BY i.staged_source, i.archive_file, i.archive_offset;
