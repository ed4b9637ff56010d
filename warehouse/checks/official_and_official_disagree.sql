-- level: warn
-- An official page says otherwise than the official history or another official page: a restatement that the history
-- should name, or a page that was misread.
SELECT
    c.sample,
    c.platform,
    c.metric,
    c.area,
    c.period,
    c.value,
    f.value AS held,
    c.quote,
    c.url
FROM claims AS c
INNER JOIN figures AS f ON c.figure_id = f.figure_id
WHERE
    c.authority = 'official' AND c.source <> 'official_history' AND f.authority = 'official'
    AND c.standing IN ('contested', 'outranked');
