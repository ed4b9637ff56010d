-- Why is a figure what it is: every claim for and against it, with the words and the page?
-- `day` asks what was held, and why, on that day; empty is today.
-- param platform = netflix
-- param metric = subscribers
-- param period = 2018-Q4
-- param area = WW
-- param day =
-- noqa: disable=RF02
SELECT
    f.sample,
    f.segment,
    f.transformation,
    f.value AS held,
    f.unit AS held_unit,
    f.per AS held_per,
    f.qualifier AS held_qualifier,
    f.state,
    f.origins,
    f.known_from AS held_from,
    coalesce(s.standing, 'replaced') AS standing,
    coalesce(s.reason, CASE WHEN s.standing IS NULL THEN c.reason END) AS reason,
    c.* EXCLUDE (sample, segment, transformation, standing, reason)
FROM as_of(nullif($day, '')::DATE) AS f
INNER JOIN claims AS c ON f.sample = c.sample AND f.figure_id = c.figure_id
LEFT JOIN figure_claims AS s
    ON
        c.sample = s.sample AND c.figure_id = s.figure_id AND c.claim_id = s.claim_id
        AND s.known_from <= coalesce(nullif($day, '')::DATE, 'infinity'::DATE)
        AND coalesce(s.known_to > nullif($day, '')::DATE, s.known_to IS NULL)
WHERE
    f.platform = $platform AND f.metric = $metric AND f.period = $period AND f.area = $area
    AND c.known_from <= coalesce(nullif($day, '')::DATE, 'infinity'::DATE)
ORDER BY
    f.sample,
    f.transformation <> 'level',
    f.segment NULLS FIRST,
    f.figure_id,
    list_position(
        [
            'decides', 'supports', 'contested', 'unclear', 'outranked', 'revised', 'overtaken', 'set aside',
            'replaced'
        ],
        coalesce(s.standing, 'replaced')
    ),
    c.said_on DESC,
    c.claim_id;
