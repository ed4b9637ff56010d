-- What was expected, by whom, and what came of it? Guidance, consensus, forecasts and plans against the later outcome.
-- `error_percent` is positive when the outcome was higher.
-- param platform =
-- param metric =
SELECT e.*
FROM forecast_vs_actual(platform := nullif($platform, ''), metric := nullif($metric, '')) AS e
ORDER BY e.sample, e.platform, e.metric, e.period, e.said_on, e.claim_id;
