-- What failed last night, and why? Sources that gave nothing, pages that could not be read.
-- param night =
SELECT
    o.night,
    o.source,
    o.step,
    o.item,
    o.outcome,
    o.reason
FROM outcomes AS o
WHERE
    NOT o.ok
    AND o.night = coalesce(nullif($night, '')::DATE, (SELECT max(n.night) FROM nights AS n))
ORDER BY o.source, list_position(['collect', 'read', 'extract'], o.step), o.item;
