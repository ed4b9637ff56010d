-- disagreements(): where sources say what cannot both be true, how far apart they lie, and which are still open; today
-- or on a day.
-- grain: one row a figure; unit: base units of `unit`, apart_percent in percent of the lowest
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO disagreements(as_of := NULL, sample := NULL) AS TABLE
    SELECT
        c.sample,
        c.platform,
        c.metric,
        c.transformation,
        c.segment,
        c.area,
        c.period,
        c.unit,
        c.is_open,
        c.held,
        c.lowest,
        c.middle,
        c.highest,
        c.apart_percent,
        c.origins,
        c.authority,
        c.status,
        c.said,
        c.held_from AS known_from,
        c.figure_id
    FROM conflicts AS c
    WHERE
        (
            (as_of IS NULL AND c.known_to IS NULL)
            OR (c.known_from <= as_of::date AND (c.known_to IS NULL OR c.known_to > as_of::date))
        )
        AND (sample IS NULL OR c.sample = sample)
    ORDER BY c.gravity DESC, c.is_open DESC, c.origins DESC, c.apart_percent DESC NULLS LAST, c.figure_id;
