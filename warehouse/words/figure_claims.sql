-- What `figure_claims` holds, and what each column means, with its unit.
COMMENT ON TABLE figure_claims IS 'The claims for and against each figure, and the days on which each stood so';
COMMENT ON COLUMN figure_claims.sample IS 'true: from pages written for the project; never mixed with live ones';
COMMENT ON COLUMN figure_claims.figure_id IS 'Names the key; the same in every table';
COMMENT ON COLUMN figure_claims.claim_id IS 'Names the statement; its words are in claims';
COMMENT ON COLUMN figure_claims.standing IS
'decides, supports, contested, unclear, outranked, revised, overtaken, set aside';
COMMENT ON COLUMN figure_claims.is_open IS 'true: one of the statements that leave the figure open';
COMMENT ON COLUMN figure_claims.reason IS 'Why it was set aside or is unclear';
COMMENT ON COLUMN figure_claims.known_from IS 'First day on which it stood so';
COMMENT ON COLUMN figure_claims.known_to IS 'First day on which it stood so no more; null: today';
