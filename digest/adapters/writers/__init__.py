"""Ways to a language model: one call over HTTP, in the two forms that servers speak."""
