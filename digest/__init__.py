"""A newsroom's short-news desk in one program."""

__version__ = "0.1.0"
