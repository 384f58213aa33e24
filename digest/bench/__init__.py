"""Our figures beside our peers', measured in the same run."""
