-- What each macro gives.
-- noqa: disable=all
COMMENT ON MACRO period_part_start IS 'First day of a single period: 2018, 2017-H1, 2017-Q3, 2017-10, 2017-10-27';
COMMENT ON MACRO period_part_end IS 'Last day of a single period';
COMMENT ON MACRO period_start IS 'First day of a period or of a range with a slash; null when it cannot be read';
COMMENT ON MACRO period_end IS 'Last day of a period or of a range with a slash; null when it cannot be read';
COMMENT ON MACRO period_kind IS 'year, half, quarter, month, week, day, range; null when it cannot be read';
COMMENT ON MACRO half_year IS 'Half-years counted: twice the year, and one more in its second half';
COMMENT ON MACRO written_step IS 'Worth of the last digit that is meant in a written number';
COMMENT ON MACRO TABLE as_of IS
'The figures as held on a day, or today (NULL)';
COMMENT ON MACRO TABLE series_as_of IS
'The figures held on a day beside the period and the year before';
COMMENT ON MACRO TABLE compare IS
'Platforms side by side, like for like, today or on a day';
COMMENT ON MACRO TABLE coverage IS
'First and last period of each series, what is missing, how many days stale';
COMMENT ON MACRO TABLE disagreements IS
'Where sources cannot all be right, how far apart in percent, and what is open';
COMMENT ON MACRO TABLE forecast_vs_actual IS
'What was expected, by whom, and the outcome; error in percent';
COMMENT ON MACRO TABLE gaps IS
'The holes in each series, in periods';
COMMENT ON MACRO TABLE growth IS
'Change and growth of every platform, today or on a day';
COMMENT ON MACRO TABLE in_currency IS
'Every amount in one currency, at the European Central Bank rate of its own time';
COMMENT ON MACRO TABLE known_on IS
'What became known, changed or fell on a day';
COMMENT ON MACRO TABLE latest IS
'The newest level of each series, how many days old, who says so';
COMMENT ON MACRO TABLE market_share IS
'Shares in percent of what is known and of the market';
COMMENT ON MACRO TABLE newest_figures IS
'What was learned in the last days';
COMMENT ON MACRO TABLE price_history IS
'What each plan cost, and its moves';
COMMENT ON MACRO TABLE trend IS
'A series by period, with change and growth in percent, today or on a day';
COMMENT ON MACRO TABLE why IS
'Every claim for and against a figure, with its words, page and archive file';
