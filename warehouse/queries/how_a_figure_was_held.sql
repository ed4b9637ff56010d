-- How was a figure held over time: what was believed before, and from which day on?
-- param platform = netflix
-- param metric = subscribers
-- param period = 2018-Q4
-- param area = WW
SELECT
    h.sample,
    h.segment,
    h.transformation,
    h.value,
    h.unit,
    h.qualifier,
    h.state,
    h.origins,
    h.authority,
    h.known_from,
    h.known_to,
    h.quote,
    h.url,
    h.figure_id
FROM figure_history AS h
WHERE h.platform = $platform AND h.metric = $metric AND h.period = $period AND h.area = $area
ORDER BY h.figure_id, h.known_from DESC;
