-- What is to be proved: every figure held today beside the claims that it rests on, for and against.
-- grain: one row a figure and claim; a figure without claims has one row; unit: base units of `unit`
SELECT
    f.figure_id,
    f.platform,
    f.metric,
    f.transformation,
    f.segment,
    f.area,
    f.period,
    f.unit,
    f.per,
    f.value,
    f.value_max,
    f.low,
    f.high,
    f.qualifier,
    f.state,
    f.claim_id AS decided_by,
    f.candidates,
    s.standing,
    s.is_open,
    c.claim_id,
    c.platform AS claim_platform,
    c.metric AS claim_metric,
    c.transformation AS claim_transformation,
    c.segment AS claim_segment,
    c.area AS claim_area,
    c.period AS claim_period,
    c.unit AS claim_unit,
    c.per AS claim_per,
    c.value AS claim_value,
    c.value_max AS claim_value_max,
    c.low AS claim_low,
    c.high AS claim_high,
    c.qualifier AS claim_qualifier,
    c.status AS claim_status,
    c.authority AS claim_authority,
    c.source = 'official_history' AS claim_is_history
FROM figures AS f
LEFT JOIN figure_claims AS s ON f.sample = s.sample AND f.figure_id = s.figure_id AND s.known_to IS NULL
LEFT JOIN claims AS c ON s.sample = c.sample AND s.claim_id = c.claim_id
ORDER BY f.sample, f.figure_id, c.claim_id;
