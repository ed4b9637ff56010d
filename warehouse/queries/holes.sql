-- Where are the holes: between which two periods of a series is something missing?
-- param platform =
-- param metric = subscribers
SELECT g.*
FROM gaps(platform := nullif($platform, ''), metric := nullif($metric, '')) AS g
ORDER BY g.sample, g.platform, g.metric, g.area, g.segment NULLS FIRST, g.unit, g.period_kind, g.last_before;
