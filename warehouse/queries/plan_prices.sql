-- What did each plan cost over time, and by how much did it move?
-- param platform = netflix
-- param area =
SELECT p.*
FROM price_history($platform, area := nullif($area, '')) AS p
ORDER BY p.sample, p.area, p.plan NULLS FIRST, p.unit, p.period, p.figure_id;
