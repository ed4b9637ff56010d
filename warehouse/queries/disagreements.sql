-- Where do sources disagree most: the lowest, middle and highest value, how many origins, and is it still open?
-- param sample =
SELECT d.*
FROM disagreements(sample := nullif($sample, '')::BOOLEAN) AS d
ORDER BY d.is_open DESC, d.origins DESC, d.apart_percent DESC NULLS LAST, d.figure_id;
