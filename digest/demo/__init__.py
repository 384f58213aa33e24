"""The demo: the whole job on the sample newsroom, with small peers on loopback."""
