-- level: warn
-- Two official statements for one key that do not meet: a restatement that the official history should name.
SELECT
    f.platform,
    f.metric,
    f.area,
    f.period,
    f.candidates
FROM figures AS f
WHERE f.state = 'contested' AND f.authority = 'official';
