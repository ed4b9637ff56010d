-- What is held true today: one row a figure, with the receipt of the claim that decides it.
-- grain: one row a realm and key (platform, metric, transformation, segment, unit, per, area, period)
-- unit: base units of `unit`
CREATE OR REPLACE TEMP TABLE new_figures AS
WITH standing_now AS (
    SELECT
        s.sample,
        s.figure_id,
        count(*) FILTER (WHERE s.standing IN ('decides', 'supports')) AS claims_for,
        count(*) FILTER (WHERE s.standing IN ('contested', 'outranked', 'revised')) AS claims_against,
        count(*) FILTER (WHERE s.standing IN ('set aside', 'overtaken', 'unclear')) AS claims_set_aside
    FROM weighed_standings AS s
    WHERE s.next_day = 'infinity'::DATE
    GROUP BY s.sample, s.figure_id
)

SELECT
    f.sample,
    f.platform,
    f.metric,
    f.transformation,
    f.segment,
    f.area,
    f.period,
    f.value,
    f.value_max,
    f.unit,
    f.per,
    f.qualifier,
    f.status,
    f.state,
    f.authority,
    f.origins,
    n.claims_for,
    n.claims_against,
    n.claims_set_aside,
    f.low,
    f.high,
    f.candidates,
    f.period_start,
    f.period_end,
    f.period_kind,
    f.known_from,
    f.said_on,
    f.quote,
    f.said_by,
    f.title,
    f.url,
    f.claim_id,
    f.figure_id,
    f.series_id
FROM new_figure_history AS f
LEFT JOIN standing_now AS n ON f.sample = n.sample AND f.figure_id = n.figure_id
WHERE f.known_to IS NULL
ORDER BY f.sample, f.platform, f.metric, f.transformation, f.area, f.segment, f.unit, f.period_start, f.period;

CREATE TABLE IF NOT EXISTS figures AS
SELECT n.*
FROM new_figures AS n
WHERE FALSE;

DELETE FROM figures AS o
WHERE o.figure_id IN (SELECT t.figure_id FROM touched_figures AS t);

INSERT INTO figures
SELECT n.*
FROM new_figures AS n;
