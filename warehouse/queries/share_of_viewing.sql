-- Whose share of viewing or of the market rose or fell, as stated?
-- param area = %
-- param segment = %
SELECT
    s.sample,
    s.platform,
    s.area,
    s.segment,
    s.period,
    s.value AS percent,
    s.change AS points,
    s.qualifier,
    s.status,
    s.state,
    s.figure_id
FROM series AS s
WHERE
    s.metric = 'market_share' AND s.unit = 'percent' AND s.transformation = 'level'
    AND s.area ILIKE $area AND coalesce(s.segment, '') ILIKE $segment
ORDER BY s.sample, s.area, s.segment NULLS FIRST, s.platform, s.period_kind, s.period_start, s.figure_id;
