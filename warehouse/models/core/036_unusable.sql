-- Statements to set aside: for good, or from the day on which something is known that makes them implausible.
-- grain: one row a realm and claim that is set aside, with the reason
-- What no figure may be made of, whatever else is known.
CREATE OR REPLACE TEMP TABLE unusable AS
SELECT
    s.sample,
    s.claim_id,
    CASE
        WHEN s.period IS NULL THEN 'no period: the text does not say when'
        WHEN s.period_kind IS NULL THEN 'period ' || s.period || ' is none of the calendar'
        WHEN s.area IS NULL THEN 'no area: the text does not say where'
        WHEN s.confidence < m.min_confidence THEN 'confidence ' || s.confidence || ' is below ' || m.min_confidence
        WHEN e.known_error IS NOT NULL THEN 'known error: ' || e.known_error
        WHEN s.low > s.high THEN 'its lower end lies above its upper end'
        WHEN s.transformation = 'level' AND (s.value < p.lowest::DOUBLE OR s.value > p.highest::DOUBLE)
            THEN 'implausible: ' || s.metric || ' lies between ' || p.lowest || ' and ' || p.highest || ' ' || s.unit
    END AS reason
FROM spoken AS s
CROSS JOIN (
    SELECT any_value(r.value::DOUBLE) AS min_confidence FROM reference_rules AS r
    WHERE r.name = 'min_confidence'
) AS m
LEFT JOIN reference_plausible AS p ON s.metric = p.metric AND p.unit IN (s.unit, '*')
LEFT JOIN (
    SELECT
        l.* EXCLUDE (value, reason),  -- noqa: RF03
        try_cast(l.value AS DECIMAL(38, 6)) AS wrong_value,
        l.reason AS known_error
    FROM reference_official_history_left_out AS l
) AS e
    ON
        s.platform = e.platform AND s.metric = e.metric AND s.unit = e.unit AND s.area = e.area
        AND s.period = e.period AND s.transformation = coalesce(e.transformation, 'level')
        AND lower(s.segment) IS NOT DISTINCT FROM lower(e.segment)
        AND e.wrong_value BETWEEN s.low AND s.high AND NOT s.is_history
WHERE reason IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY s.sample, s.claim_id ORDER BY e.known_error, p.unit) = 1;

-- Off by a magnitude: every official level of the series within some years is many times larger or smaller. From the
-- day on which the first such level was known, until one is known that fits.
CREATE OR REPLACE TEMP TABLE implausible AS
SELECT
    s.sample,
    s.claim_id,
    min(o.known_from) FILTER (WHERE NOT o.fits) AS off_from,
    min(o.known_from) FILTER (WHERE o.fits) AS fits_from,
    arg_min(o.value, (o.known_from, o.value)) FILTER (WHERE NOT o.fits) AS known_level,
    arg_min(o.period, (o.known_from, o.value)) FILTER (WHERE NOT o.fits) AS known_period
FROM spoken AS s
INNER JOIN (
    SELECT
        t.claim_id AS judged,
        t.sample AS judged_sample,
        l.value,
        l.period,
        l.known_from,
        greatest(abs(t.value), abs(l.value)) <= least(abs(t.value), abs(l.value)) * p.times::DOUBLE AS fits
    FROM spoken AS t
    INNER JOIN reference_plausible AS p ON t.metric = p.metric AND p.unit IN (t.unit, '*') AND p.times IS NOT NULL
    INNER JOIN (
        SELECT
            a.*,
            coalesce(d.known_from, a.said_on) AS known_from
        FROM spoken AS a
        LEFT JOIN weighed_documents AS d ON a.sample = d.sample AND a.document_id = d.document_id
        WHERE a.authority = 'official' AND a.transformation = 'level' AND a.status = 'actual' AND a.value <> 0
    ) AS l
        ON
            t.platform = l.platform AND t.metric = l.metric AND t.unit = l.unit AND t.area = l.area
            AND t.per IS NOT DISTINCT FROM l.per AND lower(t.segment) IS NOT DISTINCT FROM lower(l.segment)
    WHERE
        NOT t.is_history
        AND t.transformation = 'level'
        AND t.value <> 0
        AND (l.is_history OR (t.authority <> 'official' AND t.sample = l.sample))
        AND abs(date_diff('month', t.period_start, l.period_start)) <= p.years::INT * 12
) AS o ON s.claim_id = o.judged AND s.sample = o.judged_sample
GROUP BY s.sample, s.claim_id
HAVING off_from IS NOT NULL AND (fits_from IS NULL OR fits_from > off_from);
