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

COMMENT ON TABLE figures IS 'What is held true today, one row a key, with the receipt of the claim that decides it';
COMMENT ON COLUMN figures.sample IS 'true: read from pages written for the project; never mixed with live figures';
COMMENT ON COLUMN figures.platform IS 'Slug of the service or company; market is the sector';
COMMENT ON COLUMN figures.metric IS 'What is counted: subscribers, revenue, price ...';
COMMENT ON COLUMN figures.transformation IS 'level; change (absolute); growth (percent)';
COMMENT ON COLUMN figures.segment IS 'What tells two figures of one key apart: a plan, a unit counted, a base';
COMMENT ON COLUMN figures.area IS 'ISO 3166-1 alpha-2, or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE';
COMMENT ON COLUMN figures.period IS 'The calendar time it is for: 2018, 2017-Q3, 2017-H1, 2017-10, 2017-10-27 ...';
COMMENT ON COLUMN figures.value IS 'In base units of unit; null while equally strong statements disagree';
COMMENT ON COLUMN figures.value_max IS 'Upper end of a stated interval';
COMMENT ON COLUMN figures.unit IS 'count, percent, percentage_points, hours, minutes or an ISO 4217 code';
COMMENT ON COLUMN figures.per IS 'For a rate: month, year, day, hour, episode';
COMMENT ON COLUMN figures.qualifier IS 'exact, approx, min (more than), max (less than)';
COMMENT ON COLUMN figures.status IS 'actual, estimate, forecast, plan, rumour';
COMMENT ON COLUMN figures.state IS 'corroborated: two or more origins; single: one; contested, unclear: open';
COMMENT ON COLUMN figures.authority IS 'Of the strongest claim: official, press, aggregator';
COMMENT ON COLUMN figures.origins IS 'Independent origins behind it; copies, agencies and repeats count once';
COMMENT ON COLUMN figures.claims_for IS 'Claims that decide or support it today';
COMMENT ON COLUMN figures.claims_against IS 'Claims that say otherwise today';
COMMENT ON COLUMN figures.claims_set_aside IS 'Claims not weighed: implausible, unsure, unclear, overtaken';
COMMENT ON COLUMN figures.low IS 'Lower end of what the deciding words can mean; null is open';
COMMENT ON COLUMN figures.high IS 'Upper end of what the deciding words can mean; null is open';
COMMENT ON COLUMN figures.candidates IS 'The values that stand against each other while contested, with their origins';
COMMENT ON COLUMN figures.period_kind IS 'year, half, quarter, month, week, day, range';
COMMENT ON COLUMN figures.known_from IS 'The day since which it is held as it stands';
COMMENT ON COLUMN figures.said_on IS 'When the deciding statement was published';
COMMENT ON COLUMN figures.quote IS 'The exact words of the deciding statement';
COMMENT ON COLUMN figures.title IS 'Headline of the deciding page, or the report named by the official history';
COMMENT ON COLUMN figures.said_by IS 'Host that published the deciding statement';
COMMENT ON COLUMN figures.period_start IS 'First day of the period';
COMMENT ON COLUMN figures.period_end IS 'Last day of the period';
COMMENT ON COLUMN figures.figure_id IS 'Names the key; the same in every table';
COMMENT ON COLUMN figures.series_id IS 'Names the key without its period';
COMMENT ON COLUMN figures.url IS 'Page of the deciding statement; null for the official history';
COMMENT ON COLUMN figures.claim_id IS 'The statement that decided it when it came to be held like this';
