-- newest_figures(days := 7): what was learned in the last days.
-- grain: one row a figure; unit: base units of `unit`
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO newest_figures(days := 1, sample := NULL) AS TABLE
    SELECT
        f.known_from,
        f.sample,
        f.platform,
        f.metric,
        f.transformation,
        f.segment,
        f.area,
        f.period,
        f.value,
        f.unit,
        f.per,
        f.qualifier,
        f.status,
        f.state,
        f.origins,
        f.quote,
        f.url,
        f.figure_id
    FROM figures AS f
    WHERE
        f.known_from > (SELECT max(n.night) FROM nights AS n) - days::int
        AND (sample IS NULL OR f.sample = sample)
    ORDER BY f.known_from DESC, f.sample, f.platform, f.metric, f.area, f.period_start, f.figure_id;
