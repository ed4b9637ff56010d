-- What was revised since a day: which figures are held otherwise now than then?
-- param day = 2026-11-01
-- param platform = %
-- noqa: disable=RF02
SELECT
    f.sample,
    f.platform,
    f.metric,
    f.transformation,
    f.segment,
    f.area,
    f.period,
    b.value AS believed,
    b.state AS believed_state,
    f.value AS held_today,
    f.state AS state_today,
    f.unit,
    f.known_from AS revised_on,
    f.quote,
    f.url,
    f.figure_id
FROM as_of($day) AS b
LEFT JOIN figures AS f ON b.figure_id = f.figure_id
WHERE b.value IS DISTINCT FROM f.value AND b.platform ILIKE $platform
ORDER BY f.known_from DESC, f.sample, f.platform, f.metric, f.figure_id;
