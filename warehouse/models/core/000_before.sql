-- The figures as they stood before this load, to tell what it changed.
-- grain: one row a figure that stands
CREATE OR REPLACE TEMP TABLE before_load AS
SELECT
    f.figure_id,
    f.content
FROM core.figures AS f
WHERE f.known_to IS NULL;
