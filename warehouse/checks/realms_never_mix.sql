-- level: fail
-- A live figure rests on no sample page and a sample figure on no live page.
SELECT
    c.figure_id,
    c.claim_id,
    any_value(r.name) AS source
FROM claims AS c
INNER JOIN raw.claims AS k ON c.claim_id = k.claim_id
INNER JOIN raw.sources AS r ON k.night = r.night AND k.source = r.name
GROUP BY c.figure_id, c.sample, c.claim_id
HAVING bool_and(r.sample <> c.sample);
