-- The figures to resolve again: those that a touched document speaks of or spoke of, and those of which a statement
-- became plausible or implausible. In parts of whole platforms and metrics, so that a rebuild stays within its memory.
-- grain: one row a figure, or a part for statements that are for no figure
CREATE OR REPLACE TEMP TABLE figures_to_resolve AS
WITH keys AS (
    SELECT
        s.figure_id,
        s.platform,
        s.metric
    FROM touched_statements AS s
    UNION ALL
    SELECT
        j.figure_id,
        j.platform,
        j.metric
    FROM judged_otherwise AS j
),

counted AS (
    SELECT
        k.platform,
        k.metric,
        sum(count(*)) OVER (ORDER BY k.platform, k.metric) AS statements
    FROM keys AS k
    WHERE k.figure_id IS NOT NULL
    GROUP BY k.platform, k.metric
),

numbered AS (
    SELECT
        c.platform,
        c.metric,
        dense_rank() OVER (ORDER BY c.statements // 1000000) - 1 AS part
    FROM counted AS c
)

SELECT
    k.figure_id,
    min(n.part) AS part
FROM keys AS k
INNER JOIN numbered AS n ON k.platform = n.platform AND k.metric = n.metric
WHERE k.figure_id IS NOT NULL
GROUP BY k.figure_id
UNION ALL
SELECT
    NULL AS figure_id,
    CASE WHEN count(c.claim_id) < 1000000 THEN 0 ELSE (SELECT max(n.part) + 1 FROM numbered AS n) END AS part
FROM touched_statements AS c
WHERE c.is_new;

CREATE OR REPLACE TEMP TABLE load_changes (added BIGINT, changed BIGINT, closed BIGINT, turned UHUGEINT);
