"""Rooms: values in, values out."""
