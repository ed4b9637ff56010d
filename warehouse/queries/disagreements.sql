-- Where do equally strong sources disagree most: the lowest, middle and highest value, and how many origins?
-- param sample =
SELECT d.*
FROM disagreements(sample := nullif($sample, '')::BOOLEAN) AS d
ORDER BY d.origins DESC, d.apart_percent DESC NULLS LAST, d.figure_id;
