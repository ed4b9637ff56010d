-- What this load changed in this part, and by how much it turned the hash of all figures with their history. That hash
-- is the sum (exclusive or) of one number a row: the same claims give the same hash, in whatever order and steps.
-- grain: one row a part; unit: figures
INSERT INTO load_changes
WITH both_sides AS (
    SELECT
        b.content AS old_content,
        n.content AS new_content
    FROM (
        SELECT k.* FROM before_load AS k
        WHERE k.known_to IS NULL
    ) AS b
    FULL JOIN (
        SELECT f.* FROM figures_now AS f
        WHERE f.known_to IS NULL
    ) AS n
        ON b.figure_id = n.figure_id
),

turned AS (
    SELECT
        b.figure_id,
        b.content,
        b.claim_id,
        b.known_from,
        b.known_to
    FROM before_load AS b
    UNION ALL
    SELECT
        f.figure_id,
        f.content,
        f.claim_id,
        f.known_from,
        f.known_to
    FROM figures_now AS f
)

SELECT
    count(*) FILTER (WHERE s.old_content IS NULL) AS added,
    count(*) FILTER (WHERE s.old_content <> s.new_content) AS changed,
    count(*) FILTER (WHERE s.new_content IS NULL) AS closed,
    (
        SELECT
            bit_xor(md5_number(concat_ws(
                '|', t.figure_id, t.content, t.claim_id, t.known_from, coalesce(t.known_to::VARCHAR, '~')
            )))
        FROM turned AS t
    ) AS turned
FROM both_sides AS s;
