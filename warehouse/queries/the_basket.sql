-- What does a basket of services cost, month by month: the cheapest known plan of each, at its last known price?
-- A month counts only the services whose price was known by then: read `services` beside the sum.
-- param platforms = netflix,prime_video,disney_plus,hbo_max,canal_plus
-- param area = FR
-- param currency = EUR
WITH prices AS (
    SELECT
        f.sample,
        f.platform,
        date_trunc('month', f.period_start)::DATE AS known_month,
        min(f.value) AS price
    FROM figures AS f
    WHERE
        f.metric = 'price' AND f.transformation = 'level' AND f.area = $area AND f.unit = $currency
        AND coalesce(f.per, 'month') = 'month'
        AND f.status = 'actual'
        AND list_contains(string_split($platforms, ','), f.platform)
    GROUP BY f.sample, f.platform, known_month
),

months AS (
    SELECT
        r.sample,
        unnest(generate_series(r.first_month, r.last_month, INTERVAL 1 MONTH))::DATE AS known_month
    FROM (
        SELECT
            p.sample,
            min(p.known_month) AS first_month,
            (SELECT date_trunc('month', max(n.night))::DATE FROM nights AS n) AS last_month
        FROM prices AS p
        GROUP BY p.sample
    ) AS r
),

filled AS (
    SELECT
        m.sample,
        m.known_month,
        s.platform,
        p.price
    FROM months AS m
    CROSS JOIN (SELECT DISTINCT q.platform FROM prices AS q) AS s
    ASOF INNER JOIN prices AS p
        ON m.sample = p.sample AND s.platform = p.platform AND m.known_month >= p.known_month
)

SELECT
    f.sample,
    f.known_month,
    sum(f.price) AS basket,
    $currency AS unit,
    count(*) AS services,
    string_agg(f.platform || ' ' || f.price::DECIMAL(10, 2), ', ' ORDER BY f.platform) AS what
FROM filled AS f
GROUP BY f.sample, f.known_month
ORDER BY f.sample, f.known_month;
