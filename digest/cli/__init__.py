"""The command line: `digest COMMAND`; data on stdout, talk on stderr."""

from digest.cli.group import command

__all__ = ["command"]
