-- disagreements(): where sources say what cannot both be true, how far apart they lie, and which are still open; today
-- or on a day.
-- grain: one row a figure; unit: base units of `unit`, apart_percent in percent of the lowest
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO disagreements(as_of := NULL, sample := NULL) AS TABLE
    WITH held AS (
        SELECT s.*
        FROM figure_claims AS s
        WHERE
            s.standing IN ('decides', 'supports', 'contested', 'outranked')
            AND (
                (as_of IS NULL AND s.known_to IS NULL)
                OR (s.known_from <= as_of::date AND (s.known_to IS NULL OR s.known_to > as_of::date))
            )
    ),

    said AS (
        SELECT
            h.figure_id,
            min(c.value) AS lowest,
            median(c.value) AS middle,
            max(coalesce(c.value_max, c.value)) AS highest,
            count(DISTINCT c.origin) AS origins,
            list(DISTINCT {
                'value': c.value,
                'qualifier': c.qualifier,
                'status': c.status,
                'origin': c.origin,
                'standing': h.standing
            } ORDER BY {
                'value': c.value,
                'qualifier': c.qualifier,
                'status': c.status,
                'origin': c.origin,
                'standing': h.standing
            }) AS said
        FROM held AS h
        INNER JOIN claims AS c ON h.sample = c.sample AND h.claim_id = c.claim_id
        WHERE
            h.figure_id IN (
                SELECT o.figure_id FROM held AS o
                WHERE o.standing IN ('contested', 'outranked')
            )
        GROUP BY h.figure_id
        HAVING count(DISTINCT c.origin) > 1 AND max(coalesce(c.low, -1e30)) > min(coalesce(c.high, 1e30))
    )

    SELECT
        f.sample,
        f.platform,
        f.metric,
        f.transformation,
        f.segment,
        f.area,
        f.period,
        f.unit,
        f.state = 'contested' AS is_open,
        f.value AS held,
        s.lowest,
        s.middle,
        s.highest,
        round(100.0 * (s.highest - s.lowest) / nullif(abs(s.lowest), 0), 1) AS apart_percent,
        s.origins,
        f.authority,
        f.status,
        s.said,
        f.known_from,
        f.figure_id
    FROM as_of(as_of) AS f
    INNER JOIN said AS s ON f.figure_id = s.figure_id
    WHERE sample IS NULL OR f.sample = sample
    ORDER BY is_open DESC, s.origins DESC, apart_percent DESC NULLS LAST, f.figure_id;
