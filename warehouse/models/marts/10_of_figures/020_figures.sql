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

CREATE TABLE IF NOT EXISTS figures (
    sample BOOLEAN,
    platform VARCHAR,
    metric VARCHAR,
    transformation VARCHAR,
    segment VARCHAR,
    area VARCHAR,
    period VARCHAR,
    value DECIMAL(38, 6),
    value_max DECIMAL(38, 6),
    unit VARCHAR,
    per VARCHAR,
    qualifier VARCHAR,
    status VARCHAR,
    state VARCHAR,
    authority VARCHAR,
    origins BIGINT,
    claims_for BIGINT,
    claims_against BIGINT,
    claims_set_aside BIGINT,
    low DECIMAL(38, 6),
    high DECIMAL(38, 6),
    candidates STRUCT("value" DECIMAL(38, 6), value_max DECIMAL(38, 6), qualifier VARCHAR, origin VARCHAR)[],
    period_start DATE,
    period_end DATE,
    period_kind VARCHAR,
    known_from DATE,
    said_on DATE,
    quote VARCHAR,
    said_by VARCHAR,
    title VARCHAR,
    url VARCHAR,
    claim_id VARCHAR,
    figure_id VARCHAR,
    series_id VARCHAR
);

DELETE FROM figures AS o
WHERE o.figure_id IN (SELECT t.figure_id FROM touched_figures AS t);

INSERT INTO figures
SELECT n.*
FROM new_figures AS n;
