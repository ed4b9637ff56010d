-- as_of('2026-11-01'): the figures as they were held on that day; as_of(NULL): as they are held today.
-- Every trend takes `as_of := day` and rests on this one.
-- grain: one row a figure held on the day, columns as in figure_history; unit: base units of `unit`
-- noqa: disable=RF02,RF03
CREATE OR REPLACE MACRO as_of(day, sample := NULL) AS TABLE
    SELECT h.*
    FROM figure_history AS h
    WHERE
        (
            (day IS NULL AND h.known_to IS NULL)
            OR (h.known_from <= day::date AND (h.known_to IS NULL OR h.known_to > day::date))
        )
        AND (sample IS NULL OR h.sample = sample);
