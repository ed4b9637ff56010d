"""Read: bytes to Document. What kind of page it is, its text, date, title, authors, language and tables."""

from etl.read.datasets import dataset
from etl.read.feeds import feed, is_listing
from etl.read.page import body_text, read, reset_caches
from etl.read.sieve import Sieve

__all__ = ["Sieve", "body_text", "dataset", "feed", "is_listing", "read", "reset_caches"]
