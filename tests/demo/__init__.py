"""The demo and its loopback peers."""
