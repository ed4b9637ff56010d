-- How many paid members does each service have now, how old is the figure, and who says so?
-- param metric = subscribers
-- param area =
-- param sample =
SELECT
    l.sample,
    l.platform,
    l.area,
    l.segment,
    l.value,
    l.qualifier,
    l.period,
    l.days_old,
    l.state,
    l.authority,
    l.said_by,
    l.quote,
    l.url
FROM latest($metric, area := nullif($area, ''), sample := nullif($sample, '')::BOOLEAN) AS l
ORDER BY l.sample, l.area = 'WW' DESC, l.area, l.segment NULLS FIRST, l.value DESC NULLS LAST, l.platform;
