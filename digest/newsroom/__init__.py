"""Use cases: the only place where rooms meet and ports are called."""
