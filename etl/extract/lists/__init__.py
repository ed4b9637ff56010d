"""How the figures of a text hang together: series, pairs, parts, old and new values."""
