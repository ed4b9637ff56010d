-- What became of each item in each step.
-- grain: one row an item and step of a night; `item_count` counts pages or claims
DELETE FROM raw.outcomes AS o
WHERE
    o.night = getvariable('night')
    AND o.staged_as IN (
        SELECT f.file FROM staged_files AS f
        WHERE f.staged = 'outcomes'
    );

INSERT INTO raw.outcomes
SELECT
    getvariable('night') AS night,
    i.source,
    i.step,
    i.item,
    i.ok,
    i.outcome,
    i.reason,
    i.count AS item_count,
    i.staged_file AS staged_as
FROM incoming AS i
ORDER BY i.staged_file, i.item;
