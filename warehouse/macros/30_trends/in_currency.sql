-- in_currency('EUR'): every amount of money in one currency, at the end rate of its period for what stands at a moment
-- (a valuation, a deal, a price), at the average rate for what flows through it (revenue, spend). Null where no rate of
-- the period is known: nothing is converted at a rate of another time. With `as_of`, the rates that were known then.
-- platform and metric, when given, leave the others out before anything is converted.
-- grain: one row a figure; unit: base units of the currency named
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO in_currency(
    currency,
    as_of := NULL,
    sample := NULL,
    platform := NULL,
    metric := NULL
) AS TABLE
    WITH money AS MATERIALIZED (
        SELECT
            f.*,
            f.metric IN ('valuation', 'deal_value', 'price') AS stands
        FROM as_of(as_of) AS f
        WHERE
            regexp_full_match(f.unit, '[A-Z]{3}')
            AND f.transformation <> 'growth'
            AND (sample IS NULL OR f.sample = sample)
            AND (platform IS NULL OR f.platform = platform)
            AND (metric IS NULL OR f.metric = metric)
    ),

    held_rates AS (
        SELECT r.*
        FROM rates AS r
        WHERE
            (as_of IS NULL AND r.known_to IS NULL)
            OR (r.known_from <= as_of::date AND (r.known_to IS NULL OR r.known_to > as_of::date))
    ),

    euro_rates AS (
        SELECT
            r.day,
            r.currency AS code,
            r.rate::double AS rate
        FROM held_rates AS r
        UNION ALL
        SELECT DISTINCT
            r.day,
            'EUR' AS code,
            1.0::double AS rate
        FROM held_rates AS r
    ),

    cross_rates AS (
        SELECT
            a.day,
            a.code,
            b.rate / a.rate AS rate
        FROM euro_rates AS a
        INNER JOIN euro_rates AS b ON a.day = b.day AND b.code = currency
        WHERE a.code IN (SELECT m.unit FROM money AS m)
    ),

    stretches AS (
        SELECT DISTINCT
            m.unit,
            m.period_start,
            m.period_end
        FROM money AS m
    ),

    average_rates AS (
        SELECT
            s.unit,
            s.period_start,
            s.period_end,
            avg(c.rate) AS rate,
            max(c.day) AS last_day
        FROM stretches AS s
        INNER JOIN cross_rates AS c ON s.unit = c.code AND c.day BETWEEN s.period_start AND s.period_end
        GROUP BY s.unit, s.period_start, s.period_end
    ),

    end_rates AS (
        SELECT
            s.unit,
            s.period_start,
            s.period_end,
            c.rate,
            c.day AS last_day
        FROM stretches AS s
        ASOF INNER JOIN cross_rates AS c ON s.unit = c.code AND s.period_end >= c.day
        WHERE s.period_end - c.day <= 7
    )

    SELECT
        m.sample,
        m.platform,
        m.metric,
        m.transformation,
        m.segment,
        m.area,
        m.period,
        m.value AS stated_value,
        m.unit AS stated_unit,
        CASE
            WHEN m.unit = currency THEN m.value::double
            WHEN m.stands THEN m.value::double * e.rate
            ELSE m.value::double * a.rate
        END AS value,
        currency AS unit,
        m.per,
        CASE WHEN m.unit = currency THEN 1.0 WHEN m.stands THEN e.rate ELSE a.rate END AS rate,
        CASE WHEN m.unit = currency THEN 'stated' WHEN m.stands THEN 'end' ELSE 'average' END AS rate_kind,
        CASE WHEN m.stands THEN e.last_day ELSE a.last_day END AS rate_day,
        m.qualifier,
        m.status,
        m.state,
        m.period_kind,
        m.period_start,
        m.figure_id
    FROM money AS m
    LEFT JOIN average_rates AS a
        ON m.unit = a.unit AND m.period_start = a.period_start AND m.period_end = a.period_end
    LEFT JOIN end_rates AS e ON m.unit = e.unit AND m.period_start = e.period_start AND m.period_end = e.period_end
    ORDER BY m.sample, m.platform, m.metric, m.area, m.period_start, m.figure_id;
