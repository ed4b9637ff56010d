-- known_on('2026-11-24'): what became known, changed or fell that day.
-- grain: one row a figure that changed; unit: base units of `unit`
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO known_on(day, sample := NULL) AS TABLE
    SELECT
        coalesce(n.sample, o.sample) AS sample,
        coalesce(n.platform, o.platform) AS platform,
        coalesce(n.metric, o.metric) AS metric,
        coalesce(n.transformation, o.transformation) AS transformation,
        coalesce(n.segment, o.segment) AS segment,
        coalesce(n.area, o.area) AS area,
        coalesce(n.period, o.period) AS period,
        CASE WHEN o.figure_id IS NULL THEN 'added' WHEN n.figure_id IS NULL THEN 'fell' ELSE 'changed' END AS what,
        o.value AS old_value,
        n.value AS new_value,
        coalesce(n.unit, o.unit) AS unit,
        o.state AS old_state,
        n.state AS new_state,
        o.origins AS old_origins,
        n.origins AS new_origins,
        coalesce(n.figure_id, o.figure_id) AS figure_id
    FROM (
        SELECT h.* FROM figure_history AS h
        WHERE h.known_from = day::date
    ) AS n
    FULL JOIN (
        SELECT h.* FROM figure_history AS h
        WHERE h.known_to = day::date
    ) AS o
        ON n.figure_id = o.figure_id
    WHERE sample IS NULL OR coalesce(n.sample, o.sample) = sample
    ORDER BY ALL;
