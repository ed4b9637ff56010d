-- forecast_vs_actual('netflix', 'subscribers'): what was expected, by whom, and what came of it: guidance, consensus,
-- forecasts and plans against the outcome as held today or on a day. `error_percent` is positive when the outcome was
-- higher.
-- grain: one row a statement of what was expected; unit: base units of `unit`, error in percent of what was expected
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO forecast_vs_actual(platform := NULL, metric := NULL, as_of := NULL, sample := NULL) AS TABLE
    SELECT
        c.sample,
        c.platform,
        c.metric,
        c.transformation,
        c.segment,
        c.area,
        c.period,
        coalesce(c.attributed_to, c.host) AS who,
        c.status,
        c.said_on,
        c.value AS expected,
        c.qualifier,
        f.value AS outcome,
        c.unit,
        f.value - c.value AS difference,
        round(100.0 * (f.value - c.value) / nullif(abs(c.value), 0), 1) AS error_percent,
        c.quote,
        c.url,
        c.claim_id,
        c.figure_id
    FROM claims AS c
    INNER JOIN as_of(as_of) AS f ON c.figure_id = f.figure_id
    WHERE
        c.status IN ('forecast', 'plan')
        AND f.status = 'actual'
        AND c.standing NOT IN ('set aside', 'no figure')
        AND (as_of IS NULL OR c.known_from <= as_of::date)
        AND (platform IS NULL OR c.platform = platform)
        AND (metric IS NULL OR c.metric = metric)
        AND (platform IS NULL OR f.platform = platform)
        AND (metric IS NULL OR f.metric = metric)
        AND (sample IS NULL OR c.sample = sample)
    ORDER BY c.sample, c.platform, c.metric, c.period, c.said_on, c.claim_id;
