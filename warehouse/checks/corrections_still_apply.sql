-- level: fail
-- A correction by hand whose page no longer says what was corrected: the source has healed, and the row must go.
SELECT
    c.url,
    c.quote,
    c.action,
    c.field,
    c.was,
    c.becomes,
    c.reason
FROM corrections AS c
WHERE c.state = 'healed';
