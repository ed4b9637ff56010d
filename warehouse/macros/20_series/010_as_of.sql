-- as_of('2026-11-01'): the figures as they were held on that day; as_of(NULL): as they are held today.
-- Every trend takes `as_of := day` and rests on this one. Today is read from figures, where nothing is of the past.
-- grain: one row a figure held on the day, columns as in figure_history; unit: base units of `unit`
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO as_of(day, sample := NULL) AS TABLE
    SELECT h.*
    FROM figure_history AS h
    WHERE
        h.known_from <= day::date AND (h.known_to IS NULL OR h.known_to > day::date)
        AND (sample IS NULL OR h.sample = sample)
    UNION ALL
    SELECT
        f.sample,
        f.figure_id,
        f.series_id,
        f.platform,
        f.metric,
        f.transformation,
        f.segment,
        f.unit,
        f.per,
        f.area,
        f.period,
        f.period_start,
        f.period_end,
        f.period_kind,
        f.state,
        f.value,
        f.value_max,
        f.low,
        f.high,
        f.qualifier,
        f.status,
        f.authority,
        f.origins,
        f.candidates,
        f.claim_id,
        f.known_from,
        NULL::date AS known_to,
        f.said_on,
        f.quote,
        f.said_by,
        f.title,
        f.url
    FROM figures AS f
    WHERE day IS NULL AND (sample IS NULL OR f.sample = sample);
