-- All statements for the figures of this part, whoever makes them, with their documents; and once, with a part, the
-- statements of touched documents that are for no figure.
-- Official history stands among samples only where a sample speaks of the same figure.
-- grain of in_play: one row a realm and claim; of weighed_documents: one row a realm and document
CREATE OR REPLACE TEMP TABLE in_play AS
WITH places AS MATERIALIZED (
    SELECT s.rowid AS place
    FROM core.statements AS s
    WHERE s.rowid < getvariable('new_rows') AND s.figure_id IN (SELECT t.figure_id FROM touched_figures AS t)
),

found AS MATERIALIZED (
    SELECT s.*
    FROM core.statements AS s
    WHERE s.rowid IN (SELECT p.place FROM places AS p)
    UNION ALL
    SELECT s.*
    FROM core.statements AS s
    WHERE s.rowid >= getvariable('new_rows') AND s.figure_id IN (SELECT t.figure_id FROM touched_figures AS t)
)

SELECT f.*
FROM found AS f
WHERE
    NOT f.sample OR NOT f.is_history
    OR f.figure_id IN (
        SELECT t.figure_id
        FROM found AS t
        WHERE t.sample AND NOT t.is_history
    )
UNION ALL
SELECT s.*
FROM core.statements AS s
INNER JOIN without_figure AS w ON s.sample = w.sample AND s.claim_id = w.claim_id
WHERE
    s.rowid >= getvariable('new_rows') AND s.figure_id IS NULL
    AND NOT (s.sample AND s.is_history)
    AND getvariable('part') = (
        SELECT r.part FROM figures_to_resolve AS r
        WHERE r.figure_id IS NULL
    );

CREATE OR REPLACE TEMP TABLE weighed_documents AS
SELECT d.*
FROM core.documents AS d
WHERE d.document_id IN (SELECT p.document_id FROM in_play AS p);
