-- What part of people or homes has a service, poll by poll, with the population that each poll asked?
-- param area = FR
-- param platform = %
SELECT
    c.sample,
    c.platform,
    c.period,
    c.segment AS asked,
    c.value AS percent,
    c.qualifier,
    coalesce(c.attributed_to, c.title, c.host) AS poll,
    c.said_on,
    c.standing,
    c.quote,
    c.url
FROM claims AS c
WHERE
    c.metric = 'penetration' AND c.unit = 'percent' AND c.transformation = 'level' AND c.area = $area
    AND c.platform ILIKE $platform AND c.standing NOT IN ('set aside', 'replaced')
ORDER BY c.sample, c.platform, c.period, c.segment, c.said_on, c.claim_id;
