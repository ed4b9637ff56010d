-- What no figure may be made of, whatever else is known.
-- grain: one row a realm and claim that is set aside for good, with the reason
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
