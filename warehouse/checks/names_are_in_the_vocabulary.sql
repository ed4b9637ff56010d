-- level: fail
-- A figure about a platform, metric or area that no table of the vocabulary explains cannot be understood.
SELECT
    f.platform,
    f.metric,
    f.area,
    count(*) AS figures
FROM figures AS f
WHERE
    f.platform NOT IN (SELECT p.platform FROM platforms AS p)
    OR f.metric NOT IN (SELECT m.metric FROM metrics AS m)
    OR f.area NOT IN (SELECT a.area FROM areas AS a)
GROUP BY f.platform, f.metric, f.area;
