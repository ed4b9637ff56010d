-- The pages as read. A document keeps the day on which it was first known, however often its night is loaded.
-- grain: one row a night, source and document
CREATE OR REPLACE TEMP TABLE new_documents AS
WITH words AS (
    SELECT
        i.*,
        CASE
            WHEN i.kind = 'dataset' THEN []
            ELSE regexp_extract_all(
                regexp_replace(strip_accents(lower(i.text)), '[\x{AD}\x{200B}-\x{200D}\x{2060}]', '', 'g'),
                '[\p{L}\p{N}]+'
            )
        END AS word
    FROM incoming AS i
    QUALIFY row_number() OVER (PARTITION BY i.staged_source, i.document_id) = 1
)

SELECT
    getvariable('night') AS night,
    w.staged_source AS source,
    w.document_id,
    w.url,
    w.site,
    w.title,
    w.lang,
    w.country,
    w.published,
    w.published_from,
    w.modified,
    w.wire,
    w.kind,
    w.evidence,
    w.digest,
    CASE WHEN w.kind <> 'dataset' THEN w.text END AS text,
    list_sort(list_distinct(list_transform(
        list_zip(w.word, w.word[2:], w.word[3:], w.word[4:], TRUE),
        LAMBDA run: md5_number_lower(concat_ws(' ', run[1], run[2], run[3], run[4]))  -- noqa: RF02
    )))[1:greatest(128, len(w.word) // 4)] AS sketch,
    least(k.day, coalesce(old.known_from, k.day)) AS known_from
FROM words AS w
INNER JOIN known_on AS k ON w.staged_source = k.source
LEFT JOIN raw.documents AS old
    ON old.night = getvariable('night') AND w.staged_source = old.source AND w.document_id = old.document_id;

DELETE FROM raw.documents AS d
WHERE
    d.night = getvariable('night')
    AND EXISTS (
        SELECT 1
        FROM new_documents AS n
        WHERE n.source = d.source AND n.document_id = d.document_id
    );

-- What the same day's run no longer gives was never known; what an earlier day gave stays, for its receipts.
DELETE FROM raw.documents AS d
WHERE
    d.night = getvariable('night')
    AND EXISTS (
        SELECT 1
        FROM staged_files AS f INNER JOIN known_on AS k ON f.source = k.source
        WHERE f.staged = 'documents' AND f.source = d.source AND d.known_from >= k.day
    );

INSERT INTO raw.documents BY NAME
SELECT n.*
FROM new_documents AS n
ORDER BY n.source, n.document_id;
