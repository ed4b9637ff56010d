-- level: fail
-- A row of the official history with a period or area that cannot be read would be lost in silence.
SELECT
    h.platform,
    h.metric,
    h.area,
    h.period
FROM official_history AS h
WHERE period_kind(h.period) IS NULL OR h.area IS NULL OR h.platform IS NULL OR h.unit IS NULL;
