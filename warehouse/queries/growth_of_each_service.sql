-- How fast did each service grow, per quarter and per year?
-- param metric = subscribers
-- param area = WW
-- param kind = quarter
SELECT
    g.sample,
    g.platform,
    g.segment,
    g.period,
    g.value,
    g.unit,
    g.change,
    g.growth_percent,
    g.year_growth_percent,
    g.growth_qualifier,
    g.break_note
FROM growth($metric, area := $area, kind := $kind, segment := '*') AS g
ORDER BY g.sample, g.platform, g.segment NULLS FIRST, g.unit, g.period_start DESC;
