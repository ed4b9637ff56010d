-- Which statements made no figure, and why?
-- param reason = %
SELECT
    c.sample,
    c.reason,
    c.platform,
    c.metric,
    c.area,
    c.period,
    c.value,
    c.unit,
    c.quote,
    c.url,
    c.confidence,
    c.night
FROM claims AS c
WHERE c.standing IN ('set aside', 'no figure') AND c.known_to IS NULL AND c.reason ILIKE $reason
ORDER BY c.night DESC, c.reason, c.url, c.quote_start;
