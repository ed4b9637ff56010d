-- What was held true stands once, in `figure_history`; the first load after this makes everything of the core again.
DROP TABLE IF EXISTS core.figures;
DROP TABLE IF EXISTS core.held;
DROP TABLE IF EXISTS core.plausibility;
