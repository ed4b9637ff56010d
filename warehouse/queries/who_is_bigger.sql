-- Who is bigger, like for like: the same thing counted, in the same area, at the same time?
-- param metric = subscribers
-- param area = WW
-- param kind = quarter
SELECT c.*
FROM compare($metric, area := $area, kind := $kind) AS c
ORDER BY c.sample, c.period DESC, c.unit, c.place, c.platform;
