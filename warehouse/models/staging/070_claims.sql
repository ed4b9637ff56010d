-- The statements as extracted. What a night says again stays untouched; what it says anew is known from now on; what it
-- no longer says was dropped now, or was never known when it came the same day.
-- grain: one row a night, source, statement and stretch of time in which it was held; unit: base units of `unit`
CREATE OR REPLACE TEMP TABLE new_claims AS
WITH placed AS (
    SELECT
        i.*,
        CASE
            WHEN d.text IS NULL THEN []
            ELSE regexp_extract_all(
                lower(d.text[greatest(i.quote_start - 80, 0) + 1:i.quote_end + 80]), '[\p{L}\p{N}]+'
            )
        END AS word
    FROM incoming AS i
    LEFT JOIN raw.documents AS d
        ON d.night = getvariable('night') AND i.staged_source = d.source AND i.document_id = d.document_id
)

SELECT
    getvariable('night') AS night,
    p.staged_source AS source,
    md5(concat_ws(
        '|', p.document_id, p.platform, p.metric, p.transformation, p.value, coalesce(p.value_max::VARCHAR, '~'),
        coalesce(p.low::VARCHAR, '~'), coalesce(p.high::VARCHAR, '~'), p.unit, coalesce(p.per, '~'),
        coalesce(p.period, '~'), coalesce(p.area, '~'), p.status, p.qualifier, coalesce(p.attributed_to, '~'),
        coalesce(p.segment, '~'), p.quote, p.quote_start, p.quote_end, p.confidence, p.repeat
    )) AS claim_id,
    p.document_id,
    p.platform,
    p.metric,
    p.transformation,
    p.value,
    p.value_max,
    p.low,
    p.high,
    p.unit,
    p.per,
    p.period,
    p.area,
    p.status,
    p.qualifier,
    p.attributed_to,
    p.segment,
    p.quote,
    p.quote_start,
    p.quote_end,
    p.confidence,
    p.repeat AS is_repeat,
    p.proven,
    array_to_string(list_slice(list_sort(list_distinct(list_transform(
        list_zip(p.word, p.word[2:], p.word[3:], TRUE),
        LAMBDA run: format('{:08x}', md5_number_lower(concat_ws(' ', run[1], run[2], run[3])) >> 32)  -- noqa: RF02
    ))), 1, 16), ' ') AS context,
    p.extractor,
    k.day AS known_from,
    NULL::DATE AS dropped_on
FROM placed AS p
INNER JOIN known_on AS k ON p.staged_source = k.source
QUALIFY row_number() OVER (PARTITION BY p.staged_source, claim_id) = 1;

CREATE OR REPLACE TEMP TABLE gone_claims AS
SELECT
    c.source,
    c.claim_id,
    k.day
FROM raw.claims AS c
INNER JOIN known_on AS k ON c.source = k.source
WHERE
    c.night = getvariable('night')
    AND c.dropped_on IS NULL
    AND EXISTS (
        SELECT 1 FROM staged_files AS f
        WHERE f.staged = 'claims' AND f.source = c.source
    )
    AND NOT EXISTS (
        SELECT 1 FROM new_claims AS n
        WHERE n.source = c.source AND n.claim_id = c.claim_id
    );

DELETE FROM raw.claims AS c
USING gone_claims AS g
WHERE c.night = getvariable('night') AND c.source = g.source AND c.claim_id = g.claim_id AND c.known_from >= g.day;

UPDATE raw.claims AS c
SET dropped_on = g.day
FROM gone_claims AS g
WHERE c.night = getvariable('night') AND c.source = g.source AND c.claim_id = g.claim_id AND c.dropped_on IS NULL;

-- Dropped earlier on the same day and said again: never dropped.
UPDATE raw.claims AS c
SET dropped_on = NULL
FROM new_claims AS n
WHERE
    c.night = getvariable('night')
    AND c.source = n.source
    AND c.claim_id = n.claim_id
    AND c.dropped_on >= n.known_from;

INSERT INTO raw.claims BY NAME
SELECT n.*
FROM new_claims AS n
WHERE
    NOT EXISTS (
        SELECT 1
        FROM raw.claims AS c
        WHERE
            c.night = getvariable('night') AND c.source = n.source AND c.claim_id = n.claim_id
            AND c.dropped_on IS NULL
    )
ORDER BY n.source, n.document_id, n.quote_start, n.claim_id;
