-- level: warn
-- When a tenth of a source's claims of a night are implausible, its pages or our reading of them changed.
SELECT
    c.night,
    c.source,
    count(*) AS claims,
    count(*) FILTER (WHERE c.reason LIKE 'implausible%') AS implausible
FROM claims AS c
WHERE c.night = (SELECT max(n.night) FROM raw.nights AS n) AND c.source <> 'official_history'
GROUP BY c.night, c.source
HAVING count(*) >= 10 AND count(*) FILTER (WHERE c.reason LIKE 'implausible%') >= 0.1 * count(*);
