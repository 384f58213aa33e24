"""Words and sentences: what can be said of a text without knowing what it is for."""
