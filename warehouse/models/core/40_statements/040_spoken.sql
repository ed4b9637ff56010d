-- Every statement with what it is for (its figure) and how much it weighs.
-- grain: one row a realm (sample or live) and claim; unit: base units of `unit`
CREATE OR REPLACE TEMP TABLE spoken AS
WITH both_kinds AS (
    SELECT t.*
    FROM told AS t
    UNION ALL BY NAME
    SELECT f.*
    FROM fixed AS f
    UNION ALL BY NAME
    SELECT
        s.sample,
        h.*
    FROM history AS h
    CROSS JOIN (VALUES (FALSE), (TRUE)) AS s (sample)
    INNER JOIN part_documents AS p ON s.sample = p.sample AND h.document_id = p.document_id
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
