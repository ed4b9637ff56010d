-- What each source said about itself in the night.
-- grain: one row a night and source
DELETE FROM raw.sources AS s
WHERE s.night = getvariable(
    'night') AND s.name IN (
    SELECT f.source FROM staged_files AS f
    WHERE f.staged = 'sources'
);

INSERT INTO raw.sources
SELECT
    getvariable('night') AS night,
    i.name,
    i.title,
    i.kind,
    i.url,
    i.language,
    i.country,
    i.authority,
    i.licence,
    i.sample,
    i.expect.min_items,
    i.expect.max_items,
    i.expect.max_silent_days,
    i.note
FROM incoming AS i
ORDER BY i.name;
