-- Which figures stay unclear because one page gives several values for them, and what are the words?
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
    c.value,
    c.unit,
    c.quote,
    c.url,
    c.quote_start,
    c.figure_id
FROM figures AS f
INNER JOIN claims AS c ON f.figure_id = c.figure_id
WHERE f.state = 'unclear' AND c.standing = 'unclear' AND f.platform ILIKE $platform
ORDER BY f.sample, f.platform, f.metric, f.area, f.period_start, f.figure_id, c.url, c.quote_start;
