-- How many paid memberships did Netflix have at the end of each quarter, and how fast did they grow?
-- `change` and `growth_percent` are against the quarter before, `year_growth_percent` against the same quarter a year
-- ago.
-- param area = WW
SELECT
    t.sample,
    t.period,
    t.value AS paid_memberships,
    t.qualifier,
    t.change,
    t.growth_percent,
    t.year_growth_percent,
    t.growth_qualifier,
    t.break_note,
    t.state,
    t.authority,
    t.origins
FROM trend('netflix', 'subscribers', area := $area, kind := 'quarter') AS t
ORDER BY t.sample, t.period_start;
