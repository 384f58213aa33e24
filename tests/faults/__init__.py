"""Kills between steps, full disks, clock jumps."""
