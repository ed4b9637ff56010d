-- Why is a figure what it is: every claim for and against it, with the words and the page?
-- param platform = netflix
-- param metric = subscribers
-- param period = 2018-Q4
-- param area = WW
-- noqa: disable=RF02
SELECT
    f.sample,
    f.segment,
    f.transformation,
    f.value AS held,
    f.state,
    w.*
FROM figures AS f
INNER JOIN claims AS w ON f.figure_id = w.figure_id
WHERE f.platform = $platform AND f.metric = $metric AND f.period = $period AND f.area = $area
ORDER BY
    f.sample,
    f.figure_id,
    list_position(
        [
            'decides', 'supports', 'contested', 'unclear', 'outranked', 'revised', 'overtaken', 'set aside',
            'replaced'
        ],
        w.standing
    ),
    w.said_on DESC,
    w.claim_id;
