-- What people corrected by hand (`reference/corrections.csv`), matched to the statements that it is about: exact
-- address, exact words, and where named platform and metric; a fix also names what was read, so that it stops when the
-- source heals. A fixed statement becomes a second one, held from the day of the review on; the first is held until
-- then.
-- grain of part_matches: one row a correction and statement; of corrected, fixed: one row a realm and statement
CREATE OR REPLACE TEMP TABLE correction_rows AS
SELECT
    c.* EXCLUDE (reviewed_on),  -- noqa: RF03
    c.reviewed_on::DATE AS reviewed_on,
    row_number() OVER (ORDER BY c.url, c.quote, c.platform, c.metric, c.action, c.field, c.was) AS correction_id
FROM reference_corrections AS c;

CREATE OR REPLACE TEMP TABLE part_matches AS
SELECT
    c.correction_id,
    t.sample,
    t.claim_id,
    t.document_id
FROM correction_rows AS c
INNER JOIN core.documents AS d ON c.url = d.url
INNER JOIN told AS t ON d.sample = t.sample AND d.document_id = t.document_id AND c.quote = t.quote
WHERE
    (c.platform IS NULL OR c.platform = t.platform)
    AND (c.metric IS NULL OR c.metric = t.metric)
    AND (
        c.action <> 'fix'
        OR CASE c.field
            WHEN 'value' THEN t.value = try_cast(c.was AS DECIMAL(38, 6))
            WHEN 'platform' THEN c.was IS NOT DISTINCT FROM t.platform
            WHEN 'metric' THEN c.was IS NOT DISTINCT FROM t.metric
            WHEN 'transformation' THEN c.was IS NOT DISTINCT FROM t.transformation
            WHEN 'segment' THEN c.was IS NOT DISTINCT FROM t.segment
            WHEN 'unit' THEN c.was IS NOT DISTINCT FROM t.unit
            WHEN 'area' THEN c.was IS NOT DISTINCT FROM t.area
            WHEN 'period' THEN c.was IS NOT DISTINCT FROM t.period
            WHEN 'status' THEN c.was IS NOT DISTINCT FROM t.status
            WHEN 'qualifier' THEN c.was IS NOT DISTINCT FROM t.qualifier
        END
    );

CREATE OR REPLACE TEMP TABLE corrected AS
SELECT
    m.sample,
    m.claim_id,
    md5(m.claim_id || ' as fixed') AS fixed_id,
    min(c.reviewed_on) FILTER (WHERE c.action = 'accept') AS accepted_on,
    min(c.reviewed_on) FILTER (WHERE c.action = 'reject') AS rejected_on,
    min(c.reviewed_on) FILTER (WHERE c.action = 'fix') AS fixed_on,
    string_agg(
        CASE c.action
            WHEN 'fix'
                THEN
                    format('fixed: {} {} is {}: ', c.field, coalesce(c.was, 'nothing'), coalesce(c.becomes, 'nothing'))
            ELSE c.action || 'ed: '
        END || c.reason, '; ' ORDER BY c.correction_id
    ) AS correction,
    list(c.field) FILTER (WHERE c.action = 'fix') AS fields,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'value') AS fixed_value,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'platform') AS fixed_platform,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'metric') AS fixed_metric,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'transformation') AS fixed_transformation,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'segment') AS fixed_segment,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'unit') AS fixed_unit,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'area') AS fixed_area,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'period') AS fixed_period,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'status') AS fixed_status,
    max(c.becomes) FILTER (WHERE c.action = 'fix' AND c.field = 'qualifier') AS fixed_qualifier
FROM part_matches AS m
INNER JOIN correction_rows AS c ON m.correction_id = c.correction_id
GROUP BY m.sample, m.claim_id;

CREATE OR REPLACE TEMP TABLE fixed AS
SELECT
    t.* REPLACE (  -- noqa: RF02,RF03
        c.fixed_id AS claim_id,
        TRUE AS is_fixed,
        coalesce(c.fixed_platform, t.platform) AS platform,
        coalesce(c.fixed_metric, t.metric) AS metric,
        coalesce(c.fixed_transformation, t.transformation) AS transformation,
        CASE WHEN list_contains(c.fields, 'segment') THEN c.fixed_segment ELSE t.segment END AS segment,
        coalesce(c.fixed_unit, t.unit) AS unit,
        CASE WHEN list_contains(c.fields, 'area') THEN c.fixed_area ELSE t.area END AS area,
        CASE WHEN list_contains(c.fields, 'period') THEN c.fixed_period ELSE t.period END AS period,
        coalesce(c.fixed_status, t.status) AS status,
        coalesce(c.fixed_qualifier, t.qualifier) AS qualifier,
        coalesce(c.fixed_value::DECIMAL(38, 6), t.value) AS value,
        CASE WHEN c.fixed_value IS NULL THEN t.value_max END AS value_max,
        CASE
            WHEN c.fixed_value IS NULL THEN t.low
            ELSE (c.fixed_value::DECIMAL(38, 6) - (written_step(c.fixed_value) / 2)::DECIMAL(38, 6))::DECIMAL(38, 6)
        END AS low,
        CASE
            WHEN c.fixed_value IS NULL THEN t.high
            ELSE (c.fixed_value::DECIMAL(38, 6) + (written_step(c.fixed_value) / 2)::DECIMAL(38, 6))::DECIMAL(38, 6)
        END AS high
    )
FROM told AS t
INNER JOIN corrected AS c ON t.sample = c.sample AND t.claim_id = c.claim_id
WHERE c.fixed_on IS NOT NULL;
