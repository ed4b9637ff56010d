-- level: fail
-- A live figure rests on no sample page and a sample figure on no live page.
SELECT
    s.figure_id,
    c.claim_id,
    any_value(r.name) AS source
FROM core.standings AS s
INNER JOIN raw.claims AS c ON s.claim_id = c.claim_id
INNER JOIN raw.sources AS r ON c.night = r.night AND c.source = r.name
GROUP BY s.figure_id, s.sample, c.claim_id
HAVING bool_and(r.sample <> s.sample);
