-- What is no longer reported: how old is each series, and what is missing in it?
-- param days = 200
-- param sample =
SELECT c.*
FROM coverage(sample := nullif($sample, '')::BOOLEAN) AS c
WHERE c.periods >= 3 AND c.days_stale > $days::INT
ORDER BY c.sample, c.days_stale DESC, c.platform, c.metric, c.area, c.segment NULLS FIRST, c.period_kind;
