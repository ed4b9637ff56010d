-- as_of(day): the figures as they were held on that day.
-- known_on(day): what became known, changed or fell that day.
-- why(figure): every claim for and against a figure, with its receipt; the figure's id is in every mart.
-- disagreements(): where sources say what cannot both be true, how far apart they lie, and which are still open.
-- newest_figures(days): what was learned in the last days.
-- coverage(): for each series, its first and last period, the periods missing between, and how stale it is.
-- grain: one row a figure, claim or series, as each says; unit: base units of `unit`
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO as_of(day, sample := NULL) AS TABLE
    SELECT h.*
    FROM figure_history AS h
    WHERE
        h.known_from <= day::date
        AND (h.known_to IS NULL OR h.known_to > day::date)
        AND (sample IS NULL OR h.sample = sample)
    ORDER BY h.sample, h.platform, h.metric, h.area, h.segment, h.period_start, h.figure_id;

CREATE OR REPLACE MACRO known_on(day, sample := NULL) AS TABLE
    SELECT
        coalesce(n.sample, o.sample) AS sample,
        coalesce(n.platform, o.platform) AS platform,
        coalesce(n.metric, o.metric) AS metric,
        coalesce(n.transformation, o.transformation) AS transformation,
        coalesce(n.segment, o.segment) AS segment,
        coalesce(n.area, o.area) AS area,
        coalesce(n.period, o.period) AS period,
        CASE WHEN o.figure_id IS NULL THEN 'added' WHEN n.figure_id IS NULL THEN 'fell' ELSE 'changed' END AS what,
        o.value AS old_value,
        n.value AS new_value,
        coalesce(n.unit, o.unit) AS unit,
        o.state AS old_state,
        n.state AS new_state,
        o.origins AS old_origins,
        n.origins AS new_origins,
        coalesce(n.figure_id, o.figure_id) AS figure_id
    FROM (
        SELECT h.* FROM figure_history AS h
        WHERE h.known_from = day::date
    ) AS n
    FULL JOIN (
        SELECT h.* FROM figure_history AS h
        WHERE h.known_to = day::date
    ) AS o
        ON n.figure_id = o.figure_id
    WHERE sample IS NULL OR coalesce(n.sample, o.sample) = sample
    ORDER BY ALL;

CREATE OR REPLACE MACRO why(figure) AS TABLE
    SELECT
        c.standing,
        c.value,
        c.value_max,
        c.unit,
        c.qualifier,
        c.status,
        c.reason,
        c.quote,
        c.url,
        c.host,
        c.authority,
        c.attributed_to,
        c.origin,
        c.said_on,
        c.known_from,
        c.known_to,
        c.confidence,
        c.low,
        c.high,
        c.archive_file,
        c.archive_offset,
        c.claim_id
    FROM claims AS c
    WHERE c.figure_id = figure
    ORDER BY
        list_position(
            [
                'decides', 'supports', 'contested', 'unclear', 'outranked', 'revised', 'overtaken', 'set aside',
                'replaced'
            ],
            c.standing
        ),
        c.said_on DESC,
        c.claim_id;

CREATE OR REPLACE MACRO disagreements(sample := NULL) AS TABLE
    WITH said AS (
        SELECT
            c.figure_id,
            min(c.value) AS lowest,
            median(c.value) AS middle,
            max(coalesce(c.value_max, c.value)) AS highest,
            count(DISTINCT c.origin) AS origins,
            list(DISTINCT {
                'value': c.value,
                'qualifier': c.qualifier,
                'status': c.status,
                'origin': c.origin,
                'standing': c.standing
            } ORDER BY {
                'value': c.value,
                'qualifier': c.qualifier,
                'status': c.status,
                'origin': c.origin,
                'standing': c.standing
            }) AS said
        FROM claims AS c
        WHERE c.standing IN ('decides', 'supports', 'contested', 'outranked')
        GROUP BY c.figure_id
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
    FROM figures AS f
    INNER JOIN said AS s ON f.figure_id = s.figure_id
    WHERE sample IS NULL OR f.sample = sample
    ORDER BY is_open DESC, s.origins DESC, apart_percent DESC NULLS LAST, f.figure_id;

CREATE OR REPLACE MACRO newest_figures(days := 1, sample := NULL) AS TABLE
    SELECT
        f.known_from,
        f.sample,
        f.platform,
        f.metric,
        f.transformation,
        f.segment,
        f.area,
        f.period,
        f.value,
        f.unit,
        f.per,
        f.qualifier,
        f.status,
        f.state,
        f.origins,
        f.quote,
        f.url,
        f.figure_id
    FROM figures AS f
    WHERE
        f.known_from > (SELECT max(n.night) FROM nights AS n) - days::int
        AND (sample IS NULL OR f.sample = sample)
    ORDER BY f.known_from DESC, f.sample, f.platform, f.metric, f.area, f.period_start, f.figure_id;

CREATE OR REPLACE MACRO coverage(sample := NULL) AS TABLE
    SELECT
        any_value(f.sample) AS sample,
        any_value(f.platform) AS platform,
        any_value(f.metric) AS metric,
        min(f.segment) AS segment,
        any_value(f.area) AS area,
        any_value(f.unit) AS unit,
        any_value(f.period_kind) AS period_kind,
        min_by(f.period, f.period_start) AS first_period,
        max_by(f.period, f.period_start) AS last_period,
        count(*) AS periods,
        CASE any_value(f.period_kind)
            WHEN 'year' THEN date_diff('year', min(f.period_start), max(f.period_start)) + 1
            WHEN 'quarter' THEN date_diff('quarter', min(f.period_start), max(f.period_start)) + 1
            WHEN 'month' THEN date_diff('month', min(f.period_start), max(f.period_start)) + 1
        END - count(*) AS missing,
        count(*) FILTER (WHERE f.state = 'contested') AS contested,
        max(f.period_end) AS last_day,
        (SELECT max(n.night) FROM nights AS n) - max(f.period_end) AS days_stale
    FROM figures AS f
    WHERE f.transformation = 'level' AND (sample IS NULL OR f.sample = sample)
    GROUP BY f.series_id, f.period_kind
    ORDER BY ALL;
