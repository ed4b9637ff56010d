-- why(figure): every claim for and against a figure, today or on a day, with its words, its page, where the bytes lie
-- and which version of the program read it; the figure's id is in every table.
-- grain: one row a claim; unit: base units of `unit`; quote_start and archive_offset count characters and bytes
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO why(figure, as_of := NULL) AS TABLE
    SELECT
        coalesce(s.standing, 'replaced') AS standing,
        c.value,
        c.value_max,
        c.unit,
        c.qualifier,
        c.status,
        coalesce(s.reason, CASE WHEN s.standing IS NULL THEN c.reason END) AS reason,
        c.quote,
        c.url,
        c.title,
        c.host,
        c.authority,
        c.attributed_to,
        c.origin,
        c.published,
        c.said_on,
        c.known_from,
        c.known_to,
        c.confidence,
        c.low,
        c.high,
        c.quote_start,
        c.quote_end,
        c.source,
        c.night,
        c.archive_file,
        c.archive_offset,
        c.extractor,
        c.document_id,
        c.claim_id
    FROM claims AS c
    LEFT JOIN figure_claims AS s
        ON
            c.sample = s.sample AND c.claim_id = s.claim_id AND s.figure_id = figure
            AND (
                (as_of IS NULL AND s.known_to IS NULL)
                OR (s.known_from <= as_of::date AND (s.known_to IS NULL OR s.known_to > as_of::date))
            )
    WHERE c.figure_id = figure AND (as_of IS NULL OR c.known_from <= as_of::date)
    ORDER BY
        list_position(
            [
                'decides', 'supports', 'contested', 'unclear', 'outranked', 'revised', 'overtaken', 'set aside',
                'replaced'
            ],
            coalesce(s.standing, 'replaced')
        ),
        c.said_on DESC,
        c.claim_id;
