-- From which models and which tables kept by hand the figures were made, and the hash of all of them.
CREATE TABLE core.built (part VARCHAR NOT NULL, made_from VARCHAR NOT NULL);
CREATE TABLE core.figures_hash (so_far UHUGEINT NOT NULL);
INSERT INTO core.figures_hash VALUES (0);
