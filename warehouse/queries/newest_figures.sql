-- What was learned in the last days, newest first?
-- param days = 1
-- param sample =
SELECT n.*
FROM newest_figures(days := $days, sample := nullif($sample, '')::BOOLEAN) AS n;
