-- What this load changed, and one hash of all figures with their history: the same claims give the same hash.
-- grain: one row; unit: figures
CREATE OR REPLACE TEMP TABLE load_changes AS
WITH both_sides AS (
    SELECT
        b.content AS old_content,
        n.content AS new_content
    FROM before_load AS b
    FULL JOIN (
        SELECT f.* FROM core.figures AS f
        WHERE f.known_to IS NULL
    ) AS n
        ON b.figure_id = n.figure_id
)

SELECT
    count(*) FILTER (WHERE s.old_content IS NULL) AS added,
    count(*) FILTER (WHERE s.old_content <> s.new_content) AS changed,
    count(*) FILTER (WHERE s.new_content IS NULL) AS closed,
    (
        SELECT
            md5(coalesce(string_agg(concat_ws(
                '|', f.figure_id, f.content, f.claim_id, f.known_from, coalesce(f.known_to::VARCHAR, '~')
            ), ' ' ORDER BY f.figure_id, f.known_from), ''))
        FROM core.figures AS f
    ) AS figures_hash
FROM both_sides AS s;
