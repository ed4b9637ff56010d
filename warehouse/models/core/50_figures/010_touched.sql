-- The figures of this part.
-- grain: one row a figure
CREATE OR REPLACE TEMP TABLE touched_figures AS
SELECT f.figure_id
FROM figures_to_resolve AS f
WHERE f.part = getvariable('part') AND f.figure_id IS NOT NULL;

-- What tells one version of a figure from the next, as one hash.
-- noqa: disable=CP05
CREATE OR REPLACE TEMP MACRO content_of(
    state, status, authority, origins, value, value_max, low, high, qualifier, candidates
) AS md5(concat_ws(
    '|', state, status, authority, origins, coalesce(value::VARCHAR, '~'), coalesce(value_max::VARCHAR, '~'),
    coalesce(low::VARCHAR, '~'), coalesce(high::VARCHAR, '~'), coalesce(qualifier, '~'),
    coalesce(candidates::VARCHAR, '~')
));
