-- level: fail
-- Every figure that is held has a claim that decides it, or stays open and shows its candidates.
SELECT
    f.figure_id,
    f.platform,
    f.metric,
    f.period,
    f.state
FROM figures AS f
LEFT JOIN claims AS c ON f.sample = c.sample AND f.claim_id = c.claim_id
WHERE
    (f.state IN ('contested', 'unclear') AND (f.value IS NOT NULL OR len(f.candidates) < 2))
    OR (f.state NOT IN ('contested', 'unclear') AND (f.value IS NULL OR c.claim_id IS NULL OR c.value <> f.value));
