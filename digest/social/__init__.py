"""Edition to posts that fit each network."""
