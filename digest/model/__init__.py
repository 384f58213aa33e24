"""The nouns: frozen dataclasses and enums, no I/O, all times aware UTC."""
