"""Use cases, with fakes for the world."""
