-- Between which values each series has moved, with room on a log scale: learnt from its history, reviewed as a file.
-- grain: one row a series and length of period; unit: base units of `unit`
CREATE OR REPLACE TABLE learnt_bounds AS
SELECT
    b.platform,
    b.metric,
    b.segment,
    b.area,
    b.unit,
    b.per,
    b.period_kind,
    b.lowest::DOUBLE AS lowest,
    b.highest::DOUBLE AS highest,
    b.figures::BIGINT AS figures,
    b.last_period
FROM reference_learnt_bounds AS b
ORDER BY ALL;
