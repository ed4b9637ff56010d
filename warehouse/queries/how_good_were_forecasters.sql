-- How good were a forecaster's numbers: how many, how far off in the middle, and on which side?
-- param status = forecast
WITH judged AS (
    SELECT e.*
    FROM forecast_vs_actual() AS e
    WHERE e.status = $status AND e.outcome IS NOT NULL
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
