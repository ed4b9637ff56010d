-- The ledger: every request made or refused.
-- grain: one row a decision about an address; unit: seconds, bytes
DELETE FROM raw.requests AS r
WHERE
    r.night = getvariable('night')
    AND r.source IN (
        SELECT f.source FROM staged_files AS f
        WHERE f.staged = 'requests'
    );

INSERT INTO raw.requests BY NAME
SELECT
    getvariable('night') AS night,
    i.staged_source AS source,
    i.url,
    i.why,
    i.requested_at,
    i.outcome,
    i.rule,
    i.status,
    i.bytes,
    i.digest,
    i.waited_seconds,
    i.seconds,
    i.detail,
    i.robots,
    i.tdm,
    i.wait_wanted
FROM incoming AS i
ORDER BY i.staged_source, i.requested_at, i.url;
