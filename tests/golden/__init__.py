"""Emails byte for byte."""
