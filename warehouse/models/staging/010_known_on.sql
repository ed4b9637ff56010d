-- From which day the files at hand count as known, per source: the day asked for, or later where a night was read again
-- since and is now loaded once more.
-- grain: one row a source with a file; unit: day
CREATE OR REPLACE TEMP TABLE known_on AS
SELECT
    f.source,
    greatest(
        getvariable('known_on'),
        coalesce((
            SELECT max(greatest(c.known_from, coalesce(c.dropped_on, c.known_from)))
            FROM raw.claims AS c
            WHERE c.night = getvariable('night') AND c.source = f.source
        ), getvariable('known_on')),
        coalesce((
            SELECT max(d.known_from)
            FROM raw.documents AS d
            WHERE d.night = getvariable('night') AND d.source = f.source
        ), getvariable('known_on'))
    ) AS day
FROM staged_files AS f
GROUP BY f.source;

INSERT INTO raw.nights
SELECT n.night
FROM (SELECT getvariable('night') AS night) AS n
WHERE n.night NOT IN (SELECT k.night FROM raw.nights AS k);

-- What the sources at hand gave that night before, so that what they give no longer is resolved again too.
-- grain: one row a document
CREATE OR REPLACE TEMP TABLE night_documents AS
SELECT DISTINCT d.document_id
FROM raw.documents AS d
WHERE d.night = getvariable('night') AND d.source IN (SELECT f.source FROM staged_files AS f);
