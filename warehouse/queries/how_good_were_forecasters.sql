-- How good were a forecaster's numbers: how many, how far off in the middle, and on which side?
-- param status = forecast
-- noqa: disable=RF02
WITH judged AS (
    SELECT
        c.sample,
        coalesce(c.attributed_to, c.host) AS who,
        100.0 * (f.value - c.value) / nullif(abs(c.value), 0) AS error_percent
    FROM claims AS c
    INNER JOIN figures AS f ON c.figure_id = f.figure_id
    WHERE
        c.status = $status
        AND f.status = 'actual'
        AND f.value IS NOT NULL
        AND c.standing NOT IN ('set aside', 'no figure')
)

SELECT
    j.sample,
    j.who,
    count(*) AS numbers,
    round(median(abs(j.error_percent)), 1) AS middle_error_percent,
    round(median(j.error_percent), 1) AS middle_signed_percent,
    count(*) FILTER (WHERE j.error_percent > 0) AS outcome_was_higher
FROM judged AS j
GROUP BY j.sample, j.who
ORDER BY j.sample, numbers DESC, j.who;
