"""Tests of Digest."""
