"""Chance, from the operating system."""

import secrets
import string

LETTERS = string.ascii_letters + string.digits


class RandomIds:
    """Words nobody can guess."""

    def token(self, size: int = 16) -> str:
        """A fresh word of ASCII letters and digits, `size` characters long."""
        return "".join(secrets.choice(LETTERS) for _ in range(size))
