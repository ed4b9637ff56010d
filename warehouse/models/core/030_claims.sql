-- Every statement with what it is for (its figure), how much it weighs and who says it.
-- Official history enters as official claims, its prices and revenues per member as monthly ones, a noted lower bound
-- as such; among samples only where a sample speaks of the same figure.
-- grain: one row a realm (sample or live) and claim; unit: base units of `unit`; low and high null are open ends
CREATE OR REPLACE TEMP TABLE calendar AS
SELECT
    p.period,
    period_start(p.period) AS period_start,
    period_end(p.period) AS period_end,
    period_kind(p.period) AS period_kind
FROM (
    SELECT c.period FROM raw.claims AS c
    UNION
    SELECT h.period FROM reference_official_history AS h
    UNION
    SELECT d.period FROM reference_definition_breaks AS d
) AS p;

CREATE OR REPLACE TEMP TABLE told AS
SELECT
    r.sample,
    c.claim_id,
    c.document_id,
    d.authority,
    d.host,
    d.writer,
    d.said_on,
    c.platform,
    c.metric,
    c.transformation,
    nullif(trim(c.segment), '') AS segment,
    c.unit,
    c.per,
    c.area,
    c.period,
    c.value,
    c.value_max,
    c.low,
    c.high,
    c.status,
    c.qualifier,
    nullif(trim(c.attributed_to), '') AS attributed_to,
    c.quote,
    c.quote_start,
    c.quote_end,
    c.confidence,
    c.is_repeat,
    c.proven,
    c.context,
    c.extractor,
    c.known_from AS first_known,
    FALSE AS is_history
FROM raw.claims AS c
INNER JOIN read_documents AS r ON c.night = r.night AND c.source = r.source AND c.document_id = r.document_id
INNER JOIN weighed_documents AS d ON r.sample = d.sample AND c.document_id = d.document_id
QUALIFY row_number() OVER (PARTITION BY r.sample, c.claim_id ORDER BY c.known_from, c.night, c.source) = 1;

CREATE OR REPLACE TEMP TABLE history AS
SELECT
    md5(concat_ws(
        '|', 'official history', h.platform, h.metric, h.transformation, coalesce(h.segment, '~'), h.unit, h.area,
        h.period, h.value, h.status
    )) AS claim_id,
    'official history' AS document_id,
    'official' AS authority,
    'official history' AS host,
    coalesce(nullif(h.source, ''), 'official history') AS writer,
    p.period_end AS said_on,
    h.platform,
    h.metric,
    coalesce(nullif(h.transformation, ''), 'level') AS transformation,
    nullif(trim(h.segment), '') AS segment,
    h.unit,
    CASE WHEN h.metric IN ('arpu', 'price') AND length(h.unit) = 3 THEN 'month' END AS per,
    h.area,
    h.period,
    h.value::DECIMAL(38, 6) AS value,
    NULL::DECIMAL(38, 6) AS value_max,
    (h.value::DECIMAL(38, 6) - (written_step(h.value) / 2)::DECIMAL(38, 6))::DECIMAL(38, 6) AS low,
    CASE
        WHEN h.note IS NULL OR h.note NOT LIKE 'lower bound%'
            THEN (h.value::DECIMAL(38, 6) + (written_step(h.value) / 2)::DECIMAL(38, 6))::DECIMAL(38, 6)
    END AS high,
    CASE WHEN h.status IN ('estimate', 'forecast', 'plan', 'rumour') THEN h.status ELSE 'actual' END AS status,
    CASE WHEN h.note LIKE 'lower bound%' THEN 'min' ELSE 'exact' END AS qualifier,
    NULL::VARCHAR AS attributed_to,
    h.value AS quote,
    0::BIGINT AS quote_start,
    length(h.value) AS quote_end,
    1.0::DOUBLE AS confidence,
    FALSE AS is_repeat,
    TRUE AS proven,
    '' AS extractor,
    p.period_end AS first_known,
    TRUE AS is_history
FROM reference_official_history AS h
INNER JOIN calendar AS p ON h.period = p.period
QUALIFY row_number() OVER (PARTITION BY claim_id) = 1;

CREATE OR REPLACE TEMP TABLE spoken AS
WITH both_kinds AS (
    SELECT t.* EXCLUDE (context)  -- noqa: RF03
    FROM told AS t
    UNION ALL BY NAME
    SELECT
        s.sample,
        h.*
    FROM history AS h
    CROSS JOIN (VALUES (FALSE), (TRUE)) AS s (sample)
),

-- What an unqualified count means, before and after a definition changed: "93.8 million subscribers" at the end of 2016
-- counts free trials, as the company's headline did until 2017.
meanings AS (
    SELECT
        d.platform,
        d.metric,
        d.area,
        d.segment_before,
        d.segment_after,
        c.period_start
    FROM reference_definition_breaks AS d
    INNER JOIN calendar AS c ON d.period = c.period
    WHERE
        d.segment_before IS DISTINCT FROM d.segment_after
        AND (d.segment_before IS NULL OR d.segment_after IS NULL)
),

placed AS (
    SELECT
        k.* EXCLUDE (segment),  -- noqa: RF02
        k.segment AS segment_said,
        CASE
            WHEN k.segment IS NULL AND NOT k.is_history
                THEN (
                    SELECT
                        arg_max(
                            CASE WHEN p.period_start < m.period_start THEN m.segment_before ELSE m.segment_after END,
                            m.period_start
                        )
                    FROM meanings AS m
                    WHERE
                        k.platform = m.platform AND k.metric = m.metric AND k.area = m.area
                        AND CASE WHEN p.period_start < m.period_start THEN m.segment_before ELSE m.segment_after END
                        IS NOT NULL
                )
            ELSE k.segment
        END AS segment,
        p.period_start,
        p.period_end,
        p.period_kind
    FROM both_kinds AS k
    LEFT JOIN calendar AS p ON k.period = p.period
)

SELECT
    b.*,
    md5(concat_ws(
        '|', b.sample, b.platform, b.metric, b.transformation, coalesce(lower(b.segment), '~'), b.unit,
        coalesce(b.per, '~'), b.area
    )) AS series_id,
    CASE
        WHEN b.area IS NOT NULL AND b.period_kind IS NOT NULL THEN md5(concat_ws(
            '|', b.sample, b.platform, b.metric, b.transformation, coalesce(lower(b.segment), '~'), b.unit,
            coalesce(b.per, '~'), b.area, b.period
        ))
    END AS figure_id,
    -- 0 is the strongest. What happened comes before what was expected (20), and that before rumours (40); the history
    -- that people keep before what was read from an official page, that before press, press before aggregators; and,
    -- unless official, what is stated as fact before what is estimated.
    CASE b.status WHEN 'actual' THEN 0 WHEN 'estimate' THEN 0 WHEN 'rumour' THEN 40 ELSE 20 END
    + CASE
        WHEN b.is_history THEN 0 WHEN b.authority = 'official' THEN 2 WHEN b.authority = 'aggregator' THEN 5 ELSE 4
    END
    + CASE WHEN b.status <> 'estimate' THEN 0 WHEN b.authority = 'official' THEN 1 ELSE 2 END AS weight_rank
FROM placed AS b;

DELETE FROM spoken AS s
WHERE
    s.sample AND s.is_history
    AND s.figure_id NOT IN (
        SELECT t.figure_id
        FROM spoken AS t
        WHERE t.sample AND NOT t.is_history AND t.figure_id IS NOT NULL
    );

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

-- Copied sentences: the words around two quotes for one figure are nearly the same. The one known later is a copy.
-- Pairs are looked for among those that share one of their four smallest hashes, then counted.
CREATE OR REPLACE TEMP TABLE copied AS
WITH shingles AS (
    SELECT
        s.sample,
        s.figure_id,
        s.claim_id,
        s.document_id,
        s.first_known,
        s.said_on,
        s.writer,
        t.context,
        unnest(t.context[1:4]) AS shingle
    FROM spoken AS s
    INNER JOIN told AS t ON s.sample = t.sample AND s.claim_id = t.claim_id
    WHERE s.figure_id IS NOT NULL AND len(t.context) >= 12
),

pairs AS (
    SELECT DISTINCT
        b.sample,
        b.claim_id,
        a.claim_id AS earlier_id,
        a.writer,
        a.first_known,
        a.said_on,
        a.document_id
    FROM shingles AS b
    INNER JOIN shingles AS a
        ON
            b.figure_id = a.figure_id AND b.shingle = a.shingle
            AND (a.first_known, a.said_on, a.document_id) < (b.first_known, b.said_on, b.document_id)
    WHERE len(list_intersect(a.context, b.context)) >= 0.5 * least(len(a.context), len(b.context))
)

SELECT
    p.sample,
    p.claim_id,
    arg_min(p.writer, (p.first_known, p.said_on, p.document_id, p.earlier_id)) AS writer
FROM pairs AS p
GROUP BY p.sample, p.claim_id;

CREATE OR REPLACE TEMP TABLE weighed_claims AS
SELECT
    s.*,
    u.reason AS unusable,
    i.off_from,
    i.fits_from,
    'implausible: known is ' || i.known_level::DOUBLE || ' ' || s.unit || ' for ' || i.known_period AS off_reason,
    coalesce(s.attributed_to, s.host) AS speaker,
    CASE
        WHEN s.attributed_to IS NOT NULL THEN 'said by: ' || lower(s.attributed_to)
        ELSE coalesce(c.writer, s.writer)
    END AS origin
FROM spoken AS s
LEFT JOIN unusable AS u ON s.sample = u.sample AND s.claim_id = u.claim_id
LEFT JOIN implausible AS i ON s.sample = i.sample AND s.claim_id = i.claim_id
LEFT JOIN copied AS c ON s.sample = c.sample AND s.claim_id = c.claim_id
ORDER BY s.sample, s.figure_id, s.claim_id;

-- When each claim is held: from the day it was known until its page was corrected or a better reading dropped it.
-- Official history counts as known from the end of its period; among samples, from the day a sample speaks of it.
-- grain: one row a realm, claim and stretch of days; held_to is the first day on which it is held no more
CREATE OR REPLACE TEMP TABLE weighed_held AS
WITH told_in AS (
    SELECT
        d.sample,
        r.claim_id,
        r.known_from,
        r.dropped_on
    FROM raw.claims AS r
    INNER JOIN read_documents AS d
        ON r.night = d.night AND r.source = d.source AND r.document_id = d.document_id
),

sample_keys AS (
    SELECT
        c.figure_id,
        min(r.known_from) AS known_from
    FROM weighed_claims AS c
    INNER JOIN told_in AS r ON c.sample = r.sample AND c.claim_id = r.claim_id
    WHERE c.sample AND NOT c.is_history AND c.figure_id IS NOT NULL
    GROUP BY c.figure_id
),

stretches AS (
    SELECT
        c.sample,
        c.claim_id,
        c.figure_id,
        greatest(h.known_from, d.known_from) AS held_from,
        least(coalesce(h.dropped_on, 'infinity'::DATE), coalesce(d.superseded_on, 'infinity'::DATE)) AS held_to
    FROM weighed_claims AS c
    INNER JOIN weighed_documents AS d ON c.sample = d.sample AND c.document_id = d.document_id
    INNER JOIN told_in AS h ON c.sample = h.sample AND c.claim_id = h.claim_id
    UNION ALL
    SELECT
        c.sample,
        c.claim_id,
        c.figure_id,
        CASE
            WHEN c.sample THEN k.known_from
            ELSE least(c.said_on, (SELECT min(n.night) FROM raw.nights AS n))
        END AS held_from,
        'infinity'::DATE AS held_to
    FROM weighed_claims AS c
    LEFT JOIN sample_keys AS k ON c.figure_id = k.figure_id
    WHERE c.is_history
)

SELECT
    s.sample,
    s.claim_id,
    s.figure_id,
    s.held_from,
    s.held_to
FROM stretches AS s
WHERE s.held_from < s.held_to
GROUP BY ALL
ORDER BY s.figure_id, s.claim_id, s.held_from;
