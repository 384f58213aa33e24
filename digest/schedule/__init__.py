"""The schedule room: an editor's rule becomes slots, wall times become instants."""
