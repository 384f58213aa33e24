"""Surprises: each class holds a sentence for the editor and the exit code of the command."""


class DigestError(Exception):
    """Something the editor must know: what happened, what we did, what to do."""

    exit_code = 1


class UsageError(DigestError):
    """The command was called with something it cannot take."""

    exit_code = 2


class NothingToSend(DigestError):
    """By the newsletter's own rule nothing goes out."""

    exit_code = 3


class PartlyDone(DigestError):
    """Some of the work is done; the same command carries on with the rest."""

    exit_code = 4


class TryAgainLater(DigestError):
    """A thing outside refused for now; nothing is lost."""

    exit_code = 75


class ConfigError(DigestError):
    """The configuration cannot be used."""

    exit_code = 78


class StoreError(DigestError):
    """The database cannot be used."""

    exit_code = 75


class RenderError(DigestError):
    """An edition or page cannot be made from the templates and the stories it was given."""

    exit_code = 1
