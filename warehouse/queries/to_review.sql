-- Which statements wait for a person: those in dispute, unclear, or set aside, with what was decided already?
SELECT
    c.claim_id,
    c.sample,
    c.standing,
    c.reason,
    c.correction,
    c.platform,
    c.metric,
    c.transformation,
    c.segment,
    c.area,
    c.period,
    c.value,
    c.unit,
    c.per,
    c.qualifier,
    c.status,
    c.quote,
    c.title,
    c.url,
    c.source,
    c.published,
    c.night,
    c.figure_id
FROM claims AS c
WHERE c.standing IN ('contested', 'unclear', 'set aside') AND c.known_to IS NULL AND c.archive_file IS NOT NULL
ORDER BY c.sample, list_position(['contested', 'set aside', 'unclear'], c.standing), c.night DESC, c.url, c.quote_start;
