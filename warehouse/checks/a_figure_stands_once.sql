-- level: fail
-- One key, one figure: of the versions of a figure at most one is held on any day.
SELECT
    a.figure_id,
    a.known_from,
    b.known_from AS also_from
FROM figure_history AS a
INNER JOIN figure_history AS b
    ON
        a.figure_id = b.figure_id
        AND a.known_from < coalesce(b.known_to, DATE '9999-12-31')
        AND a.known_from >= b.known_from
        AND a.rowid <> b.rowid;
