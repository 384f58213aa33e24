"""Articles into lines: the best sentence of each that stands alone, and the bulletin they make."""
