-- Calendar periods as text: 2018, 2017-H1, 2017-Q3, 2017-10, 2017-10-27, and ranges of any of them with a slash.
-- What cannot be read gives null. period_kind tells periods of unlike length apart, which no trend may mix.
CREATE OR REPLACE MACRO period_part_start(part) AS
CASE
    WHEN NOT regexp_full_match(part, '\d{4}(-(Q[1-4]|H[12]|\d\d(-\d\d)?))?') THEN NULL
    WHEN length(part) = 4 THEN try_cast(part || '-01-01' AS date)
    WHEN part[6] = 'Q' THEN make_date(left(part, 4)::int, right(part, 1)::int * 3 - 2, 1)
    WHEN part[6] = 'H' THEN make_date(left(part, 4)::int, right(part, 1)::int * 6 - 5, 1)
    ELSE try_cast(rpad(part, 10, '-01') AS date)
END;

CREATE OR REPLACE MACRO period_part_end(part) AS (
    period_part_start(part)
    + CASE
        WHEN length(part) = 4 THEN INTERVAL 12 MONTH
        WHEN length(part) = 10 THEN INTERVAL 1 DAY
        WHEN part[6] = 'Q' THEN INTERVAL 3 MONTH
        WHEN part[6] = 'H' THEN INTERVAL 6 MONTH
        ELSE INTERVAL 1 MONTH
    END - INTERVAL 1 DAY
)::date;

CREATE OR REPLACE MACRO period_start(period_text) AS period_part_start(split_part(period_text, '/', 1));

CREATE OR REPLACE MACRO period_end(period_text) AS period_part_end(split_part(period_text, '/', -1));

CREATE OR REPLACE MACRO period_kind(period_text) AS
CASE
    WHEN period_end(period_text) - period_start(period_text) IS NULL THEN NULL
    WHEN period_text NOT LIKE '%/%'
        THEN CASE
            WHEN length(period_text) = 4 THEN 'year'
            WHEN period_text[6] = 'H' THEN 'half'
            WHEN period_text[6] = 'Q' THEN 'quarter'
            WHEN length(period_text) = 7 THEN 'month'
            ELSE 'day'
        END
    WHEN period_end(period_text) - period_start(period_text) = 6 THEN 'week'
    ELSE 'range'
END;

-- Half-years, counted: 4052 is the first half of 2026, 4053 the second.
CREATE OR REPLACE MACRO half_year(day) AS (year(day) * 2 + (month(day) > 6)::int)::int;

-- The worth of the last digit meant: trailing zeros are rounding while two significant digits stay.
CREATE OR REPLACE MACRO written_step(number_text) AS
CASE
    WHEN number_text LIKE '%.%' THEN pow(10, -length(split_part(number_text, '.', 2)))
    ELSE pow(10, least(
        length(number_text) - length(rtrim(number_text, '0')), greatest(length(ltrim(number_text, '-')) - 2, 0)
    ))
END;
