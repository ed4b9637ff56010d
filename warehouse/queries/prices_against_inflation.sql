-- What did each plan cost since its first known price, and what would that price be had it moved with consumer prices?
-- Only where `consumer_prices` knows the area; a price of this year is set against the newest year that is known.
-- param platform = netflix
-- param area = US
-- noqa: disable=RF02
WITH priced AS (
    SELECT
        p.sample,
        p.plan,
        p.unit,
        p.period,
        p.value,
        year(period_start(p.period)) AS calendar_year,
        first_value(p.value) OVER in_time AS first_price,
        first_value(p.period) OVER in_time AS first_period,
        p.figure_id
    FROM price_history($platform, area := $area) AS p
    WHERE p.value IS NOT NULL
    WINDOW
        in_time AS (
            PARTITION BY p.sample, p.plan, p.unit, p.per ORDER BY period_start(p.period), p.figure_id
            ROWS UNBOUNDED PRECEDING
        )
),

indexed AS (
    SELECT
        p.*,
        n.index_value AS index_then,
        n.calendar_year AS index_year,
        b.index_value AS index_first
    FROM priced AS p
    ASOF LEFT JOIN (
        SELECT c.* FROM consumer_prices AS c
        WHERE c.area = $area
    ) AS n ON p.calendar_year >= n.calendar_year
    LEFT JOIN consumer_prices AS b
        ON b.area = $area AND b.calendar_year = year(period_start(p.first_period))
)

SELECT
    i.sample,
    i.plan,
    i.period,
    i.value AS price,
    i.unit,
    i.first_period,
    i.first_price,
    round(100.0 * (i.value - i.first_price) / nullif(i.first_price, 0), 1) AS price_growth_percent,
    round(100.0 * (i.index_then / i.index_first - 1), 1) AS inflation_percent,
    round(i.first_price * i.index_then / i.index_first, 2) AS first_price_with_inflation,
    i.index_year,
    i.figure_id
FROM indexed AS i
ORDER BY i.sample, i.plan NULLS FIRST, i.unit, i.period, i.figure_id;
