-- Sketches grow with their texts: the smallest hashes of runs of four words, a quarter of them and at least 128.
UPDATE raw.documents AS d
SET
    sketch = list_sort(list_distinct(list_transform(
        list_zip(w.word, w.word[2:], w.word[3:], w.word[4:], TRUE),
        LAMBDA run: md5_number_lower(concat_ws(' ', run[1], run[2], run[3], run[4]))  -- noqa: RF02
    )))[1:greatest(128, len(w.word) // 4)]
FROM (
    SELECT
        t.night,
        t.source,
        t.document_id,
        regexp_extract_all(
            regexp_replace(strip_accents(lower(t.text)), '[\x{AD}\x{200B}-\x{200D}\x{2060}]', '', 'g'),
            '[\p{L}\p{N}]+'
        ) AS word
    FROM raw.documents AS t
    WHERE t.text IS NOT NULL
) AS w
WHERE d.night = w.night AND d.source = w.source AND d.document_id = w.document_id;
