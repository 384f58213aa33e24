"""HTTP GET for feeds and pages: conditional, capped, polite, and never an exception."""

from digest.adapters.http.fetcher import HttpFetcher
from digest.adapters.http.headers import fresh_until, is_hidden, retry_at

__all__ = ["HttpFetcher", "fresh_until", "is_hidden", "retry_at"]
